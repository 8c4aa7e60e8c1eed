//! The limit that the service is compared with, for `cargo xtask bench`: a bare server of the same framework that reads the
//! same header, looks nothing up, and answers as much. What it takes is what a request costs at least.

use std::{io, net::SocketAddr};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::header::AUTHORIZATION, web};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// As long as the answer to `GET …/authorization_tokens/current`.
const ANSWER: &str = r#"{"data":{"id":"019a39f2-8a00-7000-8000-000000000000","token":null,"owner_id":"019a39f2-8a00-7000-8000-000000000000","description":"Program 123456","write_enabled":true,"read_enabled":true,"delete_enabled":true,"created_at":"2026-11-01T00:00:00.000Z","expires_at":"2027-04-30T00:00:00.000Z","last_used_at":null,"state":"live","served_until":"2027-04-30T00:00:00.000Z","reuse_count":0,"owner":{"type":"Organization","id":"019a39f2-8a00-7000-8000-000000000000","name":"Organization 2469","url":"http://127.0.0.1:8080/v1/organizations/019a39f2-8a00-7000-8000-000000000000"}},"metadata":{}}"#;

#[actix_web::main]
async fn main() -> io::Result<()> {
    let Some(address) = std::env::args().nth(1) else {
        println!("limit: give the address to listen at");
        return Ok(());
    };
    let address: SocketAddr = address.parse().expect("the first word is an address");
    HttpServer::new(|| {
        App::new().route(
            "/v1/organizations/{organization_id}/authorization_tokens/current",
            web::get().to(answer),
        )
    })
    .tcp_nodelay(true)
    .bind(address)?
    .run()
    .await
}

async fn answer(request: HttpRequest) -> HttpResponse {
    match shown(&request) {
        Some(token) if token.starts_with("symorg_") => {
            HttpResponse::Ok().content_type("application/json").body(ANSWER)
        }
        _ => HttpResponse::Unauthorized().finish(),
    }
}

/// The user name of the Basic credentials.
fn shown(request: &HttpRequest) -> Option<String> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let decoded = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let credentials = String::from_utf8(decoded).ok()?;
    let (user, _) = credentials.split_once(':')?;
    Some(user.to_owned())
}
