//! Fills names into sentences.

/// The sentence with each `{word}` replaced by its value. What was filled in is never searched again, so a name may
/// have braces; a word without a value stays as it is.
pub(crate) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() * 2);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let found = after.split_once('}').and_then(|(word, after)| {
            let (_, value) = values.iter().find(|(name, _)| *name == word)?;
            Some((value, after))
        });
        if let Some((value, after)) = found {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_filled_in_once() {
        let values = [("a", "{b}"), ("b", "x")];
        assert_eq!(fill("{a} and {b}, {a}", &values), "{b} and x, {b}");
        assert_eq!(fill("{c} {a", &values), "{c} {a");
        assert_eq!(fill("plain", &values), "plain");
    }
}
