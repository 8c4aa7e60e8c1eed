//! Which addresses this service talks to, and sends browsers to.

use url::{Host, Url};

/// Reads an address that a provider or the operator names.
///
/// `https` always; `http` on this machine only, for demonstrations and tests. No user name, password or fragment.
pub(crate) fn parse(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let safe = match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_loopback(&url),
        _ => false,
    };
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (safe && plain).then_some(url)
}

/// Reads an address out of what the provider at `issuer` says of itself: as above, and on this machine only where the
/// issuer is. Otherwise a provider could make this service call its neighbours.
pub(crate) fn parse_from(text: &str, issuer: &Url) -> Option<Url> {
    parse(text).filter(|url| !is_loopback(url) || is_loopback(issuer))
}

/// Whether the host is this machine, by its name or its number.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(Host::Ipv6(address)) => {
            let mapped = address.to_ipv4_mapped();
            address.is_loopback()
                || address.is_unspecified()
                || mapped.is_some_and(|four| four.is_loopback() || four.is_unspecified())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_addressed() {
        for good in [
            "https://accounts.example.org",
            "https://accounts.example.org:8443/realms/a?x=1",
            "http://127.0.0.1:9000",
            "http://[::1]:9000/x",
            "http://localhost:9000",
        ] {
            assert!(parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "accounts.example.org",
            "http://accounts.example.org",
            "http://127.0.0.1.example.org",
            "http://10.0.0.1",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://127.0.0.1/",
            "https://user@accounts.example.org",
            "https://:pass@accounts.example.org",
            "https://accounts.example.org/#x",
            "https://",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_provider_elsewhere_cannot_name_this_machine() {
        let elsewhere = parse("https://accounts.example.org").unwrap();
        let here = parse("http://127.0.0.1:9000").unwrap();
        for loopback in [
            "http://127.0.0.1:8080/",
            "https://127.0.0.1/",
            "https://localhost/",
            "https://a.localhost/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://0.0.0.0/",
            "https://[::]/",
            "https://2130706433/",
            "https://0x7f.1/",
        ] {
            assert_eq!(parse_from(loopback, &elsewhere), None, "{loopback}");
            assert!(parse_from(loopback, &here).is_some(), "{loopback}");
        }
        assert!(parse_from("https://keys.example.net/", &elsewhere).is_some());
    }
}
