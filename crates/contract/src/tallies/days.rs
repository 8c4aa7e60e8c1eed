//! What happens on which day.

use symbolon_domain::{
    id::OrganizationId,
    port::access_tokens::Claim,
    template::Template,
    time::{Day, Timestamp},
};

use super::{recipient_with, recount::agree, test_recipient};
use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, Stage, ok},
};

/// Claims are counted on the day of the first, from midnight to midnight in UTC, the earliest day first, and days without
/// any are left out.
pub async fn first_claims_are_counted_by_day<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let today = Day::of(now());
    let tomorrow = today.plus(1).start();
    for at in [
        tomorrow,
        now(),
        just_before(tomorrow),
        today.start(),
        today.plus(40).start(),
        today.plus(-40).start(),
    ] {
        let new = scene.recipient_on(&template).await;
        let connection = scene.samples.connection();
        assert_eq!(scene.claim(&new.token, &connection, at).await, Claim::Bound);
    }
    let all = [
        (today.plus(-40), 1),
        (today, 3),
        (today.plus(1), 1),
        (today.plus(40), 1),
    ];
    for (from, left_out) in [
        (today.plus(-41), 0),
        (today.plus(-40), 0),
        (today.plus(-39), 1),
        (today, 1),
        (today.plus(1), 2),
        (today.plus(2), 3),
        (today.plus(40), 3),
        (today.plus(41), 4),
        (Day::from_number(i64::MIN), 0),
        (Day::from_number(i64::MAX), 4),
    ] {
        let wanted: Vec<_> = all.into_iter().skip(left_out).collect();
        assert_eq!(claims(&scene, scene.owner.id, from).await, wanted, "{from:?}");
    }
    agree(&scene, scene.owner.id).await;
}

/// A later claim counts on no day, nor does one by a test recipient; a removal takes its day back.
pub async fn a_day_counts_first_claims_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let today = Day::of(now());
    let new = scene.recipient_on(&template).await;
    scene.claim_for(&new).await;
    scene.reset(&new).await;
    let later = now().plus_seconds(3 * 24 * 60 * 60);
    let connection = scene.samples.connection();
    assert_eq!(scene.claim(&new.token, &connection, later).await, Claim::Bound);
    scene.claim_for(&test_recipient(&scene, &template).await).await;
    assert_eq!(claims(&scene, scene.owner.id, today).await, [(today, 1)]);
    scene.revoke_credential(&new, now()).await;
    assert_eq!(claims(&scene, scene.owner.id, today).await, [(today, 1)]);
    assert!(scene.remove(&new).await);
    assert_eq!(claims(&scene, scene.owner.id, today).await, []);
}

/// Credentials are counted on the day they expire, from this day on and before that one, the earliest day first, and days
/// without any are left out.
pub async fn expiries_are_counted_by_day<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let day = Day::of(now()).plus(100);
    for at in [
        day.start(),
        just_before(day.plus(1).start()),
        day.plus(1).start(),
        day.plus(7).start(),
        Day::from_number(-1).start(),
        just_before(Day::from_number(0).start()),
        Day::from_number(0).start(),
        Timestamp::MIN,
        Timestamp::MAX,
    ] {
        expiring(&scene, &template, at).await;
    }
    scene.recipient_on(&template).await;
    let (first, last) = (Day::of(Timestamp::MIN), Day::of(Timestamp::MAX));
    let all = [
        (first, 1),
        (Day::from_number(-1), 2),
        (Day::from_number(0), 1),
        (day, 2),
        (day.plus(1), 1),
        (day.plus(7), 1),
        (last, 1),
    ];
    for (from, before) in [
        (first, last.plus(1)),
        (first, last),
        (first.plus(1), last),
        (Day::from_number(-1), Day::from_number(0)),
        (Day::from_number(0), Day::from_number(1)),
        (day, day.plus(1)),
        (day, day),
        (day.plus(1), day.plus(7)),
        (day.plus(2), day.plus(7)),
        (day.plus(7), day),
        (Day::from_number(i64::MIN), Day::from_number(i64::MAX)),
        (Day::from_number(i64::MAX), Day::from_number(i64::MIN)),
    ] {
        let wanted: Vec<_> = all
            .into_iter()
            .filter(|(day, _)| from <= *day && *day < before)
            .collect();
        let counted = scene.tallies.expiries(scene.owner.id, from, before);
        assert_eq!(ok(counted.await), wanted, "{from:?} to {before:?}");
    }
    agree(&scene, scene.owner.id).await;
}

/// A revoked credential has no day on which it would expire, nor has one that is gone, or a test recipient's; one that takes
/// the place of another has its own.
pub async fn only_credentials_in_force_expire<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (today, at) = (Day::of(now()), now());
    let revoked = expiring(&scene, &template, at).await;
    let removed = expiring(&scene, &template, at).await;
    let kept = expiring(&scene, &template, at).await;
    recipient_with(&scene, &template, |recipient| {
        recipient.is_test = true;
        recipient.expires_at = Some(at);
    })
    .await;
    let expiries = async || {
        let counted = scene.tallies.expiries(scene.owner.id, today, today.plus(9));
        ok(counted.await)
    };
    assert_eq!(expiries().await, [(today, 3)]);
    scene.revoke_credential(&revoked, now()).await;
    assert_eq!(expiries().await, [(today, 2)]);
    // It has taken itself away already.
    assert!(scene.remove(&revoked).await);
    assert_eq!(expiries().await, [(today, 2)]);
    assert!(scene.remove(&removed).await);
    assert_eq!(expiries().await, [(today, 1)]);
    let mut recipient = scene.samples.recipient(&template);
    recipient.mail = kept.recipient.mail.clone();
    recipient.expires_at = Some(today.plus(5).start());
    let successor = scene.samples.new_for(recipient);
    scene.succeed(&kept, &successor).await;
    assert_eq!(expiries().await, [(today.plus(5), 1)]);
    agree(&scene, scene.owner.id).await;
}

async fn expiring(
    stage: &Stage,
    template: &Template,
    at: Timestamp,
) -> symbolon_domain::port::recipients::NewRecipient {
    recipient_with(stage, template, |recipient| recipient.expires_at = Some(at)).await
}

async fn claims(stage: &Stage, organization: OrganizationId, from: Day) -> Vec<(Day, u64)> {
    ok(stage.tallies.claims(organization, from).await)
}
