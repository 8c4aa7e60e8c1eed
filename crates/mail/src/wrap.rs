//! Lines of plain text.

/// The most characters of a line, where a word does not have more.
const WIDTH: usize = 76;

/// The paragraph in lines. The first begins with `first`, the others with as many spaces; a word is never broken.
pub(crate) fn wrapped(paragraph: &str, first: &str) -> String {
    let indent = " ".repeat(first.chars().count());
    let mut lines = first.to_owned();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let width = word.chars().count();
        if column == 0 {
            column = indent.len();
        } else if column + 1 + width > WIDTH {
            lines.push('\n');
            lines.push_str(&indent);
            column = indent.len();
        } else {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += width;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_and_words_kept_whole() {
        let text = wrapped(&"word ".repeat(40), "1. ");
        assert!(text.starts_with("1. word word"));
        assert!(text.lines().skip(1).all(|line| line.starts_with("   word")));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        let long = "x".repeat(200);
        assert_eq!(wrapped(&format!("a {long} b"), ""), format!("a\n{long}\nb"));
        assert_eq!(wrapped("", ""), "");
    }

    #[test]
    fn a_line_may_be_exactly_as_wide_as_it_may() {
        let left = "x".repeat(WIDTH - 2);
        assert_eq!(wrapped(&format!("{left} y"), ""), format!("{left} y"));
        assert_eq!(wrapped(&format!("{left} yz"), ""), format!("{left}\nyz"));
    }
}
