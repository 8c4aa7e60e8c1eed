//! Texts from outside: what is taken out of them before they are set, and how they are written into XML.

/// The most marks that are stacked on one letter; further ones are left out, for a pile of them leaves its line.
/// Vietnamese, Hebrew and polytonic Greek need three.
const MARKS: u8 = 3;

/// One line of at most `max` characters, cut with … when there were more.
///
/// Every run of white space is one space; control characters, characters that turn the reading direction and
/// characters that XML cannot hold are gone.
pub(crate) fn clean(text: &str, max: usize) -> String {
    let mut line = String::with_capacity(text.len().min(4 * max));
    let mut length = 0;
    let mut marks = 0;
    let mut is_spaced = false;
    for character in text.chars() {
        // A no-break space is for the line breaker, which the renderer is itself.
        if character.is_whitespace() {
            is_spaced = !line.is_empty();
            continue;
        }
        if is_dropped(character) {
            continue;
        }
        marks = if is_mark(character) { marks + 1 } else { 0 };
        if marks > MARKS {
            marks = MARKS;
            continue;
        }
        if length + 1 + usize::from(is_spaced) > max {
            line.push('…');
            break;
        }
        if std::mem::take(&mut is_spaced) {
            line.push(' ');
            length += 1;
        }
        line.push(character);
        length += 1;
    }
    line
}

/// Whether a character has no place on a sheet: it is not seen, and changes what is.
fn is_dropped(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{fffe}' | '\u{ffff}' | '\u{feff}' | '\u{00ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}'
        )
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
        || matches!(character, '\u{e0000}'..='\u{e0fff}' | '\u{fff0}'..='\u{fffb}')
}

/// Whether a character sits on the one before it, in the scripts where piles of them are written for fun.
pub(crate) fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}'
        | '\u{0591}'..='\u{05bd}' | '\u{05bf}' | '\u{05c1}'..='\u{05c2}' | '\u{05c4}'..='\u{05c5}'
        | '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{06d6}'..='\u{06ed}'
        | '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}'
        | '\u{0eb1}' | '\u{0eb4}'..='\u{0ebc}' | '\u{0ec8}'..='\u{0ece}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// The text as it stands in XML, between tags as well as within quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_no_controls_and_no_turns() {
        assert_eq!(
            clean(" Ada\r\n\t\u{2028}Lovelace\0\u{1b}[0m\u{202e} ", 400),
            "Ada Lovelace[0m"
        );
        assert_eq!(clean("\u{a0}\u{3000} ", 400), "");
        assert_eq!(clean("a\u{fffe}b\u{ffff}", 400), "ab");
    }

    #[test]
    fn what_is_longer_than_it_may_be_is_cut_visibly() {
        assert_eq!(clean("abcd", 4), "abcd");
        assert_eq!(clean("abcde", 4), "abcd…");
        assert_eq!(clean("abc de", 4), "abc…");
    }

    #[test]
    fn piles_of_marks_are_lowered() {
        let pile = format!("Z{}a", "\u{0301}".repeat(400));
        assert_eq!(clean(&pile, 400), "Z\u{301}\u{301}\u{301}a");
    }

    #[test]
    fn nothing_that_xml_reads_is_left() {
        assert_eq!(
            escape("<b a='1'>&\"]]>"),
            "&lt;b a=&apos;1&apos;&gt;&amp;&quot;]]&gt;"
        );
    }
}
