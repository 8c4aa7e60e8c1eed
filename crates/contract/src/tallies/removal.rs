//! Who is removed takes away everything that was counted of them.

use symbolon_domain::port::{recipients::NewRecipient, tallies::Numbers};

use super::{failed, numbers, open, recipient_with, recount::agree, sent, settle_all, settle_mail};
use crate::{
    Fixture,
    sample::{expiry, now},
    scene::{Scene, Stage},
};

/// Whatever had become of a recipient, nothing of it is counted after the removal; of the others everything.
pub async fn who_is_removed_is_not_counted_any_more<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let bystander = recipient_with(&scene, &template, |recipient| {
        recipient.expires_at = Some(expiry());
    })
    .await;
    everything(&scene, &bystander).await;
    let before = numbers(&scene).await;
    let all = Numbers {
        recipients: 1,
        mailed: 1,
        mail_failed: 0,
        opened: 1,
        claimed: 1,
        revoked: 1,
        tests: 0,
    };
    assert_eq!(before, all);
    for steps in 0..=6 {
        let new = recipient_with(&scene, &template, |recipient| {
            recipient.expires_at = Some(expiry());
        })
        .await;
        if steps > 0 {
            settle_mail(&scene, &new, &if steps == 1 { failed() } else { sent() }).await;
        }
        if steps > 2 {
            open(&scene, &new.token).await;
        }
        if steps > 3 {
            scene.claim_for(&new).await;
        }
        if steps > 4 {
            scene.replaced(&new.token).await;
        }
        if steps > 5 {
            scene.revoke_credential(&new, now()).await;
        }
        agree(&scene, scene.owner.id).await;
        assert!(scene.remove(&new).await);
        assert_eq!(numbers(&scene).await, before, "{steps}");
        agree(&scene, scene.owner.id).await;
        assert!(!scene.remove(&new).await);
        assert_eq!(numbers(&scene).await, before, "{steps}");
    }
    assert!(scene.remove(&bystander).await);
    assert_eq!(numbers(&scene).await, Numbers::default());
}

/// Also where everything was brought together before, and what is taken away is brought together as well.
pub async fn who_is_removed_leaves_nothing_to_settle<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let new = recipient_with(&scene, &template, |recipient| {
        recipient.expires_at = Some(expiry());
    })
    .await;
    everything(&scene, &new).await;
    settle_all(&scene).await;
    assert!(scene.remove(&new).await);
    assert_eq!(numbers(&scene).await, Numbers::default());
    settle_all(&scene).await;
    assert_eq!(numbers(&scene).await, Numbers::default());
    agree(&scene, scene.owner.id).await;
}

/// A mail that was under way to somebody who is gone, and a link that was opened: nobody is counted for it.
pub async fn who_is_gone_is_not_counted_late<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (new, mails) = {
        let new = scene.recipient_on(&template).await;
        let mails = scene.mails(&new).await;
        (new, mails)
    };
    assert!(scene.remove(&new).await);
    open(&scene, &new.token).await;
    for mail in mails {
        crate::scene::ok(scene.outbox.settle(mail.id, &failed()).await);
        crate::scene::ok(scene.outbox.settle(mail.id, &sent()).await);
    }
    assert_eq!(numbers(&scene).await, Numbers::default());
    agree(&scene, scene.owner.id).await;
}

/// Has everything become of a recipient that is counted.
async fn everything(stage: &Stage, new: &NewRecipient) {
    settle_mail(stage, new, &sent()).await;
    open(stage, &new.token).await;
    stage.claim_for(new).await;
    stage.revoke_credential(new, now()).await;
}
