//! Flaws in changing proofs, and names.

use symbolon_domain::{
    activity::Action,
    id::AdministratorId,
    password::PasswordHash,
    port::{
        StoreError,
        administrator_sessions::AdministratorSessions,
        administrators::{AdministratorRecord, Administrators, ProofChange, ProofChanging},
    },
    sealed::TokenDigest,
    text::PersonName,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksAdministrators, meanwhile},
    roster::{revive, uninvited, whoever},
};

/// The generation that somebody's proofs are of.
async fn generation_of(store: &MemoryStore, id: AdministratorId) -> Answer<Option<u32>> {
    let found = whoever(store, id).await?;
    Ok(found.map(|found| found.proofs.generation))
}

/// Changes whatever proofs there are.
pub(crate) struct GenerationIgnored;

impl BreaksAdministrators for GenerationIgnored {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        let current = generation_of(store, id).await?.unwrap_or(generation);
        Administrators::change_proof(store, id, current, change, keep, record).await
    }
}

/// Looks of which generation proofs are, and changes them in another step.
pub(crate) struct GenerationLookedAtBefore;

impl BreaksAdministrators for GenerationLookedAtBefore {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        if generation_of(store, id).await? != Some(generation) {
            return Ok(ProofChanging::Overtaken);
        }
        meanwhile().await;
        let current = generation_of(store, id).await?.unwrap_or(generation);
        Administrators::change_proof(store, id, current, change, keep, record).await
    }
}

/// Lets other sessions go on.
pub(crate) struct SessionsOutliveAChange;

impl BreaksAdministrators for SessionsOutliveAChange {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        let sessions = AdministratorSessions::of(store, id).await?;
        let changing = Administrators::change_proof(store, id, generation, change, keep, record).await?;
        revive(store, &sessions).await?;
        Ok(changing)
    }
}

/// Ends every session, also the one to keep.
pub(crate) struct KeepsNoSession;

impl BreaksAdministrators for KeepsNoSession {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        _: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        Administrators::change_proof(store, id, generation, change, None, record).await
    }
}

/// Tells nobody that proofs were changed.
pub(crate) struct ChangeUntold;

impl BreaksAdministrators for ChangeUntold {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        let untold = AdministratorRecord {
            notice: None,
            ..record
        };
        Administrators::change_proof(store, id, generation, change, keep, untold).await
    }
}

/// Writes, for each flaw, how it takes the answer to a change of proofs.
macro_rules! misjudges {
    ($($(#[$doc:meta])* $flaw:ident: $change:pat, $from:ident => $to:ident;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAdministrators for $flaw {
            async fn change_proof(
                store: &MemoryStore,
                id: AdministratorId,
                generation: u32,
                change: &ProofChange,
                keep: Option<&TokenDigest>,
                record: AdministratorRecord<'_>,
            ) -> Answer<ProofChanging> {
                let changing =
                    Administrators::change_proof(store, id, generation, change, keep, record).await?;
                Ok(match (change, changing) {
                    ($change, ProofChanging::$from) => ProofChanging::$to,
                    (_, other) => other,
                })
            }
        }
    )*};
}

misjudges! {
    /// Connects a profile whoever has it.
    TakenAccountConnected: _, ProfileTaken => Changed;
    /// Says of a profile that somebody has what a change says that came too late.
    TakenAccountIsOvertaken: _, ProfileTaken => Overtaken;
    /// Keeps recovery codes of nothing.
    CodesWithoutAFactor: ProofChange::RecoveryCodes(_), Overtaken => Changed;
}

/// Finds that somebody has the profile, whoever that is and whatever happened meanwhile.
pub(crate) struct OwnAccountIsTaken;

impl BreaksAdministrators for OwnAccountIsTaken {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        if let ProofChange::Connection(Some(connection)) = change
            && Administrators::find_by_profile(store, &connection.profile)
                .await?
                .is_some()
        {
            return Ok(ProofChanging::ProfileTaken);
        }
        Administrators::change_proof(store, id, generation, change, keep, record).await
    }
}

