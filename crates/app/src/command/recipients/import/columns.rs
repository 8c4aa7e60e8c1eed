//! Which column of a file is about what.

use super::field::Field;
use crate::failure::Failure;

const EXAMPLE: &str = "\
The first line names the columns, in any order and case, such as

  email,first name,last name
  ada@example.org,Ada,Lovelace

All that are understood: symbolon recipients import --help";

/// Which column is about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    fields: Vec<Option<Field>>,
}

impl Columns {
    /// Finds the columns by their headings.
    pub(super) fn find(header: &[String]) -> Result<Self, Failure> {
        let fields: Vec<_> = header.iter().map(|heading| Field::of(heading)).collect();
        let columns = Self { fields };
        for (place, field) in columns.fields.iter().enumerate() {
            let Some(field) = field else { continue };
            if let (Some(earlier), Some(later)) = (columns.place(*field), header.get(place))
                && earlier != place
                && let Some(earlier) = header.get(earlier)
            {
                return Err(Failure::usage(format!(
                    "the columns “{earlier}” and “{later}” mean the same; rename or remove one"
                )));
            }
        }
        let missing = if columns.place(Field::Mail).is_none() {
            "the mail address"
        } else if columns.place(Field::FirstName).is_none() && columns.place(Field::Name).is_none() {
            "the first name, or the whole name"
        } else {
            return Ok(columns);
        };
        let found: Vec<_> = header.iter().map(|heading| format!("“{heading}”")).collect();
        Err(Failure::usage(format!(
            "there is no column for {missing}; the columns are {}",
            found.join(", ")
        ))
        .advise(EXAMPLE))
    }

    /// Where the column is that is about this.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|found| *found == Some(field))
    }

    /// How many there are.
    pub(super) const fn count(&self) -> usize {
        self.fields.len()
    }

    /// The headings of those that are about nothing known.
    pub(super) fn ignored<'a>(&self, header: &'a [String]) -> Vec<&'a str> {
        self.fields
            .iter()
            .zip(header)
            .filter(|(field, heading)| field.is_none() && !heading.is_empty())
            .map(|(_, heading)| heading.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(headings: &[&str]) -> Vec<String> {
        headings.iter().map(|heading| (*heading).to_owned()).collect()
    }

    #[test]
    fn columns_are_found_in_any_order() {
        let header = header(&["Kommentar", "Nachname", "", "E-Mail", "Vorname"]);
        let columns = Columns::find(&header).unwrap();
        assert_eq!(columns.place(Field::Mail), Some(3));
        assert_eq!(columns.place(Field::FirstName), Some(4));
        assert_eq!(columns.place(Field::LastName), Some(1));
        assert_eq!(columns.place(Field::Locale), None);
        assert_eq!(columns.ignored(&header), ["Kommentar"]);
    }

    #[test]
    fn what_is_missing_is_named_with_what_is_there() {
        let refused = |headings: &[&str]| Columns::find(&header(headings)).unwrap_err().to_string();
        let said = refused(&["Vorname", "Strasse"]);
        assert!(
            said.contains("mail address") && said.contains("“Strasse”"),
            "{said}"
        );
        let said = refused(&["mail", "Nachname"]);
        assert!(said.contains("first name"), "{said}");
        let said = refused(&["mail", "E-Mail", "name"]);
        assert!(said.contains("“mail” and “E-Mail”"), "{said}");
    }
}
