//! The columns of a file of recipients. Whoever reads such a file again takes those it knows, and nobody who was revoked.

use symbolon_domain::{access_token::Dossier, mail::MailState};

/// Their names.
pub const HEADINGS: [&str; 19] = [
    "id",
    "state",
    "recipient_email",
    "issued_to_first_name",
    "issued_to_last_name",
    "template",
    "kind",
    "issued_at",
    "expires_at",
    "revoked_at",
    "revocation_reason",
    "email_state",
    "access_state",
    "bound_provider",
    "bound_hint",
    "bound_at",
    "locale",
    "issuer_earner_id",
    "test",
];

/// What stands in them about a recipient.
#[must_use]
pub fn cells(dossier: &Dossier) -> [String; HEADINGS.len()] {
    let recipient = &dossier.recipient;
    let revocation = recipient.revocation.as_ref();
    let binding = dossier.token.binding.as_ref();
    [
        recipient.id.to_string(),
        dossier.state().name().to_owned(),
        recipient.mail.to_string(),
        recipient.first_name.to_string(),
        text(recipient.last_name.as_ref()),
        dossier.template.name.to_string(),
        dossier.template.kind.name().to_owned(),
        recipient.issued_at.to_string(),
        // Said in a word, for an empty cell means something else to whoever reads it again.
        recipient
            .expires_at
            .map_or_else(|| "never".to_owned(), |at| at.to_string()),
        text(revocation.map(|revocation| revocation.at)),
        text(revocation.and_then(|revocation| revocation.reason.as_ref())),
        text(dossier.mail.map(MailState::name)),
        dossier.token.state().name().to_owned(),
        text(binding.map(|binding| &binding.connection.provider)),
        text(binding.map(|binding| &binding.connection.hint)),
        text(binding.map(|binding| binding.bound_at)),
        recipient.locale.tag().to_owned(),
        text(recipient.external_id.as_ref()),
        recipient.is_test.to_string(),
    ]
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
