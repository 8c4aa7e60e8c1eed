//! Whose numbers they are: a template's, an organization's.

use symbolon_domain::port::tallies::Numbers;

use super::{
    numbers, numbers_of, open,
    recount::{agree, sum},
    sent, settle_mail, test_recipient,
};
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// Each template has numbers of its own, and an organization those of all its templates together.
pub async fn each_template_has_numbers_of_its_own<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (one, two, empty) = (
        scene.template().await,
        scene.template().await,
        scene.template().await,
    );
    let new = scene.recipient_on(&one).await;
    settle_mail(&scene, &new, &sent()).await;
    scene.claim_for(&new).await;
    for _ in 0..2 {
        open(&scene, &scene.recipient_on(&two).await.token).await;
    }
    test_recipient(&scene, &two).await;
    let of_one = Numbers {
        recipients: 1,
        mailed: 1,
        claimed: 1,
        ..Numbers::default()
    };
    let of_two = Numbers {
        recipients: 2,
        opened: 2,
        tests: 1,
        ..Numbers::default()
    };
    assert_eq!(numbers_of(&scene, &one).await, of_one);
    assert_eq!(numbers_of(&scene, &two).await, of_two);
    assert_eq!(numbers_of(&scene, &empty).await, Numbers::default());
    assert_eq!(numbers(&scene).await, sum(&[of_one, of_two]));

    let asked = [two.id, empty.id, one.id, two.id];
    let wanted = [of_two, Numbers::default(), of_one, of_two];
    let counted = scene.tallies.of_templates(scene.owner.id, &asked);
    assert_eq!(
        ok(counted.await),
        wanted,
        "in the order in which they were asked for"
    );
    agree(&scene, scene.owner.id).await;
}

/// A template of somebody else, or of nobody, has nothing, and stands in its place all the same.
pub async fn a_foreign_template_has_no_numbers<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (own, theirs) = (scene.template().await, scene.template_of(other.id).await);
    scene.recipient_on(&own).await;
    scene.recipient_on(&theirs).await;
    let unknown = scene.samples.template(scene.owner.id);
    let asked = [theirs.id, own.id, unknown.id];
    let one = Numbers {
        recipients: 1,
        ..Numbers::default()
    };
    let nothing = Numbers::default();
    let counted = scene.tallies.of_templates(scene.owner.id, &asked);
    assert_eq!(ok(counted.await), [nothing, one, nothing]);
    let counted = scene.tallies.of_templates(other.id, &asked);
    assert_eq!(ok(counted.await), [one, nothing, nothing]);
}

/// What happens at another organization is theirs alone, in every number and on every day.
pub async fn other_organizations_are_not_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let template = scene.template_of(other.id).await;
    let mut recipient = scene.samples.recipient(&template);
    recipient.expires_at = Some(now());
    let new = scene.samples.new_for(recipient);
    scene.keep_recipient(&new).await;
    settle_mail(&scene, &new, &sent()).await;
    open(&scene, &new.token).await;
    scene.claim_for(&new).await;
    assert_eq!(numbers(&scene).await, Numbers::default());
    agree(&scene, scene.owner.id).await;
    let theirs = Numbers {
        recipients: 1,
        mailed: 1,
        opened: 1,
        claimed: 1,
        ..Numbers::default()
    };
    let counted = scene.tallies.of_organization(other.id);
    assert_eq!(ok(counted.await), theirs);
    agree(&scene, other.id).await;
}

/// A template that is paused, an organization that is cancelled: nothing is counted differently.
pub async fn pauses_and_cancellations_change_no_number<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    scene.recipient_on(&template).await;
    let before = numbers(&scene).await;
    scene.pause(&template, now()).await;
    assert_eq!(numbers(&scene).await, before);
    scene.cancel(scene.owner.id, now()).await;
    assert_eq!(numbers(&scene).await, before);
    scene.reactivate(scene.owner.id).await;
    scene.resume(&template).await;
    assert_eq!(numbers(&scene).await, before);
    assert_eq!(before.recipients, 1);
}
