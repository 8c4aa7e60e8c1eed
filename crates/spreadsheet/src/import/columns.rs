//! Which column of a file is about what.

use symbolon_domain::text::MailAddress;
use thiserror::Error;

use super::Field;

/// Which column is about what: each field at most once, and what is needed is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    fields: Vec<Option<Field>>,
}

/// Why columns cannot be taken for what somebody says they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ColumnsError {
    /// Two of them are about the same.
    #[error("the columns {} and {} mean the same", .first + 1, .second + 1)]
    Twice {
        /// What they are about.
        field: Field,
        /// Which one, from 0.
        first: usize,
        /// Which other one.
        second: usize,
    },
    /// None has the mail address.
    #[error("there is no column for the mail address")]
    NoMail,
    /// None has a first name or a whole name.
    #[error("there is no column for the first name, or the whole name")]
    NoName,
}

impl Columns {
    /// What each column is likely to be about, by its heading. Two may be about the same: that is for
    /// [`chosen`](Self::chosen) to refuse, and for people to mend.
    #[must_use]
    pub fn guess(header: &[String]) -> Vec<Option<Field>> {
        header.iter().map(|heading| Field::of(heading)).collect()
    }

    /// What each column is likely to be about, by a row: in a file without a header only a mail address is known by
    /// itself.
    #[must_use]
    pub fn guess_by_cells(cells: &[String]) -> Vec<Option<Field>> {
        let mail = cells.iter().position(|cell| is_mail(cell));
        let field = |place| (mail == Some(place)).then_some(Field::Mail);
        (0..cells.len()).map(field).collect()
    }

    /// The columns as somebody says they are.
    ///
    /// # Errors
    /// When two are about the same, or a needed one is missing.
    pub fn chosen(fields: Vec<Option<Field>>) -> Result<Self, ColumnsError> {
        let columns = Self { fields };
        for (second, field) in columns.fields.iter().enumerate() {
            if let Some(field) = *field
                && let Some(first) = columns.place(field).filter(|first| *first != second)
            {
                return Err(ColumnsError::Twice { field, first, second });
            }
        }
        if columns.place(Field::Mail).is_none() {
            return Err(ColumnsError::NoMail);
        }
        if columns.place(Field::FirstName).is_none() && columns.place(Field::Name).is_none() {
            return Err(ColumnsError::NoName);
        }
        Ok(columns)
    }

    /// What each column is about.
    #[must_use]
    pub fn fields(&self) -> &[Option<Field>] {
        &self.fields
    }

    /// Where the column is that is about this, from 0.
    #[must_use]
    pub fn place(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|found| *found == Some(field))
    }

    /// The headings of those that are about nothing known.
    #[must_use]
    pub fn ignored<'a>(&self, header: &'a [String]) -> Vec<&'a str> {
        self.fields
            .iter()
            .zip(header)
            .filter(|(field, heading)| field.is_none() && !heading.is_empty())
            .map(|(_, heading)| heading.as_str())
            .collect()
    }
}

/// Whether a first row names columns: headings are no mail addresses, and every other row has one.
#[must_use]
pub fn is_header(first: &[String]) -> bool {
    !first.iter().any(|cell| is_mail(cell))
}

fn is_mail(cell: &str) -> bool {
    MailAddress::parse(cell).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn columns_are_found_in_any_order() {
        let header = row(&["Kommentar", "Nachname", "", "E-Mail", "Vorname"]);
        let columns = Columns::chosen(Columns::guess(&header)).unwrap();
        assert_eq!(columns.place(Field::Mail), Some(3));
        assert_eq!(columns.place(Field::FirstName), Some(4));
        assert_eq!(columns.place(Field::LastName), Some(1));
        assert_eq!(columns.place(Field::Locale), None);
        assert_eq!(columns.ignored(&header), ["Kommentar"]);
    }

    #[test]
    fn each_is_chosen_once_and_what_is_needed_is_there() {
        let chosen = |header: &[&str]| Columns::chosen(Columns::guess(&row(header))).unwrap_err();
        assert_eq!(chosen(&["Vorname", "Strasse"]), ColumnsError::NoMail);
        assert_eq!(chosen(&["mail", "Nachname"]), ColumnsError::NoName);
        let twice = ColumnsError::Twice {
            field: Field::Mail,
            first: 0,
            second: 2,
        };
        assert_eq!(chosen(&["mail", "name", "E-Mail"]), twice);
        assert_eq!(twice.to_string(), "the columns 1 and 3 mean the same");
        assert!(Columns::chosen(vec![Some(Field::Name), None, Some(Field::Mail)]).is_ok());
    }

    #[test]
    fn a_first_row_with_a_mail_address_is_no_header() {
        let first = row(&["Ada", " ada@example.org ", "bob@example.org"]);
        assert!(!is_header(&first));
        assert_eq!(Columns::guess_by_cells(&first), [None, Some(Field::Mail), None]);
        assert!(is_header(&row(&["Name", "E-Mail (name@company)", "@"])));
    }
}
