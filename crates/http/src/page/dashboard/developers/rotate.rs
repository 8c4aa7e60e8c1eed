//! `/dashboard/developers/{id}/rotate`: puts a successor in a token's place.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{
    authorization_token::{Grace, Standing},
    service::rotate_token::RotateTokenById,
    text::Description,
};

use super::{made, named, page_after, present};
use crate::{
    page::{
        dashboard::{desk::Desk, typed::Typed},
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{Outcome, QuestionPage, Section},
};

pub(crate) async fn ask(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let token = named(&desk, &path).await?;
    if token.own_standing(desk.now()) != Standing::Live {
        let to = page_after(token.id, Outcome::TokenAlreadyClosed);
        return Ok(see_page(&desk.state, &to, Vec::new()));
    }
    let description = present::description(&token);
    let frame = desk.frame(Section::Developers).await?;
    scripted_page(&QuestionPage::rotate_token(
        frame,
        &token.id.to_string(),
        description.as_deref(),
    ))
}

pub(crate) async fn rotate(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let token = named(&desk, &path).await?;
    let typed = Typed::optional(&form, "description", Description::parse);
    let seconds = form.text("grace_seconds").unwrap_or("0");
    let grace = seconds
        .parse()
        .ok()
        .and_then(|seconds| Grace::from_seconds(seconds).ok());
    let (Some(description), Some(grace)) = (typed.value, grace) else {
        return Err(PageFault::BadForm);
    };
    let rotating = RotateTokenById {
        authority: desk.authority(),
        id: token.id,
        description,
        grace,
    };
    match rotating.run(&desk.state.ports).await? {
        Some(Ok(made)) => made::lead_to(&desk, &made),
        Some(Err(_)) => {
            let to = page_after(token.id, Outcome::TokenAlreadyClosed);
            Ok(see_page(&desk.state, &to, Vec::new()))
        }
        None => Err(PageFault::NotFound),
    }
}
