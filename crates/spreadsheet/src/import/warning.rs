//! What is odd about a row that can be issued all the same.

use symbolon_domain::{
    service::issue_credentials::{CredentialWish, ExpiryWish},
    text::MailAddress,
    time::Timestamp,
};

use super::{Columns, Field, example, wishes::place_of};

/// What is odd about a row, and where. Its row can be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// The column in which it is, from 0.
    pub column: Option<usize>,
    /// What is odd.
    pub oddity: Oddity,
}

/// What can be odd about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Oddity {
    /// The domain of the mail address looks mistyped.
    MistypedDomain {
        /// What it looks like.
        like: &'static str,
    },
    /// The row stands in the template file, to show what a row is.
    Example,
    /// The name has no small letters.
    CapitalsOnly,
    /// The name has no capital letters.
    NoCapitals,
    /// It expires before now.
    ExpiredAlready,
    /// The date on the credential is after now.
    IssuedAhead,
    /// An earlier line has the same name with another mail address.
    SameName {
        /// Which one.
        line: u64,
    },
}

impl Warning {
    /// What is odd, as a sentence for people.
    #[must_use]
    pub fn what(&self) -> String {
        match self.oddity {
            Oddity::MistypedDomain { like } => format!("The mail address looks as if {like} were meant."),
            Oddity::Example => "This is an example from the template file.".into(),
            Oddity::CapitalsOnly => "The name is in capitals only.".into(),
            Oddity::NoCapitals => "The name has no capital letters.".into(),
            Oddity::ExpiredAlready => "It would have expired already.".into(),
            Oddity::IssuedAhead => "The date on the credential is in the future.".into(),
            Oddity::SameName { line } => {
                format!("The same name is on line {line}, with another mail address.")
            }
        }
    }

    /// What to do about it, as a sentence for people.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self.oddity {
            Oddity::MistypedDomain { .. } => {
                "Look at it again: whoever gets the mail can claim the credential."
            }
            Oddity::Example => "Remove the row.",
            Oddity::CapitalsOnly | Oddity::NoCapitals => {
                "It is printed like this; write it as its holder does."
            }
            Oddity::ExpiredAlready => "Correct the date, unless it is meant for the records.",
            Oddity::IssuedAhead => "Correct it, unless it is meant: it is issued now, with that date.",
            Oddity::SameName { .. } => "If both are one person, remove one row; each gets a mail of its own.",
        }
    }
}

/// All that is odd about what a row wishes for, but for what other rows have.
pub(super) fn oddities(wish: &CredentialWish, columns: &Columns, now: Timestamp) -> Vec<Warning> {
    let at = |field, oddity: Option<Oddity>| {
        oddity.map(|oddity| Warning {
            column: place_of(columns, field),
            oddity,
        })
    };
    let domain = mistyped(&wish.mail).map(|like| Oddity::MistypedDomain { like });
    let example = example::is_in_template(&wish.mail).then_some(Oddity::Example);
    let is_over = matches!(wish.expiry, ExpiryWish::At(end) if !end.is_ahead_of(now));
    let is_ahead = wish.issued_at.is_some_and(|at| at.is_ahead_of(now));
    [
        at(Field::Mail, domain),
        at(Field::Mail, example),
        at(Field::FirstName, capitals(wish)),
        at(Field::ExpiresAt, is_over.then_some(Oddity::ExpiredAlready)),
        at(Field::IssuedAt, is_ahead.then_some(Oddity::IssuedAhead)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Domains that so many people have addresses at that a slip of the finger is likelier than another domain. Each is
/// followed by slips that were seen, and belong to nobody who gives out addresses.
const OFTEN_MISTYPED: [(&str, &[&str]); 8] = [
    (
        "gmail.com",
        &[
            "gmial.com",
            "gmal.com",
            "gamil.com",
            "gmai.com",
            "gmail.con",
            "gmail.co",
            "gmaill.com",
            "gnail.com",
            "gmail.cm",
            "gmail.om",
            "gmil.com",
            "gmali.com",
        ],
    ),
    (
        "googlemail.com",
        &[
            "googelmail.com",
            "googlemail.con",
            "goglemail.com",
            "googlmail.com",
        ],
    ),
    (
        "hotmail.com",
        &[
            "hotmial.com",
            "hotmal.com",
            "hotmai.com",
            "hotmail.con",
            "hotmil.com",
            "hotmaill.com",
            "homail.com",
        ],
    ),
    (
        "outlook.com",
        &[
            "outlok.com",
            "outloook.com",
            "outlook.con",
            "outllok.com",
            "oulook.com",
            "outlool.com",
        ],
    ),
    (
        "yahoo.com",
        &[
            "yaho.com",
            "yahooo.com",
            "yahoo.con",
            "yhaoo.com",
            "yhoo.com",
            "yaoo.com",
        ],
    ),
    (
        "icloud.com",
        &[
            "iclod.com",
            "icloud.con",
            "icoud.com",
            "iclould.com",
            "icluod.com",
        ],
    ),
    ("gmx.de", &["gmx.d", "gxm.de", "gmx.dde"]),
    ("web.de", &["web.d", "wbe.de", "webb.de"]),
];

fn mistyped(mail: &MailAddress) -> Option<&'static str> {
    let (_, domain) = mail.as_str().rsplit_once('@')?;
    OFTEN_MISTYPED
        .iter()
        .find_map(|(like, slips)| slips.contains(&domain).then_some(*like))
}

/// Whether a name is written without small letters, or without capitals. Initials and short names are left alone, and
/// so are scripts that have neither.
fn capitals(wish: &CredentialWish) -> Option<Oddity> {
    let last = wish.last_name.as_ref().map_or("", |name| name.as_str());
    let letters = || wish.first_name.as_str().chars().chain(last.chars());
    let small = letters().filter(|letter| letter.is_lowercase()).count();
    let capital = letters().filter(|letter| letter.is_uppercase()).count();
    match (small, capital) {
        (0, 5..) => Some(Oddity::CapitalsOnly),
        (2.., 0) => Some(Oddity::NoCapitals),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_slip_is_a_domain_of_the_table() {
        for (domain, slips) in OFTEN_MISTYPED {
            for slip in slips {
                assert!(
                    OFTEN_MISTYPED.iter().all(|(other, _)| other != slip),
                    "{domain}: {slip}"
                );
                let mail = MailAddress::parse(&format!("a@{slip}")).unwrap();
                assert_eq!(mistyped(&mail), Some(domain));
            }
            assert_eq!(
                mistyped(&MailAddress::parse(&format!("a@{domain}")).unwrap()),
                None
            );
        }
        // Mail domains of their own, however much they look like slips.
        for domain in [
            "ymail.com",
            "mail.com",
            "gmx.com",
            "gmx.net",
            "hotmail.co.uk",
            "yahoo.co.jp",
        ] {
            assert_eq!(
                mistyped(&MailAddress::parse(&format!("a@{domain}")).unwrap()),
                None
            );
        }
    }
}
