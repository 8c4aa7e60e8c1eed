//! Flaws in the sessions of administrators.

use std::cmp::Reverse;

use symbolon_contract::sample::Samples;
use symbolon_domain::{
    activity::{Action, ActivityEntry},
    administrator::Member,
    administrator_session::{AdministratorSession, Stage},
    id::{AdministratorId, AdministratorSessionId},
    port::{activity::ActivityLog, administrator_sessions::AdministratorSessions},
    sealed::{KeyId, TokenDigest},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksAdministratorSessions, meanwhile},
    roster::{everybody, uninvited, whoever},
};

async fn generation_of(store: &MemoryStore, id: AdministratorId, or: u32) -> Answer<u32> {
    let found = whoever(store, id).await?;
    Ok(found.map_or(or, |found| found.proofs.generation))
}

/// Begins a session whatever the proofs are.
pub(crate) struct SignsInOnAnyProofs;

impl BreaksAdministratorSessions for SignsInOnAnyProofs {
    async fn begin(
        store: &MemoryStore,
        session: &AdministratorSession,
        generation: u32,
        former: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        let current = generation_of(store, session.administrator, generation).await?;
        AdministratorSessions::begin(store, session, current, former, entry).await
    }
}

/// Looks of which generation proofs are, and begins a session in another step.
pub(crate) struct ProofsLookedAtBefore;

impl BreaksAdministratorSessions for ProofsLookedAtBefore {
    async fn begin(
        store: &MemoryStore,
        session: &AdministratorSession,
        generation: u32,
        former: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        let current = generation_of(store, session.administrator, generation).await?;
        if current != generation {
            return Ok(false);
        }
        meanwhile().await;
        let current = generation_of(store, session.administrator, generation).await?;
        AdministratorSessions::begin(store, session, current, former, entry).await
    }
}

/// Has a session of who is gone.
pub(crate) struct SessionOutlivesItsAdministrator;

impl BreaksAdministratorSessions for SessionOutlivesItsAdministrator {
    async fn of(store: &MemoryStore, administrator: AdministratorId) -> Answer<Vec<AdministratorSession>> {
        if whoever(store, administrator).await?.is_some() {
            return AdministratorSessions::of(store, administrator).await;
        }
        let session = Samples::default().administrator_session(administrator);
        Ok(vec![session])
    }
}

/// Leaves the session that the browser had.
pub(crate) struct FormerBrowserKept;

impl BreaksAdministratorSessions for FormerBrowserKept {
    async fn begin(
        store: &MemoryStore,
        session: &AdministratorSession,
        generation: u32,
        _: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        AdministratorSessions::begin(store, session, generation, None, entry).await
    }
}

/// Ends the one before it knows whether there will be another.
pub(crate) struct FormerBrowserEndedFirst;

impl BreaksAdministratorSessions for FormerBrowserEndedFirst {
    async fn begin(
        store: &MemoryStore,
        session: &AdministratorSession,
        generation: u32,
        former: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        if let Some(former) = former {
            AdministratorSessions::end(store, former).await?;
        }
        AdministratorSessions::begin(store, session, generation, None, entry).await
    }
}

/// Enters a sign-in, and does not say so of who signed in.
pub(crate) struct SignInUnsaid;

impl BreaksAdministratorSessions for SignInUnsaid {
    async fn begin(
        store: &MemoryStore,
        session: &AdministratorSession,
        generation: u32,
        former: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        let begun = AdministratorSessions::begin(store, session, generation, former, None).await?;
        if let Some(entry) = entry
            && begun
        {
            store.append(entry).await?;
        }
        Ok(begun)
    }
}

/// Takes half a sign-in for a whole one.
pub(crate) struct HalfASignInSaid;

impl BreaksAdministratorSessions for HalfASignInSaid {
    async fn begin(
        store: &MemoryStore,
        session: &AdministratorSession,
        generation: u32,
        former: Option<&TokenDigest>,
        entry: Option<&ActivityEntry>,
    ) -> Answer<bool> {
        let organization = whoever(store, session.administrator).await?;
        let Some(organization) = organization.map(|found| found.organization) else {
            return AdministratorSessions::begin(store, session, generation, former, entry).await;
        };
        let made_up = uninvited(organization, Action::AdministratorSignedIn);
        AdministratorSessions::begin(store, session, generation, former, entry.or(Some(&made_up))).await
    }
}

