//! Roles, and who is an administrator no more.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Role},
    notice::NoticeSubject,
    port::{
        administrators::{AdministratorChange, Inviting, ProofChange, ProofChanging},
        outbox::Attempt,
    },
};

use super::second_factor::takes_none;
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// Another role is kept with its entry, and every session of theirs ends; what lets them in stays, and so do their links,
/// and everybody else.
pub async fn another_role_is_kept_and_ends_sessions<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let founder = scene.founder().await;
    let others = scene.administrator_session(&founder).await;
    let (mut wanted, codes) = scene.cautious_colleague().await;
    let (link, _) = scene.password_link(&wanted).await;
    let mut log = scene.log().await;
    for role in [Role::Owner, Role::Viewer, Role::Administrator, Role::Owner] {
        let session = scene.administrator_session(&wanted).await;
        let entry = scene.samples.entry_of(&founder, Action::RoleChanged);
        let change = scene
            .administrators
            .change_role(scene.owner.id, wanted.id, role, &entry);
        assert_eq!(ok(change.await), AdministratorChange::Changed);
        wanted.role = role;
        log.push(entry);
        assert_eq!(scene.administrator(&wanted).await, wanted);
        assert_eq!(scene.log().await, log);
        assert!(!scene.is_session_kept(&session).await);
    }
    assert!(scene.is_link_kept(&link).await && scene.is_session_kept(&others).await);
    assert_eq!(scene.administrator(&founder).await, founder);
    for code in &codes {
        assert!(scene.take_recovery_code(&wanted, code).await);
    }
}

/// The same role changes nothing, nor ends a session; also that of the last owner.
pub async fn the_same_role_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let founder = scene.founder().await;
    let viewer = scene.colleague(Role::Viewer).await;
    for administrator in [&founder, &viewer] {
        let session = scene.administrator_session(administrator).await;
        let before = scene.shown().await;
        let change = scene.change_role(administrator, administrator.role).await;
        assert_eq!(change, AdministratorChange::Unchanged);
        assert_eq!(scene.shown().await, before);
        assert!(scene.is_session_kept(&session).await);
    }
}

/// The only owner who has joined stays one, and nothing changes: neither owners who are only invited, nor those of other
/// organizations, nor other administrators take their place. Once another owner has joined they can go.
pub async fn the_last_owner_who_has_joined_stays_one<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let founder = scene.founder().await;
    scene.colleague_of(other.id, Role::Owner).await;
    let administrator = scene.colleague(Role::Administrator).await;
    scene.invited(Role::Owner).await;
    let session = scene.administrator_session(&founder).await;
    let before = scene.shown().await;
    for role in [Role::Viewer, Role::Administrator] {
        let change = scene.change_role(&founder, role).await;
        assert_eq!(change, AdministratorChange::LastOwner);
    }
    assert_eq!(
        scene.remove_administrator(&founder).await,
        AdministratorChange::LastOwner
    );
    assert_eq!(scene.shown().await, before);
    assert!(scene.is_session_kept(&session).await);

    let change = scene.change_role(&administrator, Role::Owner).await;
    assert_eq!(change, AdministratorChange::Changed);
    assert_eq!(
        scene.remove_administrator(&founder).await,
        AdministratorChange::Changed
    );
    let change = scene.change_role(&administrator, Role::Viewer).await;
    assert_eq!(change, AdministratorChange::LastOwner);
}

/// An owner who has not joined is no last owner: their role can be changed, and they can be removed, whoever else there
/// is.
pub async fn an_owner_who_has_not_joined_can_go<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (demoted, removed) = (scene.invited(Role::Owner).await, scene.invited(Role::Owner).await);
    let change = scene.change_role(&demoted.administrator, Role::Viewer).await;
    assert_eq!(change, AdministratorChange::Changed);
    assert!(scene.is_link_kept(&demoted.link).await);
    let change = scene.remove_administrator(&removed.administrator).await;
    assert_eq!(change, AdministratorChange::Changed);
    assert!(!scene.is_link_kept(&removed.link).await);
}

