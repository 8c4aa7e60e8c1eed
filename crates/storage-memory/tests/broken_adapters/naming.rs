//! Flaws in what things that the log mentions are called.

use std::collections::HashMap;

use symbolon_domain::{
    activity::{
        Action, Actor,
        names::{Mentioned, Names},
    },
    id::{AuthorizationTokenId, OrganizationId},
    page::PageRequest,
    port::{
        activity::ActivityLog,
        administrators::Administrators,
        recipients::{RecipientFilter, RecipientOrder, Recipients},
    },
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksActivityLog},
    roster::organizations,
};

/// Writes, for each flaw, what it calls things.
macro_rules! miscalls {
    ($($(#[$doc:meta])* $flaw:ident: |$store:ident, $organization:ident, $mentioned:ident| $names:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksActivityLog for $flaw {
            async fn names(
                $store: &MemoryStore,
                $organization: OrganizationId,
                $mentioned: &Mentioned,
            ) -> Answer<Names> {
                $names
            }
        }
    )*};
}

/// As the adapter has it.
async fn kept(store: &MemoryStore, organization: OrganizationId, mentioned: &Mentioned) -> Answer<Names> {
    ActivityLog::names(store, organization, mentioned).await
}

miscalls! {
    /// Tells the names of every organization's things.
    NamesForAnyone: |store, organization, mentioned| {
        let mut names = kept(store, organization, mentioned).await?;
        for other in organizations(store).await? {
            let theirs = kept(store, other.id, mentioned).await?;
            names.tokens.extend(theirs.tokens);
            names.templates.extend(theirs.templates);
            names.recipients.extend(theirs.recipients);
            names.administrators.extend(theirs.administrators);
        }
        Ok(names)
    };
    /// Calls what is gone by its id.
    GoneByTheirIds: |store, organization, mentioned| {
        let mut names = kept(store, organization, mentioned).await?;
        for id in &mentioned.recipients {
            names.recipients.entry(*id).or_insert_with(|| id.to_string());
        }
        Ok(names)
    };
    /// Tells the names of recipients who were not mentioned.
    EverybodyNamed: |store, organization, mentioned| {
        let mut names = kept(store, organization, mentioned).await?;
        let (filter, order) = (RecipientFilter::default(), RecipientOrder::default());
        let all = Recipients::list(store, organization, &filter, order, PageRequest::new(1, 100)).await?;
        names.recipients.extend(all.items.into_iter().map(|one| (one.recipient.id, one.recipient.name())));
        Ok(names)
    };
    /// Has no name for administrators who have not told theirs.
    InvitedNameless: |store, organization, mentioned| {
        let mut names = kept(store, organization, mentioned).await?;
        for administrator in Administrators::list(store, organization).await? {
            if administrator.name.is_none() {
                names.administrators.remove(&administrator.id);
            }
        }
        Ok(names)
    };
}

/// Takes whoever did something to a token last for who made it.
pub(crate) struct LastActorIsMaker;

impl BreaksActivityLog for LastActorIsMaker {
    async fn makers(
        store: &MemoryStore,
        organization: OrganizationId,
        tokens: &[AuthorizationTokenId],
    ) -> Answer<HashMap<AuthorizationTokenId, Actor>> {
        let log = ActivityLog::list(store, organization, PageRequest::new(1, 100)).await?;
        let did = log.items.iter().filter_map(|entry| {
            let token = entry.about.token.filter(|token| tokens.contains(token))?;
            Some((token, entry.attribution.actor))
        });
        Ok(did.collect())
    }
}

/// Tells the makers of every organization's tokens.
pub(crate) struct MakersForAnyone;

impl BreaksActivityLog for MakersForAnyone {
    async fn makers(
        store: &MemoryStore,
        _: OrganizationId,
        tokens: &[AuthorizationTokenId],
    ) -> Answer<HashMap<AuthorizationTokenId, Actor>> {
        let mut makers = HashMap::new();
        for organization in organizations(store).await? {
            makers.extend(ActivityLog::makers(store, organization.id, tokens).await?);
        }
        Ok(makers)
    }
}

/// Knows who created tokens, and not who rotated them.
pub(crate) struct RotationMakesNothing;

impl BreaksActivityLog for RotationMakesNothing {
    async fn makers(
        store: &MemoryStore,
        organization: OrganizationId,
        tokens: &[AuthorizationTokenId],
    ) -> Answer<HashMap<AuthorizationTokenId, Actor>> {
        let log = ActivityLog::list(store, organization, PageRequest::new(1, 100)).await?;
        let mut makers = ActivityLog::makers(store, organization, tokens).await?;
        for entry in log
            .items
            .iter()
            .filter(|entry| entry.action == Action::TokenRotated)
        {
            makers.retain(|token, _| entry.about.other_token != Some(*token));
        }
        Ok(makers)
    }
}
