//! First and last name, from the columns that a file has for them.

use super::{Columns, Field};
use crate::Row;

/// First and last name.
type Name = (Option<String>, Option<String>);

/// The name in a row.
pub(super) fn of(row: &Row, columns: &Columns) -> Name {
    let cell = |field| columns.place(field).and_then(|place| row.text(place));
    combined(cell(Field::FirstName), cell(Field::LastName), cell(Field::Name))
}

/// What a column that is only called “name” has beside another is the part of the name that the other has not, unless it
/// is all of it.
fn combined(first: Option<String>, last: Option<String>, name: Option<String>) -> Name {
    match (first, last, name) {
        (Some(first), None, Some(name)) => {
            let rest = match name.strip_prefix(first.as_str()) {
                Some("") => None,
                Some(rest) if rest.starts_with(' ') => Some(rest.trim().to_owned()),
                _ => Some(name),
            };
            (Some(first), rest)
        }
        (None, Some(last), Some(name)) => {
            let rest = match name.strip_suffix(last.as_str()) {
                Some(rest) if rest.ends_with(' ') => rest.trim().to_owned(),
                _ => name,
            };
            (Some(rest), Some(last))
        }
        (None, None, Some(name)) => split(&name),
        (first, last, _) => (first, last),
    }
}

fn split(name: &str) -> Name {
    match name.rsplit_once(char::is_whitespace) {
        Some((first, last)) => (Some(first.trim().to_owned()), Some(last.to_owned())),
        None => (Some(name.to_owned()), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_together_from_what_there_is() {
        for (first, last, name, expected) in [
            ("Ada", "Lovelace", "", ("Ada", "Lovelace")),
            ("Ada", "", "", ("Ada", "")),
            ("", "", "Ada King Lovelace", ("Ada King", "Lovelace")),
            ("", "", "Plato", ("Plato", "")),
            // Vorname and Name, in Germany.
            ("Ada", "", "Lovelace", ("Ada", "Lovelace")),
            ("Ada", "", "Ada Lovelace", ("Ada", "Lovelace")),
            ("Ada", "", "Ada", ("Ada", "")),
            ("Ada", "", "Adams", ("Ada", "Adams")),
            ("", "Lovelace", "Ada", ("Ada", "Lovelace")),
            ("", "Lovelace", "Ada Lovelace", ("Ada", "Lovelace")),
            ("Ada", "Lovelace", "Countess", ("Ada", "Lovelace")),
            ("", "Lovelace", "", ("", "Lovelace")),
        ] {
            let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            assert_eq!(
                combined(given(first), given(last), given(name)),
                (given(expected.0), given(expected.1)),
                "{first}, {last}, {name}"
            );
        }
    }
}
