//! What each step does to the numbers.

use symbolon_domain::{
    access_token::Refusal,
    port::{
        access_tokens::{AccessChange, Claim},
        recipients::{Correction, Issuing, RecipientChange, Succession},
        tallies::Numbers,
    },
    recipient::Recipient,
    time::{Day, Timestamp},
};

use super::{
    again, correct, failed, numbers, open, recipient_with, recount::agree, sent, settle_mail, test_recipient,
};
use crate::{
    Fixture,
    sample::{expiry, mail_address, now},
    scene::{Scene, ok},
};

/// Where there is nobody, nothing is counted, and there is nothing to bring together.
pub async fn an_empty_store_counts_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    assert_eq!(numbers(&scene).await, Numbers::default());
    let (first, last) = (Day::of(Timestamp::MIN), Day::of(Timestamp::MAX));
    assert_eq!(ok(scene.tallies.claims(scene.owner.id, first).await), []);
    let expiries = scene.tallies.expiries(scene.owner.id, first, last);
    assert_eq!(ok(expiries.await), []);
    assert!(!ok(scene.tallies.settle().await));
    let none = scene.tallies.of_templates(scene.owner.id, &[]);
    assert_eq!(ok(none.await), []);
}

/// Of a batch those who were issued a credential are counted, and nobody who was refused one.
pub async fn whoever_is_issued_a_credential_is_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut batch: Vec<_> = (0..5).map(|_| scene.samples.new_recipient(&template)).collect();
    let mut twin = scene.samples.recipient(&template);
    twin.mail = mail_address("twin@example.org");
    for _ in 0..2 {
        batch.push(scene.samples.new_for(Recipient {
            id: scene.samples.recipient(&template).id,
            ..twin.clone()
        }));
    }
    batch.push(
        scene
            .samples
            .new_recipient(&scene.samples.template(scene.owner.id)),
    );
    let outcomes = ok(scene.recipients.issue(&batch).await);
    let issued = outcomes.iter().filter(|outcome| **outcome == Issuing::Issued);
    assert_eq!(issued.count(), 6);
    let wanted = Numbers {
        recipients: 6,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, wanted);
    agree(&scene, scene.owner.id).await;
}

/// Test recipients are counted as such and nowhere else, whatever becomes of them.
pub async fn test_recipients_are_counted_apart<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let test = recipient_with(&scene, &template, |recipient| {
        recipient.is_test = true;
        recipient.expires_at = Some(expiry());
    })
    .await;
    let wanted = Numbers {
        tests: 1,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, wanted);
    settle_mail(&scene, &test, &sent()).await;
    open(&scene, &test.token).await;
    scene.claim_for(&test).await;
    scene.reset(&test).await;
    settle_mail(&scene, &test, &failed()).await;
    agree(&scene, scene.owner.id).await;
    scene.replaced(&test.token).await;
    scene.revoke_credential(&test, now()).await;
    assert_eq!(numbers(&scene).await, wanted);
    agree(&scene, scene.owner.id).await;
    assert!(scene.remove(&test).await);
    assert_eq!(numbers(&scene).await, Numbers::default());
    agree(&scene, scene.owner.id).await;
}

/// Somebody was mailed when a mail with a link was sent, once, whichever of their links it was; also where the mail had been
/// dropped or given up.
pub async fn who_was_mailed_is_counted_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (new, other) = (
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    );
    let mailed = |mailed| Numbers {
        recipients: 2,
        mailed,
        ..Numbers::default()
    };
    settle_mail(&scene, &new, &again()).await;
    assert_eq!(numbers(&scene).await, mailed(0));
    settle_mail(&scene, &new, &sent()).await;
    assert_eq!(numbers(&scene).await, mailed(1));
    for mail in scene.mails(&new).await {
        for attempt in [sent(), failed(), again()] {
            ok(scene.outbox.settle(mail.id, &attempt).await);
        }
    }
    assert_eq!(numbers(&scene).await, mailed(1));

    let later = now().plus_seconds(1);
    scene.mail_again(&new.token, later).await;
    settle_mail(&scene, &new, &sent()).await;
    let successor = scene.replaced(&new.token).await;
    assert_eq!(numbers(&scene).await, mailed(1));
    settle_mail(&scene, &new, &sent()).await;
    assert_eq!(numbers(&scene).await, mailed(1));
    agree(&scene, scene.owner.id).await;

    // Its link had become useless, but it was under way.
    scene.revoke_access(&other, now()).await;
    for mail in scene.mails(&other).await {
        ok(scene.outbox.settle(mail.id, &sent()).await);
    }
    assert_eq!(numbers(&scene).await, mailed(2));
    assert_eq!(
        scene.found(&successor).await.map(|found| found.token),
        Some(successor)
    );
    agree(&scene, scene.owner.id).await;
}

/// A mail without a link mails nobody: not the one that tells of a claim, nor the one to the issuer.
pub async fn mail_without_a_link_is_not_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    settle_mail(&scene, &new, &failed()).await;
    let before = numbers(&scene).await;
    scene.claim_for(&new).await;
    scene.request_reset(&new.token).await;
    let claimed = Numbers { claimed: 1, ..before };
    assert_eq!(settle_mail(&scene, &new, &sent()).await, 2);
    assert_eq!(numbers(&scene).await, claimed);

    let silent = scene.recipient().await;
    settle_mail(&scene, &silent, &sent()).await;
    let before = numbers(&scene).await;
    scene.claim_for(&silent).await;
    assert_eq!(settle_mail(&scene, &silent, &failed()).await, 1);
    let claimed = Numbers { claimed: 2, ..before };
    assert_eq!(numbers(&scene).await, claimed);
    agree(&scene, scene.owner.id).await;
}

