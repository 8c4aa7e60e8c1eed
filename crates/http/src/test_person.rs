//! A person with a browser, for tests of the pages: keeps cookies, sends forms, and signs in.

use std::{cell::RefCell, collections::BTreeMap};

use actix_web::{http::header, test::TestRequest};

use crate::{
    test_app::{Answer, TestApp},
    test_provider::PROVIDER,
};

/// A browser with its cookies.
pub(crate) struct Person<'a> {
    app: &'a TestApp,
    pub(crate) cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Person<'a> {
    pub(crate) fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            cookies: RefCell::default(),
        }
    }

    /// Opens an address below the public URL, without following where it leads.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(
            TestRequest::get()
                .uri(path)
                .insert_header((header::ACCEPT, "text/html")),
        )
        .await
    }

    /// Opens an address, and follows as long as it leads on within the service.
    pub(crate) async fn open(&self, path: &str) -> Answer {
        let mut answer = self.get(path).await;
        for _ in 0..5 {
            match answer.header("location").filter(|to| to.starts_with('/')) {
                Some(next) => answer = self.get(next).await,
                None => break,
            }
        }
        answer
    }

    /// Sends a form as a browser does from a page of ours.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(form(path, fields).insert_header(("Sec-Fetch-Site", "same-origin")))
            .await
    }

    /// Sends a request with the browser's cookies, and keeps those that come back.
    pub(crate) async fn send(&self, request: TestRequest) -> Answer {
        let shown: Vec<_> = self
            .cookies
            .borrow()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = if shown.is_empty() {
            request
        } else {
            request.insert_header((header::COOKIE, shown.join("; ")))
        };
        let answer = self.app.send(request).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let mut cookies = self.cookies.borrow_mut();
            if attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// What the form of a page has to bring back.
    pub(crate) fn csrf(answer: &Answer) -> String {
        let (_, rest) = answer.text.split_once("name=\"csrf\" value=\"").expect("a form");
        rest.split_once('"').unwrap().0.to_owned()
    }

    /// Presses the provider's button on the page that was just opened, and says what `state` the provider was given.
    pub(crate) async fn press(&self, page: &Answer, path: &str) -> String {
        let csrf = Self::csrf(page);
        let answer = self.post(path, &[("csrf", &csrf), ("provider", PROVIDER)]).await;
        answer.expect(303);
        let location = answer.header("location").unwrap();
        location.split_once("state=").unwrap().1.to_owned()
    }

    /// Comes back from the provider as this subject.
    pub(crate) async fn come_back(&self, state: &str, subject: &str) -> Answer {
        self.get(&format!(
            "/sign-in/{PROVIDER}/callback?state={state}&code={subject}"
        ))
        .await
    }

    /// Opens a link, connects as this subject, and goes where that leads.
    pub(crate) async fn connect(&self, link: &str, subject: &str) -> Answer {
        let page = self.open(link).await;
        let page = match page.status {
            // In use by another: there is a button to choose again.
            409 => self.open("/access?choose").await,
            _ => page,
        };
        page.expect(200);
        let state = self.press(&page, "/access").await;
        let back = self.come_back(&state, subject).await;
        back.expect(303);
        let next = back.header("location").unwrap().to_owned();
        self.open(&next).await
    }
}

/// A form as a browser sends it.
pub(crate) fn form(path: &str, fields: &[(&str, &str)]) -> TestRequest {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    TestRequest::post()
        .uri(path)
        .insert_header((header::ACCEPT, "text/html"))
        .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
        .set_payload(body)
}
