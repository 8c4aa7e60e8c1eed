//! The mails that carry the link.

use symbolon_domain::{access_token::Dossier, mail::MailKind};

use super::{Button, Fact, Filler, Next, Sheet, bound_profile};
use crate::{Letterhead, date, words::Words};

pub(super) fn sheet(letterhead: &Letterhead, dossier: &Dossier, kind: MailKind, link: &str) -> Sheet {
    let recipient = &dossier.recipient;
    let words = Words::of(recipient.locale);
    let filler = Filler::new(dossier, words);
    let opening = match kind {
        MailKind::AccessReset => &words.access_reset,
        MailKind::AccessAgain => &words.access_again,
        _ => &words.access,
    };
    let mut facts = vec![Fact::new(
        words.facts.issued,
        date::date(recipient.issued_at, words),
    )];
    facts.extend(
        recipient
            .expires_at
            .map(|at| Fact::new(words.facts.expires, date::date(at, words))),
    );
    Sheet {
        locale: recipient.locale,
        subject: filler.fill(opening.subject),
        preview: filler.fill(opening.preview),
        issuer: dossier.organization.name.to_string(),
        heading: words.kind_heading(dossier.template.kind),
        title: dossier.template.name.to_string(),
        holder: Some(recipient.name()),
        facts,
        hello: filler.fill(words.hello),
        lead: filler.fill(opening.lead),
        button: Some(Button {
            label: filler.fill(words.button),
            link: link.to_owned(),
            hint: words.link_hint,
        }),
        next: Next {
            heading: words.next,
            is_numbered: true,
            sentences: next(letterhead, dossier, words, &filler),
        },
        commands: Vec::new(),
        footer: filler.fill(words.footer),
    }
}

/// What the recipient does with the link, before and after the claim.
fn next(letterhead: &Letterhead, dossier: &Dossier, words: &Words, filler: &Filler<'_>) -> Vec<String> {
    if let Some(binding) = &dossier.token.binding {
        let profile = bound_profile(letterhead, binding);
        let since = date::date(binding.bound_at, words);
        return filler.fill_all(words.to_return, &[("profile", &profile), ("date", &since)]);
    }
    let profiles = match words.one_of(&letterhead.labels()) {
        labels if labels.is_empty() => labels,
        labels => format!(" ({labels})"),
    };
    filler.fill_all(words.to_claim, &[("profiles", &profiles)])
}
