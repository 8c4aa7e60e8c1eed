//! `POST …/badges/{id}/email`: mails the same link again.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use symbolon_domain::{port::outbox::Resending, service::mail_again::MailAgain};

use super::badge_id;
use crate::{State, bearer::Authenticated, envelope, error::ApiError, present::BadgeObject};

pub(crate) async fn email(
    caller: Authenticated,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let recipient = badge_id(&path.1)?;
    let authority = caller.authority();
    match (MailAgain { authority, recipient }).run(&state.ports).await? {
        Resending::Queued | Resending::AlreadyWaiting => {}
        Resending::TooSoon { from } => {
            let millis = from
                .as_millis()
                .saturating_sub(state.ports.clock.now().as_millis());
            return Err(ApiError::MailedNotLongAgo {
                seconds: millis.saturating_add(999).div_euclid(1_000).max(1),
            });
        }
        Resending::Moot => return Err(ApiError::LinkUseless),
        Resending::Overtaken => return Err(ApiError::Overtaken),
        Resending::Absent => return Err(ApiError::NotFound),
    }
    let organization = authority.organization().id;
    let found = state.ports.recipients.find(organization, recipient).await?;
    let dossier = found.ok_or(ApiError::NotFound)?;
    let object = BadgeObject::new(&dossier, None, &state.public_url);
    envelope::single(StatusCode::ACCEPTED, object)
}
