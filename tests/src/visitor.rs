//! Somebody who visits pages with a program: it has a cookie jar, and makes one step at a time.

use std::{collections::BTreeMap, net::IpAddr, sync::Mutex};

use reqwest::{Method, header::HeaderMap};
use url::{Url, form_urlencoded};

use crate::{
    client::{http, http_from},
    html::Form,
};

/// The program.
#[derive(Debug)]
pub struct Visitor {
    http: reqwest::Client,
    /// Values by host and name.
    jar: Mutex<BTreeMap<(String, String), String>>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// What was asked for.
    pub url: Url,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Default for Visitor {
    fn default() -> Self {
        Self {
            http: http(),
            jar: Mutex::default(),
        }
    }
}

impl Visitor {
    /// One with a network address of their own, for limits are per address.
    pub(crate) fn coming_from(address: IpAddr) -> Self {
        Self {
            http: http_from(address),
            jar: Mutex::default(),
        }
    }

    /// GETs a URL.
    pub async fn get(&self, url: &str) -> Reply {
        self.send(Method::GET, url, &[]).await
    }

    /// Sends a request, with a form where it is a POST.
    pub async fn send(&self, method: Method, url: &str, fields: &[(String, String)]) -> Reply {
        let url: Url = url.parse().unwrap_or_else(|error| panic!("{url}: {error}"));
        let mut request = self.http.request(method.clone(), url.clone());
        let host = url.host_str().unwrap_or_default().to_owned();
        let cookies = self.shown_to(&host);
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        if method == Method::POST {
            let mut body = form_urlencoded::Serializer::new(String::new());
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body.extend_pairs(fields).finish());
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{error}"));
        let reply = Reply {
            url,
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await.expect("a whole body"),
        };
        self.keep(&host, &reply.headers);
        reply
    }

    /// GETs a URL, and goes where it leads.
    pub async fn open(&self, url: &str) -> Reply {
        let reply = self.get(url).await;
        self.follow(reply).await
    }

    /// Goes where a reply leads.
    pub async fn follow(&self, mut reply: Reply) -> Reply {
        for _ in 0..10 {
            match reply.location() {
                Some(location) => reply = self.get(location.as_str()).await,
                None => return reply,
            }
        }
        panic!("redirected too often, at last to {}", reply.url)
    }

    /// Goes one step to where a reply leads.
    pub async fn follow_once(&self, reply: &Reply) -> Reply {
        let location = reply
            .location()
            .unwrap_or_else(|| panic!("it leads nowhere: {}", reply.text));
        self.get(location.as_str()).await
    }

    /// Sends a form by one of its buttons.
    pub async fn press(&self, form: &Form, button: usize) -> Reply {
        self.send(Method::POST, form.action.as_str(), &form.sent_by(button))
            .await
    }

    /// Opens a link, presses the button of a provider, and returns where that leads.
    pub async fn begin(&self, link: &str, provider: &str) -> Reply {
        let page = self.open(link).await;
        let choice = page.forms().into_iter().find_map(|form| {
            let button = form.button("provider", provider)?;
            Some((form, button))
        });
        let (form, button) = choice.unwrap_or_else(|| panic!("no button for {provider} in {}", page.text));
        self.press(&form, button).await
    }

    /// A cookie of a host.
    pub fn cookie(&self, host: &str, name: &str) -> Option<String> {
        let jar = self.jar.lock().expect("no visitor panics");
        jar.get(&(host.to_owned(), name.to_owned())).cloned()
    }

    fn shown_to(&self, host: &str) -> String {
        let jar = self.jar.lock().expect("no visitor panics");
        let of_host = jar.iter().filter(|((of, _), _)| of == host);
        let shown: Vec<_> = of_host
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        shown.join("; ")
    }

    fn keep(&self, host: &str, headers: &HeaderMap) {
        let mut jar = self.jar.lock().expect("no visitor panics");
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie is ASCII");
            let (name, value) = cookie
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='))
                .expect("a pair");
            let key = (host.to_owned(), name.to_owned());
            if value.is_empty() || cookie.contains("Max-Age=0") {
                jar.remove(&key);
            } else {
                jar.insert(key, value.to_owned());
            }
        }
    }
}

impl Reply {
    /// Where it leads, if anywhere.
    pub fn location(&self) -> Option<Url> {
        let location = self.headers.get("location")?.to_str().expect("a URL is ASCII");
        Some(self.url.join(location).expect("a location is a URL"))
    }

    /// The forms of the page.
    pub fn forms(&self) -> Vec<Form> {
        Form::all_in(&self.text, &self.url)
    }

    /// The links of the page to pages of its own site.
    pub fn own_links(&self) -> Vec<String> {
        crate::html::links(&self.text)
            .iter()
            .filter_map(|link| self.url.join(link.split('#').next()?).ok())
            .filter(|link| link.origin() == self.url.origin())
            .map(String::from)
            .collect()
    }

    /// The page that the list goes on with, to this side: `next` or `prev`.
    pub fn beside(&self, relation: &str) -> Option<Url> {
        let link = crate::html::related(&self.text, relation)?;
        Some(self.url.join(&link).expect("a link is a URL"))
    }

    /// What can be chosen in the field of this name.
    pub fn choices(&self, name: &str) -> Vec<String> {
        crate::html::choices(&self.text, name)
    }
}
