//! A flaw: the ports as the memory adapter keeps them, each method open to be broken.

use std::{marker::PhantomData, sync::Arc};

use async_trait::async_trait;
use symbolon_contract::Fixture;
use symbolon_domain::{
    activity::ActivityEntry,
    authorization_token::{AuthorizationToken, OwnedToken, TokenFilter},
    id::{AuthorizationTokenId, OrganizationId},
    idempotency::{IdempotencyKey, StoredAnswer},
    organization::{Organization, RevealPolicy},
    page::{Page, PageRequest},
    port::{
        StoreError,
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Insertion, Record, Rotation, TokenChange},
        canaries::{Canaries, Canary},
        organizations::{OrganizationChange, Organizations},
        readiness::Readiness,
    },
    sealed::TokenDigest,
    text::Description,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;
use tokio::task::yield_now;

pub(crate) type Answer<T> = Result<T, StoreError>;

/// The time between two steps that should have been one.
pub(crate) async fn meanwhile() {
    for _ in 0..256 {
        yield_now().await;
    }
}

/// An adapter over the memory that breaks what the flaw says.
pub(crate) struct Flawed<F> {
    store: MemoryStore,
    flaw: PhantomData<F>,
}

impl<F> Flawed<F> {
    fn over(store: &MemoryStore) -> Arc<Self> {
        Arc::new(Self {
            store: store.clone(),
            flaw: PhantomData,
        })
    }
}

impl<F: Flaw> Fixture for Flawed<F> {
    async fn fresh() -> Self {
        Self {
            store: MemoryStore::new(),
            flaw: PhantomData,
        }
    }

    fn organizations(&self) -> Arc<dyn Organizations> {
        Self::over(&self.store)
    }

    fn tokens(&self) -> Arc<dyn AuthorizationTokens> {
        Self::over(&self.store)
    }

    fn activity(&self) -> Arc<dyn ActivityLog> {
        Self::over(&self.store)
    }

    fn canaries(&self) -> Arc<dyn Canaries> {
        Self::over(&self.store)
    }

    fn readiness(&self) -> Arc<dyn Readiness> {
        Self::over(&self.store)
    }
}

/// Writes, for each method, how it is kept while no flaw breaks it, and the adapter that goes through the flaw.
macro_rules! ports {
    ($($port:ident { $($method:ident as $name:ident($($argument:ident: $of:ty),*) -> $answer:ty;)* })*) => {
        /// What is broken. Each method is one of a port; unless a flaw writes it anew it is kept.
        #[async_trait]
        pub(crate) trait Flaw: Send + Sync + 'static {
            $($(
                async fn $name(store: &MemoryStore, $($argument: $of),*) -> Answer<$answer> {
                    $port::$method(store, $($argument),*).await
                }
            )*)*
        }

        $(
            #[async_trait]
            impl<F: Flaw> $port for Flawed<F> {
                $(
                    async fn $method(&self, $($argument: $of),*) -> Answer<$answer> {
                        F::$name(&self.store, $($argument),*).await
                    }
                )*
            }
        )*
    };
}

ports! {
    Organizations {
        insert as insert_organization(organization: &Organization, entry: &ActivityEntry) -> ();
        find as find_organization(id: OrganizationId) -> Option<Organization>;
        list as list_organizations(page: PageRequest) -> Page<Organization>;
        cancel as cancel(id: OrganizationId, entry: &ActivityEntry, now: Timestamp) -> OrganizationChange;
        reactivate as reactivate(id: OrganizationId, entry: &ActivityEntry) -> OrganizationChange;
        set_reveal_policy as set_reveal_policy(
            id: OrganizationId, policy: RevealPolicy, entry: &ActivityEntry
        ) -> OrganizationChange;
    }
    AuthorizationTokens {
        insert as insert(token: &AuthorizationToken, record: Record<'_>, now: Timestamp) -> Insertion;
        find_by_digest as find_by_digest(digest: &TokenDigest) -> Option<OwnedToken>;
        find_by_id as find_by_id(id: AuthorizationTokenId) -> Option<OwnedToken>;
        find as find(organization: OrganizationId, id: AuthorizationTokenId) -> Option<AuthorizationToken>;
        list as list(
            organization: OrganizationId, filter: TokenFilter, page: PageRequest, now: Timestamp
        ) -> Page<AuthorizationToken>;
        rotate as rotate(
            current: AuthorizationTokenId, successor: &AuthorizationToken, grace_until: Option<Timestamp>,
            record: Record<'_>, now: Timestamp
        ) -> Rotation;
        revoke as revoke(
            organization: OrganizationId, id: AuthorizationTokenId, entry: &ActivityEntry, now: Timestamp
        ) -> TokenChange;
        describe as describe(
            organization: OrganizationId, id: AuthorizationTokenId, description: Option<&Description>,
            entry: &ActivityEntry, now: Timestamp
        ) -> TokenChange;
        mark_expired as mark_expired(id: AuthorizationTokenId, now: Timestamp) -> ();
        record_use as record_use(uses: &[(AuthorizationTokenId, Timestamp)]) -> ();
        record_reuse as record_reuse(id: AuthorizationTokenId, entry: &ActivityEntry, now: Timestamp) -> ();
        answer as answer(
            caller: AuthorizationTokenId, key: &IdempotencyKey, now: Timestamp
        ) -> Option<StoredAnswer>;
        forget_answers as forget_answers(now: Timestamp) -> u64;
    }
    ActivityLog {
        append as append(entry: &ActivityEntry) -> ();
        list as list_activity(organization: OrganizationId, page: PageRequest) -> Page<ActivityEntry>;
    }
    Canaries {
        list as list_canaries() -> Vec<Canary>;
        admit as admit(canaries: &[Canary]) -> Vec<Canary>;
    }
    Readiness {
        ready as ready() -> ();
    }
}
