//! Seeing a credential: as its holder, or as anybody who verifies it.

use super::Fault;
use crate::{
    access_token::{Dossier, Verification, ViewStanding},
    id::RecipientId,
    page::{Page, PageRequest},
    port::Ports,
    social_profile::SocialProfile,
};

/// The holder's view of a credential. The store is asked every time: after a reset the former holder sees nothing.
///
/// # Errors
/// Where nothing can be said.
pub async fn view_credential(
    ports: &Ports,
    id: RecipientId,
    profile: &SocialProfile,
) -> Result<Option<(Dossier, ViewStanding)>, Fault> {
    let found = ports.recipients.find_by_id(id).await?;
    Ok(found.and_then(|dossier| match dossier.view_by(profile) {
        // What is not yours cannot be told from what is not there.
        ViewStanding::NotYours => None,
        standing => Some((dossier, standing)),
    }))
}

/// All that a profile holds, newest first, of all issuers.
///
/// # Errors
/// Where nothing can be said.
pub async fn list_holdings(
    ports: &Ports,
    profile: &SocialProfile,
    page: PageRequest,
) -> Result<Page<Dossier>, Fault> {
    Ok(ports.recipients.held_by(profile, page).await?)
}

/// What everybody may know of a credential; `None` where it was never claimed, was deleted, or never was.
///
/// # Errors
/// Where nothing can be said.
pub async fn verify_credential(
    ports: &Ports,
    id: RecipientId,
) -> Result<Option<(Dossier, Verification)>, Fault> {
    let now = ports.clock.now();
    let found = ports.recipients.find_by_id(id).await?;
    Ok(found.and_then(|dossier| match dossier.verification(now) {
        Verification::NotPublic => None,
        verification => Some((dossier, verification)),
    }))
}
