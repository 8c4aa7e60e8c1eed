//! Recipients: one person on one template, with their credential.

use crate::{
    id::{OrganizationId, RecipientId, TemplateId},
    text::{ExternalId, MailAddress, PersonName, RevocationReason},
    time::Timestamp,
};

/// One person on one template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Names them and their credential.
    pub id: RecipientId,
    /// Who issued the credential.
    pub organization: OrganizationId,
    /// What was awarded.
    pub template: TemplateId,
    /// The first name.
    pub first_name: PersonName,
    /// The last name; some people have one name only.
    pub last_name: Option<PersonName>,
    /// Where their mail goes.
    pub mail: MailAddress,
    /// In which language they are written to.
    pub locale: Locale,
    /// What the issuer's own records call them.
    pub external_id: Option<ExternalId>,
    /// Whether an administrator added themselves to try things out; left out of statistics.
    pub is_test: bool,
    /// When the recipient was added.
    pub created_at: Timestamp,
    /// The date on the credential.
    pub issued_at: Timestamp,
    /// The credential is valid strictly before this instant; `None` for ever.
    pub expires_at: Option<Timestamp>,
    /// When a social profile was first bound; from then on the credential can be verified by everybody, also after a
    /// reset.
    pub first_claimed_at: Option<Timestamp>,
    /// Whether the credential was revoked.
    pub revocation: Option<Revocation>,
}

impl Recipient {
    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.last_name {
            Some(last) => format!("{} {last}", self.first_name),
            None => self.first_name.to_string(),
        }
    }

    /// What the credential is worth; whether anybody may know is another question.
    #[must_use]
    pub fn credential(&self, now: Timestamp) -> CredentialStanding {
        if let Some(revocation) = &self.revocation {
            return CredentialStanding::Revoked(revocation.clone());
        }
        match self.expires_at {
            Some(end) if !end.is_ahead_of(now) => CredentialStanding::Expired { since: end },
            _ => CredentialStanding::Valid,
        }
    }
}

/// The end of a credential, decided by its issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// Since when.
    pub at: Timestamp,
    /// Why, shown to whoever verifies it.
    pub reason: Option<RevocationReason>,
}

/// What a credential is worth at some instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialStanding {
    /// As its issuer said.
    Valid,
    /// No longer.
    Expired {
        /// Since when.
        since: Timestamp,
    },
    /// Taken back.
    Revoked(Revocation),
}

/// The languages in which people are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Locale {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language tag: `en` or `de`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language of a tag such as `de`, `de-AT` or `de_CH`; English for every other.
    ///
    /// ```
    /// use symbolon_domain::recipient::Locale;
    ///
    /// assert_eq!(Locale::nearest("de-AT"), Locale::German);
    /// assert_eq!(Locale::nearest("pt-BR"), Locale::English);
    /// ```
    #[must_use]
    pub fn nearest(tag: &str) -> Self {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|locale| locale.tag().eq_ignore_ascii_case(language))
            .unwrap_or_default()
    }
}
