//! Changes to access tokens, and what happens while they wait.

use symbolon_contract::sample::now;
use symbolon_domain::{
    access_token::AccessState,
    activity::Action,
    mail::MailKind,
    port::{
        access_tokens::{AccessChange, AccessRecord, AccessTokens, Claim, ResetRequesting},
        recipients::Recipients,
        sessions::Sessions,
        sign_ins::SignIns,
    },
    sign_in::MAX_PENDING_PER_TOKEN,
};

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_is_overtaken_by_a_replacement() {
    let (stage, _) = Stage::claimed().await;
    let mut other = stage.scene.interloper(Stage::REPLACEMENT);
    let reset = stage.resetting();
    other.holds(&reset).await;
    other.commits();
    assert_eq!(reset.await.unwrap(), AccessChange::Overtaken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_is_overtaken_by_another() {
    let stage = Stage::open().await;
    let mut other = stage.scene.interloper(Stage::REPLACEMENT);
    let (successor, replacement) = stage.replacing();
    other.holds(&replacement).await;
    other.commits();
    assert_eq!(replacement.await.unwrap(), AccessChange::Overtaken);
    let found = stage.scene.store().find_by_digest(&successor.digest).await;
    assert_eq!(found.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_sees_its_credential_revoked() {
    let stage = Stage::open().await;
    let mut other = stage.scene.interloper("UPDATE recipients SET revoked_at = now()");
    let (_, replacement) = stage.replacing();
    other.holds(&replacement).await;
    other.commits();
    assert_eq!(replacement.await.unwrap(), AccessChange::CredentialRevoked);
}

/// What is bound while a change waits is bound when it comes to it: its sessions end with it.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_claims_meanwhile_loses_their_sessions() {
    for act in ["reset", "replace", "remove"] {
        let stage = Stage::open().await;
        let (store, somebody) = (stage.scene.store(), stage.scene.samples.connection());
        let session = stage.scene.samples.session(&somebody);
        store.begin_session(&session).await;
        let mut other = stage.scene.interloper(&Stage::binding(&somebody));
        match act {
            "reset" => {
                let reset = stage.resetting();
                other.holds(&reset).await;
                other.commits();
                assert_eq!(reset.await.unwrap(), AccessChange::Changed);
            }
            "replace" => {
                let (_, replacement) = stage.replacing();
                other.holds(&replacement).await;
                other.commits();
                assert_eq!(replacement.await.unwrap(), AccessChange::Changed);
            }
            _ => {
                let (store, recipient) = (store.clone(), stage.new.recipient.clone());
                let entry = stage
                    .scene
                    .samples
                    .entry(recipient.organization, Action::RecipientDeleted);
                let removal = tokio::spawn(async move {
                    let removal = Recipients::remove(&store, recipient.organization, recipient.id, &entry);
                    removal.await.unwrap()
                });
                other.holds(&removal).await;
                other.commits();
                assert!(removal.await.unwrap());
            }
        }
        assert_eq!(
            Sessions::find(&store, &session.digest).await.unwrap(),
            None,
            "{act}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_waits_for_a_claim_and_leaves_it() {
    let stage = Stage::open().await;
    let (store, somebody) = (stage.scene.store(), stage.scene.samples.connection());
    let recipient = stage.new.recipient.clone();
    let (entry, _) = stage.record(Action::AccessRevoked, MailKind::Access);
    let mut other = stage.scene.interloper(&Stage::binding(&somebody));
    let revocation = tokio::spawn(async move {
        let record = AccessRecord {
            entry: &entry,
            mail: None,
        };
        let revocation = AccessTokens::revoke(&store, recipient.organization, recipient.id, record, now());
        revocation.await.unwrap()
    });
    other.holds(&revocation).await;
    other.commits();
    assert_eq!(revocation.await.unwrap(), AccessChange::Changed);
    let left = stage.dossier().await.unwrap().token;
    assert!(left.is_bound_to(&somebody.profile));
    assert_eq!(left.state(), AccessState::Revoked);
    assert_eq!(left.sealed, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_a_reset_sees_it_granted() {
    let (stage, _) = Stage::claimed().await;
    let store = stage.scene.store();
    let (entry, mail) = stage.record(Action::ResetRequested, MailKind::ResetRequested);
    let (id, request) = (stage.new.token.id, stage.scene.samples.reset_request());
    let mut other = stage.scene.interloper(
        "SELECT FROM recipients FOR UPDATE; \
         UPDATE access_tokens SET bound_provider = NULL, bound_issuer = NULL, bound_subject = NULL, \
            bound_hint = NULL, bound_at = NULL",
    );
    let wish = tokio::spawn(async move {
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        store.request_reset(id, &request, record).await.unwrap()
    });
    other.holds(&wish).await;
    other.commits();
    assert_eq!(wish.await.unwrap(), ResetRequesting::Refused(AccessState::Free));
    assert_eq!(stage.dossier().await.unwrap().token.reset_request, None);
}

/// The claim comes while the token is bound, waits for the reset, and finds it free.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_after_a_reset_binds() {
    let (stage, _) = Stage::claimed().await;
    let next = stage.scene.samples.connection();
    assert!(matches!(stage.claiming(&next).await.unwrap(), Claim::Refused(_)));
    assert_eq!(stage.resetting().await.unwrap(), AccessChange::Changed);
    assert_eq!(stage.claiming(&next).await.unwrap(), Claim::Bound);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_counts_those_that_another_has_begun() {
    let stage = Stage::open().await;
    let store = stage.scene.store();
    let sign_in = stage.scene.samples.sign_in(Some(stage.new.token.id));
    let mut other = stage.scene.interloper(&format!(
        "SELECT FROM access_tokens FOR NO KEY UPDATE; \
         INSERT INTO sign_ins (state_digest, state_pepper_id, browser_digest, browser_pepper_id, provider, \
            access_token_id, expires_at, purpose) \
         SELECT sha256(n::text::bytea), 'pepper01', sha256(''), 'pepper01', 'sample', id, 'infinity'::timestamptz, \
            'claim' \
         FROM access_tokens, generate_series(1, {MAX_PENDING_PER_TOKEN}) AS n"
    ));
    let beginning = tokio::spawn({
        let (store, sign_in) = (store.clone(), sign_in.clone());
        async move { SignIns::begin(&store, &sign_in, now()).await.unwrap() }
    });
    other.holds(&beginning).await;
    other.commits();
    beginning.await.unwrap();
    let mut third = stage.scene.interloper("SELECT 1");
    let many = i64::try_from(MAX_PENDING_PER_TOKEN).unwrap();
    assert!(third.could(&format!("SELECT 1 / (count(*) = {many})::int FROM sign_ins")));
    third.gives_up();
    let found = store.finish(&sign_in.state, &sign_in.browser, now()).await;
    assert_eq!(found.unwrap(), Some(sign_in));
}

/// `begin` is a method of two ports.
trait BeginSession {
    async fn begin_session(&self, session: &symbolon_domain::session::Session);
}

impl BeginSession for symbolon_storage_diesel::DieselStore {
    async fn begin_session(&self, session: &symbolon_domain::session::Session) {
        Sessions::begin(self, session, None).await.unwrap();
    }
}
