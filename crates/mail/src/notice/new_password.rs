//! Somebody wants a new password, with the link.

use symbolon_domain::notice::NoticeLetter;

use super::{LOCALE, OneTimeLink, account, button, fill_all, hello, moment, moment_ahead};
use crate::{
    Letterhead, RenderError,
    fill::fill,
    letter::{Fact, Next, Sheet},
    words::NOTICE,
};

pub(super) fn sheet(letterhead: &Letterhead, letter: &NoticeLetter<'_>) -> Result<Sheet, RenderError> {
    let dossier = letter.dossier;
    let words = &NOTICE.new_password;
    let OneTimeLink { link, address, .. } = OneTimeLink::of(letterhead, letter)?;
    let until = moment(link.expires_at);
    let values = [("issuer", dossier.organization.name.as_str()), ("until", &until)];
    Ok(Sheet {
        locale: LOCALE,
        subject: fill(words.opening.subject, &values),
        preview: fill(words.opening.preview, &values),
        issuer: dossier.organization.name.to_string(),
        heading: NOTICE.account,
        title: words.title.to_owned(),
        holder: None,
        facts: vec![
            account(dossier),
            Fact::new(NOTICE.good_until, moment_ahead(link.expires_at, letter.now)),
        ],
        hello: hello(dossier),
        lead: fill(words.opening.lead, &values),
        button: Some(button(words.button, address)),
        next: Next {
            heading: NOTICE.next,
            is_numbered: true,
            sentences: fill_all(words.next, &values),
        },
        commands: Vec::new(),
        footer: fill(NOTICE.footer, &values),
    })
}
