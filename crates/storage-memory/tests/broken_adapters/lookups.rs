//! Flaws in finding one token.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use symbolon_domain::{
    authorization_token::{AuthorizationToken, OwnedToken},
    id::{AuthorizationTokenId, OrganizationId},
    port::authorization_tokens::AuthorizationTokens,
    sealed::{KeyId, SealedSecret, TokenDigest},
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAuthorizationTokens};

/// Takes an id for enough.
pub(crate) struct AcrossOrganizations;

impl BreaksAuthorizationTokens for AcrossOrganizations {
    async fn find(
        store: &MemoryStore,
        _: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Answer<Option<AuthorizationToken>> {
        Ok(store.find_by_id(id).await?.map(|found| found.token))
    }
}

/// Compares the bytes of a digest, and not whose they are.
pub(crate) struct PepperIgnored;

impl BreaksAuthorizationTokens for PepperIgnored {
    async fn find_by_digest(store: &MemoryStore, digest: &TokenDigest) -> Answer<Option<Arc<OwnedToken>>> {
        let pepper = KeyId::parse("pepper01").unwrap();
        let digest = TokenDigest { pepper, ..*digest };
        AuthorizationTokens::find_by_digest(store, &digest).await
    }
}

/// Remembers that the organization was active.
pub(crate) struct OwnerFromACache;

impl BreaksAuthorizationTokens for OwnerFromACache {
    async fn find_by_digest(store: &MemoryStore, digest: &TokenDigest) -> Answer<Option<Arc<OwnedToken>>> {
        let mut found = AuthorizationTokens::find_by_digest(store, digest).await?;
        if let Some(found) = &mut found {
            Arc::make_mut(found).owner.cancelled_at = None;
        }
        Ok(found)
    }
}

/// Remembers what was found for a second.
pub(crate) struct RememberedForASecond;

static REMEMBERED: Mutex<Vec<(Instant, TokenDigest, Arc<OwnedToken>)>> = Mutex::new(Vec::new());

impl BreaksAuthorizationTokens for RememberedForASecond {
    async fn find_by_digest(store: &MemoryStore, digest: &TokenDigest) -> Answer<Option<Arc<OwnedToken>>> {
        let is_fresh = |at: &Instant| at.elapsed() < Duration::from_secs(1);
        let remembered = REMEMBERED
            .lock()
            .unwrap()
            .iter()
            .rev()
            .find_map(|(at, of, found)| {
                let is_it = of == digest && is_fresh(at);
                is_it.then(|| found.clone())
            });
        if remembered.is_some() {
            return Ok(remembered);
        }
        let found = AuthorizationTokens::find_by_digest(store, digest).await?;
        let fresh = found.iter().map(|found| (Instant::now(), *digest, found.clone()));
        REMEMBERED.lock().unwrap().extend(fresh);
        Ok(found)
    }
}

/// Finds only what is not retired.
pub(crate) struct RetiredAreGone;

impl BreaksAuthorizationTokens for RetiredAreGone {
    async fn find(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Answer<Option<AuthorizationToken>> {
        let found = AuthorizationTokens::find(store, organization, id).await?;
        Ok(found.filter(|token| token.rotated_at.is_none() && token.revoked_at.is_none()))
    }
}

/// Has the sealed copy of a retired token still.
pub(crate) struct SealedCopyKept;

impl BreaksAuthorizationTokens for SealedCopyKept {
    async fn find_by_digest(store: &MemoryStore, digest: &TokenDigest) -> Answer<Option<Arc<OwnedToken>>> {
        let mut found = AuthorizationTokens::find_by_digest(store, digest).await?;
        if let Some(found) = &mut found
            && (found.token.rotated_at.is_some() || found.token.revoked_at.is_some())
        {
            Arc::make_mut(found).token.sealed = Some(SealedSecret::from_bytes(vec![1; 80]));
        }
        Ok(found)
    }
}