/// Writes, for each flaw, how it keeps another session than it was given.
macro_rules! miskeeps {
    ($($(#[$doc:meta])* $flaw:ident: $miskeep:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAdministratorSessions for $flaw {
            async fn begin(
                store: &MemoryStore,
                session: &AdministratorSession,
                generation: u32,
                former: Option<&TokenDigest>,
                entry: Option<&ActivityEntry>,
            ) -> Answer<bool> {
                let mut miskept = session.clone();
                let miskeep: fn(&mut AdministratorSession) = $miskeep;
                miskeep(&mut miskept);
                AdministratorSessions::begin(store, &miskept, generation, former, entry).await
            }
        }
    )*};
}

miskeeps! {
    /// Keeps when it began for when they proved who they are.
    ProofInstantForgotten: |session| session.proved_at = session.created_at;
    /// Takes half a session for a whole one.
    HalfIsWhole: |session| session.stage = Stage::Full;
    /// Takes an address of one family for one of the other.
    AddressMapped: |session| session.address = session.address.map(|address| address.to_canonical());
    /// Forgets the browser.
    BrowserForgotten: |session| session.browser = None;
}

/// Finds a session by its value, under whatever pepper.
pub(crate) struct BrowserPepperIgnored;

impl BreaksAdministratorSessions for BrowserPepperIgnored {
    async fn find(
        store: &MemoryStore,
        digest: &TokenDigest,
    ) -> Answer<Option<(AdministratorSession, Member)>> {
        let digest = TokenDigest {
            pepper: KeyId::parse("pepper01").unwrap(),
            ..*digest
        };
        AdministratorSessions::find(store, &digest).await
    }
}

/// Remembers that the organization was active.
pub(crate) struct SignedInFromACache;

impl BreaksAdministratorSessions for SignedInFromACache {
    async fn find(
        store: &MemoryStore,
        digest: &TokenDigest,
    ) -> Answer<Option<(AdministratorSession, Member)>> {
        let found = AdministratorSessions::find(store, digest).await?;
        Ok(found.map(|(session, mut member)| {
            member.organization.cancelled_at = None;
            (session, member)
        }))
    }
}

/// Shows whole sessions only.
pub(crate) struct HalvesHidden;

impl BreaksAdministratorSessions for HalvesHidden {
    async fn of(store: &MemoryStore, administrator: AdministratorId) -> Answer<Vec<AdministratorSession>> {
        let mut sessions = AdministratorSessions::of(store, administrator).await?;
        sessions.retain(|session| session.stage == Stage::Full);
        Ok(sessions)
    }
}

/// Shows sessions of one instant by id, the smallest first.
pub(crate) struct SessionTiesRising;

impl BreaksAdministratorSessions for SessionTiesRising {
    async fn of(store: &MemoryStore, administrator: AdministratorId) -> Answer<Vec<AdministratorSession>> {
        let mut sessions = AdministratorSessions::of(store, administrator).await?;
        sessions.sort_by_key(|session| (Reverse(session.created_at), session.id));
        Ok(sessions)
    }
}

/// Writes a session anew, with another idle end.
async fn rewrite(store: &MemoryStore, session: AdministratorSession, idle_until: Timestamp) -> Answer<()> {
    let generation = generation_of(store, session.administrator, 0).await?;
    AdministratorSessions::end(store, &session.digest).await?;
    let moved = AdministratorSession {
        idle_until,
        ..session
    };
    AdministratorSessions::begin(store, &moved, generation, None, None).await?;
    Ok(())
}

/// Writes whatever idle end comes.
pub(crate) struct IdleEndOfAnybodyMovesBack;

impl BreaksAdministratorSessions for IdleEndOfAnybodyMovesBack {
    async fn touch(store: &MemoryStore, digest: &TokenDigest, idle_until: Timestamp) -> Answer<()> {
        match AdministratorSessions::find(store, digest).await? {
            Some((session, _)) => rewrite(store, session, idle_until).await,
            None => Ok(()),
        }
    }
}

/// Reads a session, and writes it back later.
pub(crate) struct MovingBringsBack;

