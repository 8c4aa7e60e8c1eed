//! Signing in with an account at a sign-in provider.

use super::{
    ProvingFault,
    password_sign_in::{SigningIn, begin_after_proof},
    sessions::{Visit, begin},
};
use crate::{
    administrator_session::Stage, port::Ports, service::caller::SignedInAdministrator,
    social_profile::Connection,
};

/// Signs in whoever has connected this profile. [`SigningIn::Wrong`] where nobody has, or their organization is cancelled.
///
/// # Errors
/// Where nothing can be said.
pub async fn sign_in(
    ports: &Ports,
    connection: &Connection,
    visit: &Visit<'_>,
) -> Result<SigningIn, ProvingFault> {
    match ports.administrators.find_by_profile(&connection.profile).await? {
        Some(member) if member.organization.is_active() => begin_after_proof(ports, &member, visit).await,
        _ => Ok(SigningIn::Wrong),
    }
}

/// Proves again who is signed in: by the very profile that they have connected.
///
/// # Errors
/// Where nothing can be said.
pub async fn prove_again(
    ports: &Ports,
    administrator: &SignedInAdministrator,
    connection: &Connection,
    visit: &Visit<'_>,
) -> Result<SigningIn, ProvingFault> {
    let known = administrator.member.administrator.proofs.connection.as_ref();
    if known.is_none_or(|known| known.profile != connection.profile) {
        return Ok(SigningIn::Wrong);
    }
    let now = ports.clock.now();
    let begun = begin(ports, &administrator.member, Stage::Full, visit, now).await?;
    Ok(begun.map_or(SigningIn::Wrong, SigningIn::SignedIn))
}
