//! `PUT …/badge_templates/{id}`, and its `/pause` and `/resume`: changes a template.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Payload},
};
use symbolon_domain::{
    id::TemplateId,
    port::templates::TemplateChange,
    service::change_template::{ChangeTemplate, TemplateAct},
    template::TemplateEdit,
    text::TemplateName,
};

use super::{description, show_now, template_id, validity};
use crate::{State, bearer::Authenticated, body::Body, error::ApiError, fields::Fields};

/// What is not given stays; a blank description, and a validity of 0 days, take it away. The kind is fixed.
pub(crate) async fn edit(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let id = template_id(&path.1)?;
    let body = Body::read(&request, payload).await?;
    let mut fields = Fields::new(body.fields);
    let edit = TemplateEdit {
        name: fields.text("name", TemplateName::parse),
        description: fields.text("description", description),
        validity: fields.whole("valid_for_days", validity),
    };
    fields.finish()?;
    change(&caller, &state, id, TemplateAct::Edit(edit)).await
}

pub(crate) async fn pause(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    change(&caller, &state, template_id(&path.1)?, TemplateAct::Pause).await
}

pub(crate) async fn resume(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    change(&caller, &state, template_id(&path.1)?, TemplateAct::Resume).await
}

/// A template that is so already is as was asked for: a repeated request gets the same answer.
async fn change(
    caller: &Authenticated,
    state: &State,
    id: TemplateId,
    act: TemplateAct,
) -> Result<HttpResponse, ApiError> {
    let authority = caller.authority();
    match (ChangeTemplate { authority, id, act }).run(&state.ports).await? {
        TemplateChange::Changed | TemplateChange::Unchanged => {
            show_now(authority.organization().id, id, state).await
        }
        TemplateChange::Absent => Err(ApiError::NotFound),
    }
}
