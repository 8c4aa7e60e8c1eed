//! A flaw: a port as the memory adapter keeps it, each method open to be broken.
//!
//! A flaw is a type. It implements the trait of each port that it breaks, such as [`BreaksRecipients`], with the methods
//! that it breaks; the others are kept. A port whose trait it does not implement is the memory adapter's own, and is not
//! compiled anew: with hundreds of flaws, every method of every port for each is more than a machine has memory for.

use std::{collections::HashMap, marker::PhantomData, ops::Deref, sync::Arc};

use async_trait::async_trait;
use symbolon_domain::{
    access_token::{AccessToken, Dossier, ResetRequest},
    activity::{
        ActivityEntry, Actor,
        names::{Mentioned, Names},
    },
    administrator::{Administrator, Member, Role},
    administrator_link::AdministratorLink,
    administrator_session::AdministratorSession,
    authorization_token::{AuthorizationToken, OwnedToken, TokenFilter},
    id::{
        AccessTokenId, AdministratorId, AdministratorSessionId, AuthorizationTokenId, JobId, MailId,
        NoticeId, OrganizationId, RecipientId, TemplateId,
    },
    idempotency::{IdempotencyKey, RequestFingerprint, StoredAnswer},
    job::{Job, JobOutcome, JobResult},
    mail::Mail,
    notice::{Notice, NoticeDossier},
    organization::{Organization, OrganizationEdit, RevealPolicy},
    page::{Page, PageRequest},
    password::PasswordHash,
    port::{
        StoreError,
        access_tokens::{AccessChange, AccessRecord, AccessTokens, Claim, ResetRequesting},
        activity::{ActivityFilter, ActivityLog, LogPlace, LogSide},
        administrator_sessions::AdministratorSessions,
        administrators::{
            AdministratorChange, AdministratorRecord, Administrators, Founding, Inviting, NewInvitation,
            ProofChange, ProofChanging, Redeeming, Redemption, SettingUp,
        },
        authorization_tokens::{
            AuthorizationTokens, Insertion, Record, Rotation, TokenChange, TreeRevocation,
        },
        canaries::{Canaries, Canary},
        jobs::{BesideJob, JobStart, JobStep, Jobs, Turn},
        notices::Notices,
        organizations::{OrganizationChange, Organizations},
        outbox::{Attempt, Outbox, Resending},
        readiness::Readiness,
        recipients::{
            Beside, Correction, IssueRequest, Issuing, NewRecipient, RecipientChange, RecipientFilter,
            RecipientOrder, Recipients, Succession,
        },
        sessions::Sessions,
        sign_in_attempts::SignInAttempts,
        sign_ins::SignIns,
        tallies::{Numbers, Tallies},
        templates::{TemplateChange, TemplateRemoval, Templates},
    },
    recipient::Revocation,
    sealed::TokenDigest,
    session::Session,
    sign_in::PendingSignIn,
    sign_in_attempts,
    social_profile::{Connection, SocialProfile},
    template::{Template, TemplateEdit},
    text::{Description, MailAddress, PersonName},
    time::{Day, Timestamp},
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

/// The memory adapter's own ports.
pub(crate) struct Kept(MemoryStore);

/// The memory adapter, broken as the flaw says.
///
/// `flawed.recipients()` is a method of this type if the flaw breaks recipients. If not, this type has no such method,
/// and the compiler goes on to what it dereferences to: [`Kept::recipients`]. That works where the flaw is named, and not
/// in a function that is generic over flaws: there all is kept. So `broken_by!`, which asks for the ports, is a macro.
pub(crate) struct Flawed<F> {
    kept: Kept,
    flaw: PhantomData<F>,
}

impl<F> Flawed<F> {
    pub(crate) fn fresh() -> Arc<Self> {
        Arc::new(Self {
            kept: Kept(MemoryStore::new()),
            flaw: PhantomData,
        })
    }
}

impl<F> Deref for Flawed<F> {
    type Target = Kept;

    fn deref(&self) -> &Kept {
        &self.kept
    }
}

/// No flaw. It stands in the way of every port and keeps every method, and the others keep theirs as it does.
pub(crate) struct Nothing;

/// Writes, for each port, the trait of flaws in it, the port with such a flaw, and the port without.
macro_rules! ports {
    ($($name:ident: $port:ident, broken by $breaks:ident {
        $($method:ident($($argument:ident: $of:ty),*) -> $answer:ty;)*
    })*) => {$(
        /// What is broken of this port. Unless a flaw writes a method anew it is kept.
        pub(crate) trait $breaks: Send + Sync + 'static {
            $(
                fn $method(
                    store: &MemoryStore, $($argument: $of),*
                ) -> impl Future<Output = Answer<$answer>> + Send {
                    <Nothing as $breaks>::$method(store, $($argument),*)
                }
            )*
        }

        impl $breaks for Nothing {
            $(
                async fn $method(store: &MemoryStore, $($argument: $of),*) -> Answer<$answer> {
                    $port::$method(store, $($argument),*).await
                }
            )*
        }

        #[async_trait]
        impl<F: $breaks> $port for Flawed<F> {
            $(
                async fn $method(&self, $($argument: $of),*) -> Answer<$answer> {
                    F::$method(&self.kept.0, $($argument),*).await
                }
            )*
        }

        impl<F: $breaks> Flawed<F> {
            pub(crate) fn $name(self: &Arc<Self>) -> Arc<dyn $port> {
                self.clone()
            }
        }

        impl Kept {
            pub(crate) fn $name(&self) -> Arc<dyn $port> {
                Arc::new(self.0.clone())
            }
        }
    )*};
}

