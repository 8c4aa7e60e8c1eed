//! Social profiles: who somebody is in the eyes of a sign-in provider.
//!
//! A profile is `(issuer, subject)` and nothing else. A mail address never identifies anybody: it can change hands.

use std::fmt;

/// Names a configured sign-in provider, such as `google`: 1 to 32 lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProviderId(String);

impl ProviderId {
    /// Reads a provider's name.
    ///
    /// ```
    /// use symbolon_domain::social_profile::ProviderId;
    ///
    /// assert!(ProviderId::parse("linkedin").is_some());
    /// assert!(ProviderId::parse("Linked In").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=32).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who somebody is: the issuer that vouches, and the subject it knows them by. Compared exactly, byte for byte.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SocialProfile {
    issuer: String,
    subject: String,
}

impl SocialProfile {
    /// The most characters of an issuer and of a subject; OpenID Connect gives a subject 255 at most.
    pub const MAX: usize = 255;

    /// A profile, unless either part is empty, too long, or has control characters.
    #[must_use]
    pub fn new(issuer: &str, subject: &str) -> Option<Self> {
        let fits = |text: &str| {
            !text.is_empty() && text.chars().count() <= Self::MAX && !text.chars().any(char::is_control)
        };
        (fits(issuer) && fits(subject)).then(|| Self {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
        })
    }

    /// Who vouches: the issuer's URL for OpenID Connect.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The issuer's name for the person, unique and never reassigned within the issuer.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }
}

/// Shows the issuer only: a subject is personal data.
impl fmt::Debug for SocialProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SocialProfile({:?}, …)", self.issuer)
    }
}

/// Reminds people which profile it was without telling others whose it is: `a…@example.org`, `Ada L.`, or a dash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileHint(String);

impl ProfileHint {
    /// The most characters it has.
    pub const MAX: usize = 100;

    /// The hint for somebody with this mail address and name, of which the provider may have told neither.
    ///
    /// ```
    /// use symbolon_domain::social_profile::ProfileHint;
    ///
    /// assert_eq!(ProfileHint::of(Some("ada@example.org"), None).as_str(), "a…@example.org");
    /// assert_eq!(ProfileHint::of(None, Some("Ada King Lovelace")).as_str(), "Ada L.");
    /// assert_eq!(ProfileHint::of(None, None).as_str(), "–");
    /// ```
    #[must_use]
    pub fn of(mail: Option<&str>, name: Option<&str>) -> Self {
        let hint = mail
            .and_then(mask_mail)
            .or_else(|| name.and_then(mask_name))
            .unwrap_or_else(|| "–".to_owned());
        Self(
            hint.chars()
                .filter(|c| !crate::text::is_treacherous(*c))
                .take(Self::MAX)
                .collect(),
        )
    }

    /// What a store kept.
    #[must_use]
    pub fn from_kept(text: String) -> Self {
        Self(text)
    }

    /// The hint.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProfileHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn mask_mail(mail: &str) -> Option<String> {
    let (local, domain) = mail.rsplit_once('@')?;
    let first = local.chars().next()?;
    (!domain.is_empty()).then(|| format!("{first}…@{domain}"))
}

fn mask_name(name: &str) -> Option<String> {
    let mut words = name.split_whitespace();
    let first = words.next()?;
    Some(match words.next_back().and_then(|last| last.chars().next()) {
        Some(initial) => format!("{first} {initial}."),
        None => first.to_owned(),
    })
}

/// A completed sign-in: who it was, by which provider, and how to remind people of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The provider that was used.
    pub provider: ProviderId,
    /// Who it was.
    pub profile: SocialProfile,
    /// A masked reminder.
    pub hint: ProfileHint,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_differ_in_either_part_and_in_case() {
        let ada = SocialProfile::new("https://a.example", "ada").unwrap();
        for (issuer, subject) in [
            ("https://b.example", "ada"),
            ("https://a.example", "Ada"),
            ("https://a.example", "ada "),
        ] {
            assert_ne!(SocialProfile::new(issuer, subject).unwrap(), ada);
        }
    }

    #[test]
    fn what_cannot_name_anybody_is_refused() {
        let long = "s".repeat(256);
        for (issuer, subject) in [
            ("", "s"),
            ("i", ""),
            ("i", long.as_str()),
            ("i\n", "s"),
            ("i", "s\0"),
        ] {
            assert_eq!(SocialProfile::new(issuer, subject), None);
        }
    }

    #[test]
    fn the_subject_is_not_shown() {
        let shown = format!(
            "{:?}",
            SocialProfile::new("https://a.example", "subject-1").unwrap()
        );
        assert!(!shown.contains("subject-1"), "{shown}");
    }

    #[test]
    fn hints_hide_what_identifies() {
        for (mail, name, hint) in [
            (Some("ada@example.org"), Some("Ada Lovelace"), "a…@example.org"),
            (Some("not an address"), Some("Ada Lovelace"), "Ada L."),
            (Some("@example.org"), None, "–"),
            (None, Some("Ada"), "Ada"),
            (None, Some("\u{202e}Ada\n Lovelace"), "Ada L."),
        ] {
            assert_eq!(ProfileHint::of(mail, name).as_str(), hint, "{mail:?} {name:?}");
        }
        let long = ProfileHint::of(None, Some(&"x".repeat(500)));
        assert_eq!(long.as_str().chars().count(), ProfileHint::MAX);
    }
}