/// Looks whether a profile is free, and connects it in another step.
pub(crate) struct AccountLookedAtBefore;

impl BreaksAdministrators for AccountLookedAtBefore {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        if let ProofChange::Connection(Some(connection)) = change {
            let holder = Administrators::find_by_profile(store, &connection.profile).await?;
            if holder.is_none() {
                meanwhile().await;
                Administrators::change_proof(store, id, generation, change, keep, record).await?;
                return Ok(ProofChanging::Changed);
            }
        }
        Administrators::change_proof(store, id, generation, change, keep, record).await
    }
}

/// Takes a connected account away with a second factor.
pub(crate) struct FactorTakesTheAccount;

impl BreaksAdministrators for FactorTakesTheAccount {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        if matches!(change, ProofChange::SecondFactor(None)) {
            let none = ProofChange::Connection(None);
            Administrators::change_proof(store, id, generation, &none, keep, record).await?;
            let generation = generation.saturating_add(1);
            return Administrators::change_proof(store, id, generation, change, keep, record).await;
        }
        Administrators::change_proof(store, id, generation, change, keep, record).await
    }
}

/// Takes a stronger hash for another password.
pub(crate) struct RehashIsAChange;

impl BreaksAdministrators for RehashIsAChange {
    async fn rehash(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        hash: &PasswordHash,
    ) -> Answer<()> {
        if let Some(administrator) = whoever(store, id).await? {
            let entry = uninvited(administrator.organization, Action::PasswordChanged);
            let record = AdministratorRecord {
                entry: &entry,
                notice: None,
            };
            let change = ProofChange::Password(hash.clone());
            Administrators::change_proof(store, id, generation, &change, None, record).await?;
        }
        Ok(())
    }
}

/// Puts a hash in the place of whatever there is.
pub(crate) struct RehashesWhateverThereIs;

impl BreaksAdministrators for RehashesWhateverThereIs {
    async fn rehash(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        hash: &PasswordHash,
    ) -> Answer<()> {
        let current = generation_of(store, id).await?.unwrap_or(generation);
        Administrators::rehash(store, id, current, hash).await
    }
}

/// Looks of which generation a password is, and puts its hash there in another step.
pub(crate) struct RehashedInTwoSteps;

impl BreaksAdministrators for RehashedInTwoSteps {
    async fn rehash(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        hash: &PasswordHash,
    ) -> Answer<()> {
        if generation_of(store, id).await? != Some(generation) {
            return Ok(());
        }
        meanwhile().await;
        let current = generation_of(store, id).await?.unwrap_or(generation);
        Administrators::rehash(store, id, current, hash).await
    }
}

/// Fails where nobody is there to be called something.
pub(crate) struct UnknownNameIsAnError;

impl BreaksAdministrators for UnknownNameIsAnError {
    async fn rename(store: &MemoryStore, id: AdministratorId, name: &PersonName) -> Answer<()> {
        if whoever(store, id).await?.is_none() {
            return Err(StoreError::new("no row was updated"));
        }
        Administrators::rename(store, id, name).await
    }
}

/// Ends sessions with a name.
pub(crate) struct RenamingSignsOut;

impl BreaksAdministrators for RenamingSignsOut {
    async fn rename(store: &MemoryStore, id: AdministratorId, name: &PersonName) -> Answer<()> {
        for session in AdministratorSessions::of(store, id).await? {
            AdministratorSessions::end(store, &session.digest).await?;
        }
        Administrators::rename(store, id, name).await
    }
}

/// Keeps no step before the first.
pub(crate) struct StepBeforeTheFirst;

impl BreaksAdministrators for StepBeforeTheFirst {
    async fn change_proof(
        store: &MemoryStore,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Answer<ProofChanging> {
        let mut forgetful = change.clone();
        if let ProofChange::SecondFactor(Some((factor, _))) = &mut forgetful {
            factor.last_step = factor.last_step.max(0);
        }
        Administrators::change_proof(store, id, generation, &forgetful, keep, record).await
    }
}
