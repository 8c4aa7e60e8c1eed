//! Flaws in what came out of a token, and in revoking it.

use std::collections::HashSet;

use symbolon_domain::{
    activity::ActivityEntry,
    authorization_token::AuthorizationToken,
    id::{AuthorizationTokenId, OrganizationId},
    port::{
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, TokenChange, TreeRevocation},
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAuthorizationTokens, meanwhile};

/// Writes, for each flaw, which descendants it leaves out.
macro_rules! misses {
    ($($(#[$doc:meta])* $flaw:ident: |$all:ident, $id:ident| $kept:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAuthorizationTokens for $flaw {
            async fn descendants(
                store: &MemoryStore,
                organization: OrganizationId,
                $id: AuthorizationTokenId,
            ) -> Answer<Vec<AuthorizationToken>> {
                let $all = AuthorizationTokens::descendants(store, organization, $id).await?;
                Ok($kept)
            }
        }
    )*};
}

misses! {
    /// Sees what a token has made itself.
    ChildrenOnly: |all, id| all.into_iter().filter(|token| token.created_by == Some(id)).collect();
    /// Sees what was made, and not what took its place.
    RotationsForgotten: |all, id| {
        let mut line = HashSet::from([id]);
        let mut kept: Vec<AuthorizationToken> = Vec::new();
        for _ in 0..all.len() {
            for token in &all {
                if token.created_by.is_some_and(|maker| line.contains(&maker)) && line.insert(token.id) {
                    kept.push(token.clone());
                }
            }
        }
        kept.retain(|token| token.rotated_from.is_none());
        kept.sort_by_key(|token| (token.created_at, token.id));
        kept
    };
    /// Sees what is not retired.
    RetiredDescendantsHidden: |all, id| {
        all.into_iter()
            .filter(|token| token.id != id && token.revoked_at.is_none() && token.rotated_at.is_none())
            .collect()
    };
    /// Sees descendants by id.
    DescendantsById: |all, id| {
        let mut all = all;
        all.sort_by_key(|token| (token.id == id, token.id));
        all
    };
}

/// Takes an id for enough.
pub(crate) struct TreesForAnyone;

