//! An administrator's own account: their name, their password, their account at a sign-in provider.

use super::{Proving, ProvingFault, notices::notice, password_sign_in::account};
use crate::{
    activity::{About, Action},
    notice::NoticeSubject,
    password::Password,
    port::{
        Ports,
        administrators::{AdministratorRecord, ProofChange, ProofChanging},
        passwords::PasswordCheck,
    },
    service::{Fault, caller::SignedInAdministrator},
    sign_in_attempts::Attempt,
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

/// What became of a wish for another password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordChanging {
    /// The new one counts.
    Changed,
    /// The present one is another.
    WrongCurrent,
    /// The last attempt at it was not long enough ago.
    TooSoon {
        /// From when on one may be made.
        from: Timestamp,
    },
    /// They have none, and proved who they are too long ago.
    ProveFirst,
    /// What lets them in was changed meanwhile.
    Overtaken,
}

/// Puts another password in the place of theirs, which they give once more; whoever has none has to have signed in not
/// long ago. Every other session of theirs ends.
///
/// # Errors
/// Where nothing can be said.
pub async fn change_password(
    ports: &Ports,
    proving: Proving<'_>,
    administrator: &SignedInAdministrator,
    current: Option<Password>,
    password: Password,
) -> Result<PasswordChanging, ProvingFault> {
    let now = ports.clock.now();
    let who = &administrator.member.administrator;
    match &who.proofs.password {
        None if administrator.session.is_recent(now) => {}
        None => return Ok(PasswordChanging::ProveFirst),
        Some(kept) => {
            let account = account(ports, &who.mail);
            if let Attempt::TooSoon { from } = ports.attempts.begin(&account, now).await? {
                return Ok(PasswordChanging::TooSoon { from });
            }
            let Some(current) = current else {
                return Ok(PasswordChanging::WrongCurrent);
            };
            if proving.passwords.check(current, Some(kept.clone())).await? == PasswordCheck::Wrong {
                return Ok(PasswordChanging::WrongCurrent);
            }
            ports.attempts.clear(&account).await?;
        }
    }
    let hash = proving.passwords.hash(password).await?;
    let wanted = Changing {
        change: ProofChange::Password(hash),
        action: Action::PasswordChanged,
    };
    let changed = change(ports, administrator, wanted, ports.clock.now()).await?;
    Ok(match changed {
        ProofChanging::Changed => PasswordChanging::Changed,
        ProofChanging::Overtaken | ProofChanging::ProfileTaken => PasswordChanging::Overtaken,
    })
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
