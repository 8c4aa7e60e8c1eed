//! Sentences with values in them, such as a name or a day.

use askama::{Template, filters::HtmlSafe};

use super::{moment::Moment, words::Words};

/// A value within a sentence.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    /// As it is.
    Text(&'a str),
    /// The reminder of a profile, in parentheses, on one line where it fits.
    Hint(&'a str),
    /// Set apart: a name or a title.
    Name(&'a str),
    /// A day, with the exact time on hover.
    Day(&'a Moment),
    /// An instant, to the minute.
    Exact(&'a Moment),
    /// An address, to be compared character by character.
    Code(&'a str),
}

/// A sentence, as HTML.
#[derive(Template)]
#[template(path = "parts/sentence.html")]
pub(super) struct Sentence<'a> {
    words: &'a Words,
    pieces: Vec<Value<'a>>,
}

/// Its template has escaped every piece.
impl HtmlSafe for Sentence<'_> {}

impl<'a> Sentence<'a> {
    /// The pattern with each `{name}` replaced by its value. A value is never searched for names.
    pub(super) fn new(words: &'a Words, pattern: &'a str, values: &[(&str, Value<'a>)]) -> Self {
        let pieces = split(pattern).map(|(name, fixed)| {
            let value = name.map(|name| find(values, name).copied().unwrap_or(Value::Text(name)));
            value.into_iter().chain([Value::Text(fixed)])
        });
        Self {
            words,
            pieces: pieces.flatten().collect(),
        }
    }
}

/// The pattern with each `{name}` replaced by its value, as plain text: the template that shows it escapes it.
pub(super) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, fixed) in split(pattern) {
        text.push_str(name.map_or("", |name| find(values, name).copied().unwrap_or(name)));
        text.push_str(fixed);
    }
    text
}

/// The fixed parts of a pattern, each with the name that stands before it.
fn split(pattern: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    pattern.split('{').map(|part| match part.split_once('}') {
        Some((name, fixed)) => (Some(name), fixed),
        None => (None, part),
    })
}

fn find<'v, V>(values: &'v [(&str, V)], name: &str) -> Option<&'v V> {
    values
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::{super::words, *};

    #[test]
    fn values_are_escaped_and_never_searched() {
        let moment = Moment::of("2026-03-05T09:30:00.000Z");
        let values = [("a", Value::Name("{b}<i>")), ("b", Value::Day(&moment))];
        assert_eq!(
            Sentence::new(&words::ENGLISH, "{a} & {b}.", &values)
                .render()
                .unwrap(),
            "<b>{b}&#60;i&#62;</b> &#38; <time datetime=\"2026-03-05T09:30:00.000Z\" \
             title=\"5\u{a0}March\u{a0}2026, 09:30\u{a0}UTC\">5\u{a0}March\u{a0}2026</time>."
        );
    }

    #[test]
    fn a_text_is_filled_in_one_go() {
        assert_eq!(fill("{a}, {b}", &[("a", "{b}"), ("b", "1")]), "{b}, 1");
        assert_eq!(fill("none", &[]), "none");
    }
}
