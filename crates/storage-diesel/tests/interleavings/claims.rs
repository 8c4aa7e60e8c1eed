//! Claims, and what happens while they wait.

use symbolon_contract::sample::now;
use symbolon_domain::{
    access_token::Refusal,
    port::access_tokens::{AccessTokens, Claim},
};

use crate::stage::Stage;

/// A claim that waits for somebody who does this, and goes by it if it is done and only then.
async fn goes_by(statements: &str, is_expected: impl Fn(&Claim) -> bool) {
    for commits in [true, false] {
        let stage = Stage::open().await;
        let somebody = stage.scene.samples.connection();
        let mut other = stage.scene.interloper(statements);
        let claim = stage.claiming(&somebody);
        other.holds(&claim).await;
        if commits {
            other.commits();
            let outcome = claim.await.unwrap();
            assert!(is_expected(&outcome), "{statements}: {outcome:?}");
            if let Some(left) = stage.dossier().await {
                assert_eq!(left.token.binding, None, "{statements}");
                assert_eq!(left.recipient.first_claimed_at, None, "{statements}");
            }
        } else {
            other.gives_up();
            assert_eq!(claim.await.unwrap(), Claim::Bound, "{statements}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sees_its_template_paused() {
    goes_by("UPDATE templates SET paused_at = now()", |claim| {
        *claim == Claim::Refused(Refusal::TemplatePaused)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sees_its_organization_cancelled() {
    goes_by("UPDATE organizations SET cancelled_at = now()", |claim| {
        *claim == Claim::Refused(Refusal::OrganizationCancelled)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sees_its_credential_revoked() {
    goes_by("UPDATE recipients SET revoked_at = now()", |claim| {
        matches!(claim, Claim::Refused(Refusal::CredentialRevoked(_)))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sees_its_access_revoked() {
    goes_by(
        "UPDATE access_tokens SET revoked_at = now(), sealed = NULL",
        |claim| *claim == Claim::Refused(Refusal::AccessRevoked),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sees_its_token_replaced() {
    goes_by(Stage::REPLACEMENT, |claim| {
        matches!(claim, Claim::Refused(Refusal::Replaced { .. }))
    })
    .await;
}

/// While it waits, somebody claims and is reset. The public verification dates from then.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_keeps_when_the_credential_was_first_claimed() {
    let stage = Stage::open().await;
    let somebody = stage.scene.samples.connection();
    let first = now().plus_seconds(-1);
    let mut other = stage
        .scene
        .interloper(&format!("UPDATE recipients SET first_claimed_at = '{first}'"));
    let claim = stage.claiming(&somebody);
    other.holds(&claim).await;
    other.commits();
    assert_eq!(claim.await.unwrap(), Claim::Bound);
    let left = stage.dossier().await.unwrap();
    assert_eq!(left.recipient.first_claimed_at, Some(first));
}

/// Without the row of the recipient: even one that does not keep the order of rows is seen.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sees_its_token_replaced_behind_its_back() {
    goes_by(
        "UPDATE access_tokens SET replaced_at = now(), sealed = NULL",
        |claim| matches!(claim, Claim::Refused(Refusal::Replaced { .. })),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sees_its_recipient_deleted() {
    goes_by("DELETE FROM recipients", |claim| *claim == Claim::Absent).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_loses_to_another_that_was_first() {
    let stage = Stage::open().await;
    let (first, second) = (stage.scene.samples.connection(), stage.scene.samples.connection());
    let mut other = stage.scene.interloper(&Stage::binding(&first));
    let claims = [stage.claiming(&second), stage.claiming(&first)];
    other.holds(&claims[0]).await;
    other.holds(&claims[1]).await;
    other.commits();
    let [by_the_second, by_the_first] = claims;
    assert_eq!(
        by_the_second.await.unwrap(),
        Claim::Refused(Refusal::InUseByAnother)
    );
    assert_eq!(by_the_first.await.unwrap(), Claim::AlreadyYours);
    assert!(stage.dossier().await.unwrap().token.is_bound_to(&first.profile));
}

/// The token's own row decides, also against one that has not taken the recipient's.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_loses_to_a_binding_behind_its_back() {
    let stage = Stage::open().await;
    let (first, second) = (stage.scene.samples.connection(), stage.scene.samples.connection());
    let (_, token_only) = Stage::binding(&first)
        .split_once("; ")
        .map(|(one, two)| (one.to_owned(), two.to_owned()))
        .unwrap();
    let mut other = stage.scene.interloper(&token_only);
    let claim = stage.claiming(&second);
    other.holds(&claim).await;
    other.commits();
    assert_eq!(claim.await.unwrap(), Claim::Refused(Refusal::InUseByAnother));
    let left = stage.dossier().await.unwrap();
    assert!(left.token.is_bound_to(&first.profile));
    assert_eq!(left.recipient.first_claimed_at, None, "all of it is rolled back");
}

/// Whatever closes a link waits for a claim that came before it: no claim is committed after it has returned.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_has_begun_holds_everything_that_could_refuse_it() {
    let stage = Stage::open().await;
    let somebody = stage.scene.samples.connection();
    let mut other = stage.scene.interloper("UPDATE access_tokens SET opens = 1");
    let claim = stage.claiming(&somebody);
    other.holds(&claim).await;
    let mut third = stage.scene.interloper("SELECT 1");
    for table in ["organizations", "templates", "recipients"] {
        let take = format!("SELECT FROM {table} FOR NO KEY UPDATE NOWAIT");
        assert!(!third.could(&take), "{table}");
    }
    other.commits();
    assert_eq!(claim.await.unwrap(), Claim::Bound);
    for table in ["organizations", "templates", "recipients"] {
        let take = format!("SELECT FROM {table} FOR NO KEY UPDATE NOWAIT");
        assert!(third.could(&take), "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_of_different_recipients_do_not_wait_for_each_other() {
    let stage = Stage::open().await;
    let another = stage.scene.samples.new_recipient(&stage.template);
    stage.issuing(&another).await.unwrap();
    // As far as a claim gets before it commits.
    let other = stage.scene.interloper(&format!(
        "SELECT FROM organizations FOR SHARE; SELECT FROM templates FOR SHARE; \
         UPDATE recipients SET first_claimed_at = now() WHERE id = '{0}'; \
         UPDATE access_tokens SET opens = 1 WHERE recipient_id = '{0}'",
        another.recipient.id
    ));
    let claim = stage.claiming(&stage.scene.samples.connection());
    assert_eq!(claim.await.unwrap(), Claim::Bound);
    let found = stage.scene.store().find_by_digest(&another.token.digest).await;
    assert_eq!(found.unwrap().unwrap().token.opens, 0);
    other.commits();
}
