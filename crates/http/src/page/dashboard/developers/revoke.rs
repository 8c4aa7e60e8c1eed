//! `/dashboard/developers/{id}/revoke`: ends a token, alone or with all that were made with it.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{
    authorization_token::AuthorizationToken,
    port::authorization_tokens::{TokenChange, TreeRevocation},
    service::revoke_token::{RevokeToken, RevokeTree},
};

use super::{named, page_after, present};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Outcome, QuestionPage, Section},
};

pub(crate) async fn ask(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let token = named(&desk, &path).await?;
    let now = desk.now();
    let family = descendants(&desk, &token).await?;
    let served = family
        .iter()
        .filter(|one| one.own_standing(now).is_served())
        .count();
    if !token.own_standing(now).is_served() && served == 0 {
        let to = page_after(token.id, Outcome::TokenAlreadyClosed);
        return Ok(see_page(&desk.state, &to, Vec::new()));
    }
    let description = present::description(&token);
    scripted_page(&QuestionPage::revoke_token(
        desk.frame(Section::Developers).await?,
        &token.id.to_string(),
        description.as_deref(),
        u64::try_from(served).unwrap_or(u64::MAX),
    ))
}

pub(crate) async fn revoke(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let token = named(&desk, &path).await?;
    let (authority, id) = (desk.authority(), token.id);
    let ports = &desk.state.ports;
    let outcome = if form.text("descendants") == Some("true") {
        match (RevokeTree { authority, id }).run(ports).await? {
            TreeRevocation::Revoked(0) => Outcome::TokenAlreadyClosed,
            TreeRevocation::Revoked(_) => Outcome::TokensRevoked,
            TreeRevocation::Overtaken => return Err(PageFault::Overtaken),
            TreeRevocation::Absent => return Err(PageFault::NotFound),
        }
    } else {
        match (RevokeToken { authority, id }).run(ports).await? {
            TokenChange::Changed => Outcome::TokenRevoked,
            TokenChange::Refused(_) => Outcome::TokenAlreadyClosed,
            TokenChange::Absent => return Err(PageFault::NotFound),
        }
    };
    Ok(see_page(&desk.state, &page_after(id, outcome), Vec::new()))
}

async fn descendants(desk: &Desk, token: &AuthorizationToken) -> Result<Vec<AuthorizationToken>, PageFault> {
    let tokens = &desk.state.ports.tokens;
    Ok(tokens.descendants(token.organization, token.id).await?)
}
