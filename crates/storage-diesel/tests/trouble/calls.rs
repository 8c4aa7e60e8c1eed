//! Every call of every port, for stores that cannot answer.

use futures_util::{FutureExt, future::join_all};
use symbolon_contract::sample::{Samples, description, idempotency_key, key_id, now};
use symbolon_domain::{
    activity::Action,
    authorization_token::{TokenFilter, TokenStates},
    organization::RevealPolicy,
    page::PageRequest,
    permissions::Permissions,
    port::{
        StoreError,
        activity::ActivityLog,
        authorization_tokens::{AuthorizationTokens, Record},
        canaries::{Canaries, Canary},
        organizations::Organizations,
        readiness::Readiness,
    },
};
use symbolon_storage_diesel::DieselStore;

/// Calls every port at once, and gives what each call failed with.
///
/// # Panics
/// If a call succeeds.
pub(crate) async fn all_fail(store: &DieselStore) -> Vec<StoreError> {
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

    macro_rules! failures {
        ($($call:expr),* $(,)?) => {
            vec![$((stringify!($call), async { $call.await.err() }.boxed())),*]
        };
    }
    let calls = failures![
        Organizations::insert(store, &organization, &entry),
        Organizations::find(store, owner),
        Organizations::list(store, page),
        store.cancel(owner, &entry, now),
        store.reactivate(owner, &entry),
        store.set_reveal_policy(owner, RevealPolicy::Once, &entry),
        AuthorizationTokens::insert(store, &token, record, now),
        store.find_by_digest(&token.digest),
        store.find_by_id(id),
        AuthorizationTokens::find(store, owner, id),
        AuthorizationTokens::list(store, owner, filter, page, now),
        store.rotate(id, &successor, None, record, now),
        store.revoke(owner, id, &entry, now),
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
    ];
    let (names, calls): (Vec<_>, Vec<_>) = calls.into_iter().unzip();
    std::iter::zip(names, join_all(calls).await)
        .map(|(name, failure)| failure.unwrap_or_else(|| panic!("{name} must fail")))
        .collect()
}