ports! {
    organizations: Organizations, broken by BreaksOrganizations {
        insert(organization: &Organization, entry: &ActivityEntry) -> ();
        find(id: OrganizationId) -> Option<Organization>;
        list(page: PageRequest) -> Page<Organization>;
        edit(
            id: OrganizationId, edit: &OrganizationEdit, entry: &ActivityEntry
        ) -> OrganizationChange;
        cancel(id: OrganizationId, entry: &ActivityEntry, now: Timestamp) -> OrganizationChange;
        reactivate(id: OrganizationId, entry: &ActivityEntry) -> OrganizationChange;
        set_reveal_policy(
            id: OrganizationId, policy: RevealPolicy, entry: &ActivityEntry
        ) -> OrganizationChange;
    }
    tokens: AuthorizationTokens, broken by BreaksAuthorizationTokens {
        insert(token: &AuthorizationToken, record: Record<'_>, now: Timestamp) -> Insertion;
        find_by_digest(digest: &TokenDigest) -> Option<Arc<OwnedToken>>;
        find_by_id(id: AuthorizationTokenId) -> Option<OwnedToken>;
        find(organization: OrganizationId, id: AuthorizationTokenId) -> Option<AuthorizationToken>;
        list(
            organization: OrganizationId, filter: TokenFilter, page: PageRequest, now: Timestamp
        ) -> Page<AuthorizationToken>;
        rotate(
            current: AuthorizationTokenId, successor: &AuthorizationToken, grace_until: Option<Timestamp>,
            record: Record<'_>, now: Timestamp
        ) -> Rotation;
        revoke(
            organization: OrganizationId, id: AuthorizationTokenId, entry: &ActivityEntry, now: Timestamp
        ) -> TokenChange;
        descendants(
            organization: OrganizationId, id: AuthorizationTokenId
        ) -> Vec<AuthorizationToken>;
        revoke_tree(
            organization: OrganizationId, id: AuthorizationTokenId, entries: &[ActivityEntry], now: Timestamp
        ) -> TreeRevocation;
        describe(
            organization: OrganizationId, id: AuthorizationTokenId, description: Option<&Description>,
            entry: &ActivityEntry, now: Timestamp
        ) -> TokenChange;
        mark_expired(id: AuthorizationTokenId, now: Timestamp) -> ();
        record_use(uses: &[(AuthorizationTokenId, Timestamp)]) -> ();
        record_reuse(
            id: AuthorizationTokenId, entry: &ActivityEntry, notices: &[Notice], now: Timestamp
        ) -> ();
        answer(
            caller: AuthorizationTokenId, key: &IdempotencyKey, now: Timestamp
        ) -> Option<StoredAnswer>;
        forget_answers(now: Timestamp) -> u64;
    }
    templates: Templates, broken by BreaksTemplates {
        insert(template: &Template, entry: &ActivityEntry) -> bool;
        find(organization: OrganizationId, id: TemplateId) -> Option<Template>;
        find_by_id(id: TemplateId) -> Option<Template>;
        list(organization: OrganizationId, page: PageRequest) -> Page<Template>;
        edit(
            organization: OrganizationId, id: TemplateId, edit: &TemplateEdit, entry: &ActivityEntry
        ) -> TemplateChange;
        pause(
            organization: OrganizationId, id: TemplateId, entry: &ActivityEntry, now: Timestamp
        ) -> TemplateChange;
        resume(
            organization: OrganizationId, id: TemplateId, entry: &ActivityEntry
        ) -> TemplateChange;
        remove(
            organization: OrganizationId, id: TemplateId, entry: &ActivityEntry
        ) -> TemplateRemoval;
    }
    recipients: Recipients, broken by BreaksRecipients {
        issue(batch: &[NewRecipient]) -> Vec<Issuing>;
        issued_under(
            caller: AuthorizationTokenId, key: &IdempotencyKey
        ) -> Vec<(IssueRequest, RecipientId)>;
        find(organization: OrganizationId, id: RecipientId) -> Option<Dossier>;
        find_by_id(id: RecipientId) -> Option<Dossier>;
        list(
            organization: OrganizationId, filter: &RecipientFilter, order: RecipientOrder, page: PageRequest
        ) -> Page<Dossier>;
        walk(
            organization: OrganizationId, filter: &RecipientFilter, after: Option<(Timestamp, RecipientId)>,
            limit: u32
        ) -> Vec<Dossier>;
        browse(
            organization: OrganizationId, filter: &RecipientFilter, order: RecipientOrder,
            beside: Option<Beside>, limit: u32
        ) -> Vec<Dossier>;
        count(organization: OrganizationId, filter: &RecipientFilter, up_to: u64) -> u64;
        held_by(profile: &SocialProfile, page: PageRequest) -> Page<Dossier>;
        with_mail(mail: &MailAddress, limit: u32) -> Vec<Dossier>;
        holders(
            organization: OrganizationId, template: TemplateId, mails: &[MailAddress]
        ) -> Vec<MailAddress>;
        correct_mail(
            organization: OrganizationId, mail: &MailAddress, successor: &AccessToken,
            record: AccessRecord<'_>, now: Timestamp
        ) -> Correction;
        revoke(
            organization: OrganizationId, id: RecipientId, revocation: &Revocation, entry: &ActivityEntry
        ) -> RecipientChange;
        succeed(
            organization: OrganizationId, id: RecipientId, revocation: &Revocation, entry: &ActivityEntry,
            successor: &NewRecipient
        ) -> Succession;
        remove(
            organization: OrganizationId, id: RecipientId, entry: &ActivityEntry
        ) -> bool;
    }
    access: AccessTokens, broken by BreaksAccessTokens {
        find_by_digest(digest: &TokenDigest) -> Option<Dossier>;
        find_by_id(id: AccessTokenId) -> Option<Dossier>;
        claim(
            id: AccessTokenId, connection: &Connection, record: AccessRecord<'_>, now: Timestamp
        ) -> Claim;
        reset(
            organization: OrganizationId, recipient: RecipientId, record: AccessRecord<'_>
        ) -> AccessChange;
        revoke(
            organization: OrganizationId, recipient: RecipientId, record: AccessRecord<'_>, now: Timestamp
        ) -> AccessChange;
        replace(
            organization: OrganizationId, successor: &AccessToken, record: AccessRecord<'_>, now: Timestamp
        ) -> AccessChange;
        request_reset(
            id: AccessTokenId, request: &ResetRequest, record: AccessRecord<'_>
        ) -> ResetRequesting;
        grant_reset(
            organization: OrganizationId, recipient: RecipientId, asked_at: Timestamp, record: AccessRecord<'_>
        ) -> bool;
        dismiss_reset(
            organization: OrganizationId, recipient: RecipientId, asked_at: Timestamp, entry: &ActivityEntry
        ) -> bool;
        waiting_for_reset(
            organization: OrganizationId, after: Option<(Timestamp, RecipientId)>, limit: u32
        ) -> Vec<Dossier>;
        record_opens(opens: &[(AccessTokenId, u64, Timestamp)]) -> ();
    }
    outbox: Outbox, broken by BreaksOutbox {
        take_due(now: Timestamp, until: Timestamp) -> Option<(Mail, Dossier)>;
        settle(id: MailId, attempt: &Attempt) -> ();
        queue_again(
            organization: OrganizationId, recipient: RecipientId, mail: &Mail, entry: &ActivityEntry,
            now: Timestamp
        ) -> Resending;
        about(organization: OrganizationId, recipients: &[RecipientId]) -> Vec<Mail>;
    }
    sessions: Sessions, broken by BreaksSessions {
        begin(session: &Session, former: Option<&TokenDigest>) -> ();
        find(digest: &TokenDigest) -> Option<Session>;
        touch(digest: &TokenDigest, idle_until: Timestamp) -> ();
        end(digest: &TokenDigest) -> ();
        forget(now: Timestamp) -> u64;
    }
    sign_ins: SignIns, broken by BreaksSignIns {
        begin(sign_in: &PendingSignIn, now: Timestamp) -> ();
        finish(
            state: &TokenDigest, browser: &TokenDigest, now: Timestamp
        ) -> Option<PendingSignIn>;
        forget(now: Timestamp) -> u64;
    }
    administrators: Administrators, broken by BreaksAdministrators {
        exist() -> bool;
        offer_set_up(link: &AdministratorLink) -> bool;
        set_up(link: &TokenDigest, founding: &Founding, now: Timestamp) -> SettingUp;
        find(organization: OrganizationId, id: AdministratorId) -> Option<Administrator>;
        find_by_mail(mail: &MailAddress) -> Option<Member>;
        find_by_profile(profile: &SocialProfile) -> Option<Member>;
        list(organization: OrganizationId) -> Vec<Administrator>;
        invite(invitation: &NewInvitation) -> Inviting;
        renew_link(
            link: &AdministratorLink, notice: Option<&Notice>, entry: Option<&ActivityEntry>
        ) -> bool;
        find_link(digest: &TokenDigest) -> Option<(AdministratorLink, Option<Member>)>;
        redeem(
            link: &TokenDigest, redemption: &Redemption, entry: &ActivityEntry, now: Timestamp
        ) -> Redeeming;
        change_proof(
            id: AdministratorId, generation: u32, change: &ProofChange, keep: Option<&TokenDigest>,
            record: AdministratorRecord<'_>
        ) -> ProofChanging;
        rehash(id: AdministratorId, generation: u32, hash: &PasswordHash) -> ();
        take_step(id: AdministratorId, step: i64) -> bool;
        take_recovery_code(
            id: AdministratorId, code: &TokenDigest, entry: &ActivityEntry
        ) -> bool;
        rename(id: AdministratorId, name: &PersonName) -> ();
        change_role(
            organization: OrganizationId, id: AdministratorId, role: Role, entry: &ActivityEntry
        ) -> AdministratorChange;
        remove(
            organization: OrganizationId, id: AdministratorId, entry: &ActivityEntry
        ) -> AdministratorChange;
        forget_links(now: Timestamp) -> u64;
    }
    administrator_sessions: AdministratorSessions, broken by BreaksAdministratorSessions {
        begin(
            session: &AdministratorSession, generation: u32, former: Option<&TokenDigest>,
            entry: Option<&ActivityEntry>
        ) -> bool;
        find(digest: &TokenDigest) -> Option<(AdministratorSession, Member)>;
        touch(digest: &TokenDigest, idle_until: Timestamp) -> ();
        of(administrator: AdministratorId) -> Vec<AdministratorSession>;
        end(digest: &TokenDigest) -> ();
        end_of(
            administrator: AdministratorId, id: AdministratorSessionId, entry: &ActivityEntry
        ) -> bool;
        end_all_of(
            administrator: AdministratorId, keep: Option<&TokenDigest>, entry: &ActivityEntry
        ) -> u64;
        forget(now: Timestamp) -> u64;
    }
    attempts: SignInAttempts, broken by BreaksSignInAttempts {
        begin(account: &RequestFingerprint, now: Timestamp) -> sign_in_attempts::Attempt;
        clear(account: &RequestFingerprint) -> bool;
        forget(now: Timestamp) -> u64;
    }
    notices: Notices, broken by BreaksNotices {
        queue(notice: &Notice) -> ();
        take_due(now: Timestamp, until: Timestamp) -> Option<NoticeDossier>;
        look_again(id: NoticeId) -> Option<NoticeDossier>;
        settle(id: NoticeId, attempt: &Attempt) -> ();
        drop_useless(id: NoticeId) -> ();
        unsent(organization: OrganizationId, limit: u32) -> Vec<Notice>;
        to_announce(now: Timestamp, limit: u32) -> Vec<AuthorizationTokenId>;
        announce(
            token: AuthorizationTokenId, notices: &[Notice], next: Option<Timestamp>, now: Timestamp
        ) -> bool;
    }
    jobs: Jobs, broken by BreaksJobs {
        keep(job: &Job, file: Option<&[u8]>, entry: Option<&ActivityEntry>) -> bool;
        find(organization: OrganizationId, id: JobId) -> Option<Job>;
        file(organization: OrganizationId, id: JobId) -> Option<Vec<u8>>;
        browse(
            organization: OrganizationId, beside: Option<BesideJob>, limit: u32
        ) -> Vec<Job>;
        redraft(organization: OrganizationId, id: JobId, plan: &str) -> bool;
        start(
            organization: OrganizationId, id: JobId, start: &JobStart, entry: &ActivityEntry
        ) -> bool;
        stop(organization: OrganizationId, id: JobId, entry: &ActivityEntry) -> bool;
        take(now: Timestamp, until: Timestamp) -> Option<(Job, Turn)>;
        step(turn: &Turn, step: &JobStep) -> bool;
        issue(
            turn: &Turn, batch: &[NewRecipient], rows: &[(u64, String)], step: &JobStep
        ) -> Option<Vec<Issuing>>;
        results(
            organization: OrganizationId, id: JobId, outcome: Option<JobOutcome>, after: Option<u64>,
            limit: u32
        ) -> Vec<JobResult>;
        forget(now: Timestamp) -> ();
    }
    tallies: Tallies, broken by BreaksTallies {
        of_templates(
            organization: OrganizationId, templates: &[TemplateId]
        ) -> Vec<Numbers>;
        of_organization(organization: OrganizationId) -> Numbers;
        claims(organization: OrganizationId, from: Day) -> Vec<(Day, u64)>;
        expiries(organization: OrganizationId, from: Day, before: Day) -> Vec<(Day, u64)>;
        settle() -> bool;
    }
    activity: ActivityLog, broken by BreaksActivityLog {
        append(entry: &ActivityEntry) -> ();
        look_back(
            organization: OrganizationId, filter: &ActivityFilter, side: Option<LogSide>, limit: u32
        ) -> Vec<(LogPlace, ActivityEntry)>;
        names(organization: OrganizationId, mentioned: &Mentioned) -> Names;
        makers(
            organization: OrganizationId, tokens: &[AuthorizationTokenId]
        ) -> HashMap<AuthorizationTokenId, Actor>;
        list(organization: OrganizationId, page: PageRequest) -> Page<ActivityEntry>;
    }
    canaries: Canaries, broken by BreaksCanaries {
        list() -> Vec<Canary>;
        admit(canaries: &[Canary]) -> Vec<Canary>;
    }
    readiness: Readiness, broken by BreaksReadiness {
        ready() -> ();
    }
}
