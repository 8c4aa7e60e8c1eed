//! `GET /verify/{id}`: what everybody may know of a credential, as a page and as JSON.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header::ACCEPT},
    web::{Data, Path},
};
use serde_json::json;
use symbolon_domain::{
    access_token::{Dossier, Verification},
    id::RecipientId,
    recipient::{CredentialStanding, Revocation},
    service::view_credential::verify_credential,
};

use super::{
    fault::PageFault,
    picture::{self, Format},
    present,
    respond::page,
    visitor::Visitor,
};
use crate::{
    State,
    client_address::client_address,
    view::{Facts, Finding, Moment, VerifyPage},
};

pub(crate) async fn show(
    state: Data<State>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, PageFault> {
    // A link cannot ask for JSON in a header, so it asks by the name.
    let (id, is_json) = match path.strip_suffix(".json") {
        Some(id) => (id, true),
        None => (path.as_str(), prefers_json(&request)),
    };
    let found = match RecipientId::parse(id) {
        Some(id) => verify_credential(&state.ports, id).await?,
        None => None,
    };
    if is_json {
        return Ok(as_json(found.as_ref(), &state));
    }
    let visitor = Visitor::of(&request, &state).await?;
    let finding = match &found {
        None | Some((_, Verification::NotPublic)) => Finding::NotFound,
        Some((dossier, Verification::IssuerClosed)) => Finding::IssuerClosed {
            issuer: Some(dossier.organization.name.to_string()),
        },
        Some((dossier, Verification::Public(_))) => Finding::Public(Box::new(facts(dossier, &state))),
    };
    page(&VerifyPage {
        frame: visitor.frame(&state),
        finding,
    })
}

/// The picture on the page. Anybody may have it drawn, so each only so often.
pub(crate) async fn picture(
    state: Data<State>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, PageFault> {
    let id = RecipientId::parse(&path).ok_or(PageFault::NotFound)?;
    let Some((dossier, Verification::Public(_))) = verify_credential(&state.ports, id).await? else {
        return Err(PageFault::NotFound);
    };
    if request.method() != Method::HEAD {
        state.rates.draw(client_address(&request, &state))?;
    }
    picture::answer(&request, &dossier, Format::Svg, &state).await
}

fn facts(dossier: &Dossier, state: &State) -> Facts {
    let now = state.ports.clock.now();
    let recipient = &dossier.recipient;
    Facts {
        id: recipient.id.to_string(),
        kind: present::kind(dossier.template.kind),
        title: dossier.template.name.to_string(),
        holder: recipient.name(),
        issuer: present::issuer(&dossier.organization),
        issued_at: Moment::of(recipient.issued_at),
        expires_at: recipient.expires_at.map(Moment::of),
        standing: present::standing(dossier, now),
        checked_at: Moment::of(now),
        verify_url: picture::verify_url(dossier, state),
    }
}

/// Whether JSON is named, and named before HTML.
fn prefers_json(request: &HttpRequest) -> bool {
    let header = request.headers().get(ACCEPT);
    let accept = header
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    match (accept.find("application/json"), accept.find("text/html")) {
        (Some(json), Some(html)) => json < html,
        (json, _) => json.is_some(),
    }
}

/// The same facts for programs. A status other than 200 has no facts but its state.
fn as_json(found: Option<&(Dossier, Verification)>, state: &State) -> HttpResponse {
    let (status, data) = match found {
        None | Some((_, Verification::NotPublic)) => (StatusCode::NOT_FOUND, json!({ "state": "not_found" })),
        Some((dossier, Verification::IssuerClosed)) => (
            StatusCode::GONE,
            json!({ "state": "issuer_closed", "issuer": { "name": dossier.organization.name.as_str() } }),
        ),
        Some((dossier, Verification::Public(standing))) => {
            (StatusCode::OK, public_facts(dossier, standing, state))
        }
    };
    HttpResponse::build(status)
        .content_type("application/json")
        .body(json!({ "data": data, "metadata": {} }).to_string())
}

fn public_facts(dossier: &Dossier, standing: &CredentialStanding, state: &State) -> serde_json::Value {
    let recipient = &dossier.recipient;
    let (word, revocation) = match standing {
        CredentialStanding::Valid => ("valid", None),
        CredentialStanding::Expired { .. } => ("expired", None),
        CredentialStanding::Revoked(revocation) => ("revoked", Some(revocation)),
    };
    let reason = |revocation: &Revocation| revocation.reason.as_ref().map(ToString::to_string);
    json!({
        "id": recipient.id.to_string(),
        "state": word,
        "kind": dossier.template.kind.name(),
        "name": dossier.template.name.as_str(),
        "issued_to": recipient.name(),
        "issuer": {
            "name": dossier.organization.name.as_str(),
            "url": dossier.organization.url.as_ref().map(ToString::to_string),
        },
        "issued_at": recipient.issued_at.to_string(),
        "expires_at": recipient.expires_at.map(|at| at.to_string()),
        "revoked_at": revocation.map(|revocation| revocation.at.to_string()),
        "revocation_reason": revocation.and_then(reason),
        "verified_at": state.ports.clock.now().to_string(),
        "url": picture::verify_url(dossier, state),
    })
}
