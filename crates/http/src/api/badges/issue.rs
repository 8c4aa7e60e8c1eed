//! `POST …/badges`: issues a credential.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use symbolon_domain::service::issue_credentials::{IssueCredentials, IssueCredentialsError, Issued};

use super::{hand_over, wish::wish};
use crate::{
    State, bearer::Authenticated, body::Body, error::ApiError, fields::Fields, repeatable::repeatable,
};

pub(crate) async fn issue(
    caller: Authenticated,
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let body = Body::read(&request, payload).await?;
    let repeatable = repeatable(&request, &body, state.ports.vault.as_ref())?;
    let issue = IssueCredentials {
        authority: caller.authority(),
        wishes: vec![wish(Fields::new(body.fields))?],
        request: repeatable,
    };
    let outcome = issue.run(&state.ports).await?.pop().ok_or(ApiError::Internal)?;
    match outcome {
        Issued::Made(made) => hand_over(StatusCode::CREATED, &made, &state),
        refused => Err(refusal(&refused)),
    }
}

/// Why a credential was not issued.
pub(super) fn refusal(outcome: &Issued) -> ApiError {
    match outcome {
        Issued::Made(_) => ApiError::Internal,
        Issued::Duplicate => ApiError::AlreadyIssued,
        Issued::TemplateAbsent => {
            ApiError::invalid("badge_template_id", "must be the id of a badge template of yours")
        }
        Issued::ExpiryNotAfterIssue => ApiError::invalid("expires_at", "must be after issued_at"),
    }
}

impl From<IssueCredentialsError> for ApiError {
    fn from(error: IssueCredentialsError) -> Self {
        match error {
            IssueCredentialsError::KeyTaken => Self::IdempotencyKeyTaken,
            IssueCredentialsError::OrganizationCancelled => Self::Unauthorized,
            IssueCredentialsError::Fault(fault) => fault.into(),
        }
    }
}
