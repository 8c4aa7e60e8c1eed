//! Whether a form was sent from a page of ours.

use actix_web::{
    HttpRequest,
    http::header::{HeaderName, ORIGIN},
};

use crate::State;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether the headers that browsers set, and pages cannot, allow that the request comes from a page of ours.
///
/// Browsers that are too old to say send an `Origin`, which is `null` from our own pages, for they send no referrer. What
/// says nothing at all is no browser; it has no cookies that it did not ask for itself.
pub(super) fn is_ours(request: &HttpRequest, state: &State) -> bool {
    let header = |name: HeaderName| {
        request
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap_or("?"))
    };
    match header(SEC_FETCH_SITE) {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match header(ORIGIN) {
            None | Some("null") => true,
            Some(origin) => origin == state.public_url.origin(),
        },
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use crate::test_app::TestApp;

    #[actix_web::test]
    async fn only_our_own_pages_may_send_forms() {
        let app = TestApp::start().await;
        let is_ours = |headers: &[(&str, &str)]| {
            let request = headers
                .iter()
                .fold(TestRequest::post(), |request, (name, value)| {
                    request.insert_header((*name, *value))
                });
            super::is_ours(&request.to_http_request(), &app.state)
        };
        let own = "https://tokens.example.org";
        for headers in [
            &[("sec-fetch-site", "same-origin")][..],
            &[("sec-fetch-site", "same-origin"), ("origin", "null")],
            &[("sec-fetch-site", "none")],
            &[("origin", own)],
            &[("origin", "null")],
            &[],
        ] {
            assert!(is_ours(headers), "{headers:?}");
        }
        for headers in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site"), ("origin", own)],
            &[("sec-fetch-site", "")],
            &[("origin", "https://evil.example")],
            &[("origin", "http://tokens.example.org")],
            &[("origin", "https://tokens.example.org:444")],
        ] {
            assert!(!is_ours(headers), "{headers:?}");
        }
    }
}
