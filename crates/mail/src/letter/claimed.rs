//! The news that a social profile was connected. It goes to somebody who may not be the one who did so; so it has no
//! link.

use symbolon_domain::access_token::Dossier;

use super::{Fact, Filler, Next, Sheet};
use crate::{Letterhead, RenderError, date, words::Words};

pub(super) fn sheet(letterhead: &Letterhead, dossier: &Dossier) -> Result<Sheet, RenderError> {
    let recipient = &dossier.recipient;
    let words = Words::of(recipient.locale);
    let filler = Filler::new(dossier, words);
    let binding = dossier.token.binding.as_ref().ok_or(RenderError::NoClaim)?;
    let provider = letterhead.label(&binding.connection.provider);
    Ok(Sheet {
        locale: recipient.locale,
        subject: filler.fill(words.claimed.subject),
        preview: filler.fill(words.claimed.preview),
        issuer: dossier.organization.name.to_string(),
        heading: words.kind_heading(dossier.template.kind),
        title: dossier.template.name.to_string(),
        holder: Some(recipient.name()),
        facts: vec![
            Fact::new(words.facts.provider, provider.to_owned()),
            Fact::new(words.facts.profile, binding.connection.hint.to_string()),
            Fact::new(words.facts.claimed, date::moment(binding.bound_at, words)),
        ],
        hello: filler.fill(words.hello),
        lead: filler.fill(words.claimed.lead),
        button: None,
        next: Next {
            heading: words.not_you_heading,
            is_numbered: false,
            sentences: filler.fill_all(words.not_you, &[]),
        },
        commands: Vec::new(),
        footer: filler.fill(words.footer),
    })
}
