//! What a column is about, by its heading.

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
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

impl Field {
    /// What a heading stands for. Case, spaces, underscores, hyphens and dots make no difference, and `ü` is `u` or `ue`.
    pub(super) fn of(heading: &str) -> Option<Self> {
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
            "name" | "fullname" | "recipientname" | "issuedto" | "vollername" | "vollstandigername"
            | "vollstaendigername" => Self::Name,
            "issuedat" | "issuedon" | "issuedate" | "date" | "datum" | "ausgestelltam"
            | "ausstellungsdatum" => Self::IssuedAt,
            "expiresat" | "expireson" | "expirydate" | "expirationdate" | "validuntil" | "gultigbis"
            | "gueltigbis" | "ablaufdatum" => Self::ExpiresAt,
            "locale" | "language" | "sprache" => Self::Locale,
            "externalid" | "employeeid" | "issuerearnerid" | "personalnummer" => Self::ExternalId,
            "test" => Self::Test,
            "revokedat" => Self::RevokedAt,
            "line" => Self::Line,
            "reason" => Self::Reason,
            _ => return None,
        })
    }

    /// Whether somebody who names a column like this means something by it.
    pub(super) fn is_known(heading: &str) -> bool {
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
