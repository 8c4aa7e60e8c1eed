//! What was counted is brought together, and nobody sees it.

use symbolon_domain::{
    port::{recipients::Issuing, tallies::Numbers},
    time::{Day, Timestamp},
};

use super::{numbers, numbers_of, open, recipient_with, recount::agree, sent, settle_all, settle_mail};
use crate::{
    Fixture,
    race::race,
    sample::{expiry, now},
    scene::{Scene, count, ok},
};

/// However often it is brought together, every number stays; and what comes afterwards is counted on top of it.
pub async fn settling_changes_no_number<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (one, two) = (scene.template().await, scene.template().await);
    for round in 1..=3 {
        for template in [&one, &two, &one] {
            let new = recipient_with(&scene, template, |recipient| {
                recipient.expires_at = Some(expiry());
            })
            .await;
            settle_mail(&scene, &new, &sent()).await;
            open(&scene, &new.token).await;
            scene.claim_for(&new).await;
        }
        let before = numbers(&scene).await;
        assert_eq!(before.recipients, 3 * round);
        agree(&scene, scene.owner.id).await;
        settle_all(&scene).await;
        assert_eq!(numbers(&scene).await, before);
        agree(&scene, scene.owner.id).await;
        assert!(!ok(scene.tallies.settle().await), "there is nothing left to do");
        agree(&scene, scene.owner.id).await;
        assert_eq!(numbers_of(&scene, &two).await.claimed, round);
    }
}

/// Also of those who come and go while several bring together what they have changed: at no moment is anybody counted twice,
/// or not at all.
pub async fn settling_beside_others_changes_no_number<F: Fixture>() {
    const COMING: u64 = 24;

    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for _ in 0..8 {
        scene.claim_for(&scene.recipient_on(&template).await).await;
    }
    // Eight have claimed throughout; those who come claim once, and those who go have not.
    let seen = race(COMING + 4, |rival| {
        let (scene, template) = (scene.clone(), template.clone());
        async move {
            let mut seen = Vec::new();
            if rival < 4 {
                for _ in 0..12 {
                    ok(scene.tallies.settle().await);
                    seen.push(numbers(&scene).await);
                }
                return seen;
            }
            let new = scene.samples.new_recipient(&template);
            assert_eq!(scene.issue(&new).await, Issuing::Issued);
            seen.push(numbers(&scene).await);
            if rival % 2 == 0 {
                scene.claim_for(&new).await;
            } else {
                assert!(scene.remove(&new).await);
            }
            seen.push(numbers(&scene).await);
            seen
        }
    })
    .await;
    for numbers in seen.into_iter().flatten() {
        assert!((8..=8 + COMING).contains(&numbers.recipients), "{numbers:?}");
        assert!((8..=8 + COMING / 2).contains(&numbers.claimed), "{numbers:?}");
    }
    let wanted = Numbers {
        recipients: 8 + COMING / 2,
        claimed: 8 + COMING / 2,
        ..Numbers::default()
    };
    assert_eq!(numbers(&scene).await, wanted);
    settle_all(&scene).await;
    assert_eq!(numbers(&scene).await, wanted);
    agree(&scene, scene.owner.id).await;
}

/// However much there is, it is brought together in the end, and the days with it.
pub async fn however_much_there_is_is_brought_together<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let today = Day::of(now());
    let mut batch = Vec::new();
    for day in 0..1_500 {
        let mut recipient = scene.samples.recipient(&template);
        recipient.expires_at = Some(today.plus(day).start());
        batch.push(scene.samples.new_for(recipient));
    }
    for part in batch.chunks(500) {
        ok(scene.recipients.issue(part).await);
    }
    let all = async || {
        let last = Day::of(Timestamp::MAX);
        ok(scene.tallies.expiries(scene.owner.id, today, last).await)
    };
    let before = all().await;
    assert_eq!(count(&before), 1_500);
    settle_all(&scene).await;
    assert_eq!(all().await, before);
    assert_eq!(numbers(&scene).await.recipients, 1_500);
}
