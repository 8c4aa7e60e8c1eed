//! Every call of every port, for stores that cannot answer.

use futures_util::{
    FutureExt,
    future::{join_all, join4},
};
use symbolon_contract::sample::{
    Samples, description, idempotency_key, key_id, now, person_name, revocation,
};
use symbolon_domain::{
    activity::{Action, names::Mentioned},
    administrator::Role,
    authorization_token::{TokenFilter, TokenStates},
    job::JobCounts,
    mail::MailKind,
    notice::NoticeSubject,
    organization::{OrganizationEdit, RevealPolicy},
    page::PageRequest,
    permissions::Permissions,
    port::{
        StoreError,
        access_tokens::{AccessRecord, AccessTokens},
        activity::{ActivityFilter, ActivityLog},
        administrator_sessions::AdministratorSessions,
        administrators::{AdministratorRecord, Administrators, NewProof, ProofChange, Redemption},
        authorization_tokens::{AuthorizationTokens, Record},
        canaries::{Canaries, Canary},
        jobs::{JobStart, JobStep, Jobs, Next, Turn},
        notices::Notices,
        organizations::Organizations,
        outbox::{Attempt, Outbox},
        readiness::Readiness,
        recipients::{RecipientFilter, RecipientOrder, Recipients},
        sessions::Sessions,
        sign_in_attempts::SignInAttempts,
        sign_ins::SignIns,
        tallies::Tallies,
        templates::Templates,
    },
    template::TemplateEdit,
    time::Day,
};
use symbolon_storage_diesel::DieselStore;

/// Calls that must fail, each with its words, all at once.
macro_rules! failures {
    ($($call:expr),* $(,)?) => {{
        let calls = vec![$((stringify!($call), async { $call.await.err() }.boxed())),*];
        let (names, calls): (Vec<_>, Vec<_>) = calls.into_iter().unzip();
        std::iter::zip(names, join_all(calls).await)
            .map(|(name, failure)| failure.unwrap_or_else(|| panic!("{name} must fail")))
            .collect()
    }};
}

/// Calls every port at once, and gives what each call failed with.
///
/// # Panics
/// If a call succeeds.
pub(crate) async fn all_fail(store: &DieselStore) -> Vec<StoreError> {
    let (of_issuers, of_recipients, of_administrators, of_jobs) = join4(
        issuers_fail(store),
        recipients_fail(store),
        administrators_fail(store),
        jobs_fail(store),
    )
    .await;
    of_issuers
        .into_iter()
        .chain(of_recipients)
        .chain(of_administrators)
        .chain(of_jobs)
        .collect()
}

/// The ports of organizations and their programs.
async fn issuers_fail(store: &DieselStore) -> Vec<StoreError> {
    let samples = Samples::default();
    let organization = samples.organization();
    let token = samples.token(organization.id);
    let successor = samples.successor(&token);
    let entry = samples.entry_by(&token, Action::TokenCreated);
    let text = description("text");
    let key = idempotency_key("key");
    let canaries = [Canary {
        key: key_id("seal0001"),
        proof: vec![1],
    }];
    let record = Record {
        entry: &entry,
        answer: None,
        notices: &[],
    };
    let (page, filter) = (
        PageRequest::default(),
        TokenFilter {
            visible_to: Permissions::ALL,
            states: TokenStates::All,
        },
    );
    let (now, id, owner) = (now(), token.id, organization.id);
    let (uses, edit) = ([(id, now)], OrganizationEdit::default());
    failures![
        Organizations::insert(store, &organization, &entry),
        Organizations::find(store, owner),
        Organizations::list(store, page),
        Organizations::edit(store, owner, &edit, &entry),
        store.cancel(owner, &entry, now),
        store.reactivate(owner, &entry),
        store.set_reveal_policy(owner, RevealPolicy::Once, &entry),
        AuthorizationTokens::insert(store, &token, record, now),
        AuthorizationTokens::find_by_digest(store, &token.digest),
        AuthorizationTokens::find_by_id(store, id),
        AuthorizationTokens::find(store, owner, id),
        AuthorizationTokens::list(store, owner, filter, page, now),
        store.rotate(id, &successor, None, record, now),
        AuthorizationTokens::revoke(store, owner, id, &entry, now),
        store.descendants(owner, id),
        store.revoke_tree(owner, id, &[], now),
        store.describe(owner, id, Some(&text), &entry, now),
        store.mark_expired(id, now),
        store.record_use(&uses),
        store.record_reuse(id, &entry, &[], now),
        store.answer(id, &key, now),
        store.forget_answers(now),
        ActivityLog::append(store, &entry),
        ActivityLog::list(store, owner, page),
        store.look_back(owner, &ActivityFilter::default(), None, 1),
        store.names(owner, &Mentioned::default()),
        store.makers(owner, &[id]),
        Canaries::list(store),
        store.admit(&canaries),
        store.ready(),
    ]
}

