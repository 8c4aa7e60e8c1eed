//! The mail catcher: where the mails of the demonstration arrive.

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::CONTENT_SECURITY_POLICY},
    web::{self, Data, Path, Query, ServiceConfig},
};
use askama::Template;
use serde::Deserialize;
use symbolon_domain::port::clock::Clock;
use symbolon_http::PublicUrl;
use symbolon_mail::{Catcher, Caught};

use super::{
    pages::{Frame, WordsPage, page, style},
    server::Server,
};
use crate::{failure::Failure, relative_time::relative};

/// What a mail's page is: it has inline styles, and no business with the page around it. What it opens is a page like
/// any other, not bound by the sandbox that it was opened from.
const BODY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups \
                           allow-popups-to-escape-sandbox";

/// How often a mail is looked for that may be on its way: for 10 seconds.
const LOOKS: u32 = 100;
/// The time between.
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// What the pages are made from.
struct Mails {
    catcher: Catcher,
    clock: Arc<dyn Clock>,
    public_url: PublicUrl,
}

/// All mails.
#[derive(Template)]
#[template(path = "demonstration_mails.html")]
struct ListPage {
    frame: Frame<'static>,
    mails: Vec<Line>,
}

/// One mail of the list.
struct Line {
    id: String,
    to: String,
    subject: String,
    at: String,
    ago: String,
}

/// One mail.
#[derive(Template)]
#[template(path = "demonstration_mail.html")]
struct MailPage<'a> {
    frame: Frame<'a>,
    id: String,
    from: String,
    to: String,
    reply_to: String,
    at: String,
    ago: String,
    text: &'a str,
    headers: &'a str,
    link: Option<&'a str>,
}

/// Serves the pages.
pub(crate) fn serve_mails(
    listener: TcpListener,
    catcher: Catcher,
    clock: Arc<dyn Clock>,
    public_url: PublicUrl,
) -> Result<Server, Failure> {
    let mails = Data::new(Mails {
        catcher,
        clock,
        public_url,
    });
    Server::start(listener, move |config| {
        config.app_data(mails.clone());
        routes(config);
    })
}

fn routes(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(list))
        .route("/style.css", web::get().to(style))
        .route("/newest.txt", web::get().to(newest))
        .route("/mails/{id}", web::get().to(show))
        .route("/mails/{id}/body", web::get().to(body));
}

async fn list(mails: Data<Mails>) -> actix_web::Result<HttpResponse> {
    let now = mails.clock.now();
    let line = |caught: &Arc<Caught>| Line {
        id: caught.mail.mail.to_string(),
        to: caught.mail.to.to_string(),
        subject: caught.mail.subject.clone(),
        at: caught.at.to_string(),
        ago: relative(caught.at, now),
    };
    let list = ListPage {
        frame: frame("Mails"),
        mails: mails.catcher.list().iter().map(line).collect(),
    };
    page(&list, StatusCode::OK, "form-action 'none'")
}

async fn show(mails: Data<Mails>, path: Path<String>) -> actix_web::Result<HttpResponse> {
    let Some(caught) = find(&mails, &path) else {
        return no_mail();
    };
    let mail = &caught.mail;
    let shown = MailPage {
        frame: frame(&mail.subject),
        id: mail.mail.to_string(),
        from: mail.from.to_string(),
        to: mail.to.to_string(),
        reply_to: mail.reply_to.to_string(),
        at: caught.at.to_string(),
        ago: relative(caught.at, mails.clock.now()),
        text: &mail.text,
        headers: &caught.headers,
        link: link(&mail.text, &mails.public_url),
    };
    page(&shown, StatusCode::OK, "form-action 'none'; frame-src 'self'")
}

/// The mail itself, for the frame.
async fn body(mails: Data<Mails>, path: Path<String>) -> actix_web::Result<HttpResponse> {
    match find(&mails, &path) {
        Some(caught) => Ok(HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((CONTENT_SECURITY_POLICY, BODY_POLICY))
            .body(caught.mail.html.clone())),
        None => no_mail(),
    }
}

/// Whose newest mail is asked for.
#[derive(Deserialize)]
struct Wanted {
    to: Option<String>,
}

/// The newest mail, for people at a terminal; the newest to an address, which may be on its way still.
async fn newest(mails: Data<Mails>, wanted: Query<Wanted>) -> HttpResponse {
    let is_wanted = |caught: &&Arc<Caught>| {
        wanted
            .to
            .as_ref()
            .is_none_or(|to| caught.mail.to.address.as_str() == to)
    };
    let mut looks = if wanted.to.is_some() { LOOKS } else { 1 };
    let text = loop {
        if let Some(caught) = mails.catcher.list().iter().find(is_wanted) {
            let mail = &caught.mail;
            break format!("To: {}\nSubject: {}\n\n{}", mail.to, mail.subject, mail.text);
        }
        looks -= 1;
        if looks == 0 {
            break "No mail has arrived yet.\n".to_owned();
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    };
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(text)
}

fn find(mails: &Mails, id: &str) -> Option<Arc<Caught>> {
    mails.catcher.get(id)
}

fn no_mail() -> actix_web::Result<HttpResponse> {
    let words = WordsPage {
        frame: frame("No such mail"),
        why: "Only the newest mails are kept, and only while the demonstration runs.",
        what_to_do: "Look at the list of all mails, on the first page.",
    };
    page(&words, StatusCode::NOT_FOUND, "form-action 'none'")
}

const fn frame(heading: &str) -> Frame<'_> {
    Frame {
        stage: "Mail catcher of the demonstration:",
        caution: "nothing is sent.",
        heading,
    }
}

/// The recipient's or administrator's link in a mail, if it has one: it stands on a line of its own.
fn link<'a>(text: &'a str, public_url: &PublicUrl) -> Option<&'a str> {
    let starts = ["/r/", "/dashboard/"].map(|path| public_url.at(path).to_string());
    text.split_whitespace()
        .find(|word| starts.iter().any(|start| word.starts_with(start)))
}
