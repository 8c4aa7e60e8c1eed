//! What each kind of mail says.
//!
//! All are laid out alike, on a [`Sheet`]; a file per kind fills it.

mod access;
mod claimed;
mod reset_requested;
mod sheet;

use symbolon_domain::{
    access_token::{Binding, Dossier},
    mail::{Letter, MailKind},
    recipient::Locale,
    social_profile::{ProfileHint, ProviderId},
};

pub(crate) use self::sheet::{Button, Command, Fact, Next, Sheet};
use crate::{Correspondent, Letterhead, PostId, RenderError, Rendered, fill::fill, words::Words};

/// Writes a mail.
pub(crate) fn render(letterhead: &Letterhead, letter: &Letter<'_>) -> Result<Rendered, RenderError> {
    let dossier = letter.dossier;
    let kind = letter.mail.kind;
    let sheet = match kind {
        MailKind::Access | MailKind::AccessAgain | MailKind::AccessReset => {
            let secret = letter.secret.ok_or(RenderError::NoLink)?;
            access::sheet(letterhead, dossier, kind, &letterhead.link(secret))
        }
        MailKind::Claimed => claimed::sheet(letterhead, dossier)?,
        MailKind::ResetRequested => reset_requested::sheet(letterhead, dossier)?,
    };
    let recipient = Correspondent {
        name: Some(dossier.recipient.name()),
        address: dossier.recipient.mail.clone(),
    };
    let issuer = Correspondent::issuer(&dossier.organization);
    let (to, reply_to) = if kind == MailKind::ResetRequested {
        (issuer, recipient)
    } else {
        (recipient, issuer)
    };
    Ok(Rendered {
        mail: PostId::Mail(letter.mail.id),
        kind: kind.name(),
        locale: sheet.locale,
        from: letterhead.from(&dossier.organization),
        to,
        reply_to,
        html: sheet.html()?,
        text: sheet.text()?,
        subject: sheet.subject,
    })
}

/// Fills in what most sentences need.
struct Filler<'a> {
    name: String,
    issuer: &'a str,
    title: &'a str,
    kind: &'static str,
}

impl<'a> Filler<'a> {
    fn new(dossier: &'a Dossier, words: &Words) -> Self {
        Self {
            name: dossier.recipient.name(),
            issuer: dossier.organization.name.as_str(),
            title: dossier.template.name.as_str(),
            kind: words.kind(dossier.template.kind),
        }
    }

    fn fill(&self, sentence: &str) -> String {
        self.fill_with(sentence, &[])
    }

    fn fill_with(&self, sentence: &str, more: &[(&str, &str)]) -> String {
        let mut values = vec![
            ("name", self.name.as_str()),
            ("issuer", self.issuer),
            ("title", self.title),
            ("kind", self.kind),
        ];
        values.extend_from_slice(more);
        fill(sentence, &values)
    }

    fn fill_all(&self, sentences: &[&str], more: &[(&str, &str)]) -> Vec<String> {
        sentences
            .iter()
            .map(|sentence| self.fill_with(sentence, more))
            .collect()
    }
}

/// "Google (a…@example.org)".
fn profile(letterhead: &Letterhead, provider: &ProviderId, hint: &ProfileHint) -> String {
    let label = letterhead.label(provider);
    // What a hint is where the provider told nothing.
    if hint.as_str() == "–" {
        label.to_owned()
    } else {
        format!("{label} ({hint})")
    }
}

/// The profile that claimed.
fn bound_profile(letterhead: &Letterhead, binding: &Binding) -> String {
    profile(letterhead, &binding.connection.provider, &binding.connection.hint)
}

/// The language of mails to issuers.
const ISSUER_LOCALE: Locale = Locale::English;
