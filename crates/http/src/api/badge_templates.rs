//! Templates: what the API calls badge templates, also where they are certificates.

pub(super) mod change;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod show;

use actix_web::{HttpResponse, http::StatusCode};
use symbolon_domain::{
    id::{OrganizationId, TemplateId},
    template::{Validity, ValidityError},
    text::{TemplateDescription, TextError},
};

use crate::{State, envelope, error::ApiError, present::BadgeTemplateObject};

/// The id in a path; what is not an id names nothing.
fn template_id(text: &str) -> Result<TemplateId, ApiError> {
    TemplateId::parse(text).ok_or(ApiError::NotFound)
}

/// A description, where a blank one counts as none.
fn description(text: &str) -> Result<Option<TemplateDescription>, TextError> {
    match TemplateDescription::parse(text) {
        Ok(description) => Ok(Some(description)),
        Err(TextError::Empty) => Ok(None),
        Err(error) => Err(error),
    }
}

/// How long credentials are valid; 0 for ever.
fn validity(days: i64) -> Result<Option<Validity>, ValidityError> {
    match days {
        0 => Ok(None),
        days => Validity::from_days(days).map(Some),
    }
}

/// The answer that shows a template as it is now.
async fn show_now(
    organization: OrganizationId,
    id: TemplateId,
    state: &State,
) -> Result<HttpResponse, ApiError> {
    let found = state.ports.templates.find(organization, id).await?;
    let template = found.ok_or(ApiError::NotFound)?;
    envelope::single(StatusCode::OK, BadgeTemplateObject::new(&template))
}
