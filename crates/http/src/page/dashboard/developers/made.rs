//! `GET /dashboard/developers/{id}/made`: a token that was made just now, with its value, once.

use actix_web::{HttpResponse, web::Path};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use symbolon_domain::{
    authorization_token::AuthorizationToken,
    organization::RevealPolicy,
    service::{administration::show_once, create_token::MadeToken},
};

use super::{named, page_of, present};
use crate::{
    page::{
        cookie::Jar,
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Rotation, Section, Since, TokenMadePage},
};

/// Sends the browser on to the page that shows the value: so that loading it again makes no second token.
pub(super) fn lead_to(desk: &Desk, made: &MadeToken) -> Result<HttpResponse, PageFault> {
    let id = made.made.token.id;
    let note = show_once::seal(&desk.state.ports, &desk.administrator, id, &made.secret)?;
    let cookie = Jar::Shown.filled(BASE64_URL_SAFE_NO_PAD.encode(note), &desk.state);
    Ok(see_page(
        &desk.state,
        &format!("{}/made", page_of(id)),
        vec![cookie],
    ))
}

/// What cannot be shown any more leads to the token's page.
pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let token = named(&desk, &path).await?;
    let state = &desk.state;
    let note = Jar::Shown
        .read(desk.request(), state)
        .and_then(|text| BASE64_URL_SAFE_NO_PAD.decode(text).ok());
    let secret = note.and_then(|note| show_once::open(&state.ports, &desk.administrator, token.id, &note));
    let Some(secret) = secret else {
        return Ok(see_page(state, &page_of(token.id), Vec::new()));
    };
    let now = desk.now();
    let mut response = scripted_page(&TokenMadePage {
        frame: desk.frame(Section::Developers).await?,
        id: token.id.to_string(),
        description: present::description(&token),
        value: secret.expose().to_owned(),
        curl: present::curl(&token, secret.expose(), state),
        expires: Since::of(token.expires_at, now),
        is_revealable: desk.administrator.member.organization.reveal_policy == RevealPolicy::Always,
        rotation: rotation(&desk, &token).await?,
    })?;
    if response.add_cookie(&Jar::Shown.emptied(state)).is_err() {
        return Err(PageFault::Internal);
    }
    Ok(response)
}

/// What becomes of the token that this one succeeded.
async fn rotation(desk: &Desk, token: &AuthorizationToken) -> Result<Option<Rotation>, PageFault> {
    let Some(former) = token.rotated_from else {
        return Ok(None);
    };
    let former = desk.state.ports.tokens.find(token.organization, former).await?;
    let now = desk.now();
    let grace = former
        .filter(|former| former.own_standing(now).is_served())
        .and_then(|former| former.grace_until);
    Ok(Some(match grace {
        Some(until) => Rotation::Grace(Since::of(until, now)),
        None => Rotation::Over,
    }))
}
