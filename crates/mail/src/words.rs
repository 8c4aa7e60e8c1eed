//! Every sentence of every mail, one table per language.
//!
//! Words in braces are filled in by [`fill`](crate::fill::fill). They are those of the product and no others: it is a
//! link, a claim, a reset. A translation keeps the order of the sentences, not of the words within them.

mod english;
mod german;
mod issuer;
mod notice;

use symbolon_domain::{recipient::Locale, template::TemplateKind};

pub(crate) use self::{
    issuer::ISSUER,
    notice::{NOTICE, TokenNoticeWords, one_who_is, promise},
};

/// What mails to recipients say in one language.
pub(crate) struct Words {
    /// The word for a template of that kind, as it stands inside a sentence.
    pub(crate) certificate: &'static str,
    /// See [`certificate`](Self::certificate).
    pub(crate) badge: &'static str,
    /// The same as headings.
    pub(crate) certificate_heading: &'static str,
    /// See [`certificate_heading`](Self::certificate_heading).
    pub(crate) badge_heading: &'static str,
    /// Before everything else: `{name}`.
    pub(crate) hello: &'static str,
    /// Of the first mail with the link.
    pub(crate) access: Opening,
    /// Of the same link again.
    pub(crate) access_again: Opening,
    /// Of the link that works again.
    pub(crate) access_reset: Opening,
    /// Of the news that a social profile was connected.
    pub(crate) claimed: Opening,
    /// On the button.
    pub(crate) button: &'static str,
    /// Above [`to_claim`](Self::to_claim) and [`to_return`](Self::to_return).
    pub(crate) next: &'static str,
    /// What happens next while nobody has claimed; `{profiles}` is a list of providers in parentheses, or nothing.
    pub(crate) to_claim: &'static [&'static str],
    /// What happens next once somebody has: `{profile}` and `{date}`.
    pub(crate) to_return: &'static [&'static str],
    /// Above [`not_you`](Self::not_you).
    pub(crate) not_you_heading: &'static str,
    /// What to do about somebody else's claim.
    pub(crate) not_you: &'static [&'static str],
    /// Above the plain link.
    pub(crate) link_hint: &'static str,
    /// Below everything else.
    pub(crate) footer: &'static str,
    /// The names of facts.
    pub(crate) facts: Facts,
    /// Between the last two of a list.
    pub(crate) or: &'static str,
    /// January to December.
    pub(crate) months: [&'static str; 12],
    /// `{day}`, `{month}`, `{year}`.
    pub(crate) date: &'static str,
    /// `{date}`, `{hour}`, `{minute}`, in UTC.
    pub(crate) moment: &'static str,
}

/// How a mail begins.
pub(crate) struct Opening {
    /// The subject.
    pub(crate) subject: &'static str,
    /// What lists of mails show beside the subject.
    pub(crate) preview: &'static str,
    /// The first paragraph.
    pub(crate) lead: &'static str,
}

/// The names of facts.
pub(crate) struct Facts {
    pub(crate) issued: &'static str,
    pub(crate) expires: &'static str,
    pub(crate) provider: &'static str,
    pub(crate) profile: &'static str,
    pub(crate) claimed: &'static str,
}

impl Words {
    /// The table of a language.
    pub(crate) const fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::English => &english::WORDS,
            Locale::German => &german::WORDS,
        }
    }

    /// The word for a template of this kind.
    pub(crate) const fn kind(&self, kind: TemplateKind) -> &'static str {
        match kind {
            TemplateKind::Badge => self.badge,
            TemplateKind::Certificate => self.certificate,
        }
    }

    /// The same as a heading.
    pub(crate) const fn kind_heading(&self, kind: TemplateKind) -> &'static str {
        match kind {
            TemplateKind::Badge => self.badge_heading,
            TemplateKind::Certificate => self.certificate_heading,
        }
    }

    /// "Google, LinkedIn or GitHub".
    pub(crate) fn one_of(&self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [rest @ .., last] => format!("{} {} {last}", rest.join(", "), self.or),
        }
    }
}