/// The ports of templates, of recipients and of who comes for a credential.
async fn recipients_fail(store: &DieselStore) -> Vec<StoreError> {
    let samples = Samples::default();
    let owner = samples.organization().id;
    let id = samples.token(owner).id;
    let entry = samples.entry(owner, Action::CredentialIssued);
    let (template, edit) = (samples.template(owner), TemplateEdit::default());
    let new = samples.new_recipient(&template);
    let batch = [new.clone()];
    let (recipient, access) = (&new.recipient, &new.token);
    let mail = samples.mail(access, MailKind::Access);
    let (connection, key) = (samples.connection(), idempotency_key("key"));
    let (session, sign_in) = (samples.session(&connection), samples.sign_in(Some(access.id)));
    let (filter, order, page) = (
        RecipientFilter::default(),
        RecipientOrder::default(),
        PageRequest::default(),
    );
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    let mails = [recipient.mail.clone()];
    let (now, today, revocation) = (now(), Day::of(now()), revocation(now()));
    let (wish, opens, sent) = (
        samples.reset_request(),
        [(access.id, 1, now)],
        Attempt::Sent { at: now },
    );
    failures![
        Templates::insert(store, &template, &entry),
        Templates::find(store, owner, template.id),
        Templates::find_by_id(store, template.id),
        Templates::list(store, owner, page),
        Templates::edit(store, owner, template.id, &edit, &entry),
        store.pause(owner, template.id, &entry, now),
        store.resume(owner, template.id, &entry),
        Templates::remove(store, owner, template.id, &entry),
        Recipients::issue(store, &batch),
        store.issued_under(id, &key),
        Recipients::find(store, owner, recipient.id),
        Recipients::find_by_id(store, recipient.id),
        Recipients::list(store, owner, &filter, order, page),
        store.held_by(&connection.profile, page),
        store.walk(owner, &filter, None, 1),
        Recipients::browse(store, owner, &filter, order, None, 1),
        store.count(owner, &filter, 1),
        store.with_mail(&recipient.mail, 1),
        store.holders(owner, template.id, &mails),
        store.correct_mail(owner, &recipient.mail, access, record, now),
        Recipients::revoke(store, owner, recipient.id, &revocation, &entry),
        store.succeed(owner, recipient.id, &revocation, &entry, &new),
        Recipients::remove(store, owner, recipient.id, &entry),
        AccessTokens::find_by_digest(store, &access.digest),
        AccessTokens::find_by_id(store, access.id),
        store.claim(access.id, &connection, record, now),
        store.reset(owner, recipient.id, record),
        AccessTokens::revoke(store, owner, recipient.id, record, now),
        store.replace(owner, access, record, now),
        store.request_reset(access.id, &wish, record),
        store.dismiss_reset(owner, recipient.id, now, &entry),
        store.waiting_for_reset(owner, None, 1),
        store.record_opens(&opens),
        store.of_templates(owner, &[template.id]),
        store.of_organization(owner),
        store.claims(owner, today),
        store.expiries(owner, today, today.plus(1)),
        Tallies::settle(store),
        Outbox::take_due(store, now, now),
        Outbox::settle(store, mail.id, &sent),
        store.queue_again(owner, recipient.id, &mail, &entry, now),
        store.about(owner, &[recipient.id]),
        Sessions::begin(store, &session, None),
        Sessions::find(store, &session.digest),
        Sessions::touch(store, &session.digest, now),
        Sessions::end(store, &session.digest),
        Sessions::forget(store, now),
        SignIns::begin(store, &sign_in, now),
        store.finish(&sign_in.state, &sign_in.browser, now),
        SignIns::forget(store, now),
    ]
}

