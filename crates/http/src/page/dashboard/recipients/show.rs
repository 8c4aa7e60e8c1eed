//! `GET /dashboard/recipients/{id}`: one recipient, and the picture of their credential.

use actix_web::{HttpResponse, web::Path};
use symbolon_domain::{access_token::Dossier, administrator::Right, secret::AccessSecret};

use super::{
    named,
    present::{self, Mails},
    timeline::timeline,
};
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        picture::{self, Format},
        provider_name,
        respond::scripted_page,
    },
    view::{
        Profile,
        dashboard::{Key, RecipientPage, ResetRequest, Section, Since},
    },
};

pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let dossier = named(&desk, &path).await?;
    recipient_page(&desk, &dossier, None).await
}

/// How their credential looks.
pub(crate) async fn image(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let dossier = named(&desk, &path).await?;
    picture::answer(desk.request(), &dossier, Format::Svg, &desk.state).await
}

/// The page of a recipient, with the value of their access token where that is shown.
pub(super) async fn recipient_page(
    desk: &Desk,
    dossier: &Dossier,
    secret: Option<&AccessSecret>,
) -> Result<HttpResponse, PageFault> {
    let state = &desk.state;
    let id = dossier.recipient.id;
    let mails = Mails::of(state.ports.outbox.about(dossier.organization.id, &[id]).await?);
    let key = match secret {
        Some(secret) => Key::Shown {
            token: secret.expose().to_owned(),
            link: state.public_url.link(secret),
        },
        None if desk.may(Right::Reveal) => Key::Hidden,
        None => Key::NotForYou,
    };
    let now = desk.now();
    scripted_page(&RecipientPage {
        frame: desk.frame(Section::Recipients).await?,
        recipient: present::recipient(state, dossier, &mails),
        request: dossier.token.reset_request.as_ref().map(|request| ResetRequest {
            at: Since::of(request.at, now),
            at_millis: request.at.as_millis(),
            by: request.by.as_ref().map(|(provider, hint)| Profile {
                provider: provider_name(state, provider),
                hint: hint.to_string(),
            }),
        }),
        key,
        timeline: timeline(desk, dossier, mails.about(id)).await?,
        may_act: desk.may(Right::Work),
    })
}
