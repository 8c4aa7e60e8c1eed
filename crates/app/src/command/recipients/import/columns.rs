//! Which column of the file is about what, or what to do where that cannot be told.

use symbolon_spreadsheet::import::{Columns, ColumnsError};

use crate::failure::Failure;

const EXAMPLE: &str = "\
The first line names the columns, in any order and case, such as

  email,first name,last name
  ada@example.org,Ada,Lovelace

All that are understood: symbolon recipients import --help";

/// Finds the columns by their headings.
pub(super) fn find(header: &[String]) -> Result<Columns, Failure> {
    Columns::chosen(Columns::guess(header)).map_err(|error| {
        let found: Vec<_> = header.iter().map(|heading| format!("“{heading}”")).collect();
        let named = |place| found.get(place).map_or("", String::as_str);
        match error {
            ColumnsError::Twice { first, second, .. } => Failure::usage(format!(
                "the columns {} and {} mean the same; rename or remove one",
                named(first),
                named(second)
            )),
            ColumnsError::NoMail | ColumnsError::NoName => {
                Failure::usage(format!("{error}; the columns are {}", found.join(", "))).advise(EXAMPLE)
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_what_is_there() {
        let refused = |headings: &[&str]| {
            let header: Vec<_> = headings.iter().map(|heading| (*heading).to_owned()).collect();
            find(&header).unwrap_err().to_string()
        };
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
