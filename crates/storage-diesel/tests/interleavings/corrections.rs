//! Corrections of mail addresses, and what happens while they wait.

use symbolon_contract::sample::{mail_address, now};
use symbolon_domain::{
    access_token::Refusal,
    activity::Action,
    mail::MailKind,
    port::{
        access_tokens::{AccessRecord, AccessTokens, Claim},
        recipients::{Correction, NewRecipient, Recipients},
    },
    recipient::Recipient,
};
use tokio::task::JoinHandle;

use crate::{issues::insertion, stage::Stage};

const RIGHT: &str = "right@example.org";

/// A correction on its way.
fn correcting(stage: &Stage) -> JoinHandle<Correction> {
    let (store, organization) = (stage.scene.store(), stage.scene.owner.id);
    let successor = stage.scene.samples.access_successor(&stage.new.token);
    let (entry, _) = stage.record(Action::AddressCorrected, MailKind::Access);
    let mail = stage.scene.samples.mail(&successor, MailKind::Access);
    tokio::spawn(async move {
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let right = mail_address(RIGHT);
        store
            .correct_mail(organization, &right, &successor, record, now())
            .await
            .unwrap()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_sees_its_credential_claimed() {
    for commits in [true, false] {
        let stage = Stage::open().await;
        let somebody = stage.scene.samples.connection();
        let other = stage.scene.interloper(&Stage::binding(&somebody));
        let correction = other.decides(commits, correcting(&stage)).await;
        let left = AccessTokens::find_by_id(&stage.scene.store(), stage.new.token.id).await;
        let left = left.unwrap().unwrap();
        if commits {
            assert_eq!(correction, Correction::Claimed);
            assert_eq!(left.recipient.mail, stage.new.recipient.mail);
            assert!(left.token.is_bound_to(&somebody.profile));
        } else {
            assert_eq!(correction, Correction::Corrected);
            assert_eq!(left.recipient.mail.as_str(), RIGHT);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sees_its_address_corrected() {
    let stage = Stage::open().await;
    let somebody = stage.scene.samples.connection();
    let correction = format!("{}; UPDATE recipients SET mail = '{RIGHT}'", Stage::REPLACEMENT);
    let other = stage.scene.interloper(&correction);
    let claim = other.decides(true, stage.claiming(&somebody)).await;
    assert!(
        matches!(claim, Claim::Refused(Refusal::Replaced { .. })),
        "{claim:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_overtaken_by_a_replacement() {
    let stage = Stage::open().await;
    let other = stage.scene.interloper(Stage::REPLACEMENT);
    let correction = other.decides(true, correcting(&stage)).await;
    assert_eq!(correction, Correction::Overtaken);
    let left = Recipients::find_by_id(&stage.scene.store(), stage.new.recipient.id).await;
    assert_eq!(left.unwrap().unwrap().recipient.mail, stage.new.recipient.mail);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_told_of_somebody_who_is_issued_the_same_meanwhile() {
    for commits in [true, false] {
        let stage = Stage::open().await;
        let rival = NewRecipient {
            recipient: Recipient {
                mail: mail_address(RIGHT),
                ..stage.scene.samples.recipient(&stage.template)
            },
            ..stage.scene.samples.new_recipient(&stage.template)
        };
        let other = stage.scene.interloper(&insertion(&rival));
        let correction = other.decides(commits, correcting(&stage)).await;
        let expected = if commits {
            Correction::Duplicate(rival.recipient.id)
        } else {
            Correction::Corrected
        };
        assert_eq!(correction, expected);
    }
}
