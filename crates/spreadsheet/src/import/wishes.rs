//! From a row of a file to what is to be issued, or to all that is wrong with it.

use symbolon_domain::{
    id::TemplateId,
    service::issue_credentials::CredentialWish,
    text::{ExternalId, MailAddress, PersonName},
};

use super::{Columns, Field, Problem, Reason, names, words};
use crate::Row;

/// Reads the rows of one file.
#[derive(Debug, Clone)]
pub struct Wishes {
    /// Which column is about what.
    pub columns: Columns,
    /// On which template all of them are.
    pub template: TemplateId,
    /// Whether all of them only try things out.
    pub is_test: bool,
    /// Whether no mail is sent.
    pub suppress_mail: bool,
}

impl Wishes {
    /// What a row wishes for, or all that is wrong with it.
    ///
    /// # Errors
    /// What is wrong with it, at least one problem.
    pub fn read(&self, row: &Row) -> Result<CredentialWish, Vec<Problem>> {
        if let Some(problem) = self.of_row(row) {
            return Err(vec![problem]);
        }
        let mut wrong = Wrong {
            columns: &self.columns,
            problems: Vec::new(),
        };
        let (first, last) = names::of(row, &self.columns);
        let mail = wrong.needed(Field::Mail, self.cell(row, Field::Mail), |text| {
            MailAddress::parse(text).map_err(Reason::Text)
        });
        let first_name = wrong.needed(Field::FirstName, first, name);
        let last_name = wrong.optional(Field::LastName, last, name);
        let issued_at = wrong.optional(Field::IssuedAt, self.cell(row, Field::IssuedAt), words::instant);
        let expiry = wrong.optional(Field::ExpiresAt, self.cell(row, Field::ExpiresAt), words::expiry);
        let locale = wrong.optional(Field::Locale, self.cell(row, Field::Locale), words::locale);
        let external_id = wrong.optional(Field::ExternalId, self.cell(row, Field::ExternalId), |text| {
            ExternalId::parse(text).map_err(Reason::Text)
        });
        let is_test = wrong.optional(Field::Test, self.cell(row, Field::Test), words::yes_or_no);
        match (mail, first_name) {
            (Some(mail), Some(first_name)) if wrong.problems.is_empty() => Ok(CredentialWish {
                template: self.template,
                mail,
                first_name,
                last_name,
                issued_at,
                expiry: expiry.unwrap_or_default(),
                locale: locale.unwrap_or_default(),
                external_id,
                is_test: self.is_test || is_test.unwrap_or(false),
                suppress_mail: self.suppress_mail,
            }),
            _ => Err(wrong.problems),
        }
    }

    /// For what a row is not looked at any closer.
    fn of_row(&self, row: &Row) -> Option<Problem> {
        let count = self.columns.fields().len();
        if let Some(column) = row.unreadable_column() {
            return Some(Problem {
                column: Some(column),
                ..Problem::of_row(Reason::NotUtf8)
            });
        }
        if row.goes_beyond(count) {
            return Some(Problem::of_row(Reason::TooWide {
                cells: row.width(),
                columns: count,
            }));
        }
        self.cell(row, Field::RevokedAt).map(|_| Problem {
            column: self.columns.place(Field::RevokedAt),
            ..Problem::of_row(Reason::Revoked)
        })
    }

    fn cell(&self, row: &Row, field: Field) -> Option<String> {
        row.text(self.columns.place(field)?)
    }
}

/// A name, unless letters of it were lost before it came here.
fn name(text: &str) -> Result<PersonName, Reason> {
    if text.contains('\u{fffd}') {
        return Err(Reason::Lost);
    }
    PersonName::parse(text).map_err(Reason::Text)
}

/// What was found wrong with a row so far.
struct Wrong<'a> {
    columns: &'a Columns,
    problems: Vec<Problem>,
}

impl Wrong<'_> {
    fn optional<T>(
        &mut self,
        field: Field,
        text: Option<String>,
        parse: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        parse(&text?).map_err(|reason| self.note(field, reason)).ok()
    }

    fn needed<T>(
        &mut self,
        field: Field,
        text: Option<String>,
        parse: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        if text.is_none() {
            self.note(field, Reason::Missing);
        }
        self.optional(field, text, parse)
    }

    fn note(&mut self, field: Field, reason: Reason) {
        self.problems.push(Problem {
            field: Some(field),
            column: place_of(self.columns, field),
            reason,
        });
    }
}

