//! One mail, written out.

use std::fmt;

use symbolon_domain::{
    administrator::Administrator, mail::Letter, organization::Organization, recipient::Locale,
    text::MailAddress, time::Timestamp,
};

use crate::{Letterhead, PostId, eml};

/// A mail as its reader sees it.
///
/// It has the link in it, which is a secret: for a mail server, and for the eyes of whoever it is for.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The mail or the notice it was written for.
    pub mail: PostId,
    /// What it says, by the stored name.
    pub kind: &'static str,
    /// In which language.
    pub locale: Locale,
    /// The service, in the issuer's name.
    pub from: Correspondent,
    /// Whom it is for.
    pub to: Correspondent,
    /// Who reads the answer.
    pub reply_to: Correspondent,
    /// The subject.
    pub subject: String,
    /// The body as a page, which asks nothing of the network.
    pub html: String,
    /// The body as text.
    pub text: String,
}

impl Rendered {
    /// What names the mail everywhere: the same for every attempt to send it.
    #[must_use]
    pub fn message_id(&self) -> String {
        let address = self.from.address.as_str();
        let host = address.rsplit_once('@').map_or(address, |(_, host)| host);
        format!("<{}@{host}>", self.mail)
    }

    /// The mail as it goes over the wire, dated `now`: headers and body, lines ended by CR LF, in ASCII.
    #[must_use]
    pub fn to_eml(&self, now: Timestamp) -> Vec<u8> {
        eml::write(self, now).into_bytes()
    }
}

/// Shows which mail it is, and nothing of the link.
impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rendered({}, {}, …)", self.mail, self.kind)
    }
}

/// Somebody who writes or reads mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// Their name.
    pub name: Option<String>,
    /// Their address.
    pub address: MailAddress,
}

impl Correspondent {
    /// An organization, at its contact.
    pub(crate) fn issuer(organization: &Organization) -> Self {
        Self {
            name: Some(organization.name.to_string()),
            address: organization.contact.clone(),
        }
    }

    /// An administrator, who has no name before they join.
    pub(crate) fn administrator(administrator: &Administrator) -> Self {
        Self {
            name: administrator.name.as_ref().map(ToString::to_string),
            address: administrator.mail.clone(),
        }
    }
}

/// As people write it: `Ada Lovelace <ada@example.org>`; for reading, not for headers.
impl fmt::Display for Correspondent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => write!(f, "{}", self.address),
        }
    }
}

/// A letter that cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// Its kind carries the link, and nobody gave it.
    #[error("the mail carries a link, and there is none")]
    NoLink,
    /// It carries an administrator's link, and is addressed to none.
    #[error("the mail carries an administrator's link, and is addressed to none")]
    NoAddressee,
    /// It tells of a claim, and there is none.
    #[error("the mail tells of a claim, and there is none")]
    NoClaim,
    /// It tells of a wish for a reset, and there is none.
    #[error("the mail tells of a wish for a reset, and there is none")]
    NoWish,
    /// It is about an authorization token, and there is none.
    #[error("the mail is about an authorization token, and there is none")]
    NoToken,
    /// The template failed.
    #[error("the template of the mail failed")]
    Template,
}

/// Writes a letter as it goes over the wire, for tests and to look at it.
///
/// # Errors
/// As [`Letterhead::render`].
pub fn render_eml(
    letterhead: &Letterhead,
    letter: &Letter<'_>,
    now: Timestamp,
) -> Result<Vec<u8>, RenderError> {
    Ok(letterhead.render(letter)?.to_eml(now))
}