/// For another organization an administrator is absent, as one who is not kept is for their own; nothing is written
/// anywhere.
pub async fn a_foreign_administrator_is_not_changed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let administrator = scene.colleague(Role::Administrator).await;
    let session = scene.administrator_session(&administrator).await;
    let foreign = Administrator {
        organization: other.id,
        ..administrator.clone()
    };
    let unknown = scene.samples.administrator(scene.owner.id);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    for absent in [&foreign, &unknown] {
        for role in Role::ALL {
            assert_eq!(scene.change_role(absent, role).await, AdministratorChange::Absent);
        }
        assert_eq!(
            scene.remove_administrator(absent).await,
            AdministratorChange::Absent
        );
    }
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
    assert!(scene.is_session_kept(&session).await);
}

/// Who is removed is found by no way, nor are their sessions, links and notices, whatever became of these; the entry is
/// kept, and everybody else stays as they are.
pub async fn removal_takes_sessions_links_and_notices<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.colleague(Role::Owner).await;
    let (others, (elsewhere, password)) = (
        scene.administrator_session(&other).await,
        scene.password_link(&other).await,
    );
    let contact = scene.samples.notice(scene.owner.id, NoticeSubject::ProofsChanged);
    ok(scene.notices.queue(&contact).await);
    let (administrator, _) = scene.cautious_colleague().await;
    let session = scene.administrator_session(&administrator).await;
    let (link, _) = scene.password_link(&administrator).await;
    let failed = scene.notice_to(&administrator).await;
    let attempt = Attempt::Failed {
        failure: "no such mailbox".to_owned(),
    };
    ok(scene.notices.settle(failed.id, &attempt).await);
    let pending = scene.notice_to(&administrator).await;

    let log = scene.log().await;
    let entry = scene.samples.entry_of(&other, Action::AdministratorRemoved);
    let removed = scene
        .administrators
        .remove(scene.owner.id, administrator.id, &entry);
    assert_eq!(ok(removed.await), AdministratorChange::Changed);
    assert_eq!(scene.found_administrator(&administrator).await, None);
    let connection = administrator
        .proofs
        .connection
        .as_ref()
        .expect("they are connected");
    let by_profile = scene.administrators.find_by_profile(&connection.profile).await;
    assert_eq!(ok(by_profile), None);
    assert!(!scene.is_session_kept(&session).await);
    assert_eq!(scene.sessions_of(administrator.id).await, []);
    assert!(!scene.is_link_kept(&link).await);
    assert_eq!(scene.pending_notice(pending.id).await, None);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());

    assert_eq!(scene.administrator(&other).await, other);
    assert!(scene.is_session_kept(&others).await && scene.is_link_kept(&elsewhere).await);
    let mut kept = scene.unsent_of(scene.owner.id).await;
    kept.sort_by_key(|notice| notice.id);
    let mut wanted = [contact, password];
    wanted.sort_by_key(|notice| notice.id);
    assert_eq!(kept, wanted);
}

/// Who was removed can be invited again, and connect the profile they had: nothing of before lets them in or counts.
pub async fn who_was_removed_can_come_back<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (former, codes) = scene.cautious_colleague().await;
    assert_eq!(
        scene.remove_administrator(&former).await,
        AdministratorChange::Changed
    );
    let again = Administrator {
        mail: former.mail.clone(),
        ..scene.samples.invited(scene.owner.id, Role::Viewer)
    };
    let invitation = scene.samples.invitation_for(again);
    assert_eq!(scene.invite(&invitation).await, Inviting::Invited);
    scene.redeem(&invitation.link, scene.password(), now()).await;
    let administrator = scene.administrator(&invitation.administrator).await;
    let connecting = ProofChange::Connection(former.proofs.connection.clone());
    let changing = scene.change_proof(&administrator, &connecting).await;
    assert_eq!(changing, ProofChanging::Changed);
    assert!(takes_none(&scene, &administrator, &codes).await);
}
