//! Numbers, and who waits for whom because of them.

use symbolon_contract::sample::now;
use symbolon_domain::{
    activity::Action,
    port::{
        access_tokens::{AccessTokens, Claim},
        outbox::{Attempt, Outbox},
        recipients::{Issuing, Recipients},
        tallies::{Numbers, Tallies},
    },
};
use tokio::task::JoinHandle;

use crate::stage::Stage;

impl Stage {
    async fn numbers(&self) -> Numbers {
        let store = self.scene.store();
        store.of_organization(self.scene.owner.id).await.unwrap()
    }

    fn opening(&self) -> JoinHandle<()> {
        let (store, id) = (self.scene.store(), self.new.token.id);
        tokio::spawn(async move { store.record_opens(&[(id, 1, now())]).await.unwrap() })
    }

    fn settling_mail(&self) -> JoinHandle<()> {
        let store = self.scene.store();
        let id = self.new.mail.as_ref().unwrap().id;
        let sent = Attempt::Sent { at: now() };
        tokio::spawn(async move { Outbox::settle(&store, id, &sent).await.unwrap() })
    }

    fn removing(&self) -> JoinHandle<bool> {
        let (store, recipient) = (self.scene.store(), self.new.recipient.clone());
        let (owner, id) = (recipient.organization, recipient.id);
        let entry = self.scene.samples.entry(owner, Action::RecipientDeleted);
        tokio::spawn(async move { Recipients::remove(&store, owner, id, &entry).await.unwrap() })
    }
}

/// Who counts waits for nobody who counts the same number, nor for somebody who is settling it.
#[tokio::test(flavor = "multi_thread")]
async fn counting_waits_for_nobody() {
    let stage = Stage::open().await;
    let other = stage.scene.interloper(
        "SELECT FROM tallies FOR UPDATE; \
         INSERT INTO tallies (organization_id, template_id, what, difference, is_settled) \
         SELECT organization_id, template_id, what, 100, false FROM tallies",
    );
    let issued = stage.scene.samples.new_recipient(&stage.template);
    assert_eq!(stage.issuing(&issued).await.unwrap(), Issuing::Issued);
    let somebody = stage.scene.samples.connection();
    assert_eq!(stage.claiming(&somebody).await.unwrap(), Claim::Bound);
    stage.opening().await.unwrap();
    stage.settling_mail().await.unwrap();
    let wanted = Numbers {
        recipients: 2,
        mailed: 1,
        opened: 1,
        claimed: 1,
        ..Numbers::default()
    };
    assert_eq!(stage.numbers().await, wanted);
    other.gives_up();
    assert!(stage.removing().await.unwrap());
    assert_eq!(stage.numbers().await.recipients, 1);
}

/// Two that settle at once pass over what the other has, settled rows too; nothing is lost and nothing is told twice.
#[tokio::test(flavor = "multi_thread")]
async fn settling_passes_over_what_another_settles() {
    let stage = Stage::open().await;
    let store = stage.scene.store();
    for taken in [
        "SELECT FROM tallies FOR UPDATE",
        "SELECT FROM tallies WHERE is_settled FOR UPDATE",
        "SELECT FROM tallies WHERE NOT is_settled FOR UPDATE",
    ] {
        let before = stage.numbers().await.recipients;
        let other = stage.scene.interloper(taken);
        let issued = stage.scene.samples.new_recipient(&stage.template);
        assert_eq!(stage.issuing(&issued).await.unwrap(), Issuing::Issued);
        assert!(!Tallies::settle(&store).await.unwrap(), "{taken}");
        assert_eq!(stage.numbers().await.recipients, before + 1, "{taken}");
        other.gives_up();
        assert!(!Tallies::settle(&store).await.unwrap());
        assert_eq!(stage.numbers().await.recipients, before + 1, "{taken}");
    }
}

/// What was settled by somebody who then gave up was not settled.
#[tokio::test(flavor = "multi_thread")]
async fn who_gives_up_has_settled_nothing() {
    let stage = Stage::open().await;
    let other = stage.scene.interloper("DELETE FROM tallies");
    assert!(!Tallies::settle(&stage.scene.store()).await.unwrap());
    other.gives_up();
    assert_eq!(stage.numbers().await.recipients, 1);
    assert!(!Tallies::settle(&stage.scene.store()).await.unwrap());
    assert_eq!(stage.numbers().await.recipients, 1);
}

/// A first open, and what became of a mail, wait for a removal, and find nobody to count.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_counted_who_was_removed_meanwhile() {
    for is_open in [true, false] {
        let stage = Stage::open().await;
        let mut other = stage
            .scene
            .interloper("SELECT FROM recipients FOR UPDATE; DELETE FROM recipients; DELETE FROM tallies");
        let late = if is_open {
            stage.opening()
        } else {
            stage.settling_mail()
        };
        other.holds(&late).await;
        other.commits();
        late.await.unwrap();
        assert_eq!(stage.numbers().await, Numbers::default(), "{is_open}");
    }
}

/// A removal waits for a first open, a claim, and what became of a mail, and takes away what they have counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_removal_takes_away_what_was_counted_meanwhile() {
    let count = |what: &str| {
        format!(
            "INSERT INTO tallies (organization_id, template_id, what, difference, is_settled) \
             SELECT organization_id, id, '{what}', 1, false FROM templates"
        )
    };
    for (act, what) in [
        ("UPDATE access_tokens SET first_opened_at = now()", "opened"),
        ("UPDATE mails SET state = 'sent', sent_at = now()", "mailed"),
        ("UPDATE mails SET state = 'failed'", "mail_failed"),
    ] {
        let stage = Stage::open().await;
        let statements = format!("SELECT FROM recipients FOR NO KEY UPDATE; {act}; {}", count(what));
        let mut other = stage.scene.interloper(&statements);
        let removal = stage.removing();
        other.holds(&removal).await;
        other.commits();
        assert!(removal.await.unwrap());
        assert_eq!(stage.numbers().await, Numbers::default(), "{what}");
    }
}

/// Of two links of one person that are first opened at once the second waits, and is not counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_first_open_is_not_counted() {
    let stage = Stage::open().await;
    let (successor, replacement) = stage.replacing();
    replacement.await.unwrap();
    let mut other = stage.scene.interloper(
        "SELECT FROM recipients FOR NO KEY UPDATE; \
         UPDATE access_tokens SET first_opened_at = now() WHERE replaced_at IS NULL; \
         INSERT INTO tallies (organization_id, template_id, what, difference, is_settled) \
         SELECT organization_id, id, 'opened', 1, false FROM templates",
    );
    let opening = stage.opening();
    other.holds(&opening).await;
    other.commits();
    opening.await.unwrap();
    assert_eq!(stage.numbers().await.opened, 1);
    let (store, id) = (stage.scene.store(), successor.id);
    store.record_opens(&[(id, 1, now())]).await.unwrap();
    assert_eq!(stage.numbers().await.opened, 1);
}
