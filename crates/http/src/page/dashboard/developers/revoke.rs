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

use super::{named, page_after, page_of, present};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        respond::{page, see_page},
    },
    view::dashboard::{Outcome, QuestionField, QuestionPage, Section},
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
    let base = desk.state.public_url.base();
    let mut consequences = vec![
        "Every request that shows it is refused from now on, on every instance. It cannot be brought back.".to_owned(),
    ];
    consequences.push(match token.last_used_at {
        Some(at) => format!("It was last used on {}.", present::exact(at)),
        None => "It was never used.".to_owned(),
    });
    let fields = match served {
        0 => Vec::new(),
        count => vec![QuestionField::Check {
            name: "descendants",
            label: match count {
                1 => "Also revoke the 1 live token that was made with it".to_owned(),
                _ => format!("Also revoke the {count} live tokens that were made with it"),
            },
            is_set: false,
        }],
    };
    page(&QuestionPage {
        frame: desk.frame(Section::Developers).await?,
        title: format!("Revoke the authorization token {}?", present::called(&token)),
        consequences,
        fields,
        verb: "Revoke token".into(),
        action: format!("{base}{}/revoke", page_of(token.id)),
        cancel: format!("{base}{}", page_of(token.id)),
        is_danger: true,
    })
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
            TreeRevocation::Overtaken => return Err(PageFault::Busy),
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
