//! To the issuer's contact: somebody who has the link asks for a reset.

use symbolon_domain::{access_token::Dossier, text::MailAddress};

use super::{Command, Fact, Filler, ISSUER_LOCALE, Next, Sheet, bound_profile, profile};
use crate::{
    Letterhead, RenderError, date,
    words::{ISSUER, Words},
};

pub(super) fn sheet(letterhead: &Letterhead, dossier: &Dossier) -> Result<Sheet, RenderError> {
    let words = Words::of(ISSUER_LOCALE);
    let filler = Filler::new(dossier, words);
    Ok(Sheet {
        locale: ISSUER_LOCALE,
        subject: filler.fill(ISSUER.reset_requested.subject),
        preview: filler.fill(ISSUER.reset_requested.preview),
        issuer: dossier.organization.name.to_string(),
        heading: words.kind_heading(dossier.template.kind),
        title: dossier.template.name.to_string(),
        holder: None,
        facts: facts(letterhead, dossier, words)?,
        hello: filler.fill(ISSUER.hello),
        lead: filler.fill(ISSUER.reset_requested.lead),
        button: None,
        next: Next {
            heading: ISSUER.next,
            is_numbered: true,
            sentences: filler.fill_all(ISSUER.to_reset, &[("mail", mail(dossier).as_str())]),
        },
        commands: commands(letterhead, dossier),
        footer: filler.fill(ISSUER.footer),
    })
}

fn facts(letterhead: &Letterhead, dossier: &Dossier, words: &Words) -> Result<Vec<Fact>, RenderError> {
    let wish = dossier.token.reset_request.as_ref().ok_or(RenderError::NoWish)?;
    let asked_by = wish.by.as_ref().map_or_else(
        || ISSUER.nobody.to_owned(),
        |(provider, hint)| profile(letterhead, provider, hint),
    );
    let mut facts = vec![
        Fact::new(ISSUER.recipient, dossier.recipient.name()),
        Fact::new(ISSUER.mail, mail(dossier).to_string()),
        Fact::new(ISSUER.asked_at, date::moment(wish.at, words)),
        Fact::new(ISSUER.asked_by, asked_by),
    ];
    facts.extend(dossier.token.binding.as_ref().map(|binding| {
        let profile = bound_profile(letterhead, binding);
        let since = date::date(binding.bound_at, words);
        let value = crate::fill::fill(ISSUER.bound_since, &[("profile", &profile), ("date", &since)]);
        Fact::new(ISSUER.bound_to, value)
    }));
    Ok(facts)
}

fn commands(letterhead: &Letterhead, dossier: &Dossier) -> Vec<Command> {
    let recipient = dossier.recipient.id;
    let path = format!(
        "/v1/organizations/{}/badges/{recipient}/access_token/reset",
        dossier.organization.id
    );
    vec![
        Command {
            label: ISSUER.command,
            text: format!("symbolon recipients reset {recipient}"),
        },
        Command {
            label: ISSUER.request,
            text: format!("POST {}", letterhead.at(&path)),
        },
    ]
}

const fn mail(dossier: &Dossier) -> &MailAddress {
    &dossier.recipient.mail
}
