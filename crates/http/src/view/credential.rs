//! A credential, as its holder sees it.

use askama::Template;

use super::{
    fact::{Fact, Told},
    frame::{Frame, Page, Profile},
    issuer::Issuer,
    kind::Kind,
    linked_in,
    moment::Moment,
    paths,
    sentence::{Sentence, Value, fill},
    standing::Standing,
};

/// The holder's view.
#[derive(Debug, Clone, Template)]
#[template(path = "credential.html")]
pub(crate) struct CredentialPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// Names it.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) title: String,
    /// What it says about itself.
    pub(crate) description: Option<String>,
    /// The whole name of the recipient.
    pub(crate) holder: String,
    /// Who issued it.
    pub(crate) issuer: Issuer,
    /// The date on it.
    pub(crate) issued_at: Moment,
    /// When it expires.
    pub(crate) expires_at: Option<Moment>,
    /// What it is worth.
    pub(crate) standing: Standing,
    /// Where everybody verifies it, from `https://` on.
    pub(crate) verify_url: String,
    /// The profile that opens it.
    pub(crate) bound_to: Profile,
    /// Since when.
    pub(crate) bound_at: Moment,
    /// Whether it was claimed a moment ago.
    pub(crate) just_claimed: bool,
}

impl Page for CredentialPage {
    fn heading(&self) -> String {
        self.title.clone()
    }
}

impl CredentialPage {
    fn claimed(&self) -> Sentence<'_> {
        let words = self.frame.words();
        let [provider, hint] = self.bound_to.values();
        let values = [provider, hint, ("kind", Value::Text(self.kind.name(words)))];
        Sentence::new(words, words.credential.claimed, &values)
    }

    fn alternative(&self) -> String {
        let words = self.frame.words();
        let values = [
            ("kind", self.kind.title(words)),
            ("title", self.title.as_str()),
            ("holder", &self.holder),
            ("issuer", &self.issuer.name),
        ];
        fill(words.credential.picture, &values)
    }

    fn facts(&self) -> Vec<Fact<'_>> {
        let words = &self.frame.words().fact;
        let mut facts = vec![
            Fact::new(words.state, Told::Standing(&self.standing)),
            Fact::new(words.holder, Told::Person(&self.holder)),
            Fact::new(words.issuer, Told::Text(&self.issuer.name)),
        ];
        if self.issuer.site.is_some() {
            facts.push(Fact::new(words.site, Told::Site(&self.issuer)));
        }
        facts.push(Fact::new(words.issued, Told::Day(&self.issued_at)));
        facts.push(self.standing.end(words, self.expires_at.as_ref()));
        facts.extend(self.standing.revocation(words));
        facts
    }

    fn share_why(&self) -> String {
        self.told(self.frame.words().credential.share_why)
    }

    fn bound_do(&self) -> String {
        self.told(self.frame.words().credential.bound_do)
    }

    fn bound_to(&self) -> Sentence<'_> {
        let words = self.frame.words();
        let [provider, hint] = self.bound_to.values();
        let values = [provider, hint, ("day", Value::Day(&self.bound_at))];
        Sentence::new(words, words.credential.bound_to, &values)
    }

    /// The link that offers it to LinkedIn, unless it was revoked.
    fn linked_in(&self) -> Option<String> {
        if matches!(self.standing, Standing::Revoked { .. }) {
            return None;
        }
        let entry = linked_in::Entry {
            title: &self.title,
            issuer: &self.issuer.name,
            issued_at: &self.issued_at,
            expires_at: self.expires_at.as_ref(),
            verify_url: &self.verify_url,
            id: &self.id,
        };
        Some(entry.link())
    }

    /// The address of one of its files: `image.svg`, `image.png`, `image.pdf`, `qr.svg`.
    fn file(&self, name: &str) -> String {
        self.frame
            .below(paths::CREDENTIALS, &format!("{}/{name}", self.id))
    }

    fn told(&self, pattern: &str) -> String {
        let values = [
            ("kind", self.kind.name(self.frame.words())),
            ("issuer", self.issuer.name.as_str()),
        ];
        fill(pattern, &values)
    }
}
