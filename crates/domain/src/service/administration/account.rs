//! An administrator's own account: their name, their password, their account at a sign-in provider.

use super::{Proving, ProvingFault, notices::notice};
use crate::{
    activity::{About, Action},
    notice::NoticeSubject,
    password::Password,
    port::{
        Ports,
        administrators::{AdministratorRecord, ProofChange, ProofChanging},
    },
    service::{Fault, caller::SignedInAdministrator},
    social_profile::Connection,
    text::PersonName,
    time::Timestamp,
};

/// Sets what whoever is signed in is called.
///
/// # Errors
/// Where nothing can be said.
pub async fn rename(
    ports: &Ports,
    administrator: &SignedInAdministrator,
    name: &PersonName,
) -> Result<(), Fault> {
    Ok(ports.administrators.rename(administrator.id(), name).await?)
}

/// Puts another password in the place of theirs. Every other session of theirs ends.
///
/// # Errors
/// Where nothing can be said.
pub async fn change_password(
    ports: &Ports,
    proving: Proving<'_>,
    administrator: &SignedInAdministrator,
    password: Password,
) -> Result<ProofChanging, ProvingFault> {
    let hash = proving.passwords.hash(password).await?;
    let wanted = Changing {
        change: ProofChange::Password(hash),
        action: Action::PasswordChanged,
    };
    Ok(change(ports, administrator, wanted, ports.clock.now()).await?)
}

/// Connects an account at a sign-in provider, which vouched for them just now, or disconnects it. Whoever has no
/// password cannot disconnect it: they would be locked out.
///
/// # Errors
/// Where nothing can be said.
pub async fn connect(
    ports: &Ports,
    administrator: &SignedInAdministrator,
    connection: Option<&Connection>,
) -> Result<ProofChanging, Fault> {
    let has_password = administrator.member.administrator.proofs.password.is_some();
    let action = match connection {
        Some(_) => Action::AccountConnected,
        None if has_password => Action::AccountDisconnected,
        None => return Ok(ProofChanging::Overtaken),
    };
    let wanted = Changing {
        change: ProofChange::Connection(connection.cloned()),
        action,
    };
    change(ports, administrator, wanted, ports.clock.now()).await
}

/// A change of proofs, and what the activity log calls it.
pub(super) struct Changing {
    pub(super) change: ProofChange,
    pub(super) action: Action,
}

/// Changes what lets whoever is signed in in, and tells them by mail.
pub(super) async fn change(
    ports: &Ports,
    administrator: &SignedInAdministrator,
    wanted: Changing,
    now: Timestamp,
) -> Result<ProofChanging, Fault> {
    let id = administrator.id();
    let organization = administrator.member.organization.id;
    let entry = administrator.entry(ports, wanted.action, About::administrator(id), now)?;
    let notice = notice(ports, organization, Some(id), NoticeSubject::ProofsChanged, now)?;
    let record = AdministratorRecord {
        entry: &entry,
        notice: Some(&notice),
    };
    let generation = administrator.member.administrator.proofs.generation;
    let keep = Some(&administrator.session.digest);
    Ok(ports
        .administrators
        .change_proof(id, generation, &wanted.change, keep, record)
        .await?)
}
