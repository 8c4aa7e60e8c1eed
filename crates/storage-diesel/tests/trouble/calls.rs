//! Every call of every port, for stores that cannot answer.

use futures_util::{
    FutureExt,
    future::{join, join_all},
};
use symbolon_contract::sample::{Samples, description, idempotency_key, key_id, now, revocation};
use symbolon_domain::{
    activity::Action,
    authorization_token::{TokenFilter, TokenStates},
    mail::MailKind,
    organization::RevealPolicy,
    page::PageRequest,
    permissions::Permissions,
    port::{
        StoreError,
        access_tokens::{AccessRecord, AccessTokens},
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Record},
        canaries::{Canaries, Canary},
        organizations::Organizations,
        outbox::{Attempt, Outbox},
        readiness::Readiness,
        recipients::{RecipientFilter, RecipientOrder, Recipients},
        sessions::Sessions,
        sign_ins::SignIns,
        templates::Templates,
    },
    template::TemplateEdit,
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
    let (of_issuers, of_recipients) = join(issuers_fail(store), recipients_fail(store)).await;
    of_issuers.into_iter().chain(of_recipients).collect()
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
    };
    let (page, filter) = (
        PageRequest::default(),
        TokenFilter {
            visible_to: Permissions::ALL,
            states: TokenStates::All,
        },
    );
    let (now, id, owner) = (now(), token.id, organization.id);
    let uses = [(id, now)];
    failures![
        Organizations::insert(store, &organization, &entry),
        Organizations::find(store, owner),
        Organizations::list(store, page),
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
        store.describe(owner, id, Some(&text), &entry, now),
        store.mark_expired(id, now),
        store.record_use(&uses),
        store.record_reuse(id, &entry, now),
        store.answer(id, &key, now),
        store.forget_answers(now),
        ActivityLog::append(store, &entry),
        ActivityLog::list(store, owner, page),
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
    let (now, revocation) = (now(), revocation(now()));
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
        store.edit(owner, template.id, &edit, &entry),
        store.pause(owner, template.id, &entry, now),
        store.resume(owner, template.id, &entry),
        Templates::remove(store, owner, template.id, &entry),
        store.issue(&batch),
        store.issued_under(id, &key),
        Recipients::find(store, owner, recipient.id),
        Recipients::find_by_id(store, recipient.id),
        Recipients::list(store, owner, &filter, order, page),
        store.held_by(&connection.profile, page),
        store.with_mail(&recipient.mail, 1),
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
        store.record_opens(&opens),
        store.take_due(now, now),
        store.settle(mail.id, &sent),
        store.queue_again(owner, recipient.id, &mail, &entry, now),
        store.about(owner, &[recipient.id]),
        Sessions::begin(store, &session, None),
        Sessions::find(store, &session.digest),
        store.touch(&session.digest, now),
        store.end(&session.digest),
        Sessions::forget(store, now),
        SignIns::begin(store, &sign_in, now),
        store.finish(&sign_in.state, &sign_in.browser, now),
        SignIns::forget(store, now),
    ]
}