impl BreaksAdministratorSessions for MovingBringsBack {
    async fn touch(store: &MemoryStore, digest: &TokenDigest, idle_until: Timestamp) -> Answer<()> {
        let Some((session, _)) = AdministratorSessions::find(store, digest).await? else {
            return Ok(());
        };
        meanwhile().await;
        rewrite(store, session, idle_until).await
    }
}

/// Says that it has ended.
pub(crate) struct BrowserOutlivesItsEnd;

impl BreaksAdministratorSessions for BrowserOutlivesItsEnd {
    async fn end(_: &MemoryStore, _: &TokenDigest) -> Answer<()> {
        Ok(())
    }
}

/// Takes an id for enough.
pub(crate) struct EndsForAnyone;

impl BreaksAdministratorSessions for EndsForAnyone {
    async fn end_of(
        store: &MemoryStore,
        administrator: AdministratorId,
        id: AdministratorSessionId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        for one in everybody(store).await? {
            let sessions = AdministratorSessions::of(store, one.id).await?;
            if sessions.iter().any(|session| session.id == id) {
                return AdministratorSessions::end_of(store, one.id, id, entry).await;
            }
        }
        AdministratorSessions::end_of(store, administrator, id, entry).await
    }
}

/// Looks whether there is such a session, and ends it in another step.
pub(crate) struct EndedInTwoSteps;

impl BreaksAdministratorSessions for EndedInTwoSteps {
    async fn end_of(
        store: &MemoryStore,
        administrator: AdministratorId,
        id: AdministratorSessionId,
        entry: &ActivityEntry,
    ) -> Answer<bool> {
        let sessions = AdministratorSessions::of(store, administrator).await?;
        if !sessions.iter().any(|session| session.id == id) {
            return Ok(false);
        }
        meanwhile().await;
        if !AdministratorSessions::end_of(store, administrator, id, entry).await? {
            store.append(entry).await?;
        }
        Ok(true)
    }

    async fn end_all_of(
        store: &MemoryStore,
        administrator: AdministratorId,
        keep: Option<&TokenDigest>,
        entry: &ActivityEntry,
    ) -> Answer<u64> {
        let sessions = AdministratorSessions::of(store, administrator).await?;
        let ended = sessions
            .iter()
            .filter(|session| keep != Some(&session.digest))
            .count();
        meanwhile().await;
        AdministratorSessions::end_all_of(store, administrator, keep, entry).await?;
        Ok(u64::try_from(ended).unwrap())
    }
}

/// Ends also the one to keep.
pub(crate) struct KeepsNone;

impl BreaksAdministratorSessions for KeepsNone {
    async fn end_all_of(
        store: &MemoryStore,
        administrator: AdministratorId,
        _: Option<&TokenDigest>,
        entry: &ActivityEntry,
    ) -> Answer<u64> {
        AdministratorSessions::end_all_of(store, administrator, None, entry).await
    }
}

/// Enters that none was ended.
pub(crate) struct EmptyEndEntered;

impl BreaksAdministratorSessions for EmptyEndEntered {
    async fn end_all_of(
        store: &MemoryStore,
        administrator: AdministratorId,
        keep: Option<&TokenDigest>,
        entry: &ActivityEntry,
    ) -> Answer<u64> {
        let ended = AdministratorSessions::end_all_of(store, administrator, keep, entry).await?;
        if ended == 0 {
            store.append(entry).await?;
        }
        Ok(ended)
    }
}

/// Ends the sessions of everybody.
pub(crate) struct EndsEverybodys;

impl BreaksAdministratorSessions for EndsEverybodys {
    async fn end_all_of(
        store: &MemoryStore,
        administrator: AdministratorId,
        keep: Option<&TokenDigest>,
        entry: &ActivityEntry,
    ) -> Answer<u64> {
        let ended = AdministratorSessions::end_all_of(store, administrator, keep, entry).await?;
        for other in everybody(store).await? {
            for session in AdministratorSessions::of(store, other.id).await? {
                if keep != Some(&session.digest) {
                    AdministratorSessions::end(store, &session.digest).await?;
                }
            }
        }
        Ok(ended)
    }
}

/// Forgets a session a moment after it was good.
pub(crate) struct BrowsersForgottenLate;

impl BreaksAdministratorSessions for BrowsersForgottenLate {
    async fn forget(store: &MemoryStore, now: Timestamp) -> Answer<u64> {
        AdministratorSessions::forget(store, now.plus_millis(-1)).await
    }
}
