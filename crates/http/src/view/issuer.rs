//! Issuers, as pages name them.

use super::{frame::Frame, percent, sentence::fill};

/// An issuer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Issuer {
    /// What it calls itself.
    pub(crate) name: String,
    /// Its web site; a link only when it begins with `https://` or `http://`.
    pub(crate) site: Option<String>,
    /// The mail address where people reach it.
    pub(crate) contact: Option<String>,
}

impl Issuer {
    /// The web site, if a browser may be sent there.
    pub(super) fn site_link(&self) -> Option<&str> {
        self.site
            .as_deref()
            .filter(|site| site.starts_with("https://") || site.starts_with("http://"))
    }

    /// The web site as people write it: without the scheme and the slash at its end.
    pub(super) fn site_name(&self) -> Option<&str> {
        let site = self.site.as_deref()?;
        let name = site.split_once("://").map_or(site, |(_, name)| name);
        Some(name.strip_suffix('/').unwrap_or(name))
    }

    /// What that link says.
    pub(super) fn write_to(&self, frame: &Frame) -> String {
        fill(frame.words().frame.contact, &[("issuer", &self.name)])
    }

    /// The link that begins a mail to it.
    pub(super) fn mail_link(&self) -> Option<String> {
        let contact = self.contact.as_deref()?;
        Some(format!("mailto:{}", percent::encode_except(contact, "@+")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(site: &str) -> Issuer {
        Issuer {
            site: Some(site.into()),
            ..Issuer::default()
        }
    }

    #[test]
    fn only_web_addresses_become_links() {
        for site in ["https://example.org", "http://example.org/"] {
            assert_eq!(at(site).site_link(), Some(site));
            assert_eq!(at(site).site_name(), Some("example.org"));
        }
        for site in [
            "javascript:alert(1)",
            " https://example.org",
            "data:text/html,x",
            "//example.org",
            "",
        ] {
            assert_eq!(at(site).site_link(), None, "{site}");
        }
    }

    #[test]
    fn a_contact_cannot_add_headers_to_a_mail() {
        let issuer = Issuer {
            contact: Some("a+b?bcc=eve&x=\"y@example.org".into()),
            ..Issuer::default()
        };
        assert_eq!(
            issuer.mail_link().unwrap(),
            "mailto:a+b%3Fbcc%3Deve%26x%3D%22y@example.org"
        );
    }
}
