//! The words that every sheet carries, in the reader's language.

/// The fixed words of a sheet. The service knows two languages; whoever embeds the crate may bring others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The language's tag, as in `lang` attributes: `en`.
    pub language: String,
    /// Above the holder's name: "This certifies that".
    pub certifies: String,
    /// Between the name and the title: "has been awarded".
    pub awarded: String,
    /// Before the day it was issued: "Issued".
    pub issued: String,
    /// Before the last day it is good for: "Valid until".
    pub valid_until: String,
    /// In place of [`valid_until`](Self::valid_until) once that day has passed: "Expired on".
    pub expired_on: String,
    /// Before the short address: "Verify at".
    pub verify_at: String,
    /// Before the issuer in the description for readers who do not see the picture: "Issued by".
    pub issued_by: String,
    /// The mark of what is past its last day: "Expired".
    pub expired: String,
    /// The mark of what its issuer has withdrawn: "Revoked".
    pub revoked: String,
}

impl Words {
    /// English.
    #[must_use]
    pub fn english() -> Self {
        Self {
            language: "en".into(),
            certifies: "This certifies that".into(),
            awarded: "has been awarded".into(),
            issued: "Issued".into(),
            valid_until: "Valid until".into(),
            expired_on: "Expired on".into(),
            verify_at: "Verify at".into(),
            issued_by: "Issued by".into(),
            expired: "Expired".into(),
            revoked: "Revoked".into(),
        }
    }

    /// German.
    #[must_use]
    pub fn german() -> Self {
        Self {
            language: "de".into(),
            certifies: "Hiermit wird bescheinigt:".into(),
            awarded: "hat erworben".into(),
            issued: "Ausgestellt am".into(),
            valid_until: "Gültig bis".into(),
            expired_on: "Abgelaufen am".into(),
            verify_at: "Prüfen unter".into(),
            issued_by: "Ausgestellt von".into(),
            expired: "Abgelaufen".into(),
            revoked: "Widerrufen".into(),
        }
    }
}
