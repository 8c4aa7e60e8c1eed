//! Using up an invitation or a link for a new password.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Proofs, Role},
    administrator_link::{AdministratorLink, LinkPurpose},
    port::administrators::{NewProof, ProofChange, ProofChanging, Redeeming, Redemption},
};

use crate::{
    Fixture,
    sample::{just_before, now, person_name},
    scene::{Scene, Stage, ok},
};

/// Who redeems an invitation has joined, by the proof they give and under the name they give, and nothing else of them
/// changes; who they are now is answered. The entry is kept, and the link is gone.
pub async fn redeeming_an_invitation_joins<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (hash, connection) = (scene.samples.password_hash(), scene.samples.connection());
    let at = now().plus_millis(7);
    for (proof, name, proofs) in [
        (
            NewProof::Password(hash.clone()),
            Some(person_name("Ada Lovelace")),
            Proofs {
                password: Some(hash),
                ..Proofs::default()
            },
        ),
        (
            NewProof::Connection(connection.clone()),
            None,
            Proofs {
                connection: Some(connection),
                ..Proofs::default()
            },
        ),
    ] {
        let invitation = scene.invited(Role::Administrator).await;
        let log = scene.log().await;
        let wanted = Administrator {
            name: name.clone(),
            joined_at: Some(at),
            proofs: Proofs {
                generation: 1,
                ..proofs
            },
            ..invitation.administrator.clone()
        };
        let entry = scene.samples.entry_of(&wanted, Action::AdministratorJoined);
        let redemption = Redemption { name, proof };
        let digest = &invitation.link.digest;
        let redeemed = scene.administrators.redeem(digest, &redemption, &entry, at);
        assert_eq!(ok(redeemed.await), Redeeming::Redeemed(Box::new(wanted.clone())));
        assert_eq!(scene.administrator(&wanted).await, wanted);
        assert!(!scene.is_link_kept(&invitation.link).await);
        assert_eq!(scene.log().await, [log, vec![entry]].concat());
    }
}

/// Who redeems a link for a new password has that password, and keeps when they joined, their name, what else lets them in,
/// and their recovery codes.
pub async fn redeeming_a_link_for_a_new_password_changes_the_password_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, codes) = scene.cautious_colleague().await;
    let name = person_name("Ada Lovelace");
    ok(scene.administrators.rename(administrator.id, &name).await);
    let (link, _) = scene.password_link(&administrator).await;
    let hash = scene.samples.password_hash();
    let later = now().plus_seconds(60);
    let wanted = Administrator {
        name: Some(name),
        proofs: Proofs {
            generation: administrator.proofs.generation + 1,
            password: Some(hash.clone()),
            ..administrator.proofs.clone()
        },
        ..administrator
    };
    let redeemed = scene.redeem(&link, NewProof::Password(hash), later).await;
    assert_eq!(redeemed, Redeeming::Redeemed(Box::new(wanted.clone())));
    assert_eq!(scene.administrator(&wanted).await, wanted);
    for code in &codes {
        assert!(scene.take_recovery_code(&wanted, code).await);
    }
}

/// Every session of whoever redeems a link ends, and every link of theirs is removed; those of others stay.
pub async fn redeeming_ends_sessions_and_removes_links<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let other = scene.colleague(Role::Viewer).await;
    let theirs = [
        scene.administrator_session(&administrator).await,
        scene.administrator_session(&administrator).await,
    ];
    let others = scene.administrator_session(&other).await;
    let (elsewhere, _) = scene.password_link(&other).await;
    let (link, _) = scene.password_link(&administrator).await;
    redeems(&scene, &link).await;
    for session in &theirs {
        assert!(!scene.is_session_kept(session).await);
    }
    assert!(!scene.is_link_kept(&link).await);
    assert!(scene.is_session_kept(&others).await);
    assert!(scene.is_link_kept(&elsewhere).await);
}

