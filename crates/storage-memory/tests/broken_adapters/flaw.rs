//! A flaw: the ports as the memory adapter keeps them, each method open to be broken.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use async_trait::async_trait;
use symbolon_contract::Fixture;
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

/// An adapter over the memory that breaks what the flaw says.
struct Flawed<F> {
    store: MemoryStore,
    flaw: PhantomData<F>,
}

/// The ports of one store.
pub(crate) struct Ports {
    organizations: Arc<dyn Organizations>,
    tokens: Arc<dyn AuthorizationTokens>,
    templates: Arc<dyn Templates>,
    recipients: Arc<dyn Recipients>,
    access: Arc<dyn AccessTokens>,
    outbox: Arc<dyn Outbox>,
    sessions: Arc<dyn Sessions>,
    sign_ins: Arc<dyn SignIns>,
    administrators: Arc<dyn Administrators>,
    administrator_sessions: Arc<dyn AdministratorSessions>,
    attempts: Arc<dyn SignInAttempts>,
    notices: Arc<dyn Notices>,
    jobs: Arc<dyn Jobs>,
    tallies: Arc<dyn Tallies>,
    activity: Arc<dyn ActivityLog>,
    canaries: Arc<dyn Canaries>,
    readiness: Arc<dyn Readiness>,
}

/// Makes a fresh store.
pub(crate) type Make = fn() -> Ports;

/// A fresh store that is broken as this flaw says.
pub(crate) fn broken_by<F: Flaw>() -> Ports {
    let store: Arc<Flawed<F>> = Arc::new(Flawed {
        store: MemoryStore::new(),
        flaw: PhantomData,
    });
    Ports {
        organizations: store.clone(),
        tokens: store.clone(),
        templates: store.clone(),
        recipients: store.clone(),
        access: store.clone(),
        outbox: store.clone(),
        sessions: store.clone(),
        sign_ins: store.clone(),
        administrators: store.clone(),
        administrator_sessions: store.clone(),
        attempts: store.clone(),
        notices: store.clone(),
        jobs: store.clone(),
        tallies: store.clone(),
        activity: store.clone(),
        canaries: store.clone(),
        readiness: store.clone(),
    }
}

tokio::task_local! {
    /// How the promise that runs here gets its stores.
    pub(crate) static MAKE: Make;
}

/// A store that is broken as whoever runs a promise wants it: one fixture, so that each promise is compiled once.
pub(crate) struct Broken(Ports);

impl Fixture for Broken {
    async fn fresh() -> Self {
        Self(
            MAKE.try_with(|make| make())
                .unwrap_or_else(|_| broken_by::<Nothing>()),
        )
    }

    fn organizations(&self) -> Arc<dyn Organizations> {
        self.0.organizations.clone()
    }

    fn tokens(&self) -> Arc<dyn AuthorizationTokens> {
        self.0.tokens.clone()
    }

    fn templates(&self) -> Arc<dyn Templates> {
        self.0.templates.clone()
    }

    fn recipients(&self) -> Arc<dyn Recipients> {
        self.0.recipients.clone()
    }

    fn access(&self) -> Arc<dyn AccessTokens> {
        self.0.access.clone()
    }

    fn outbox(&self) -> Arc<dyn Outbox> {
        self.0.outbox.clone()
    }

    fn sessions(&self) -> Arc<dyn Sessions> {
        self.0.sessions.clone()
    }

    fn sign_ins(&self) -> Arc<dyn SignIns> {
        self.0.sign_ins.clone()
    }

    fn administrators(&self) -> Arc<dyn Administrators> {
        self.0.administrators.clone()
    }

    fn administrator_sessions(&self) -> Arc<dyn AdministratorSessions> {
        self.0.administrator_sessions.clone()
    }

    fn attempts(&self) -> Arc<dyn SignInAttempts> {
        self.0.attempts.clone()
    }

    fn notices(&self) -> Arc<dyn Notices> {
        self.0.notices.clone()
    }

    fn jobs(&self) -> Arc<dyn Jobs> {
        self.0.jobs.clone()
    }

    fn tallies(&self) -> Arc<dyn Tallies> {
        self.0.tallies.clone()
    }

    fn activity(&self) -> Arc<dyn ActivityLog> {
        self.0.activity.clone()
    }

    fn canaries(&self) -> Arc<dyn Canaries> {
        self.0.canaries.clone()
    }

    fn readiness(&self) -> Arc<dyn Readiness> {
        self.0.readiness.clone()
    }
}

/// No flaw: every promise is kept through the same layers.
struct Nothing;

