//! The address that a request came from, as tables show it.

use std::net::IpAddr;

use askama::{Template, filters::HtmlSafe};

/// An address that breaks between its groups, where it has to break at all.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "dashboard/parts/client_address.html")]
pub(crate) struct ClientAddress(IpAddr);

/// An address has no characters that mean something in HTML.
impl HtmlSafe for ClientAddress {}

impl ClientAddress {
    /// This address.
    pub(crate) const fn of(address: IpAddr) -> Self {
        Self(address)
    }

    /// `2001:`, `db8:`, `:`, `7`; of IPv4 all of it.
    fn groups(&self) -> Vec<String> {
        let text = self.0.to_string();
        text.split_inclusive(':').map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_breaks_after_colons_only() {
        let html = |text: &str| ClientAddress::of(text.parse().unwrap()).render().unwrap();
        assert_eq!(html("127.0.0.1"), "<span class=\"whole\">127.0.0.1</span>");
        assert_eq!(
            html("2001:db8::7"),
            "<span class=\"whole\">2001:<wbr>db8:<wbr>:<wbr>7</span>"
        );
    }
}
