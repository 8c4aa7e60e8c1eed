//! What each notice to administrators says.
//!
//! They are laid out as other mails are, on a [`Sheet`](crate::letter::Sheet); a file per subject fills it. They are in English, as the dashboard
//! is.

mod invitation;
mod new_password;
mod proofs_changed;
mod token;

use symbolon_domain::{
    administrator::Administrator,
    administrator_link::AdministratorLink,
    notice::{NoticeDossier, NoticeLetter, NoticeSubject},
    recipient::Locale,
    time::Timestamp,
};

use crate::{
    Correspondent, Letterhead, PostId, RenderError, Rendered,
    ahead::ahead,
    date,
    fill::fill,
    letter::{Button, Fact},
    words::{NOTICE, Words},
};

/// The language of the dashboard.
const LOCALE: Locale = Locale::English;

/// Writes a notice.
pub(crate) fn render(letterhead: &Letterhead, letter: &NoticeLetter<'_>) -> Result<Rendered, RenderError> {
    let dossier = letter.dossier;
    let subject = dossier.notice.subject;
    let sheet = match subject {
        NoticeSubject::Invitation(_) => invitation::sheet(letterhead, letter)?,
        NoticeSubject::NewPassword(_) => new_password::sheet(letterhead, letter)?,
        NoticeSubject::ProofsChanged => proofs_changed::sheet(letterhead, letter),
        NoticeSubject::TokenExpires(_) => token::expires(letterhead, letter)?,
        NoticeSubject::TokenReused(_) => token::reused(letterhead, letter)?,
        NoticeSubject::TokenMade(_) => token::made(letterhead, letter)?,
    };
    let issuer = Correspondent::issuer(&dossier.organization);
    let to = dossier
        .addressee
        .as_ref()
        .map_or_else(|| issuer.clone(), Correspondent::administrator);
    Ok(Rendered {
        mail: PostId::Notice(dossier.notice.id),
        kind: subject.name(),
        locale: sheet.locale,
        from: letterhead.from(&dossier.organization),
        to,
        reply_to: issuer,
        html: sheet.html()?,
        text: sheet.text()?,
        subject: sheet.subject,
    })
}

/// "11 July 2026, 09:41 UTC".
fn moment(at: Timestamp) -> String {
    date::moment(at, Words::of(LOCALE))
}

/// "11 July 2026, 09:41 UTC (in 7 days)".
fn moment_ahead(at: Timestamp, now: Timestamp) -> String {
    fill(NOTICE.ahead, &[("until", &moment(at)), ("when", &ahead(at, now))])
}

/// Addresses whoever it is for.
fn hello(dossier: &NoticeDossier) -> String {
    let name = dossier
        .addressee
        .as_ref()
        .and_then(|addressee| addressee.name.as_ref());
    name.map_or_else(
        || NOTICE.hello.to_owned(),
        |name| fill(NOTICE.hello_name, &[("name", name.as_str())]),
    )
}

/// All of these sentences.
fn fill_all(sentences: &[&str], values: &[(&str, &str)]) -> Vec<String> {
    sentences.iter().map(|sentence| fill(sentence, values)).collect()
}

/// Where the mail goes, which is what the account is called.
fn account(dossier: &NoticeDossier) -> Fact {
    Fact::new(NOTICE.mail, dossier.mail().to_string())
}

/// The button, which has its address as a plain link too.
fn button(label: &str, link: String) -> Button {
    Button {
        label: label.to_owned(),
        link,
        hint: Words::of(LOCALE).link_hint,
    }
}

/// A one-time link, and whom it is for.
struct OneTimeLink<'a> {
    addressee: &'a Administrator,
    link: &'a AdministratorLink,
    /// Where it leads.
    address: String,
}

impl<'a> OneTimeLink<'a> {
    /// The link in a notice. It lets in whoever has it, so it is for nobody but its addressee: not for the contact.
    fn of(letterhead: &Letterhead, letter: &NoticeLetter<'a>) -> Result<Self, RenderError> {
        let dossier = letter.dossier;
        let secret = letter.secret.ok_or(RenderError::NoLink)?;
        Ok(Self {
            addressee: dossier.addressee.as_ref().ok_or(RenderError::NoAddressee)?,
            link: dossier.link.as_ref().ok_or(RenderError::NoLink)?,
            address: letterhead.at(&format!("/dashboard/link/{}", secret.expose())),
        })
    }
}
