//! Somebody who wants a credential: a program with a profile and a network address of its own.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::json;
use url::Url;

use crate::{
    open_id::OpenId,
    post_office::PostOffice,
    rogue::Rogue,
    service::Service,
    visitor::{Reply, Visitor},
};

/// Somebody who wants a credential, with a profile at the provider [`Rogue`].
#[derive(Debug)]
pub struct Claimant {
    visitor: Visitor,
    subject: String,
}

/// Where somebody has arrived who came back from a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrived {
    /// At the credential; claimed just now, or theirs already.
    AtTheCredential {
        /// Claimed just now.
        is_new: bool,
    },
    /// At a page with this status, which says why not.
    Refused(u16),
    /// The sign-in was over before it was finished: too many were begun for the same link.
    Over,
}

impl Claimant {
    /// The provider's id in the settings of [`PostOffice::with_sign_in`].
    pub const PROVIDER: &str = "rogue";

    /// Claimants of different numbers are different profiles at different addresses.
    pub fn new(number: u16) -> Self {
        let [high, low] = number.to_be_bytes();
        Self {
            visitor: Visitor::coming_from(IpAddr::V4(Ipv4Addr::new(127, 1, high, low))),
            subject: format!("subject-{number}"),
        }
    }

    /// The same somebody under another name at the provider.
    pub fn called(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// Who visits.
    pub fn visitor(&self) -> &Visitor {
        &self.visitor
    }

    /// Opens a link, presses the button, and is approved by the provider: all but coming back. Where there is no button,
    /// the page that says why.
    ///
    /// # Errors
    /// The page without a button.
    pub async fn set_out(&self, link: &str) -> Result<Url, Reply> {
        self.set_out_from(self.visitor.open(link).await).await
    }

    async fn set_out_from(&self, page: Reply) -> Result<Url, Reply> {
        let choice = page.forms().into_iter().find_map(|form| {
            let button = form.button("provider", Self::PROVIDER)?;
            Some((form, button))
        });
        let Some((form, button)) = choice else {
            return Err(page);
        };
        let sent = self.visitor.press(&form, button).await;
        let mut provider = sent.location().ok_or(sent)?;
        provider
            .query_pairs_mut()
            .append_pair("login_hint", &self.subject);
        let approved = self.visitor.get(provider.as_str()).await;
        approved.location().ok_or(approved)
    }

    /// Comes back from the provider: the request that binds, without the page that follows.
    pub async fn come_back(&self, callback: &Url) -> Reply {
        self.visitor.get(callback.as_str()).await
    }

    /// Comes back, and looks where that leads.
    pub async fn arrive(&self, callback: &Url) -> Arrived {
        let back = self.come_back(callback).await;
        self.look(back).await
    }

    /// Where the answer to coming back leads.
    pub async fn look(&self, back: Reply) -> Arrived {
        let Some(next) = back.location() else {
            // Its page leads back to the link, so that it can be tried again.
            assert_eq!(back.status, 400, "{}", back.text);
            return Arrived::Over;
        };
        let is_new = next.query() == Some("claimed");
        let is_credential = next.path().starts_with("/credentials/");
        let page = self.visitor.open(next.as_str()).await;
        if is_credential && page.status == 200 {
            Arrived::AtTheCredential { is_new }
        } else {
            Arrived::Refused(page.status)
        }
    }

    /// Claims, and tries again as long as others push the sign-in out. Says how often that was.
    pub async fn claim(&self, link: &str) -> (Arrived, usize) {
        let mut pushed_out = 0;
        let mut page = self.visitor.open(link).await;
        loop {
            let callback = match self.set_out_from(page).await {
                Ok(callback) => callback,
                Err(page) => return (Arrived::Refused(page.status), pushed_out),
            };
            match self.arrive(&callback).await {
                Arrived::Over => pushed_out += 1,
                arrived => return (arrived, pushed_out),
            }
            page = self.visitor.open(link).await;
        }
    }
}

impl PostOffice {
    /// Starts a service that sends mail, and at which people sign in with this provider.
    pub fn with_sign_in(&self, rogue: &Rogue, options: &[&str]) -> Service {
        self.with_sign_in_only(rogue, &[&["--smtp", &self.smtp.url()], options].concat())
    }

    /// The same, with a mail server by these options alone.
    pub fn with_sign_in_only(&self, rogue: &Rogue, options: &[&str]) -> Service {
        let providers = json!([{
            "id": Claimant::PROVIDER,
            "label": "Rogue",
            "issuer": rogue.issuer(),
            "client_id": OpenId::CLIENT_ID,
            "client_secret": OpenId::CLIENT_SECRET,
        }]);
        let arguments = [Service::ANYWHERE, &["--mail-from", Self::SENDER], options].concat();
        let mut command = self.site.command(&arguments);
        command.env("SYMBOLON_SIGN_IN", providers.to_string());
        Service::start(command)
    }
}
