//! A flaw: the ports as the memory adapter keeps them, each method open to be broken.

use std::{marker::PhantomData, sync::Arc};

use async_trait::async_trait;
use symbolon_contract::Fixture;
use symbolon_domain::{
    access_token::{AccessToken, Dossier, ResetRequest},
    activity::ActivityEntry,
    authorization_token::{AuthorizationToken, OwnedToken, TokenFilter},
    id::{AccessTokenId, AuthorizationTokenId, MailId, OrganizationId, RecipientId, TemplateId},
    idempotency::{IdempotencyKey, StoredAnswer},
    mail::Mail,
    organization::{Organization, RevealPolicy},
    page::{Page, PageRequest},
    port::{
        StoreError,
        access_tokens::{AccessChange, AccessRecord, AccessTokens, Claim, ResetRequesting},
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Insertion, Record, Rotation, TokenChange},
        canaries::{Canaries, Canary},
        organizations::{OrganizationChange, Organizations},
        outbox::{Attempt, Outbox, Resending},
        readiness::Readiness,
        recipients::{
            IssueRequest, Issuing, NewRecipient, RecipientChange, RecipientFilter, RecipientOrder,
            Recipients, Succession,
        },
        sessions::Sessions,
        sign_ins::SignIns,
        templates::{TemplateChange, TemplateRemoval, Templates},
    },
    recipient::Revocation,
    sealed::TokenDigest,
    session::Session,
    sign_in::PendingSignIn,
    social_profile::{Connection, SocialProfile},
    template::{Template, TemplateEdit},
    text::{Description, MailAddress},
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

    fn templates(&self) -> Arc<dyn Templates> {
        Self::over(&self.store)
    }

    fn recipients(&self) -> Arc<dyn Recipients> {
        Self::over(&self.store)
    }

    fn access(&self) -> Arc<dyn AccessTokens> {
        Self::over(&self.store)
    }

    fn outbox(&self) -> Arc<dyn Outbox> {
        Self::over(&self.store)
    }

    fn sessions(&self) -> Arc<dyn Sessions> {
        Self::over(&self.store)
    }

    fn sign_ins(&self) -> Arc<dyn SignIns> {
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
    Templates {
        insert as insert_template(template: &Template, entry: &ActivityEntry) -> bool;
        find as find_template(organization: OrganizationId, id: TemplateId) -> Option<Template>;
        find_by_id as find_template_by_id(id: TemplateId) -> Option<Template>;
        list as list_templates(organization: OrganizationId, page: PageRequest) -> Page<Template>;
        edit as edit_template(
            organization: OrganizationId, id: TemplateId, edit: &TemplateEdit, entry: &ActivityEntry
        ) -> TemplateChange;
        pause as pause(
            organization: OrganizationId, id: TemplateId, entry: &ActivityEntry, now: Timestamp
        ) -> TemplateChange;
        resume as resume(
            organization: OrganizationId, id: TemplateId, entry: &ActivityEntry
        ) -> TemplateChange;
        remove as remove_template(
            organization: OrganizationId, id: TemplateId, entry: &ActivityEntry
        ) -> TemplateRemoval;
    }
    Recipients {
        issue as issue(batch: &[NewRecipient]) -> Vec<Issuing>;
        issued_under as issued_under(
            caller: AuthorizationTokenId, key: &IdempotencyKey
        ) -> Vec<(IssueRequest, RecipientId)>;
        find as find_recipient(organization: OrganizationId, id: RecipientId) -> Option<Dossier>;
        find_by_id as find_recipient_by_id(id: RecipientId) -> Option<Dossier>;
        list as list_recipients(
            organization: OrganizationId, filter: &RecipientFilter, order: RecipientOrder, page: PageRequest
        ) -> Page<Dossier>;
        walk as walk_recipients(
            organization: OrganizationId, filter: &RecipientFilter, after: Option<(Timestamp, RecipientId)>,
            limit: u32
        ) -> Vec<Dossier>;
        held_by as held_by(profile: &SocialProfile, page: PageRequest) -> Page<Dossier>;
        with_mail as with_mail(mail: &MailAddress, limit: u32) -> Vec<Dossier>;
        revoke as revoke_credential(
            organization: OrganizationId, id: RecipientId, revocation: &Revocation, entry: &ActivityEntry
        ) -> RecipientChange;
        succeed as succeed(
            organization: OrganizationId, id: RecipientId, revocation: &Revocation, entry: &ActivityEntry,
            successor: &NewRecipient
        ) -> Succession;
        remove as remove_recipient(
            organization: OrganizationId, id: RecipientId, entry: &ActivityEntry
        ) -> bool;
    }
    AccessTokens {
        find_by_digest as find_access_by_digest(digest: &TokenDigest) -> Option<Dossier>;
        find_by_id as find_access_by_id(id: AccessTokenId) -> Option<Dossier>;
        claim as claim(
            id: AccessTokenId, connection: &Connection, record: AccessRecord<'_>, now: Timestamp
        ) -> Claim;
        reset as reset(
            organization: OrganizationId, recipient: RecipientId, record: AccessRecord<'_>
        ) -> AccessChange;
        revoke as revoke_access(
            organization: OrganizationId, recipient: RecipientId, record: AccessRecord<'_>, now: Timestamp
        ) -> AccessChange;
        replace as replace(
            organization: OrganizationId, successor: &AccessToken, record: AccessRecord<'_>, now: Timestamp
        ) -> AccessChange;
        request_reset as request_reset(
            id: AccessTokenId, request: &ResetRequest, record: AccessRecord<'_>
        ) -> ResetRequesting;
        record_opens as record_opens(opens: &[(AccessTokenId, u64, Timestamp)]) -> ();
    }
    Outbox {
        take_due as take_due(now: Timestamp, until: Timestamp) -> Option<(Mail, Dossier)>;
        settle as settle(id: MailId, attempt: &Attempt) -> ();
        queue_again as queue_again(
            organization: OrganizationId, recipient: RecipientId, mail: &Mail, entry: &ActivityEntry,
            now: Timestamp
        ) -> Resending;
        about as mails_about(organization: OrganizationId, recipient: RecipientId) -> Vec<Mail>;
    }
    Sessions {
        begin as begin_session(session: &Session, former: Option<&TokenDigest>) -> ();
        find as find_session(digest: &TokenDigest) -> Option<Session>;
        touch as touch_session(digest: &TokenDigest, idle_until: Timestamp) -> ();
        end as end_session(digest: &TokenDigest) -> ();
        forget as forget_sessions(now: Timestamp) -> u64;
    }
    SignIns {
        begin as begin_sign_in(sign_in: &PendingSignIn, now: Timestamp) -> ();
        finish as finish_sign_in(
            state: &TokenDigest, browser: &TokenDigest, now: Timestamp
        ) -> Option<PendingSignIn>;
        forget as forget_sign_ins(now: Timestamp) -> u64;
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
