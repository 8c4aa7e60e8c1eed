//! The set-up: the first administrator, by a link that is good while there is nobody.

use symbolon_domain::{
    activity::Action,
    administrator::Role,
    administrator_link::{AdministratorLink, LinkPurpose},
    port::administrators::{Founding, SettingUp},
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// Nobody exists until somebody is set up; whoever is only invited, by whatever organization, exists as well.
pub async fn nobody_exists_until_somebody_is_set_up_or_invited<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    assert!(!ok(scene.administrators.exist().await));
    scene.keep_organization(&scene.owner).await;
    scene.set_up_link().await;
    assert!(!ok(scene.administrators.exist().await), "a link is nobody");
    scene.founder().await;
    assert!(ok(scene.administrators.exist().await));

    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    scene.invited_by(other.id, Role::Viewer).await;
    assert!(ok(scene.administrators.exist().await));
}

/// Links for the set-up are kept side by side while there is nobody, and none is once there is somebody.
pub async fn a_set_up_is_offered_while_nobody_exists<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let links = [scene.set_up_link().await, scene.set_up_link().await];
    for link in &links {
        assert_eq!(scene.found_link(link).await, Some((link.clone(), None)));
    }
    scene.founder().await;
    let late = scene.samples.link(LinkPurpose::SetUp);
    assert!(!ok(scene.administrators.offer_set_up(&late).await));
    assert!(!scene.is_link_kept(&late).await);
}

/// The organization is made with its first administrator, in one step with the entries in their order; every link for the
/// set-up is removed.
pub async fn setting_up_makes_an_organization_and_an_owner<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let links = [
        scene.set_up_link().await,
        scene.set_up_link().await,
        scene.set_up_link().await,
    ];
    let founding = founding(&scene);
    let [_, link, _] = &links;
    assert_eq!(scene.set_up(link, &founding, now()).await, SettingUp::Done);
    assert_eq!(scene.stored_organization(scene.owner.id).await, scene.owner);
    assert_eq!(
        scene.administrator(&founding.administrator).await,
        founding.administrator
    );
    assert_eq!(scene.log().await, founding.entries);
    for link in &links {
        assert!(!scene.is_link_kept(link).await);
    }
}

/// An organization that an operator has made gets its first administrator, and stays as it is.
pub async fn setting_up_an_organization_that_exists_leaves_it_as_it_is<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let token = scene.token().await;
    let log = scene.log().await;
    let founding = scene.samples.founding(scene.owner.id);
    let link = scene.set_up_link().await;
    assert_eq!(scene.set_up(&link, &founding, now()).await, SettingUp::Done);
    assert_eq!(
        scene.administrator(&founding.administrator).await,
        founding.administrator
    );
    assert_eq!(scene.stored_organization(scene.owner.id).await, scene.owner);
    assert_eq!(scene.stored(&token).await, token);
    assert_eq!(scene.log().await, [log, founding.entries].concat());
    assert_eq!(ok(scene.administrators.list(other.id).await), []);
}

/// Without a link, with one that has expired, or with one that was never kept, nobody is set up: to the millisecond.
pub async fn a_set_up_needs_a_link_that_is_good<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let founding = scene.samples.founding(scene.owner.id);
    let link = scene.set_up_link().await;
    let unknown = scene.samples.link(LinkPurpose::SetUp);
    let before = scene.shown().await;
    for (link, at) in [
        (&unknown, now()),
        (&link, link.expires_at),
        (&link, Timestamp::MAX),
    ] {
        assert_eq!(scene.set_up(link, &founding, at).await, SettingUp::LinkSpent);
        assert_eq!(scene.shown().await, before);
        assert!(!ok(scene.administrators.exist().await));
    }
    assert!(
        scene.is_link_kept(&link).await,
        "a link that has expired stays until it is forgotten"
    );
    let at = just_before(link.expires_at);
    assert_eq!(scene.set_up(&link, &founding, at).await, SettingUp::Done);
}

/// A cancelled organization, or one that is not there, gets no administrator, and the link stays good.
pub async fn a_cancelled_organization_is_not_set_up<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let link = scene.set_up_link().await;
    let nowhere = scene.samples.founding(scene.samples.organization().id);
    let here = scene.samples.founding(scene.owner.id);
    scene.cancel(scene.owner.id, now()).await;
    let before = scene.shown().await;
    for founding in [&nowhere, &here] {
        let refused = scene.set_up(&link, founding, now()).await;
        assert_eq!(refused, SettingUp::OrganizationCancelled);
        assert_eq!(scene.shown().await, before);
    }
    scene.reactivate(scene.owner.id).await;
    assert_eq!(scene.set_up(&link, &here, now()).await, SettingUp::Done);
}

/// Once there is somebody, set up or invited, nobody is set up any more, by whatever link; that is told first, then the
/// link, then the organization.
pub async fn what_stands_in_the_way_of_a_set_up_is_told_in_order<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let link = scene.set_up_link().await;
    let spent = AdministratorLink {
        expires_at: now(),
        ..scene.samples.link(LinkPurpose::SetUp)
    };
    assert!(ok(scene.administrators.offer_set_up(&spent).await));
    let nowhere = scene.samples.founding(scene.samples.organization().id);
    assert_eq!(scene.set_up(&spent, &nowhere, now()).await, SettingUp::LinkSpent);

    let invitation = scene.invited(Role::Owner).await;
    let before = scene.shown().await;
    let here = scene.samples.founding(scene.owner.id);
    for link in [&link, &spent, &invitation.link] {
        for founding in [&nowhere, &here] {
            assert_eq!(
                scene.set_up(link, founding, now()).await,
                SettingUp::SomebodyExists
            );
            assert_eq!(scene.shown().await, before);
        }
    }
}

/// A set-up of the owner, which is made with it.
pub(super) fn founding<F: Fixture>(scene: &Scene<F>) -> Founding {
    let founding = scene.samples.founding(scene.owner.id);
    let created = scene
        .samples
        .entry_of(&founding.administrator, Action::OrganizationCreated);
    Founding {
        organization: Some(scene.owner.clone()),
        entries: [vec![created], founding.entries].concat(),
        ..founding
    }
}