/// The ports of administrators.
async fn administrators_fail(store: &DieselStore) -> Vec<StoreError> {
    let samples = Samples::default();
    let owner = samples.organization().id;
    let token = samples.token(owner).id;
    let administrator = samples.administrator(owner);
    let (founding, invitation) = (samples.founding(owner), samples.invitation(owner));
    let (link, entry) = (&invitation.link, &invitation.entry);
    let notice = samples.notice_to(&administrator, NoticeSubject::ProofsChanged);
    let (notices, account) = ([notice.clone()], samples.account());
    let session = samples.administrator_session(administrator.id);
    let (profile, hash, name) = (
        samples.connection().profile,
        samples.password_hash(),
        person_name("Name"),
    );
    let redemption = Redemption {
        name: None,
        proof: NewProof::Password(hash.clone()),
    };
    let change = ProofChange::Password(hash.clone());
    let record = AdministratorRecord {
        entry,
        notice: Some(&notice),
    };
    let (now, id) = (now(), administrator.id);
    let sent = Attempt::Sent { at: now };
    failures![
        store.exist(),
        store.offer_set_up(link),
        store.set_up(&link.digest, &founding, now),
        Administrators::find(store, owner, id),
        store.find_by_mail(&administrator.mail),
        store.find_by_profile(&profile),
        Administrators::list(store, owner),
        store.invite(&invitation),
        store.renew_link(link, None, None),
        store.find_link(&link.digest),
        store.redeem(&link.digest, &redemption, entry, now),
        store.change_proof(id, 0, &change, None, record),
        store.rehash(id, 0, &hash),
        store.take_step(id, 1),
        store.take_recovery_code(id, &link.digest, entry),
        store.rename(id, &name),
        store.change_role(owner, id, Role::Viewer, entry),
        Administrators::remove(store, owner, id, entry),
        store.forget_links(now),
        AdministratorSessions::begin(store, &session, 0, None, None),
        AdministratorSessions::find(store, &session.digest),
        AdministratorSessions::touch(store, &session.digest, now),
        store.of(id),
        AdministratorSessions::end(store, &session.digest),
        store.end_of(id, session.id, entry),
        store.end_all_of(id, None, entry),
        AdministratorSessions::forget(store, now),
        SignInAttempts::begin(store, &account, now),
        store.clear(&account),
        SignInAttempts::forget(store, now),
        store.queue(&notice),
        Notices::take_due(store, now, now),
        store.look_again(notice.id),
        Notices::settle(store, notice.id, &sent),
        store.drop_useless(notice.id),
        store.unsent(owner, 1),
        store.to_announce(now, 1),
        store.announce(token, &notices, None, now),
    ]
}

/// The port of jobs.
async fn jobs_fail(store: &DieselStore) -> Vec<StoreError> {
    let samples = Samples::default();
    let owner = samples.organization().id;
    let (job, entry) = (samples.job(owner), samples.entry(owner, Action::JobStarted));
    let (id, now) = (job.id, now());
    let turn = Turn { job: id, number: 1 };
    let step = JobStep {
        results: Vec::new(),
        counts: JobCounts::default(),
        cursor: None,
        next: Next::Done(now),
    };
    let start = JobStart {
        by: samples.attribution(),
        at: now,
        total: 1,
        plan: String::new(),
    };
    failures![
        Jobs::keep(store, &job, None, None),
        Jobs::find(store, owner, id),
        Jobs::file(store, owner, id),
        Jobs::browse(store, owner, None, 1),
        Jobs::redraft(store, owner, id, ""),
        Jobs::start(store, owner, id, &start, &entry),
        Jobs::stop(store, owner, id, &entry),
        Jobs::take(store, now, now),
        Jobs::step(store, &turn, &step),
        Jobs::issue(store, &turn, &[], &[], &step),
        Jobs::results(store, owner, id, None, None, 1),
        Jobs::forget(store, now),
    ]
}
