//! One name for one machine: who opens the service under another loopback name than the public URL's is led over to it.
//!
//! The cookies of `localhost` are not those of `127.0.0.1`, so a sign-in that is begun under the one and comes back under
//! the other finds none. Elsewhere than on this machine nobody is led anywhere: a proxy may write another `Host`, and would
//! send the browser in circles.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{HOST, LOCATION},
    },
    middleware::Next,
    web::Data,
};

use super::respond::X_ROBOTS_TAG;
use crate::State;

/// Leads browsers over; lets everything else pass.
pub(super) async fn lead_over(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match elsewhere(request.request()) {
        Some(location) => {
            let response = HttpResponse::TemporaryRedirect()
                .insert_header((LOCATION, location))
                .insert_header((X_ROBOTS_TAG, "noindex, nofollow"))
                .finish();
            Ok(request.into_response(response))
        }
        None => Ok(next.call(request).await?.map_into_boxed_body()),
    }
}

/// The same address under the public URL, where the request came under another name of this machine.
fn elsewhere(request: &HttpRequest) -> Option<String> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let state = request.app_data::<Data<State>>()?;
    let host = request.headers().get(HOST)?.to_str().ok()?;
    if !state.public_url.has_other_loopback_name(host) {
        return None;
    }
    let path_and_query = request.uri().path_and_query()?;
    Some(format!("{}{path_and_query}", state.public_url))
}

#[cfg(test)]
mod tests {
    use actix_web::{http::Method, test::TestRequest};

    use crate::{PublicUrl, test_app::TestApp};

    async fn app(public_url: &str) -> TestApp {
        let url = PublicUrl::parse(public_url).unwrap();
        TestApp::start_with(|state| state.public_url = url).await
    }

    async fn led(app: &TestApp, method: Method, host: &str, path: &str) -> (u16, Option<String>) {
        let request = TestRequest::default()
            .method(method)
            .insert_header(("Host", host))
            .uri(path);
        let answer = app.send(request).await;
        let location = answer.header("location").map(ToOwned::to_owned);
        (answer.status, location)
    }

    #[actix_web::test]
    async fn another_name_of_this_machine_leads_to_the_public_one() {
        for (public_url, host) in [
            ("http://127.0.0.1:8080", "localhost:8080"),
            ("http://127.0.0.1:8080", "LOCALHOST:8080"),
            ("http://127.0.0.1:8080", "symbolon.localhost:8080"),
            ("http://127.0.0.1:8080", "127.0.0.2:8080"),
            ("http://127.0.0.1:8080", "[::1]:8080"),
            ("http://localhost:8080", "127.0.0.1:8080"),
            ("http://[::1]:8080", "localhost:8080"),
            ("http://127.0.0.1", "localhost"),
            ("http://127.0.0.1", "localhost:80"),
            ("http://127.0.0.1:8080/tokens", "localhost:8080"),
        ] {
            let app = app(public_url).await;
            for method in [Method::GET, Method::HEAD] {
                for path in ["/r/symrec_x?a=%2F&b", "/", "/credentials", "/verify/x.json"] {
                    let expected = (307, Some(format!("{public_url}{path}")));
                    assert_eq!(led(&app, method.clone(), host, path).await, expected, "{host}");
                }
            }
        }
    }

    #[actix_web::test]
    async fn nobody_else_is_led_anywhere() {
        for (public_url, host) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("http://localhost:8080", "LocalHost:8080"),
            ("http://127.0.0.1:8080", "localhost:8081"),
            ("http://127.0.0.1:8080", "localhost"),
            ("http://127.0.0.1:8080", "192.0.2.1:8080"),
            ("http://127.0.0.1:8080", "localhost.example.org:8080"),
            ("http://127.0.0.1:8080", "evil@localhost:8080"),
            ("http://127.0.0.1:8080", "localhost:8080/x"),
            ("http://127.0.0.1:8080", "localhost:8080?x"),
            ("http://127.0.0.1:8080", ""),
            ("http://127.0.0.1:8080", "?"),
            ("https://tokens.example.org", "localhost"),
            ("https://tokens.example.org", "localhost:443"),
            ("https://tokens.example.org", "other.example.org"),
        ] {
            let app = app(public_url).await;
            let answer = led(&app, Method::GET, host, "/").await;
            assert_eq!(answer, (200, None), "{public_url} as {host}");
        }
    }

    #[actix_web::test]
    async fn forms_and_programs_stay_where_they_are() {
        let app = app("http://127.0.0.1:8080").await;
        for (method, path) in [
            (Method::POST, "/recipient-view"),
            (Method::PUT, "/access"),
            (Method::GET, "/v1/organizations"),
            (Method::GET, "/livez"),
            (Method::GET, "/nowhere"),
        ] {
            let (status, location) = led(&app, method, "localhost:8080", path).await;
            assert!(status != 307, "{path}");
            assert!(location.is_none_or(|to| to.starts_with('/')), "{path}");
        }
    }
}
