//! A credential as its holder sees it, without binding anything.

use askama::Template;

use super::{
    super::{
        fact::{Fact, Told},
        frame::Page,
        issuer::Issuer,
        language::Language,
        standing::Standing,
    },
    frame::DashboardFrame,
    recipient::Recipient,
};

/// What the holder sees once they have claimed it, in their language.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/recipient_preview.html")]
pub(crate) struct RecipientPreviewPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Whose it is.
    pub(crate) recipient: Recipient,
    /// What the template says about itself.
    pub(crate) description: Option<String>,
    /// Who issued it.
    pub(crate) issuer: Issuer,
}

impl Page for RecipientPreviewPage {
    fn heading(&self) -> String {
        self.recipient.template.name.clone()
    }
}

impl RecipientPreviewPage {
    const fn language(&self) -> Language {
        self.recipient.language
    }

    fn facts(&self) -> Vec<Fact<'_>> {
        let words = &self.language().words().fact;
        let recipient = &self.recipient;
        let mut facts = vec![
            Fact::new(words.state, Told::Standing(&recipient.standing)),
            Fact::new(words.holder, Told::Person(&recipient.name)),
            Fact::new(words.issuer, Told::Text(&self.issuer.name)),
        ];
        if self.issuer.site.is_some() {
            facts.push(Fact::new(words.site, Told::Site(&self.issuer)));
        }
        facts.push(Fact::new(words.issued, Told::Day(&recipient.issued_at)));
        facts.push(recipient.standing.end(words, recipient.expires_at.as_ref()));
        facts.extend(recipient.standing.revocation(words));
        facts
    }
}
