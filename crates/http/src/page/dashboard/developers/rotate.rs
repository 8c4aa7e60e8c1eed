//! `/dashboard/developers/{id}/rotate`: puts a successor in a token's place.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{
    authorization_token::{AuthorizationToken, Grace, Standing},
    service::rotate_token::RotateTokenById,
    text::Description,
};

use super::{made, named, page_after, page_of, present};
use crate::{
    page::{
        dashboard::{desk::Desk, typed::Typed},
        fault::PageFault,
        respond::{page, see_page},
    },
    view::dashboard::{Field, Outcome, QuestionField, QuestionPage, Section},
};

/// The overlaps that are offered, in seconds.
const OVERLAPS: [(&str, &str); 3] = [
    ("0", "None: the old token stops at once"),
    ("3600", "1 hour"),
    ("86400", "24 hours"),
];

pub(crate) async fn ask(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let token = named(&desk, &path).await?;
    if token.own_standing(desk.now()) != Standing::Live {
        let to = page_after(token.id, Outcome::TokenAlreadyClosed);
        return Ok(see_page(&desk.state, &to, Vec::new()));
    }
    question(&desk, &token, Field::default(), "0").await
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
        return question(&desk, &token, typed.field, "0").await;
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

async fn question(
    desk: &Desk,
    token: &AuthorizationToken,
    description: Field,
    seconds: &str,
) -> Result<HttpResponse, PageFault> {
    let base = desk.state.public_url.base();
    page(&QuestionPage {
        frame: desk.frame(Section::Developers).await?,
        title: format!("Rotate the authorization token {}?", present::called(token)),
        consequences: vec![
            "A new token takes its place, with the same permissions and 180 new days. You see its value on the next page.".into(),
            "The old one stops working, at once or after the overlap you choose: every program that uses it needs the new one.".into(),
        ],
        fields: vec![
            QuestionField::Text {
                name: "description",
                label: "Description of the new token".into(),
                help: "Leave it empty to keep the present one.".into(),
                field: description,
                is_required: false,
            },
            QuestionField::Choice {
                name: "grace_seconds",
                label: "Overlap".into(),
                help: "How long the old token still works. It never outlives its own expiry.".into(),
                options: OVERLAPS
                    .map(|(seconds, label)| (seconds.to_owned(), label.to_owned()))
                    .into(),
                chosen: seconds.to_owned(),
            },
        ],
        verb: "Rotate token".into(),
        action: format!("{base}{}/rotate", page_of(token.id)),
        cancel: format!("{base}{}", page_of(token.id)),
        is_danger: false,
    })
}
