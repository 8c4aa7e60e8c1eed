//! What all mails of a service have in common.

use symbolon_domain::{
    mail::Letter, notice::NoticeLetter, organization::Organization, secret::AccessSecret,
    social_profile::ProviderId, text::MailAddress,
};
use url::Url;

use crate::{Correspondent, RenderError, Rendered, letter, notice};

/// The address mails come from, where their links lead, and what people call the sign-in providers.
#[derive(Debug, Clone)]
pub struct Letterhead {
    sender: MailAddress,
    /// Without a slash at the end.
    public_url: String,
    providers: Vec<(ProviderId, String)>,
}

impl Letterhead {
    /// The letterhead of a service that sends from this address and is found at this URL.
    ///
    /// The part of the address after the `@` ends every `Message-ID`: while mail waits, it should not change.
    #[must_use]
    pub fn new(sender: MailAddress, public_url: &Url) -> Self {
        Self {
            sender,
            public_url: public_url.as_str().trim_end_matches('/').to_owned(),
            providers: Vec::new(),
        }
    }

    /// With another provider to sign in with, under the name that people know. Mails name them in this order.
    #[must_use]
    pub fn with_provider(mut self, id: ProviderId, label: &str) -> Self {
        self.providers.push((id, label.to_owned()));
        self
    }

    /// Writes a mail. The same letter is always written in the same way.
    ///
    /// # Errors
    /// [`RenderError`] where the letter lacks what a mail of its kind says.
    pub fn render(&self, letter: &Letter<'_>) -> Result<Rendered, RenderError> {
        letter::render(self, letter)
    }

    /// Writes a notice. The same letter is always written in the same way.
    ///
    /// # Errors
    /// [`RenderError`] where the letter lacks what a notice of its subject says.
    pub fn render_notice(&self, letter: &NoticeLetter<'_>) -> Result<Rendered, RenderError> {
        notice::render(self, letter)
    }

    /// The service, in an issuer's name.
    pub(crate) fn from(&self, organization: &Organization) -> Correspondent {
        Correspondent {
            name: Some(format!("{} via Symbolon", organization.name)),
            address: self.sender.clone(),
        }
    }

    /// Where a token's link leads.
    pub(crate) fn link(&self, secret: &AccessSecret) -> String {
        self.at(&format!("/r/{}", secret.expose()))
    }

    /// The address of a path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// What people call a provider; its id where nobody said.
    pub(crate) fn label<'a>(&'a self, provider: &'a ProviderId) -> &'a str {
        self.providers
            .iter()
            .find(|(id, _)| id == provider)
            .map_or(provider.as_str(), |(_, label)| label)
    }

    /// What people call all of them.
    pub(crate) fn labels(&self) -> Vec<&str> {
        self.providers.iter().map(|(_, label)| label.as_str()).collect()
    }
}