/// The column in which a value stands: a part of the name may stand in the column of the whole.
pub(super) fn place_of(columns: &Columns, field: Field) -> Option<usize> {
    let is_name = matches!(field, Field::FirstName | Field::LastName);
    columns
        .place(field)
        .or_else(|| columns.place(Field::Name).filter(|_| is_name))
}

#[cfg(test)]
mod tests {
    use symbolon_domain::{
        id::ID_ENTROPY, recipient::Locale, service::issue_credentials::ExpiryWish, time::Timestamp,
    };

    use super::*;
    use crate::{Sheet, import::joined};

    fn read(file: &[u8]) -> Vec<Result<CredentialWish, Vec<Problem>>> {
        let mut sheet = Sheet::read(file, Field::is_known).unwrap();
        let wishes = Wishes {
            columns: Columns::chosen(Columns::guess(sheet.header())).unwrap(),
            template: TemplateId::fresh(Timestamp::from_millis(1), [1; ID_ENTROPY]),
            is_test: false,
            suppress_mail: false,
        };
        std::iter::from_fn(|| sheet.next_row().unwrap().map(|row| wishes.read(&row))).collect()
    }

    #[test]
    fn a_full_row_says_everything() {
        let file = "E-Mail;Vorname;Nachname;Datum;Gültig bis;Sprache;Employee ID;Test\r\n\
                    ada@Example.org;Ada;Lovelace;31.01.2026;nie;de-AT;E 1;ja\r\n\
                    bob@example.org;Bob;;;;;;\r\n";
        let wishes = read(file.as_bytes());
        let ada = wishes[0].as_ref().unwrap();
        assert_eq!(ada.mail.as_str(), "ada@example.org");
        assert_eq!(ada.last_name.as_ref().unwrap().as_str(), "Lovelace");
        assert_eq!(ada.issued_at.unwrap().to_string(), "2026-01-31T00:00:00.000Z");
        assert_eq!(
            (ada.expiry, ada.locale, ada.is_test),
            (ExpiryWish::Never, Locale::German, true)
        );
        assert_eq!(ada.external_id.as_ref().unwrap().as_str(), "E 1");
        let bob = wishes[1].as_ref().unwrap();
        assert_eq!(
            (bob.expiry, bob.locale, bob.is_test),
            (ExpiryWish::Template, Locale::English, false)
        );
        assert!(bob.last_name.is_none() && bob.issued_at.is_none() && bob.external_id.is_none());
    }

    #[test]
    fn all_that_is_wrong_with_a_row_is_said_at_once() {
        let file = b"mail,first name,date,expires,expires at,revoked_at\n\
            nowhere,,soon,,tomorrow,\n\
            a@example.org,J\xfcrgen,,,,\n\
            b@example.org,J\xef\xbf\xbdrgen,,,,\n\
            c@example.org,C,,,,,,x\n\
            d@example.org,D,,,,2027-01-01\n\
            e@example.org,E,,,,,,\n\
            f@example.org,F\n\
            g@example.org,\"two\nlines\",,,,\n";
        let wishes = read(file);
        let reasons: Vec<_> = wishes
            .iter()
            .map(|wish| wish.as_ref().err().map(|problems| joined(problems)))
            .collect();
        assert_eq!(
            reasons[0].as_ref().unwrap(),
            "recipient_email must be a mail address, such as ada@example.org; issued_to_first_name must be given; \
             issued_at must be a date, such as 2027-01-31 or 31.01.2027, or a time, such as 2027-01-31T12:00:00Z; \
             expires_at must be a date, such as 2027-01-31 or 31.01.2027, or a time, such as 2027-01-31T12:00:00Z"
        );
        assert!(reasons[1].as_ref().unwrap().contains("CSV UTF-8"));
        assert!(reasons[2].as_ref().unwrap().contains("lost"));
        assert_eq!(
            reasons[3].as_ref().unwrap(),
            "has 8 cells, where the first line names 6"
        );
        assert!(reasons[4].as_ref().unwrap().contains("revoked"));
        assert_eq!((&reasons[5], &reasons[6]), (&None, &None));
        assert!(reasons[7].as_ref().unwrap().contains("control characters"));
    }
}