impl Flaw for Nothing {}

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
        edit as edit_organization(
            id: OrganizationId, edit: &OrganizationEdit, entry: &ActivityEntry
        ) -> OrganizationChange;
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
        descendants as descendants(
            organization: OrganizationId, id: AuthorizationTokenId
        ) -> Vec<AuthorizationToken>;
        revoke_tree as revoke_tree(
            organization: OrganizationId, id: AuthorizationTokenId, entries: &[ActivityEntry], now: Timestamp
        ) -> TreeRevocation;
        describe as describe(
            organization: OrganizationId, id: AuthorizationTokenId, description: Option<&Description>,
            entry: &ActivityEntry, now: Timestamp
        ) -> TokenChange;
        mark_expired as mark_expired(id: AuthorizationTokenId, now: Timestamp) -> ();
        record_use as record_use(uses: &[(AuthorizationTokenId, Timestamp)]) -> ();
        record_reuse as record_reuse(
            id: AuthorizationTokenId, entry: &ActivityEntry, notices: &[Notice], now: Timestamp
        ) -> ();
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
        browse as browse_recipients(
            organization: OrganizationId, filter: &RecipientFilter, order: RecipientOrder,
            beside: Option<Beside>, limit: u32
        ) -> Vec<Dossier>;
        count as count_recipients(organization: OrganizationId, filter: &RecipientFilter, up_to: u64) -> u64;
        held_by as held_by(profile: &SocialProfile, page: PageRequest) -> Page<Dossier>;
        with_mail as with_mail(mail: &MailAddress, limit: u32) -> Vec<Dossier>;
        holders as holders(
            organization: OrganizationId, template: TemplateId, mails: &[MailAddress]
        ) -> Vec<MailAddress>;
        correct_mail as correct_mail(
            organization: OrganizationId, mail: &MailAddress, successor: &AccessToken,
            record: AccessRecord<'_>, now: Timestamp
        ) -> Correction;
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
        grant_reset as grant_reset(
            organization: OrganizationId, recipient: RecipientId, asked_at: Timestamp, record: AccessRecord<'_>
        ) -> bool;
        dismiss_reset as dismiss_reset(
            organization: OrganizationId, recipient: RecipientId, entry: &ActivityEntry
        ) -> bool;
        waiting_for_reset as waiting_for_reset(
            organization: OrganizationId, after: Option<(Timestamp, RecipientId)>, limit: u32
        ) -> Vec<Dossier>;
        record_opens as record_opens(opens: &[(AccessTokenId, u64, Timestamp)]) -> ();
    }
    Outbox {
        take_due as take_due(now: Timestamp, until: Timestamp) -> Option<(Mail, Dossier)>;
        settle as settle(id: MailId, attempt: &Attempt) -> ();
        queue_again as queue_again(
            organization: OrganizationId, recipient: RecipientId, mail: &Mail, entry: &ActivityEntry,
            now: Timestamp
        ) -> Resending;
        about as mails_about(organization: OrganizationId, recipients: &[RecipientId]) -> Vec<Mail>;
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
    Administrators {
        exist as administrators_exist() -> bool;
        offer_set_up as offer_set_up(link: &AdministratorLink) -> bool;
        set_up as set_up(link: &TokenDigest, founding: &Founding, now: Timestamp) -> SettingUp;
        find as find_administrator(organization: OrganizationId, id: AdministratorId) -> Option<Administrator>;
        find_by_mail as find_administrator_by_mail(mail: &MailAddress) -> Option<Member>;
        find_by_profile as find_administrator_by_profile(profile: &SocialProfile) -> Option<Member>;
        list as list_administrators(organization: OrganizationId) -> Vec<Administrator>;
        invite as invite(invitation: &NewInvitation) -> Inviting;
        renew_link as renew_link(
            link: &AdministratorLink, notice: Option<&Notice>, entry: Option<&ActivityEntry>
        ) -> bool;
        find_link as find_link(digest: &TokenDigest) -> Option<(AdministratorLink, Option<Member>)>;
        redeem as redeem(
            link: &TokenDigest, redemption: &Redemption, entry: &ActivityEntry, now: Timestamp
        ) -> Redeeming;
        change_proof as change_proof(
            id: AdministratorId, generation: u32, change: &ProofChange, keep: Option<&TokenDigest>,
            record: AdministratorRecord<'_>
        ) -> ProofChanging;
        rehash as rehash(id: AdministratorId, generation: u32, hash: &PasswordHash) -> ();
        take_step as take_step(id: AdministratorId, step: i64) -> bool;
        take_recovery_code as take_recovery_code(
            id: AdministratorId, code: &TokenDigest, entry: &ActivityEntry
        ) -> bool;
        rename as rename(id: AdministratorId, name: &PersonName) -> ();
        change_role as change_role(
            organization: OrganizationId, id: AdministratorId, role: Role, entry: &ActivityEntry
        ) -> AdministratorChange;
        remove as remove_administrator(
            organization: OrganizationId, id: AdministratorId, entry: &ActivityEntry
        ) -> AdministratorChange;
        forget_links as forget_links(now: Timestamp) -> u64;
    }
    AdministratorSessions {
        begin as begin_administrator_session(
            session: &AdministratorSession, generation: u32, former: Option<&TokenDigest>,
            entry: Option<&ActivityEntry>
        ) -> bool;
        find as find_administrator_session(digest: &TokenDigest) -> Option<(AdministratorSession, Member)>;
        touch as touch_administrator_session(digest: &TokenDigest, idle_until: Timestamp) -> ();
        of as administrator_sessions_of(administrator: AdministratorId) -> Vec<AdministratorSession>;
        end as end_administrator_session(digest: &TokenDigest) -> ();
        end_of as end_administrator_session_of(
            administrator: AdministratorId, id: AdministratorSessionId, entry: &ActivityEntry
        ) -> bool;
        end_all_of as end_all_administrator_sessions_of(
            administrator: AdministratorId, keep: Option<&TokenDigest>, entry: &ActivityEntry
        ) -> u64;
        forget as forget_administrator_sessions(now: Timestamp) -> u64;
    }
    SignInAttempts {
        begin as begin_attempt(account: &RequestFingerprint, now: Timestamp) -> sign_in_attempts::Attempt;
        clear as clear_attempts(account: &RequestFingerprint) -> bool;
        forget as forget_attempts(now: Timestamp) -> u64;
    }
    Notices {
        queue as queue_notice(notice: &Notice) -> ();
        take_due as take_due_notice(now: Timestamp, until: Timestamp) -> Option<NoticeDossier>;
        look_again as look_again(id: NoticeId) -> Option<NoticeDossier>;
        settle as settle_notice(id: NoticeId, attempt: &Attempt) -> ();
        drop_useless as drop_useless_notice(id: NoticeId) -> ();
        unsent as unsent_notices(organization: OrganizationId, limit: u32) -> Vec<Notice>;
        to_announce as to_announce(now: Timestamp, limit: u32) -> Vec<AuthorizationTokenId>;
        announce as announce(
            token: AuthorizationTokenId, notices: &[Notice], next: Option<Timestamp>, now: Timestamp
        ) -> bool;
    }
    Jobs {
        keep as keep_job(job: &Job, file: Option<&[u8]>, entry: Option<&ActivityEntry>) -> bool;
        find as find_job(organization: OrganizationId, id: JobId) -> Option<Job>;
        file as job_file(organization: OrganizationId, id: JobId) -> Option<Vec<u8>>;
        browse as browse_jobs(
            organization: OrganizationId, beside: Option<BesideJob>, limit: u32
        ) -> Vec<Job>;
        redraft as redraft(organization: OrganizationId, id: JobId, plan: &str) -> bool;
        start as start_job(
            organization: OrganizationId, id: JobId, start: &JobStart, entry: &ActivityEntry
        ) -> bool;
        stop as stop_job(organization: OrganizationId, id: JobId, entry: &ActivityEntry) -> bool;
        take as take_job(now: Timestamp, until: Timestamp) -> Option<(Job, Turn)>;
        step as keep_step(turn: &Turn, step: &JobStep) -> bool;
        issue as issue_rows(
            turn: &Turn, batch: &[NewRecipient], rows: &[(u64, String)], step: &JobStep
        ) -> Option<Vec<Issuing>>;
        results as job_results(
            organization: OrganizationId, id: JobId, outcome: Option<JobOutcome>, after: Option<u64>,
            limit: u32
        ) -> Vec<JobResult>;
        forget as forget_jobs(now: Timestamp) -> ();
    }
    Tallies {
        of_templates as numbers_of_templates(
            organization: OrganizationId, templates: &[TemplateId]
        ) -> Vec<Numbers>;
        of_organization as numbers_of_organization(organization: OrganizationId) -> Numbers;
        claims as claims(organization: OrganizationId, from: Day) -> Vec<(Day, u64)>;
        expiries as expiries(organization: OrganizationId, from: Day, before: Day) -> Vec<(Day, u64)>;
        settle as settle_tallies() -> bool;
    }
    ActivityLog {
        append as append(entry: &ActivityEntry) -> ();
        look_back as look_back(
            organization: OrganizationId, filter: &ActivityFilter, side: Option<LogSide>, limit: u32
        ) -> Vec<(LogPlace, ActivityEntry)>;
        names as names_of(organization: OrganizationId, mentioned: &Mentioned) -> Names;
        makers as makers(
            organization: OrganizationId, tokens: &[AuthorizationTokenId]
        ) -> HashMap<AuthorizationTokenId, Actor>;
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
