//! `GET /dashboard/templates/preview` and `…/preview.svg`: how a credential will look, while its template is being written.

use actix_web::{HttpResponse, web::Query};
use askama::Template as _;
use serde::Deserialize;
use symbolon_domain::{
    access_token::{AccessToken, Dossier},
    id::{AccessTokenId, ID_ENTROPY, RecipientId, TemplateId},
    recipient::{Locale, Recipient},
    sealed::{KeyId, TokenDigest},
    template::{Template, Validity},
    text::{MailAddress, PersonName, TemplateDescription, TemplateName},
    time::Timestamp,
};

use super::wish;
use crate::{
    page::{
        dashboard::desk::Desk,
        fault::PageFault,
        picture::{self, Format},
    },
    view::dashboard::TemplatePreview,
};

/// What the form says, as far as it was typed.
#[derive(Deserialize, Default)]
pub(crate) struct Draft {
    kind: Option<String>,
    name: Option<String>,
    description: Option<String>,
    validity_days: Option<String>,
}

/// The part of the page that htmx puts in the place of the former one.
pub(crate) async fn part(desk: Desk, draft: Query<Draft>) -> Result<HttpResponse, PageFault> {
    let Draft {
        kind,
        name,
        description,
        validity_days,
    } = draft.into_inner();
    let preview = TemplatePreview {
        base: desk.state.public_url.base().to_owned(),
        kind: wish::shown_kind(wish::kind(kind.as_deref())),
        name: name.unwrap_or_default(),
        description: description.unwrap_or_default(),
        validity_days: validity_days.unwrap_or_default(),
    };
    let html = preview.render().map_err(|error| {
        tracing::error!(%error, "a preview cannot be rendered");
        PageFault::Internal
    })?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(html))
}

/// The picture in it.
pub(crate) async fn picture(desk: Desk, draft: Query<Draft>) -> Result<HttpResponse, PageFault> {
    let name = draft.name.as_deref().unwrap_or_default();
    let description = draft.description.as_deref().unwrap_or_default();
    let days = draft
        .validity_days
        .as_deref()
        .and_then(|text| text.trim().parse().ok());
    let nameless = TemplateName::parse("–").map_err(|_| PageFault::Internal)?;
    let template = Template {
        id: TemplateId::fresh(Timestamp::from_millis(0), [0; ID_ENTROPY]),
        organization: desk.administrator.member.organization.id,
        kind: wish::kind(draft.kind.as_deref()),
        name: TemplateName::parse(name).unwrap_or(nameless),
        description: TemplateDescription::parse(description).ok(),
        validity: days.and_then(|days| Validity::from_days(days).ok()),
        created_at: desk.now(),
        paused_at: None,
    };
    picture_of(&desk, &template).await
}

/// The picture of a credential on this template, for somebody made up. Nothing of it is kept anywhere.
pub(super) async fn picture_of(desk: &Desk, template: &Template) -> Result<HttpResponse, PageFault> {
    let dossier = made_up(desk, template).ok_or(PageFault::Internal)?;
    picture::answer(desk.request(), &dossier, Format::Svg, &desk.state).await
}

fn made_up(desk: &Desk, template: &Template) -> Option<Dossier> {
    let (now, epoch, nobody) = (desk.now(), Timestamp::from_millis(0), [0; ID_ENTROPY]);
    let organization = desk.administrator.member.organization.clone();
    let recipient = Recipient {
        id: RecipientId::fresh(epoch, nobody),
        organization: organization.id,
        template: template.id,
        first_name: PersonName::parse("Ada").ok()?,
        last_name: Some(PersonName::parse("Lovelace").ok()?),
        mail: MailAddress::parse("ada@example.org").ok()?,
        locale: Locale::English,
        external_id: None,
        is_test: true,
        created_at: now,
        issued_at: now,
        expires_at: template.validity.map(|validity| validity.expiry_from(now)),
        first_claimed_at: None,
        revocation: None,
    };
    let token = AccessToken {
        id: AccessTokenId::fresh(epoch, nobody),
        recipient: recipient.id,
        organization: organization.id,
        digest: TokenDigest {
            pepper: KeyId::parse("preview0")?,
            bytes: [0; 32],
        },
        sealed: None,
        generation: 0,
        created_at: now,
        binding: None,
        revoked_at: None,
        replaced_at: None,
        reset_request: None,
        first_opened_at: None,
        opens: 0,
    };
    Some(Dossier {
        organization,
        template: template.clone(),
        recipient,
        token,
        mail: None,
    })
}
