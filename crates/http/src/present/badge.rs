//! A recipient with their credential, as JSON has it.

use serde::Serialize;
use symbolon_domain::{
    access_token::{AccessToken, Dossier},
    mail::MailState,
    secret::AccessSecret,
    template::Template,
};

use crate::PublicUrl;

/// A recipient with their credential, possibly with their link: it is for answers, and has no `Debug`.
#[derive(Serialize)]
pub struct BadgeObject {
    id: String,
    badge_template: TemplateSummary,
    state: &'static str,
    recipient_email: String,
    issued_to: String,
    issued_to_first_name: String,
    issued_to_last_name: Option<String>,
    issued_at: String,
    expires_at: Option<String>,
    created_at: String,
    first_claimed_at: Option<String>,
    revoked_at: Option<String>,
    revocation_reason: Option<String>,
    locale: &'static str,
    issuer_earner_id: Option<String>,
    test: bool,
    accept_badge_url: Option<String>,
    badge_url: Option<String>,
    email_state: Option<&'static str>,
    access_token: AccessTokenSummary,
}

#[derive(Serialize)]
struct TemplateSummary {
    id: String,
    name: String,
    kind: &'static str,
    state: &'static str,
}

/// An access token without its value.
#[derive(Serialize)]
struct AccessTokenSummary {
    id: String,
    state: &'static str,
    bound_to: Option<BoundTo>,
    bound_at: Option<String>,
    revoked_at: Option<String>,
    reset_requested_at: Option<String>,
    first_opened_at: Option<String>,
    opens: u64,
}

#[derive(Serialize)]
struct BoundTo {
    provider: String,
    hint: String,
}

/// An access token with its value: it is for answers, and has no `Debug`.
#[derive(Serialize)]
pub struct AccessTokenObject {
    token: String,
    url: String,
    #[serde(flatten)]
    summary: AccessTokenSummary,
}

impl AccessTokenObject {
    /// An access token with its value.
    #[must_use]
    pub fn new(token: &AccessToken, secret: &AccessSecret, public_url: &PublicUrl) -> Self {
        Self {
            token: secret.expose().to_owned(),
            url: public_url.link(secret),
            summary: AccessTokenSummary::new(token),
        }
    }
}

impl BadgeObject {
    /// A recipient with their credential; with their link, where the value is given.
    #[must_use]
    pub fn new(dossier: &Dossier, secret: Option<&AccessSecret>, public_url: &PublicUrl) -> Self {
        let recipient = &dossier.recipient;
        let revocation = recipient.revocation.as_ref();
        Self {
            id: recipient.id.to_string(),
            badge_template: TemplateSummary::new(&dossier.template),
            state: dossier.state().name(),
            recipient_email: recipient.mail.to_string(),
            issued_to: recipient.name(),
            issued_to_first_name: recipient.first_name.to_string(),
            issued_to_last_name: recipient.last_name.as_ref().map(ToString::to_string),
            issued_at: recipient.issued_at.to_string(),
            expires_at: recipient.expires_at.map(|at| at.to_string()),
            created_at: recipient.created_at.to_string(),
            first_claimed_at: recipient.first_claimed_at.map(|at| at.to_string()),
            revoked_at: revocation.map(|revocation| revocation.at.to_string()),
            revocation_reason: revocation
                .and_then(|revocation| revocation.reason.as_ref())
                .map(ToString::to_string),
            locale: recipient.locale.tag(),
            issuer_earner_id: recipient.external_id.as_ref().map(ToString::to_string),
            test: recipient.is_test,
            accept_badge_url: secret.map(|secret| public_url.link(secret)),
            // Nothing is public before the claim.
            badge_url: recipient
                .first_claimed_at
                .map(|_| public_url.at(&format!("/verify/{}", recipient.id)).to_string()),
            email_state: dossier.mail.map(MailState::name),
            access_token: AccessTokenSummary::new(&dossier.token),
        }
    }
}

impl TemplateSummary {
    fn new(template: &Template) -> Self {
        Self {
            id: template.id.to_string(),
            name: template.name.to_string(),
            kind: template.kind.name(),
            state: template.state(),
        }
    }
}

impl AccessTokenSummary {
    fn new(token: &AccessToken) -> Self {
        Self {
            id: token.id.to_string(),
            state: token.state().name(),
            bound_to: token.binding.as_ref().map(|binding| BoundTo {
                provider: binding.connection.provider.to_string(),
                hint: binding.connection.hint.to_string(),
            }),
            bound_at: token.binding.as_ref().map(|binding| binding.bound_at.to_string()),
            revoked_at: token.revoked_at.map(|at| at.to_string()),
            reset_requested_at: token.reset_request.as_ref().map(|request| request.at.to_string()),
            first_opened_at: token.first_opened_at.map(|at| at.to_string()),
            opens: token.opens,
        }
    }
}
