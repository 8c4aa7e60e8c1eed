//! What every request can reach.

use std::{
    fmt,
    net::IpAddr,
    sync::{Arc, atomic::AtomicBool},
};

use symbolon_domain::{
    port::{
        Ports, one_time_codes::OneTimeCodes, passwords::Passwords, readiness::Readiness, sign_in::SignIn,
    },
    secret::{AccessSecret, AdministratorLinkSecret},
    service::administration::Proving,
};
use url::Url;

use crate::{Rates, Studio};

/// The ports, and where this service is found. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// What the use cases ask for.
    pub ports: Ports,
    /// Whether the store can serve.
    pub readiness: Arc<dyn Readiness>,
    /// Where clients find this service; all links start with it.
    pub public_url: PublicUrl,
    /// Signs people in.
    pub sign_in: Arc<dyn SignIn>,
    /// Hashes and checks administrators' passwords.
    pub passwords: Arc<dyn Passwords>,
    /// Knows the codes of authenticator apps.
    pub codes: Arc<dyn OneTimeCodes>,
    /// Whether mail is sent at all; otherwise it waits.
    pub sends_mail: bool,
    /// How often strangers may try.
    pub rates: Arc<Rates>,
    /// Draws credentials.
    pub studio: Arc<Studio>,
    /// The addresses of the proxies in front, whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Set once the service is told to stop, so that balancers send no more requests.
    pub stopping: Arc<AtomicBool>,
}

impl State {
    /// What passwords and codes are proved by.
    pub(crate) fn proving(&self) -> Proving<'_> {
        Proving {
            passwords: self.passwords.as_ref(),
            codes: self.codes.as_ref(),
        }
    }
}

/// Where clients find the service: an `http` or `https` URL without query, kept without its last slash.
///
/// Links are built from it and never from a request's `Host`, which its sender chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// Reads a URL.
    ///
    /// # Errors
    /// [`PublicUrlError`] where it is not one, or more than one.
    pub fn parse(text: &str) -> Result<Self, PublicUrlError> {
        let mut url = Url::parse(text).map_err(|_| PublicUrlError)?;
        let is_plain = matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !is_plain {
            return Err(PublicUrlError);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Whether clients come by TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether only programs on the same machine can follow it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// Whether this `Host` is another name of the machine that this URL names, as `localhost` is of `127.0.0.1`, at the same
    /// port.
    pub(crate) fn has_other_loopback_name(&self, host: &str) -> bool {
        let shown = Self::parse(&format!("{}://{host}", self.0.scheme()));
        shown.is_ok_and(|shown| {
            self.is_loopback()
                && shown.is_loopback()
                && shown.base().is_empty()
                && shown.0.host() != self.0.host()
                && shown.0.port_or_known_default() == self.0.port_or_known_default()
        })
    }

    /// The scheme, host and port, as browsers write an origin.
    pub(crate) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The path, without a slash at its end: empty, or such as `/tokens`.
    pub(crate) fn base(&self) -> &str {
        self.0.path().trim_end_matches('/')
    }

    /// The link that opens a recipient's credential: for the recipient, and nothing that is kept.
    #[must_use]
    pub fn link(&self, secret: &AccessSecret) -> String {
        self.at(&format!("/r/{}", secret.expose())).to_string()
    }

    /// The one-time link of an administrator: for them, and nothing that is kept.
    #[must_use]
    pub fn administrator_link(&self, secret: &AdministratorLinkSecret) -> String {
        self.at(&format!("/dashboard/link/{}", secret.expose()))
            .to_string()
    }

    /// The URL of a path below it, such as `/v1/organizations`.
    #[must_use]
    pub fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        url
    }
}

/// Without a slash at the end.
impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// Not a usable public URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an http or https URL without query or credentials, such as https://tokens.example.org")]
pub struct PublicUrlError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_base_path() {
        let url = PublicUrl::parse("https://example.org/tokens/").unwrap();
        assert_eq!(url.to_string(), "https://example.org/tokens");
        assert_eq!(
            url.at("/v1/organizations").as_str(),
            "https://example.org/tokens/v1/organizations"
        );
        let root = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
        assert_eq!(root.to_string(), "http://127.0.0.1:8080");
        assert_eq!(root.at("/v1").as_str(), "http://127.0.0.1:8080/v1");
    }

    #[test]
    fn loopback_is_told_from_the_rest() {
        for (text, expected) in [
            ("http://localhost:1", true),
            ("http://127.0.0.2", true),
            ("http://[::1]:8080", true),
            ("http://192.168.1.1", false),
            ("https://localhost.example.org", false),
        ] {
            assert_eq!(PublicUrl::parse(text).unwrap().is_loopback(), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_carry_links_is_refused() {
        for text in [
            "",
            "example.org",
            "ftp://example.org",
            "https://a:b@example.org",
            "https://example.org?x=1",
        ] {
            assert_eq!(PublicUrl::parse(text), Err(PublicUrlError), "{text}");
        }
    }
}
