//! `POST …/badge_templates`: makes a template.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use symbolon_domain::{service::create_template::CreateTemplate, template::TemplateKind, text::TemplateName};

use super::{description, validity};
use crate::{
    State,
    bearer::Authenticated,
    body::Body,
    envelope,
    error::ApiError,
    fields::{Fields, MISSING},
    present::BadgeTemplateObject,
};

pub(crate) async fn create(
    caller: Authenticated,
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let body = Body::read(&request, payload).await?;
    let mut fields = Fields::new(body.fields);
    let name = fields.needed("name", TemplateName::parse);
    let kind = fields.text("kind", kind);
    let description = fields.text("description", description).flatten();
    let validity = fields.whole("valid_for_days", validity).flatten();
    let Some(name) = fields.finish_with(name)? else {
        return Err(ApiError::invalid("name", MISSING));
    };

    let made = CreateTemplate {
        authority: caller.authority(),
        kind: kind.unwrap_or(TemplateKind::Badge),
        name,
        description,
        validity,
    };
    // An organization that was cancelled meanwhile has no good tokens, this request's included.
    let template = made.run(&state.ports).await?.ok_or(ApiError::Unauthorized)?;
    envelope::single(StatusCode::CREATED, BadgeTemplateObject::new(&template))
}

fn kind(text: &str) -> Result<TemplateKind, &'static str> {
    TemplateKind::parse(text).ok_or("must be badge or certificate")
}
