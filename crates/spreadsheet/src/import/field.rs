//! What a column is about, by its heading.

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The mail address.
    Mail,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The whole name, or the part of it that no other column has.
    Name,
    /// The date on the credential.
    IssuedAt,
    /// When it expires.
    ExpiresAt,
    /// In which language they are written to.
    Locale,
    /// What the issuer's own records call them.
    ExternalId,
    /// Whether this is somebody who tries things out.
    Test,
    /// When the credential was revoked, in a file that was exported.
    RevokedAt,
    /// The line in an earlier file, in a file of rejected rows.
    Line,
    /// The reason in a file of rejected rows.
    Reason,
}

/// Whether a file has to have a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It has to.
    Always,
    /// It has to, unless it has the other of first name and whole name.
    OneOfTheNames,
    /// It need not.
    Never,
}

impl Field {
    /// What people choose from when they say what a column is about, in the order in which they think of it. A file of
    /// rejected rows has two fields more, which an import passes over.
    pub const CHOICES: [Self; 10] = [
        Self::Mail,
        Self::FirstName,
        Self::LastName,
        Self::Name,
        Self::IssuedAt,
        Self::ExpiresAt,
        Self::Locale,
        Self::ExternalId,
        Self::Test,
        Self::RevokedAt,
    ];

    /// A word for it that never changes.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Name => "name",
            Self::IssuedAt => "issued_at",
            Self::ExpiresAt => "expires_at",
            Self::Locale => "locale",
            Self::ExternalId => "external_id",
            Self::Test => "test",
            Self::RevokedAt => "revoked_at",
            Self::Line => "line",
            Self::Reason => "reason",
        }
    }

    /// The field that a word stands for.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::CHOICES
            .into_iter()
            .chain([Self::Line, Self::Reason])
            .find(|field| field.word() == word)
    }

    /// What it is called before people. A heading like this is understood.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mail => "Mail address",
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Name => "Whole name",
            Self::IssuedAt => "Issued on",
            Self::ExpiresAt => "Valid until",
            Self::Locale => "Language",
            Self::ExternalId => "External id",
            Self::Test => "Test recipient",
            Self::RevokedAt => "Revoked on",
            Self::Line => "Line",
            Self::Reason => "Reason",
        }
    }

    /// What the API and exported files call it. A heading like this is understood.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Mail => "recipient_email",
            Self::FirstName => "issued_to_first_name",
            Self::LastName => "issued_to_last_name",
            Self::Name => "name",
            Self::ExternalId => "issuer_earner_id",
            Self::IssuedAt
            | Self::ExpiresAt
            | Self::Locale
            | Self::Test
            | Self::RevokedAt
            | Self::Line
            | Self::Reason => self.word(),
        }
    }

    /// Whether a file has to have a column of it.
    #[must_use]
    pub const fn need(self) -> Need {
        match self {
            Self::Mail => Need::Always,
            Self::FirstName | Self::Name => Need::OneOfTheNames,
            _ => Need::Never,
        }
    }

    /// What may stand in such a column; in a row of a file that can be imported, all of them together.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Mail => "ada@example.org",
            Self::FirstName => "Ada",
            Self::LastName => "Lovelace",
            Self::Name => "Ada Lovelace",
            Self::IssuedAt => "2026-01-31",
            Self::ExpiresAt => "2099-12-31",
            Self::Locale => "en",
            Self::ExternalId => "P-1001",
            Self::Test => "false",
            Self::RevokedAt | Self::Line | Self::Reason => "",
        }
    }

    /// What a heading stands for. Case, spaces, underscores, hyphens and dots make no difference, and `ü` is `u` or `ue`.
    #[must_use]
    pub fn of(heading: &str) -> Option<Self> {
        Some(match plain(heading).as_str() {
            "email"
            | "emailaddress"
            | "emailadresse"
            | "mail"
            | "mailaddress"
            | "mailadresse"
            | "recipientemail"
            | "recipientemailaddress" => Self::Mail,
            "firstname" | "givenname" | "forename" | "vorname" | "issuedtofirstname" => Self::FirstName,
            "lastname" | "surname" | "familyname" | "nachname" | "familienname" | "issuedtolastname" => {
                Self::LastName
            }
            "name" | "fullname" | "wholename" | "recipientname" | "issuedto" | "vollername"
            | "vollstandigername" | "vollstaendigername" => Self::Name,
            "issuedat" | "issuedon" | "issuedate" | "date" | "datum" | "ausgestelltam"
            | "ausstellungsdatum" => Self::IssuedAt,
            "expiresat" | "expireson" | "expirydate" | "expirationdate" | "validuntil" | "gultigbis"
            | "gueltigbis" | "ablaufdatum" => Self::ExpiresAt,
            "locale" | "language" | "sprache" => Self::Locale,
            "externalid" | "employeeid" | "issuerearnerid" | "personalnummer" => Self::ExternalId,
            "test" | "testrecipient" => Self::Test,
            "revokedat" | "revokedon" => Self::RevokedAt,
            "line" => Self::Line,
            "reason" => Self::Reason,
            _ => return None,
        })
    }

    /// Whether somebody who names a column like this means something by it.
    #[must_use]
    pub fn is_known(heading: &str) -> bool {
        Self::of(heading).is_some()
    }
}

fn plain(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'ä' => Some('a'),
            'ö' => Some('o'),
            'ü' => Some('u'),
            // The dots of an umlaut that is written as two characters, as on a Mac.
            '\u{308}' | '_' | '-' | '.' => None,
            _ => (!letter.is_whitespace()).then_some(letter),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_known_by_its_names() {
        for field in Field::CHOICES.into_iter().chain([Field::Line, Field::Reason]) {
            assert_eq!(Field::parse(field.word()), Some(field));
            assert_eq!(Field::of(field.label()), Some(field), "{}", field.label());
            assert_eq!(Field::of(field.heading()), Some(field), "{}", field.heading());
        }
        assert_eq!(Field::parse("skip"), None);
    }

    #[test]
    fn headings_are_recognized_as_people_write_them() {
        for (headings, field) in [
            (
                &[
                    "email",
                    "E-Mail",
                    "e_mail",
                    " MAIL ",
                    "Recipient Email",
                    "E-Mail-Adresse",
                ][..],
                Field::Mail,
            ),
            (
                &["First Name", "first_name", "given-name", "VORNAME"],
                Field::FirstName,
            ),
            (
                &[
                    "Surname",
                    "last name",
                    "Family Name",
                    "Nachname",
                    "issued_to_last_name",
                ],
                Field::LastName,
            ),
            (&["Name", "full name", "Fullname"], Field::Name),
            (&["issued at", "Date", "Datum", "issued_at"], Field::IssuedAt),
            (
                &["expires at", "Gültig bis", "gu\u{308}ltig bis", "GUELTIG BIS"],
                Field::ExpiresAt,
            ),
            (&["Locale", "language", "Sprache"], Field::Locale),
            (
                &[
                    "external id",
                    "Employee ID",
                    "issuer_earner_id",
                    "Issuer-Earner-Id",
                ],
                Field::ExternalId,
            ),
        ] {
            for heading in headings {
                assert_eq!(Field::of(heading), Some(field), "{heading}");
            }
        }
        for heading in ["", "email state", "id", "state", "Kommentar", "bound_at", "mail2"] {
            assert_eq!(Field::of(heading), None, "{heading}");
        }
    }
}
