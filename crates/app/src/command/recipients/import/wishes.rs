//! From a row of a file to what is to be issued, or to why not.

use std::fmt::Display;

use symbolon_domain::{
    id::TemplateId,
    service::issue_credentials::{CredentialWish, ExpiryWish},
    text::{ExternalId, MailAddress, PersonName},
    time::Timestamp,
};

use super::{columns::Columns, field::Field, names, words};
use symbolon_spreadsheet::Row;

/// Reads the rows of one file.
#[derive(Debug)]
pub(super) struct Wishes {
    /// Which column is about what.
    pub(super) columns: Columns,
    /// On which template all of them are.
    pub(super) template: TemplateId,
    /// Whether all of them only try things out.
    pub(super) is_test: bool,
    /// Whether no mail is sent.
    pub(super) suppress_mail: bool,
}

impl Wishes {
    /// What a row wishes for, or all that is wrong with it.
    pub(super) fn read(&self, row: &Row) -> Result<CredentialWish, String> {
        if !row.is_utf8() {
            return Err("has letters that are not in UTF-8; save the file as “CSV UTF-8”".to_owned());
        }
        if row.goes_beyond(self.columns.count()) {
            return Err(format!(
                "has {} cells, where the first line names {}",
                row.width(),
                self.columns.count()
            ));
        }
        if self.cell(row, Field::RevokedAt).is_some() {
            return Err("was revoked; to issue it again, empty its revoked_at".to_owned());
        }
        let mut wrong = Wrong::default();
        let (first, last) = names::of(row, &self.columns);
        let mail = wrong.needed("recipient_email", self.cell(row, Field::Mail), MailAddress::parse);
        let first_name = wrong.needed("issued_to_first_name", first, name);
        let last_name = wrong.optional("issued_to_last_name", last, name);
        let issued_at = wrong.optional("issued_at", self.cell(row, Field::IssuedAt), words::instant);
        let expiry = wrong.optional("expires_at", self.cell(row, Field::ExpiresAt), words::expiry);
        let locale = wrong.optional("locale", self.cell(row, Field::Locale), words::locale);
        let external_id = wrong.optional(
            "issuer_earner_id",
            self.cell(row, Field::ExternalId),
            ExternalId::parse,
        );
        let is_test = wrong.optional("test", self.cell(row, Field::Test), words::yes_or_no);
        match (mail, first_name) {
            (Some(mail), Some(first_name)) if wrong.0.is_empty() => Ok(CredentialWish {
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
            _ => Err(wrong.0.join("; ")),
        }
    }

    fn cell(&self, row: &Row, field: Field) -> Option<String> {
        row.text(self.columns.place(field)?)
    }
}

/// A name, unless letters of it were lost before it came here.
fn name(text: &str) -> Result<PersonName, String> {
    if text.contains('\u{fffd}') {
        return Err("has letters that were lost (�); correct it".to_owned());
    }
    PersonName::parse(text).map_err(|error| error.to_string())
}

/// What was found wrong with a row so far; each begins with the name of a field of the API.
#[derive(Debug, Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn optional<T, E: Display>(
        &mut self,
        field: &str,
        text: Option<String>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        parse(&text?)
            .map_err(|error| self.0.push(format!("{field} {error}")))
            .ok()
    }

    fn needed<T, E: Display>(
        &mut self,
        field: &str,
        text: Option<String>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if text.is_none() {
            self.0.push(format!("{field} must be given"));
        }
        self.optional(field, text, parse)
    }
}

/// When what is wished for would expire.
pub(super) fn expiry_of(
    wish: &CredentialWish,
    by_template: impl FnOnce(Timestamp) -> Option<Timestamp>,
    issued_at: Timestamp,
) -> Option<Timestamp> {
    match wish.expiry {
        ExpiryWish::Template => by_template(issued_at),
        ExpiryWish::Never => None,
        ExpiryWish::At(end) => Some(end),
    }
}

#[cfg(test)]
mod tests {
    use symbolon_domain::{id::ID_ENTROPY, recipient::Locale};

    use super::*;
    use symbolon_spreadsheet::Sheet;

    fn read(file: &[u8]) -> Vec<Result<CredentialWish, String>> {
        let mut sheet = Sheet::read(file, Field::is_known).unwrap();
        let wishes = Wishes {
            columns: Columns::find(sheet.header()).unwrap(),
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
            .map(|wish| wish.as_ref().err().map(String::as_str))
            .collect();
        assert_eq!(
            reasons[0].unwrap(),
            "recipient_email must be a mail address, such as ada@example.org; issued_to_first_name must be given; \
             issued_at must be a date, such as 2027-01-31 or 31.01.2027, or a time, such as 2027-01-31T12:00:00Z; \
             expires_at must be a date, such as 2027-01-31 or 31.01.2027, or a time, such as 2027-01-31T12:00:00Z"
        );
        assert!(reasons[1].unwrap().contains("CSV UTF-8"));
        assert!(reasons[2].unwrap().contains("lost"));
        assert_eq!(reasons[3].unwrap(), "has 8 cells, where the first line names 6");
        assert!(reasons[4].unwrap().contains("revoked"));
        assert_eq!((reasons[5], reasons[6]), (None, None));
        assert!(reasons[7].unwrap().contains("control characters"));
    }
}
