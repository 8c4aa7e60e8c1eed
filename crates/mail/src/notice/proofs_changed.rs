//! What lets you in was changed. It goes to somebody who may not be the one who did so; so it has no one-time link.

use symbolon_domain::notice::NoticeLetter;

use super::{LOCALE, account, button, fill_all, hello, moment};
use crate::{
    Letterhead,
    fill::fill,
    letter::{Fact, Next, Sheet},
    words::NOTICE,
};

pub(super) fn sheet(letterhead: &Letterhead, letter: &NoticeLetter<'_>) -> Sheet {
    let dossier = letter.dossier;
    let words = &NOTICE.proofs_changed;
    let values = [("issuer", dossier.organization.name.as_str())];
    Sheet {
        locale: LOCALE,
        subject: fill(words.opening.subject, &values),
        preview: fill(words.opening.preview, &values),
        issuer: dossier.organization.name.to_string(),
        heading: NOTICE.account,
        title: words.title.to_owned(),
        holder: None,
        facts: vec![
            account(dossier),
            Fact::new(NOTICE.changed, moment(dossier.notice.created_at)),
        ],
        hello: hello(dossier),
        lead: fill(words.opening.lead, &values),
        button: Some(button(words.button, letterhead.at("/dashboard/settings/account"))),
        next: Next {
            heading: NOTICE.not_you,
            is_numbered: false,
            sentences: fill_all(words.next, &values),
        },
        commands: Vec::new(),
        footer: fill(NOTICE.footer, &values),
    }
}
