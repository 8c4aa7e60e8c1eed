//! `POST /dashboard/developers/{id}/describe`: what a token is for.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{
    port::authorization_tokens::TokenChange, service::describe_token::DescribeToken, text::Description,
};

use super::{named, page_after, show::token_page};
use crate::{
    page::{
        dashboard::{desk::Desk, typed::Typed},
        fault::PageFault,
        respond::see_page,
    },
    view::dashboard::Outcome,
};

pub(crate) async fn describe(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let token = named(&desk, &path).await?;
    let typed = Typed::optional(&form, "description", Description::parse);
    let Some(description) = typed.value else {
        return token_page(&desk, &token, None, Some(typed.field)).await;
    };
    let describing = DescribeToken {
        authority: desk.authority(),
        id: token.id,
        description,
    };
    let outcome = match describing.run(&desk.state.ports).await? {
        TokenChange::Changed => Outcome::TokenDescribed,
        TokenChange::Refused(_) => Outcome::TokenAlreadyClosed,
        TokenChange::Absent => return Err(PageFault::NotFound),
    };
    Ok(see_page(&desk.state, &page_after(token.id, outcome), Vec::new()))
}