/// Somebody's link was opened when one of their links was, once, however often and whichever.
pub async fn whose_link_was_opened_is_counted_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(scene.recipient_on(&template).await);
    }
    let [one, two, three, _] = all.as_slice() else {
        panic!("there are four");
    };
    let opened = |opened| Numbers {
        recipients: 4,
        opened,
        ..Numbers::default()
    };
    open(&scene, &one.token).await;
    assert_eq!(numbers(&scene).await, opened(1));
    let earlier = [(one.token.id, 3, now().plus_millis(-5))];
    ok(scene.access.record_opens(&earlier).await);
    assert_eq!(numbers(&scene).await, opened(1));

    // The old link leads to a page, too.
    let successor = scene.replaced(&one.token).await;
    assert_eq!(numbers(&scene).await, opened(1));
    open(&scene, &successor).await;
    assert_eq!(numbers(&scene).await, opened(1));

    let heir = scene.replaced(&two.token).await;
    let unknown = scene.samples.new_recipient(&template).token;
    let batch = [&heir, &unknown, &two.token, &three.token, &heir];
    let batch: Vec<_> = batch.map(|token| (token.id, 1, now())).into();
    ok(scene.access.record_opens(&batch).await);
    assert_eq!(numbers(&scene).await, opened(3));
    agree(&scene, scene.owner.id).await;
}

/// Somebody has claimed when one of their links was first claimed, though it was reset since, and is counted once.
pub async fn who_has_claimed_is_counted_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let wanted = Numbers {
        recipients: 1,
        claimed: 1,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, wanted);
    scene.reset(&new).await;
    assert_eq!(numbers(&scene).await, wanted);
    scene.claim_for(&new).await;
    assert_eq!(numbers(&scene).await, wanted);
    let successor = scene.replaced(&new.token).await;
    let connection = scene.samples.connection();
    let claim = scene.claim(&successor, &connection, now()).await;
    assert_eq!(claim, Claim::Bound);
    assert_eq!(numbers(&scene).await, wanted);
    agree(&scene, scene.owner.id).await;
}

/// A revoked credential is counted as one; it was mailed, opened and claimed all the same. Its successor is another.
pub async fn who_was_revoked_is_counted_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let new = scene.recipient_on(&template).await;
    settle_mail(&scene, &new, &sent()).await;
    open(&scene, &new.token).await;
    scene.claim_for(&new).await;
    let before = numbers(&scene).await;
    assert_eq!(
        scene.revoke_credential(&new, now()).await,
        RecipientChange::Changed
    );
    let revoked = Numbers { revoked: 1, ..before };
    assert_eq!(numbers(&scene).await, revoked);
    assert_eq!(
        scene.revoke_credential(&new, now()).await,
        RecipientChange::Unchanged
    );
    assert_eq!(numbers(&scene).await, revoked);
    agree(&scene, scene.owner.id).await;

    let old = scene.recipient_on(&template).await;
    let mut recipient = scene.samples.recipient(&template);
    recipient.mail = old.recipient.mail.clone();
    let successor = scene.samples.new_for(recipient);
    assert_eq!(scene.succeed(&old, &successor).await, Succession::Succeeded);
    let succeeded = Numbers {
        recipients: 3,
        revoked: 2,
        ..revoked
    };
    assert_eq!(numbers(&scene).await, succeeded);
    agree(&scene, scene.owner.id).await;
}

/// A corrected address takes nothing back: a mail was sent, and a link opened, though by somebody else.
pub async fn a_correction_takes_nothing_back<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    settle_mail(&scene, &new, &sent()).await;
    open(&scene, &new.token).await;
    let before = numbers(&scene).await;
    let (corrected, successor) = correct(&scene, &new.token, &mail_address("right@example.org")).await;
    assert_eq!(corrected, Correction::Corrected);
    assert_eq!(numbers(&scene).await, before);
    settle_mail(&scene, &new, &sent()).await;
    open(&scene, &successor).await;
    assert_eq!(numbers(&scene).await, before);
    agree(&scene, scene.owner.id).await;
}

/// What is refused changes no number.
pub async fn what_is_refused_counts_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (new, other) = (
        scene.recipient_on(&template).await,
        test_recipient(&scene, &template).await,
    );
    let foreign = scene.organization().await;
    let before = numbers(&scene).await;
    scene.pause(&template, now()).await;
    let claim = scene.claim(&new.token, &scene.samples.connection(), now()).await;
    assert_eq!(claim, Claim::Refused(Refusal::TemplatePaused));
    assert!(!scene.remove_by(foreign.id, new.recipient.id).await);
    assert_eq!(scene.reset_by(foreign.id, &new.token).await, AccessChange::Absent);
    let (taken, _) = correct(&scene, &new.token, &other.recipient.mail).await;
    assert_eq!(taken, Correction::Duplicate(other.recipient.id));
    // Its successor cannot be issued, so the old one stays in force.
    let mut recipient = scene.samples.recipient(&template);
    recipient.mail = other.recipient.mail.clone();
    let successor = scene.samples.new_for(recipient);
    let refused = Succession::NotIssued(Issuing::Duplicate(other.recipient.id));
    assert_eq!(scene.succeed(&new, &successor).await, refused);
    assert_eq!(numbers(&scene).await, before);
    agree(&scene, scene.owner.id).await;
}
