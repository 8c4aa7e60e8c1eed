//! What htmx says about its requests, and what it has to be told. Without it every page is asked for by the browser itself.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::Cookie,
    http::header::{HeaderMap, LOCATION},
};

/// The id of the part of a page that is asked for again and again while long work goes on.
const POLLED: &str = "progress";

/// Whether htmx asks, for a part of a page.
pub(super) fn is_asking(request: &HttpRequest) -> bool {
    text(request.headers(), "HX-Request") == Some("true")
}

/// Whether nobody asks but the page itself, by the clock.
pub(super) fn is_polling(request: &HttpRequest) -> bool {
    is_asking(request) && text(request.headers(), "HX-Trigger") == Some(POLLED)
}

/// The address that the browser shows, of whatever host.
pub(super) fn shown(request: &HttpRequest) -> Option<url::Url> {
    let address = text(request.headers(), "HX-Current-URL")?;
    is_asking(request)
        .then(|| url::Url::parse(address).ok())
        .flatten()
}

/// An answer that leads elsewhere. Followed by htmx, it would put the other page into a part of the page at hand: instead it is
/// told to leave it.
pub(super) fn leading_as_a_whole(request: &HttpRequest, answer: HttpResponse) -> HttpResponse {
    let Some(location) = answer.headers().get(LOCATION).filter(|_| is_asking(request)) else {
        return answer;
    };
    let mut leaving = HttpResponse::NoContent();
    leaving.insert_header(("HX-Redirect", location.clone()));
    let mut leaving = leaving.finish();
    let cookies: Vec<Cookie<'static>> = answer.cookies().map(Cookie::into_owned).collect();
    for cookie in cookies {
        // A cookie that was in an answer can be in one.
        let _ = leaving.add_cookie(&cookie);
    }
    leaving
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
