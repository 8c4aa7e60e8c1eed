//! Samples of what is issued: templates, recipients, access tokens, mail, and the people who come for them.

use symbolon_domain::{
    access_token::{AccessToken, Binding, ResetRequest},
    activity::{About, Action, ActivityEntry, Actor, Attribution},
    id::{AccessTokenId, AuthorizationTokenId, MailId, OrganizationId, RecipientId, TemplateId},
    idempotency::RequestFingerprint,
    mail::{Mail, MailKind, MailState},
    port::recipients::{IssueRequest, NewRecipient},
    recipient::{Locale, Recipient, Revocation},
    session::Session,
    sign_in::{PendingSignIn, SIGN_IN_SECONDS, SignInPurpose},
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
    template::{Template, TemplateKind},
    text::{MailAddress, PersonName, RevocationReason, TemplateName},
    time::Timestamp,
};

use super::{Samples, entropy, idempotency_key, now};

/// The name of a person, or a part of it.
///
/// # Panics
/// If it is no name.
#[must_use]
pub fn person_name(text: &str) -> PersonName {
    PersonName::parse(text).expect("the sample is a name")
}

/// The mail address with this text.
///
/// # Panics
/// If it is no mail address.
#[must_use]
pub fn mail_address(text: &str) -> MailAddress {
    MailAddress::parse(text).expect("the sample is a mail address")
}

/// The connection of this issuer's subject.
///
/// # Panics
/// If there can be no such profile.
#[must_use]
pub fn connection(issuer: &str, subject: &str) -> Connection {
    Connection {
        provider: ProviderId::parse("sample").expect("the sample names a provider"),
        profile: SocialProfile::new(issuer, subject).expect("the sample is a profile"),
        hint: ProfileHint::of(None, Some(subject)),
    }
}

impl Samples {
    /// An active badge template.
    #[must_use]
    pub fn template(&self, organization: OrganizationId) -> Template {
        let number = self.number();
        Template {
            id: TemplateId::fresh(now(), entropy(number)),
            organization,
            kind: TemplateKind::Badge,
            name: TemplateName::parse(&format!("Template {number}")).expect("the sample is a name"),
            description: None,
            validity: None,
            created_at: now(),
            paused_at: None,
        }
    }

    /// A recipient with a mail address like no other's, and a credential that never expires.
    #[must_use]
    pub fn recipient(&self, template: &Template) -> Recipient {
        let number = self.number();
        Recipient {
            id: RecipientId::fresh(now(), entropy(number)),
            organization: template.organization,
            template: template.id,
            first_name: person_name(&format!("First{number}")),
            last_name: Some(person_name(&format!("Last{number}"))),
            mail: mail_address(&format!("person-{number}@example.org")),
            locale: Locale::English,
            external_id: None,
            is_test: false,
            created_at: now(),
            issued_at: now(),
            expires_at: None,
            first_claimed_at: None,
            revocation: None,
        }
    }

    /// A recipient's first access token, free.
    #[must_use]
    pub fn access_token(&self, recipient: &Recipient) -> AccessToken {
        AccessToken {
            id: AccessTokenId::fresh(now(), entropy(self.number())),
            recipient: recipient.id,
            organization: recipient.organization,
            digest: self.digest(),
            sealed: Some(self.sealed()),
            generation: 0,
            created_at: now(),
            binding: None,
            revoked_at: None,
            replaced_at: None,
            reset_request: None,
            first_opened_at: None,
            opens: 0,
        }
    }

    /// The access token that would take the place of `current`.
    #[must_use]
    pub fn access_successor(&self, current: &AccessToken) -> AccessToken {
        AccessToken {
            id: AccessTokenId::fresh(now(), entropy(self.number())),
            digest: self.digest(),
            sealed: Some(self.sealed()),
            generation: current.generation.saturating_add(1),
            binding: None,
            revoked_at: None,
            replaced_at: None,
            reset_request: None,
            first_opened_at: None,
            opens: 0,
            ..current.clone()
        }
    }

    /// A recipient with a free token and the mail that tells of it, as the issue of a credential keeps them.
    #[must_use]
    pub fn new_recipient(&self, template: &Template) -> NewRecipient {
        self.new_for(self.recipient(template))
    }

    /// The same for this recipient.
    #[must_use]
    pub fn new_for(&self, recipient: Recipient) -> NewRecipient {
        let token = self.access_token(&recipient);
        NewRecipient {
            mail: Some(self.mail(&token, MailKind::Access)),
            entry: self.entry_about(&token, recipient.template, Action::CredentialIssued),
            recipient,
            token,
            request: None,
        }
    }

    /// A mail about an access token, due at once.
    #[must_use]
    pub fn mail(&self, token: &AccessToken, kind: MailKind) -> Mail {
        Mail {
            id: MailId::fresh(now(), entropy(self.number())),
            recipient: token.recipient,
            token: token.id,
            organization: token.organization,
            kind,
            created_at: now(),
            state: MailState::Pending,
            attempts: 0,
            due_at: now(),
            sent_at: None,
            failure: None,
        }
    }

    /// An entry by somebody with a link, about its access token.
    #[must_use]
    pub fn entry_about(&self, token: &AccessToken, template: TemplateId, action: Action) -> ActivityEntry {
        ActivityEntry {
            attribution: Attribution {
                actor: Actor::Recipient,
                request_id: Some(format!("request-{}", self.number())),
                address: None,
            },
            about: About::access(token, template),
            ..self.entry(token.organization, action)
        }
    }

    /// Somebody who signed in, like nobody else.
    #[must_use]
    pub fn connection(&self) -> Connection {
        connection("https://people.example", &format!("subject-{}", self.number()))
    }

    /// The binding of somebody like nobody else.
    #[must_use]
    pub fn binding(&self) -> Binding {
        Binding {
            connection: self.connection(),
            bound_at: now(),
        }
    }

    /// A wish for a reset by somebody who was refused.
    #[must_use]
    pub fn reset_request(&self) -> ResetRequest {
        let Connection { provider, hint, .. } = self.connection();
        ResetRequest {
            at: now(),
            by: Some((provider, hint)),
        }
    }

    /// The first place in a request that `caller` gives this name; its fingerprint is like no other's.
    #[must_use]
    pub fn issue_request(&self, caller: AuthorizationTokenId, key: &str) -> IssueRequest {
        IssueRequest {
            caller,
            key: idempotency_key(key),
            fingerprint: RequestFingerprint(self.bytes()),
            place: 0,
        }
    }

    /// A session that began now.
    #[must_use]
    pub fn session(&self, connection: &Connection) -> Session {
        Session::begin(self.digest(), connection.clone(), now())
    }

    /// A sign-in that began now, in a browser like no other, for this access token if there is one.
    #[must_use]
    pub fn sign_in(&self, token: Option<AccessTokenId>) -> PendingSignIn {
        PendingSignIn {
            state: self.digest(),
            browser: self.digest(),
            provider: ProviderId::parse("sample").expect("the sample names a provider"),
            purpose: SignInPurpose::Recipient(token),
            expires_at: now().plus_seconds(SIGN_IN_SECONDS),
        }
    }
}

/// A revocation at this instant, for a reason.
///
/// # Panics
/// Never: the reason is one.
#[must_use]
pub fn revocation(at: Timestamp) -> Revocation {
    Revocation {
        at,
        reason: Some(RevocationReason::parse("It was awarded by mistake.").expect("the sample is a reason")),
    }
}
