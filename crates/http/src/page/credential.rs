//! `GET /credentials/{id}`: a credential as its holder sees it, and its pictures to take away.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use symbolon_domain::{
    access_token::{Dossier, Refusal, ViewStanding},
    id::RecipientId,
    service::view_credential::view_credential,
};

use super::{
    fault::PageFault,
    picture::{self, Format},
    present, profile,
    respond::{page, see_page},
    visitor::Visitor,
};
use crate::{
    State,
    view::{ClosedLinkPage, CredentialPage, Moment, paths},
};

pub(crate) async fn show(
    state: Data<State>,
    path: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, PageFault> {
    let mut visitor = Visitor::of(&request, &state).await?;
    let Some((dossier, standing)) = held(&visitor, &path, &state).await? else {
        return match visitor.connection() {
            None => Ok(see_page(&state, paths::CREDENTIALS, Vec::new())),
            Some(_) => Err(PageFault::NotFound),
        };
    };
    visitor.speak_as(dossier.recipient.locale);
    let refusal = match standing {
        ViewStanding::Holder => {
            let just_claimed = request.query_string() == "claimed";
            return page(&own(&visitor, &dossier, just_claimed, &state)?);
        }
        ViewStanding::Paused => Refusal::TemplatePaused,
        ViewStanding::OrganizationCancelled => Refusal::OrganizationCancelled,
        ViewStanding::NotYours => return Err(PageFault::NotFound),
    };
    let reason = present::closed(&dossier, &refusal).ok_or(PageFault::Internal)?;
    page(&ClosedLinkPage {
        frame: visitor.frame(&state),
        reason,
    })
}

/// `image.svg`, `image.png`, `image.pdf`, or `qr.svg`.
pub(crate) async fn file(
    state: Data<State>,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, PageFault> {
    let visitor = Visitor::of(&request, &state).await?;
    let format = Format::of_file(&path.1).ok_or(PageFault::NotFound)?;
    match held(&visitor, &path.0, &state).await? {
        Some((dossier, ViewStanding::Holder)) => picture::answer(&request, &dossier, format, &state).await,
        _ => Err(PageFault::NotFound),
    }
}

/// The credential, if this visitor holds it.
async fn held(
    visitor: &Visitor,
    id: &str,
    state: &State,
) -> Result<Option<(Dossier, ViewStanding)>, PageFault> {
    let Some(connection) = visitor.connection() else {
        return Ok(None);
    };
    let id = RecipientId::parse(id).ok_or(PageFault::NotFound)?;
    Ok(view_credential(&state.ports, id, &connection.profile).await?)
}

fn own(
    visitor: &Visitor,
    dossier: &Dossier,
    just_claimed: bool,
    state: &State,
) -> Result<CredentialPage, PageFault> {
    let recipient = &dossier.recipient;
    let binding = dossier.token.binding.as_ref().ok_or(PageFault::NotFound)?;
    Ok(CredentialPage {
        frame: visitor.frame(state),
        id: recipient.id.to_string(),
        kind: present::kind(dossier.template.kind),
        title: dossier.template.name.to_string(),
        description: dossier.template.description.as_ref().map(ToString::to_string),
        holder: recipient.name(),
        issuer: present::issuer(&dossier.organization),
        issued_at: Moment::of(recipient.issued_at),
        expires_at: recipient.expires_at.map(Moment::of),
        standing: present::standing(dossier, state.ports.clock.now()),
        verify_url: picture::verify_url(dossier, state),
        bound_to: profile(state, &binding.connection),
        bound_at: Moment::of(binding.bound_at),
        just_claimed,
    })
}
