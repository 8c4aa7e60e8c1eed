//! Flaws in taking codes of the second factor.

use std::sync::atomic::{AtomicBool, Ordering};

use symbolon_domain::{
    activity::{About, Action, ActivityEntry},
    id::AdministratorId,
    port::{
        activity::ActivityLog,
        administrators::{AdministratorRecord, Administrators, ProofChange},
    },
    sealed::{KeyId, TokenDigest},
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksAdministrators, meanwhile},
    roster::{uninvited, whoever},
};

/// Looks at the last step, and takes the next in another.
pub(crate) struct StepTakenInTwoSteps;

impl BreaksAdministrators for StepTakenInTwoSteps {
    async fn take_step(store: &MemoryStore, id: AdministratorId, step: i64) -> Answer<bool> {
        let found = whoever(store, id).await?;
        let factor = found.and_then(|found| found.proofs.second_factor);
        if factor.is_none_or(|factor| factor.last_step >= step) {
            return Ok(false);
        }
        meanwhile().await;
        Administrators::take_step(store, id, step).await?;
        Ok(true)
    }
}

/// Refuses only the very last step.
pub(crate) struct EarlierStepTaken;

impl BreaksAdministrators for EarlierStepTaken {
    async fn take_step(store: &MemoryStore, id: AdministratorId, step: i64) -> Answer<bool> {
        let found = whoever(store, id).await?;
        let factor = found.and_then(|found| found.proofs.second_factor);
        Administrators::take_step(store, id, step).await?;
        Ok(factor.is_some_and(|factor| factor.last_step != step))
    }
}

/// Takes a step of whoever has no factor.
pub(crate) struct StepWithoutAFactor;

impl BreaksAdministrators for StepWithoutAFactor {
    async fn take_step(store: &MemoryStore, id: AdministratorId, step: i64) -> Answer<bool> {
        let found = whoever(store, id).await?;
        let has_factor = found.is_some_and(|found| found.proofs.second_factor.is_some());
        Ok(Administrators::take_step(store, id, step).await? || !has_factor)
    }
}

/// Takes every code of whoever has a factor.
pub(crate) struct CodeTakenTwice;

impl BreaksAdministrators for CodeTakenTwice {
    async fn take_recovery_code(
        store: &MemoryStore,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        if Administrators::take_recovery_code(store, id, code, entry).await? {
            return Ok(true);
        }
        let found = whoever(store, id).await?;
        Ok(found.is_some_and(|found| found.proofs.second_factor.is_some()))
    }
}

/// Takes a code, and enters it in another step, whoever was quicker.
pub(crate) struct CodeTakenInTwoSteps;

impl BreaksAdministrators for CodeTakenInTwoSteps {
    async fn take_recovery_code(
        store: &MemoryStore,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let left = async || {
            let found = whoever(store, id).await?;
            let factor = found.and_then(|found| found.proofs.second_factor);
            Answer::Ok(factor.map_or(0, |factor| factor.recovery_codes_left))
        };
        let before = left().await?;
        meanwhile().await;
        if Administrators::take_recovery_code(store, id, code, entry).await? {
            return Ok(true);
        }
        // One fewer than there were: it must have been this one.
        let was_taken = left().await? < before;
        if was_taken {
            store.append(entry).await?;
        }
        Ok(was_taken)
    }
}

/// Takes a code under whatever pepper.
pub(crate) struct CodePepperIgnored;

impl BreaksAdministrators for CodePepperIgnored {
    async fn take_recovery_code(
        store: &MemoryStore,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let code = TokenDigest {
            pepper: KeyId::parse("pepper01").unwrap(),
            ..*code
        };
        Administrators::take_recovery_code(store, id, &code, entry).await
    }
}

/// Enters also a code that is none.
pub(crate) struct WrongCodeEntered;

impl BreaksAdministrators for WrongCodeEntered {
    async fn take_recovery_code(
        store: &MemoryStore,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let taken = Administrators::take_recovery_code(store, id, code, entry).await?;
        if !taken {
            store.append(entry).await?;
        }
        Ok(taken)
    }
}

/// Enters that a code was used, and not whose.
pub(crate) struct CodeOfNobody;

impl BreaksAdministrators for CodeOfNobody {
    async fn take_recovery_code(
        store: &MemoryStore,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let bare = ActivityEntry {
            about: About::default(),
            ..entry.clone()
        };
        Administrators::take_recovery_code(store, id, code, &bare).await
    }
}

/// Counts a generation when a code is taken.
pub(crate) struct CodesOvertake;

impl BreaksAdministrators for CodesOvertake {
    async fn take_step(store: &MemoryStore, id: AdministratorId, step: i64) -> Answer<bool> {
        let taken = Administrators::take_step(store, id, step).await?;
        if let Some(found) = whoever(store, id).await?
            && taken
        {
            let entry = uninvited(found.organization, Action::PasswordChanged);
            let record = AdministratorRecord {
                entry: &entry,
                notice: None,
            };
            let same = ProofChange::Connection(found.proofs.connection);
            let generation = found.proofs.generation;
            Administrators::change_proof(store, id, generation, &same, None, record).await?;
        }
        Ok(taken)
    }
}

/// Whether somebody takes a code.
static IS_TAKING: AtomicBool = AtomicBool::new(false);

/// Turns away whoever comes while a code is taken.
pub(crate) struct OneCodeAtATime;

impl BreaksAdministrators for OneCodeAtATime {
    async fn take_recovery_code(
        store: &MemoryStore,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        if IS_TAKING.swap(true, Ordering::AcqRel) {
            return Ok(false);
        }
        meanwhile().await;
        let taken = Administrators::take_recovery_code(store, id, code, entry).await;
        IS_TAKING.store(false, Ordering::Release);
        taken
    }
}
