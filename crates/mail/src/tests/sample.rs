//! Letters to look at: every kind in every language, for a badge and a certificate. Shared with the gallery.

use std::sync::atomic::{AtomicU8, Ordering};

use symbolon_domain::{
    access_token::{AccessToken, Binding, Dossier, ResetRequest},
    id::{AccessTokenId, MailId, OrganizationId, RecipientId, TemplateId},
    mail::{Letter, Mail, MailKind, MailState},
    organization::{Organization, RevealPolicy},
    port::entropy::{Entropy, EntropyError},
    recipient::{Locale, Recipient},
    sealed::{KeyId, TokenDigest},
    secret::AccessSecret,
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
    template::{Template, TemplateKind},
    text::{MailAddress, OrganizationName, PersonName, TemplateName},
    time::Timestamp,
};
use symbolon_mail::{Letterhead, Rendered};
use uuid::Uuid;

/// Counts upwards, so that the token drawn from it is seen to be none.
struct Counting(AtomicU8);

/// See [`Counting`].
pub(crate) fn counting() -> impl Entropy {
    Counting(AtomicU8::new(0))
}

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        bytes.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed));
        Ok(())
    }
}

/// A letter and all that it refers to.
pub(crate) struct Sample {
    pub(crate) mail: Mail,
    pub(crate) dossier: Dossier,
    pub(crate) secret: AccessSecret,
}

impl Sample {
    /// A letter to Ada Lovelace.
    pub(crate) fn new(kind: MailKind, template: TemplateKind, locale: Locale) -> Self {
        let dossier = dossier(kind, template, locale);
        Self {
            mail: Mail {
                id: MailId::from_uuid(id(0xf)),
                recipient: dossier.recipient.id,
                token: dossier.token.id,
                organization: dossier.organization.id,
                kind,
                created_at: now(),
                state: MailState::Pending,
                attempts: 0,
                due_at: now(),
                sent_at: None,
                failure: None,
            },
            dossier,
            secret: AccessSecret::generate(&counting()).unwrap(),
        }
    }

    /// Every kind of mail for every kind of template in every language in which it is written, and its name.
    pub(crate) fn all() -> Vec<(String, Self)> {
        let mut all = Vec::new();
        for kind in MailKind::ALL {
            for template in TemplateKind::ALL {
                for locale in Locale::ALL {
                    // Issuers are written to in English.
                    if *kind != MailKind::ResetRequested || locale == Locale::English {
                        let name = format!("{}-{}-{}", kind.name(), template.name(), locale.tag());
                        all.push((name, Self::new(*kind, template, locale)));
                    }
                }
            }
        }
        let again = Self::new(MailKind::AccessAgain, TemplateKind::Certificate, Locale::English);
        all.push(("access_again-certificate-en-claimed".to_owned(), again.claimed()));
        all
    }

    /// The same after a claim.
    pub(crate) fn claimed(mut self) -> Self {
        self.dossier.token.binding = Some(binding());
        self
    }

    pub(crate) fn letter(&self) -> Letter<'_> {
        Letter {
            mail: &self.mail,
            dossier: &self.dossier,
            secret: self.mail.kind.has_link().then_some(&self.secret),
        }
    }

    pub(crate) fn rendered(&self) -> Rendered {
        letterhead().render(&self.letter()).unwrap()
    }
}

/// The letterhead of a service with two providers.
pub(crate) fn letterhead() -> Letterhead {
    let sender = MailAddress::parse("credentials@symbolon.example").unwrap();
    Letterhead::new(sender, &"https://credentials.example/symbolon/".parse().unwrap())
        .with_provider(ProviderId::parse("google").unwrap(), "Google")
        .with_provider(ProviderId::parse("linkedin").unwrap(), "LinkedIn")
}

/// When all of it happens.
pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2026-07-04T09:41:00Z").unwrap()
}

pub(crate) fn id(last: u128) -> Uuid {
    Uuid::from_u128(0x0193_6d2a_0000_7000_8000_0000_0000_0000 + last)
}

fn binding() -> Binding {
    Binding {
        connection: Connection {
            provider: ProviderId::parse("google").unwrap(),
            profile: SocialProfile::new("https://accounts.google.com", "42").unwrap(),
            hint: ProfileHint::of(Some("ada@example.org"), None),
        },
        bound_at: now(),
    }
}

pub(crate) fn organization() -> Organization {
    Organization {
        id: OrganizationId::from_uuid(id(1)),
        name: OrganizationName::parse("Analytical Engines").unwrap(),
        contact: MailAddress::parse("contact@engines.example").unwrap(),
        url: None,
        reveal_policy: RevealPolicy::Always,
        created_at: now(),
        cancelled_at: None,
    }
}

fn dossier(kind: MailKind, template: TemplateKind, locale: Locale) -> Dossier {
    let organization = organization();
    let organization_id = organization.id;
    let recipient = RecipientId::from_uuid(id(3));
    let is_claimed = matches!(kind, MailKind::Claimed | MailKind::ResetRequested);
    Dossier {
        organization,
        template: Template {
            id: TemplateId::from_uuid(id(2)),
            organization: organization_id,
            kind: template,
            name: TemplateName::parse("Programming the Analytical Engine").unwrap(),
            description: None,
            validity: None,
            created_at: now(),
            paused_at: None,
        },
        recipient: Recipient {
            id: recipient,
            organization: organization_id,
            template: TemplateId::from_uuid(id(2)),
            first_name: PersonName::parse("Ada").unwrap(),
            last_name: Some(PersonName::parse("Lovelace").unwrap()),
            mail: MailAddress::parse("ada@example.org").unwrap(),
            locale,
            external_id: None,
            is_test: false,
            created_at: now(),
            issued_at: now(),
            expires_at: (template == TemplateKind::Certificate)
                .then(|| Timestamp::parse("2028-07-04").unwrap()),
            first_claimed_at: None,
            revocation: None,
        },
        token: AccessToken {
            id: AccessTokenId::from_uuid(id(4)),
            recipient,
            organization: organization_id,
            digest: TokenDigest {
                pepper: KeyId::parse("pepper01").unwrap(),
                bytes: [0; 32],
            },
            sealed: None,
            generation: 0,
            created_at: now(),
            binding: is_claimed.then(binding),
            revoked_at: None,
            replaced_at: None,
            reset_request: (kind == MailKind::ResetRequested).then(|| ResetRequest {
                at: now(),
                by: Some((
                    ProviderId::parse("linkedin").unwrap(),
                    ProfileHint::of(None, Some("Ada King Lovelace")),
                )),
            }),
            first_opened_at: None,
            opens: 0,
        },
        mail: None,
    }
}
