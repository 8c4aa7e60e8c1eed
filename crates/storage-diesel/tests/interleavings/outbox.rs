//! Taking and queueing mail, and what happens while it waits.

use symbolon_contract::sample::now;
use symbolon_domain::{
    activity::Action,
    mail::{MailKind, MailState},
    port::{
        access_tokens::{AccessChange, AccessRecord, AccessTokens},
        outbox::{Outbox, Resending},
    },
};

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_is_being_taken_sees_a_pause_and_a_cancellation() {
    for statement in [
        "UPDATE templates SET paused_at = now()",
        "UPDATE organizations SET cancelled_at = now()",
    ] {
        for commits in [true, false] {
            let stage = Stage::open().await;
            let mut other = stage.scene.interloper(statement);
            let taking = stage.taking();
            other.holds(&taking).await;
            if commits {
                other.commits();
                assert_eq!(taking.await.unwrap(), None, "{statement}");
                let left = stage.dossier().await.unwrap();
                assert_eq!(left.mail, Some(MailState::Pending), "{statement}");
            } else {
                other.gives_up();
                assert!(taking.await.unwrap().is_some(), "{statement}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_is_taken_holds_its_organization_and_template() {
    let stage = Stage::open().await;
    // The last step of taking is to write the row of the mail.
    let mut other = stage.scene.interloper("LOCK TABLE mails IN SHARE MODE");
    let taking = stage.taking();
    other.holds(&taking).await;
    let mut third = stage.scene.interloper("SELECT 1");
    for table in ["organizations", "templates"] {
        let take = format!("SELECT FROM {table} FOR NO KEY UPDATE NOWAIT");
        assert!(!third.could(&take), "{table}");
    }
    other.commits();
    assert!(taking.await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_another_takes_is_not_waited_for() {
    let stage = Stage::open().await;
    let another = stage.scene.samples.new_recipient(&stage.template);
    stage.issuing(&another).await.unwrap();
    let mut mails = [stage.new.mail.clone().unwrap(), another.mail.clone().unwrap()];
    mails.sort_by_key(|mail| (mail.due_at, mail.id));
    let [first, second] = mails;
    let other = stage.scene.interloper(&format!(
        "SELECT FROM mails WHERE id = '{}' FOR NO KEY UPDATE",
        first.id
    ));
    let (taken, _) = stage.taking().await.unwrap().unwrap();
    assert_eq!(taken.id, second.id);
    assert_eq!(stage.taking().await.unwrap(), None);
    other.gives_up();
    let (taken, _) = stage.taking().await.unwrap().unwrap();
    assert_eq!(taken.id, first.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_to_mail_the_same_link_again_is_told_that_it_is_too_soon() {
    let stage = Stage::open().await;
    let (store, recipient) = (stage.scene.store(), stage.new.recipient.clone());
    let (entry, mail) = stage.record(Action::AccessMailedAgain, MailKind::AccessAgain);
    let mut other = stage.scene.interloper(&format!(
        "SELECT FROM recipients FOR UPDATE; \
         UPDATE mails SET state = 'sent'; \
         INSERT INTO mails (id, recipient_id, access_token_id, organization_id, kind, created_at, state, \
            attempts, due_at) \
         SELECT gen_random_uuid(), recipient_id, id, organization_id, 'access_again', '{0}', 'sent', 1, '{0}' \
         FROM access_tokens",
        now()
    ));
    let queueing = tokio::spawn(async move {
        let queueing = store.queue_again(recipient.organization, recipient.id, &mail, &entry, now());
        queueing.await.unwrap()
    });
    other.holds(&queueing).await;
    other.commits();
    let outcome = queueing.await.unwrap();
    assert!(matches!(outcome, Resending::TooSoon { .. }), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_is_sent_while_its_link_becomes_useless_was_sent() {
    let stage = Stage::open().await;
    let (store, recipient) = (stage.scene.store(), stage.new.recipient.clone());
    let (entry, _) = stage.record(Action::AccessRevoked, MailKind::Access);
    let mut other = stage
        .scene
        .interloper("UPDATE mails SET state = 'sent', sent_at = now()");
    let revoking = tokio::spawn(async move {
        let record = AccessRecord {
            entry: &entry,
            mail: None,
        };
        AccessTokens::revoke(&store, recipient.organization, recipient.id, record, now())
            .await
            .unwrap()
    });
    other.holds(&revoking).await;
    other.commits();
    assert_eq!(revoking.await.unwrap(), AccessChange::Changed);
    let left = stage.dossier().await.unwrap();
    assert_eq!(left.mail, Some(MailState::Sent));
}
