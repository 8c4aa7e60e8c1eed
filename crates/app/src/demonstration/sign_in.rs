//! The demonstration sign-in, served.

use std::{net::TcpListener, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    error::ErrorInternalServerError,
    http::{
        StatusCode,
        header::{AUTHORIZATION, LOCATION, WWW_AUTHENTICATE},
    },
    web::{self, Bytes, Data, Form, ServiceConfig},
};
use askama::Template;
use serde::Deserialize;
use symbolon_identity::demonstration::{Demonstration, Person, Refusal, Request};

use super::{
    pages::{Frame, WordsPage, page, style},
    server::Server,
};
use crate::failure::Failure;

/// Whom do you want to be?
#[derive(Template)]
#[template(path = "demonstration_sign_in.html")]
struct ChoicePage<'a> {
    frame: Frame<'static>,
    service: &'a str,
    query: &'a str,
    people: &'static [Person],
}

/// The button that was pressed.
#[derive(Deserialize)]
struct Choice {
    person: Option<String>,
    cancel: Option<String>,
}

/// Serves the provider.
pub(crate) fn serve_sign_in(listener: TcpListener, provider: Demonstration) -> Result<Server, Failure> {
    let provider = Data::from(Arc::new(provider));
    Server::start(listener, move |config| {
        config.app_data(provider.clone());
        routes(config);
    })
}

fn routes(config: &mut ServiceConfig) {
    config
        .route("/", web::get().to(nothing_here))
        .route("/style.css", web::get().to(style))
        .route("/.well-known/openid-configuration", web::get().to(metadata))
        .route("/jwks", web::get().to(keys))
        .route("/authorize", web::get().to(ask))
        .route("/authorize", web::post().to(answer))
        .route("/token", web::post().to(token));
}

async fn nothing_here() -> actix_web::Result<HttpResponse> {
    let words = WordsPage {
        frame: frame("Nobody asks who you are"),
        why: "Symbolon sends you here when it wants to know.",
        what_to_do: "Press the button in a mail of the mail catcher, and connect with this provider.",
    };
    page(&words, StatusCode::OK, "form-action 'none'")
}

async fn metadata(provider: Data<Demonstration>) -> HttpResponse {
    json(StatusCode::OK, provider.metadata())
}

async fn keys(provider: Data<Demonstration>) -> HttpResponse {
    json(StatusCode::OK, provider.keys())
}

/// The page with a button for each person.
async fn ask(provider: Data<Demonstration>, request: HttpRequest) -> actix_web::Result<HttpResponse> {
    if let Err(refusal) = provider.read(request.query_string()) {
        return refuse(&refusal);
    }
    let service = origin(&provider);
    let choice = ChoicePage {
        frame: frame("Choose whom to be"),
        service,
        query: request.query_string(),
        people: provider.people(),
    };
    // The answer to the form leads on to the service.
    page(&choice, StatusCode::OK, &format!("form-action 'self' {service}"))
}

/// The choice. It comes back with the whole request, which is judged once more.
async fn answer(
    provider: Data<Demonstration>,
    request: HttpRequest,
    choice: Form<Choice>,
) -> actix_web::Result<HttpResponse> {
    let asked: Request = match provider.read(request.query_string()) {
        Ok(asked) => asked,
        Err(refusal) => return refuse(&refusal),
    };
    if choice.cancel.is_some() {
        return Ok(see_other(&provider.cancel(&asked)));
    }
    match choice.person.as_deref().and_then(Person::find) {
        Some(person) => {
            let location = provider.allow(asked, person).map_err(ErrorInternalServerError)?;
            Ok(see_other(&location))
        }
        None => refuse(&Refusal::Stay("There is no such person here.")),
    }
}

async fn token(provider: Data<Demonstration>, request: HttpRequest, form: Bytes) -> HttpResponse {
    let authorization = request.headers().get(AUTHORIZATION);
    let authorization = authorization.and_then(|value| value.to_str().ok());
    match provider.redeem(authorization, &form) {
        Ok(answer) => json(StatusCode::OK, &answer),
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            let body = serde_json::json!({ "error": refusal.code() });
            let mut answer = json(status, &body.to_string());
            if status == StatusCode::UNAUTHORIZED {
                let basic = actix_web::http::header::HeaderValue::from_static("Basic");
                answer.headers_mut().insert(WWW_AUTHENTICATE, basic);
            }
            answer
        }
    }
}

fn refuse(refusal: &Refusal) -> actix_web::Result<HttpResponse> {
    match refusal {
        Refusal::SendBack(location) => Ok(see_other(location)),
        Refusal::Stay(why) => {
            let words = WordsPage {
                frame: frame("This request is refused"),
                why,
                what_to_do: "Go back to the mail catcher, and press the button in the mail once more.",
            };
            page(&words, StatusCode::BAD_REQUEST, "form-action 'none'")
        }
    }
}

const fn frame(heading: &str) -> Frame<'_> {
    Frame {
        stage: "Demonstration sign-in:",
        caution: "pretend to be one of these people. No password, nothing leaves this machine.",
        heading,
    }
}

/// The service's own address, which is where the redirect URI begins.
fn origin(provider: &Demonstration) -> &str {
    let uri = provider.redirect_uri();
    let end = uri
        .match_indices('/')
        .nth(2)
        .map_or(uri.len(), |(place, _)| place);
    uri.get(..end).unwrap_or(uri)
}

fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, location))
        .finish()
}

fn json(status: StatusCode, body: &str) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("application/json")
        .body(body.to_owned())
}