/// A link that is unknown, has expired, was used, was replaced, went with another change, or is for the set-up is not
/// redeemed, and nothing changes: to the millisecond.
pub async fn only_a_good_link_is_redeemed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let for_set_up = scene.set_up_link().await;
    let invitation = scene.invited(Role::Viewer).await;
    let replaced = invitation.link.clone();
    let expiring = scene.samples.link(replaced.purpose);
    assert!(ok(scene.administrators.renew_link(&expiring, None, None).await));
    let (used, overtaken) = {
        let joined = scene.invited(Role::Viewer).await;
        redeems(&scene, &joined.link).await;
        let joined_now = scene.administrator(&joined.administrator).await;
        let (overtaken, _) = scene.password_link(&joined_now).await;
        let change = ProofChange::Password(scene.samples.password_hash());
        assert_eq!(
            scene.change_proof(&joined_now, &change).await,
            ProofChanging::Changed
        );
        (joined.link, overtaken)
    };
    let unknown = scene
        .samples
        .link(LinkPurpose::Invitation(invitation.administrator.id));
    let before = scene.shown().await;
    for (link, at) in [
        (&unknown, now()),
        (&for_set_up, now()),
        (&replaced, now()),
        (&used, now()),
        (&overtaken, now()),
        (&expiring, expiring.expires_at),
        (&expiring, expiring.expires_at.plus_seconds(1)),
    ] {
        let refused = scene.redeem(link, scene.password(), at).await;
        assert_eq!(refused, Redeeming::LinkSpent, "{link:?}");
        assert_eq!(scene.shown().await, before);
    }
    for kept in [&for_set_up, &expiring] {
        assert!(scene.is_link_kept(kept).await, "what is refused is not used up");
    }
    let at = just_before(expiring.expires_at);
    let redeemed = scene.redeem(&expiring, scene.password(), at).await;
    assert!(matches!(redeemed, Redeeming::Redeemed(_)), "{redeemed:?}");
}

/// While the organization is cancelled no link is redeemed; nothing is used up.
pub async fn a_cancelled_organization_redeems_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    let (password, _) = scene.password_link(&administrator).await;
    let invitation = scene.invited(Role::Viewer).await.link;
    scene.cancel(scene.owner.id, now()).await;
    let before = scene.shown().await;
    for link in [&password, &invitation] {
        let refused = scene.redeem(link, scene.password(), now()).await;
        assert_eq!(refused, Redeeming::OrganizationCancelled);
        assert_eq!(scene.shown().await, before);
    }
    assert!(scene.is_session_kept(&session).await);
    scene.reactivate(scene.owner.id).await;
    redeems(&scene, &password).await;
    redeems(&scene, &invitation).await;
}

/// A profile that somebody else has connected, of whatever organization, is not connected by a link; the link stays good.
pub async fn a_profile_of_another_is_not_connected_by_a_link<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let theirs = scene.samples.connection();
    let holder = scene.invited_by(other.id, Role::Viewer).await;
    let connecting = || NewProof::Connection(theirs.clone());
    let joined = scene.redeem(&holder.link, connecting(), now()).await;
    assert!(matches!(joined, Redeeming::Redeemed(_)), "{joined:?}");

    let invitation = scene.invited(Role::Viewer).await;
    let before = scene.shown().await;
    let refused = scene.redeem(&invitation.link, connecting(), now()).await;
    assert_eq!(refused, Redeeming::ProfileTaken);
    assert_eq!(scene.shown().await, before);
    redeems(&scene, &invitation.link).await;
}

/// Of several obstacles the link is told first, then the organization, then the profile.
pub async fn what_stands_in_the_way_of_a_redemption_is_told_in_order<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let theirs = scene.samples.connection();
    let holder = scene.invited(Role::Viewer).await;
    let connecting = || NewProof::Connection(theirs.clone());
    scene.redeem(&holder.link, connecting(), now()).await;
    let link = scene.invited(Role::Viewer).await.link;
    scene.cancel(scene.owner.id, now()).await;
    for (at, reason) in [
        (link.expires_at, Redeeming::LinkSpent),
        (now(), Redeeming::OrganizationCancelled),
    ] {
        assert_eq!(scene.redeem(&link, connecting(), at).await, reason);
    }
    scene.reactivate(scene.owner.id).await;
    let refused = scene.redeem(&link, connecting(), now()).await;
    assert_eq!(refused, Redeeming::ProfileTaken);
}

async fn redeems(stage: &Stage, link: &AdministratorLink) {
    let redeemed = stage.redeem(link, stage.password(), now()).await;
    assert!(matches!(redeemed, Redeeming::Redeemed(_)), "{redeemed:?}");
}
