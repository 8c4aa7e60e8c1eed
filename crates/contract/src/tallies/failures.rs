//! Mail that was given up, as far as nothing came after it.

use symbolon_domain::{
    mail::MailState,
    port::{outbox::Resending, recipients::Correction, tallies::Numbers},
};

use super::{correct, failed, numbers, recount::agree, sent, settle_mail};
use crate::{
    Fixture,
    sample::{mail_address, now},
    scene::{Scene, ok},
};

/// Who cannot be reached is counted while the latest mail with the link in use was given up, and not any more when it is
/// mailed again; and again when that is given up as well.
pub async fn who_cannot_be_reached_is_counted_until_mailed_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let unreached = |mail_failed| Numbers {
        recipients: 1,
        mail_failed,
        ..Numbers::default()
    };
    settle_mail(&scene, &new, &failed()).await;
    assert_eq!(numbers(&scene).await, unreached(1));
    let later = now().plus_seconds(1);
    assert_eq!(scene.mail_again(&new.token, later).await, Resending::Queued);
    assert_eq!(numbers(&scene).await, unreached(0));
    settle_mail(&scene, &new, &failed()).await;
    assert_eq!(numbers(&scene).await, unreached(1));
    agree(&scene, scene.owner.id).await;
    for mail in scene.mails(&new).await {
        ok(scene.outbox.settle(mail.id, &failed()).await);
    }
    assert_eq!(numbers(&scene).await, unreached(1));
}

/// A mail that was sent after all, after it had been given up, has reached whom it was to.
pub async fn who_was_reached_after_all_is_not_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    settle_mail(&scene, &new, &failed()).await;
    scene.mail_again(&new.token, now().plus_seconds(1)).await;
    settle_mail(&scene, &new, &failed()).await;
    let mut mails = scene.mails(&new).await;
    mails.sort_by_key(|mail| mail.created_at);
    let [first, latest] = mails.as_slice() else {
        panic!("there are two mails");
    };
    // The earlier one says nothing of the latest.
    ok(scene.outbox.settle(first.id, &sent()).await);
    let wanted = Numbers {
        recipients: 1,
        mailed: 1,
        mail_failed: 1,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, wanted);
    ok(scene.outbox.settle(latest.id, &sent()).await);
    let wanted = Numbers {
        mail_failed: 0,
        ..wanted
    };
    assert_eq!(numbers(&scene).await, wanted);
    agree(&scene, scene.owner.id).await;
}

/// With a link goes what became of its mail: a replacement, or a corrected address, begins anew, and a late failure of the
/// old link's mail is of no interest.
pub async fn a_new_link_begins_anew<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (replaced, corrected) = (scene.recipient().await, scene.recipient().await);
    settle_mail(&scene, &replaced, &failed()).await;
    settle_mail(&scene, &corrected, &failed()).await;
    let unreached = |mail_failed| Numbers {
        recipients: 2,
        mail_failed,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, unreached(2));
    let successor = scene.replaced(&replaced.token).await;
    assert_eq!(numbers(&scene).await, unreached(1));
    let right = mail_address("right@example.org");
    let (correction, _) = correct(&scene, &corrected.token, &right).await;
    assert_eq!(correction, Correction::Corrected);
    assert_eq!(numbers(&scene).await, unreached(0));
    agree(&scene, scene.owner.id).await;

    settle_mail(&scene, &replaced, &failed()).await;
    assert_eq!(numbers(&scene).await, unreached(1));
    scene.replaced(&successor).await;
    for mail in scene.mails(&replaced).await {
        if mail.token == successor.id {
            ok(scene.outbox.settle(mail.id, &failed()).await);
        }
    }
    assert_eq!(numbers(&scene).await, unreached(0));
    agree(&scene, scene.owner.id).await;
}

/// A reset mails the link again, and who was not reached before may be now.
pub async fn a_reset_is_another_mail<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    // Which of two mails of one instant is the latest, their ids say: sometimes it is the one, sometimes the other.
    for _ in 0..8 {
        let new = scene.recipient().await;
        settle_mail(&scene, &new, &failed()).await;
        scene.claim_for(&new).await;
        scene.reset(&new).await;
        agree(&scene, scene.owner.id).await;
        settle_mail(&scene, &new, &sent()).await;
        agree(&scene, scene.owner.id).await;
    }
    let counted = numbers(&scene).await;
    assert_eq!((counted.recipients, counted.mailed), (8, 8));
}

/// Useless mail that is dropped was not given up.
pub async fn dropped_mail_is_no_failure<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (closed, revoked) = (scene.recipient().await, scene.recipient().await);
    scene.revoke_access(&closed, now()).await;
    scene.revoke_credential(&revoked, now()).await;
    for new in [&closed, &revoked] {
        let states: Vec<_> = scene.mails(new).await.iter().map(|mail| mail.state).collect();
        assert_eq!(states, [MailState::Dropped]);
    }
    let wanted = Numbers {
        recipients: 2,
        revoked: 1,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, wanted);
    // What was given up stays so, though nobody could claim by it any more.
    let late = scene.recipient().await;
    settle_mail(&scene, &late, &failed()).await;
    scene.revoke_credential(&late, now()).await;
    let wanted = Numbers {
        recipients: 3,
        revoked: 2,
        mail_failed: 1,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, wanted);
    agree(&scene, scene.owner.id).await;
}
