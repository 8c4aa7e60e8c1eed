//! Where a request comes from.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use actix_web::{HttpRequest, http::header::HeaderName};

use crate::State;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of the client: of the other end of the connection, or, where that is a proxy of ours, of whoever the proxy
/// served. Everybody can write `X-Forwarded-For`, so it counts from nobody else, and only as far back as proxies of ours
/// wrote it.
pub(crate) fn client_address(request: &HttpRequest, state: &State) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip().to_canonical();
    let is_ours = |address: &IpAddr| state.trusted_proxies.contains(address);
    if !is_ours(&peer) {
        return Some(peer);
    }
    let hops: Vec<&str> = request
        .headers()
        .get_all(X_FORWARDED_FOR)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let mut nearest = peer;
    for hop in hops.into_iter().rev() {
        // What is no address was not written by a proxy of ours: the last good one counts.
        let Some(address) = address_of(hop) else { break };
        nearest = address.to_canonical();
        if !is_ours(&nearest) {
            break;
        }
    }
    Some(nearest)
}

/// The address that a proxy wrote, alone or with a port, as some do; of version 6 also in brackets.
fn address_of(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse().map(|address: SocketAddr| address.ip()).ok();
    let in_brackets = || {
        let inner = hop.strip_prefix('[')?.strip_suffix(']')?;
        inner.parse::<Ipv6Addr>().map(IpAddr::from).ok()
    };
    hop.parse().ok().or_else(with_port).or_else(in_brackets)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn only_proxies_of_ours_are_believed() {
        let proxies = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse().unwrap());
        let app = TestApp::start_with(|state| state.trusted_proxies = proxies.to_vec()).await;
        let seen = |peer: &str, forwarded: &[&str]| {
            let peer: IpAddr = peer.parse().unwrap();
            let request = forwarded.iter().fold(
                TestRequest::get().peer_addr(SocketAddr::new(peer, 1)),
                |request, value| request.append_header((X_FORWARDED_FOR, *value)),
            );
            client_address(&request.to_http_request(), &app.state)
                .unwrap()
                .to_string()
        };
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(
            seen("10.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.2"]),
            "198.51.100.7"
        );
        assert_eq!(seen("10.0.0.1", &["203.0.113.9", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7, rubbish"]), "10.0.0.1");
        for (hop, address) in [
            ("198.51.100.7:5678", "198.51.100.7"),
            ("198.51.100.7:5678, 10.0.0.2:443", "198.51.100.7"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[::ffff:198.51.100.7]:443", "198.51.100.7"),
            ("198.51.100.7:port", "10.0.0.1"),
            ("198.51.100.7:99999", "10.0.0.1"),
            ("[198.51.100.7]", "10.0.0.1"),
            ("[2001:db8::1", "10.0.0.1"),
        ] {
            assert_eq!(seen("10.0.0.1", &[hop]), address, "{hop}");
        }
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(seen("::ffff:10.0.0.1", &["2001:db8::1"]), "2001:db8::1");
    }
}