impl BreaksAuthorizationTokens for TreesForAnyone {
    async fn descendants(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Answer<Vec<AuthorizationToken>> {
        let found = AuthorizationTokens::find_by_id(store, id).await?;
        let organization = found.map_or(organization, |found| found.owner.id);
        AuthorizationTokens::descendants(store, organization, id).await
    }

    async fn revoke_tree(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Answer<TreeRevocation> {
        let found = AuthorizationTokens::find_by_id(store, id).await?;
        let organization = found.map_or(organization, |found| found.owner.id);
        AuthorizationTokens::revoke_tree(store, organization, id, entries, now).await
    }
}

/// The tokens of a tree, and whether each is served.
async fn tree(
    store: &MemoryStore,
    organization: OrganizationId,
    id: AuthorizationTokenId,
    now: Timestamp,
) -> Answer<Vec<(AuthorizationTokenId, bool)>> {
    let descendants = AuthorizationTokens::descendants(store, organization, id).await?;
    let ids = [id].into_iter().chain(descendants.iter().map(|token| token.id));
    let mut tree = Vec::new();
    for id in ids {
        let found = AuthorizationTokens::find_by_id(store, id).await?;
        tree.push((id, found.is_some_and(|found| found.standing(now).is_served())));
    }
    Ok(tree)
}

/// Revokes one after the other those that have an entry, and says how many.
async fn revoke_each(
    store: &MemoryStore,
    organization: OrganizationId,
    tree: &[(AuthorizationTokenId, bool)],
    entries: &[ActivityEntry],
    now: Timestamp,
) -> Answer<u64> {
    let mut revoked = 0;
    for (id, _) in tree {
        if let Some(entry) = entries.iter().find(|entry| entry.about.token == Some(*id)) {
            let change = AuthorizationTokens::revoke(store, organization, *id, entry, now).await?;
            revoked += u64::from(change == TokenChange::Changed);
        }
    }
    Ok(revoked)
}

/// Looks what is in a tree, and revokes that in other steps.
pub(crate) struct TreeRevokedInSteps;

impl BreaksAuthorizationTokens for TreeRevokedInSteps {
    async fn revoke_tree(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Answer<TreeRevocation> {
        if AuthorizationTokens::find(store, organization, id)
            .await?
            .is_none()
        {
            return Ok(TreeRevocation::Absent);
        }
        let tree = tree(store, organization, id, now).await?;
        let is_known = |id: &AuthorizationTokenId| entries.iter().any(|entry| entry.about.token == Some(*id));
        if tree.iter().any(|(id, is_served)| *is_served && !is_known(id)) {
            return Ok(TreeRevocation::Overtaken);
        }
        meanwhile().await;
        let revoked = revoke_each(store, organization, &tree, entries, now).await?;
        Ok(TreeRevocation::Revoked(revoked))
    }
}

/// Counts how many are served, and revokes them in another step.
pub(crate) struct TreeCountedBefore;

impl BreaksAuthorizationTokens for TreeCountedBefore {
    async fn revoke_tree(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Answer<TreeRevocation> {
        let tree = tree(store, organization, id, now).await?;
        let served = tree.iter().filter(|(_, is_served)| *is_served).count();
        meanwhile().await;
        let revocation = AuthorizationTokens::revoke_tree(store, organization, id, entries, now).await?;
        Ok(match revocation {
            TreeRevocation::Revoked(_) => TreeRevocation::Revoked(u64::try_from(served).unwrap()),
            other => other,
        })
    }
}

/// Revokes what it was told of, whatever has grown since.
pub(crate) struct GrownTreeRevoked;

impl BreaksAuthorizationTokens for GrownTreeRevoked {
    async fn revoke_tree(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Answer<TreeRevocation> {
        let revocation = AuthorizationTokens::revoke_tree(store, organization, id, entries, now).await?;
        if revocation != TreeRevocation::Overtaken {
            return Ok(revocation);
        }
        let tree = tree(store, organization, id, now).await?;
        let revoked = revoke_each(store, organization, &tree, entries, now).await?;
        Ok(TreeRevocation::Revoked(revoked))
    }
}

/// Revokes the token, and leaves what it has made.
pub(crate) struct RootOnly;

impl BreaksAuthorizationTokens for RootOnly {
    async fn revoke_tree(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Answer<TreeRevocation> {
        if AuthorizationTokens::find(store, organization, id)
            .await?
            .is_none()
        {
            return Ok(TreeRevocation::Absent);
        }
        let revoked = revoke_each(store, organization, &[(id, true)], entries, now).await?;
        Ok(TreeRevocation::Revoked(revoked))
    }
}

/// Keeps every entry that it is given.
pub(crate) struct EveryEntryKept;

impl BreaksAuthorizationTokens for EveryEntryKept {
    async fn revoke_tree(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Answer<TreeRevocation> {
        let tree = tree(store, organization, id, now).await?;
        let revocation = AuthorizationTokens::revoke_tree(store, organization, id, entries, now).await?;
        if matches!(revocation, TreeRevocation::Revoked(_)) {
            let is_retired = |id: AuthorizationTokenId| tree.contains(&(id, true));
            for entry in entries
                .iter()
                .filter(|entry| !entry.about.token.is_some_and(is_retired))
            {
                store.append(entry).await?;
            }
        }
        Ok(revocation)
    }
}

/// Counts every token of the tree, whether it is served or not.
pub(crate) struct EveryTokenCounted;

impl BreaksAuthorizationTokens for EveryTokenCounted {
    async fn revoke_tree(
        store: &MemoryStore,
        organization: OrganizationId,
        id: AuthorizationTokenId,
        entries: &[ActivityEntry],
        now: Timestamp,
    ) -> Answer<TreeRevocation> {
        let tree = tree(store, organization, id, now).await?;
        let revocation = AuthorizationTokens::revoke_tree(store, organization, id, entries, now).await?;
        Ok(match revocation {
            TreeRevocation::Revoked(_) => TreeRevocation::Revoked(u64::try_from(tree.len()).unwrap()),
            other => other,
        })
    }
}
