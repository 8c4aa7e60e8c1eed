//! `POST …/badges/batch`: issues up to 1,000 credentials; a result per item, in order.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use serde_json::{Value, json};
use symbolon_domain::service::issue_credentials::{CredentialWish, IssueCredentials, Issued, MAX_BATCH};

use super::{issue::refusal, wish::wish};
use crate::{
    State, bearer::Authenticated, body::Body, envelope, error::ApiError, fields::Fields,
    present::BadgeObject, repeatable::repeatable,
};

/// A body that is no list, or too long a one, is refused as a whole; what is wrong with an item concerns it alone.
pub(crate) async fn batch(
    caller: Authenticated,
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, ApiError> {
    let mut body = Body::read_bulk(&request, payload).await?;
    let repeatable = repeatable(&request, &body, state.ports.vault.as_ref())?;
    let items = match body.fields.remove("badges") {
        Some(Value::Array(items)) if items.len() <= MAX_BATCH => items,
        _ => {
            return Err(ApiError::invalid(
                "badges",
                "must be a list of at most 1000 badges",
            ));
        }
    };
    let wishes: Vec<_> = items.into_iter().map(read).collect();

    // What cannot be read keeps its place in the answer, and takes none among the wishes.
    let (good, bad): (Vec<_>, Vec<_>) = wishes.into_iter().enumerate().partition(|(_, wish)| wish.is_ok());
    let (places, wishes): (Vec<_>, Vec<_>) = good
        .into_iter()
        .filter_map(|(place, wish)| Some((place, wish.ok()?)))
        .unzip();
    let issue = IssueCredentials {
        authority: caller.authority(),
        wishes,
        request: repeatable,
    };
    let outcomes = issue.run(&state.ports).await?;

    let refused = bad
        .into_iter()
        .filter_map(|(place, wish)| Some((place, error_object(&wish.err()?))));
    let mut results: Vec<(usize, Value)> = places
        .into_iter()
        .zip(&outcomes)
        .map(|(place, outcome)| (place, result(outcome, &state)))
        .chain(refused)
        .collect();
    results.sort_by_key(|(place, _)| *place);
    let issued = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Issued::Made(_)))
        .count();
    let results: Vec<_> = results.into_iter().map(|(_, result)| result).collect();
    let metadata = json!({
        "count": results.len(),
        "issued_count": issued,
        "refused_count": results.len() - issued,
    });
    envelope::several(&results, &metadata)
}

fn read(item: Value) -> Result<CredentialWish, ApiError> {
    match item {
        Value::Object(fields) => wish(Fields::new(fields)),
        _ => Err(ApiError::MalformedBody),
    }
}

fn result(outcome: &Issued, state: &State) -> Value {
    match outcome {
        Issued::Made(made) => json!({
            "status": 201,
            "badge": BadgeObject::new(&made.dossier, made.secret.as_ref(), &state.public_url),
        }),
        refused => error_object(&refusal(refused)),
    }
}

fn error_object(error: &ApiError) -> Value {
    error.item()
}
