//! One-time links: how one takes the place of another, and how they are forgotten.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Role},
    administrator_link::{AdministratorLink, LinkPurpose},
    mail::MailState,
    notice::{Notice, NoticeSubject},
    port::{administrators::ProofChange, outbox::Attempt},
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, Stage, ok},
};

/// A new link takes the place of the earlier one for the same purpose; those of others stay.
pub async fn a_new_link_takes_the_place_of_the_earlier_one<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.invited(Role::Viewer).await;
    let invited = scene.invited(Role::Viewer).await;
    let joined = scene.colleague(Role::Viewer).await;
    let colleague = scene.colleague(Role::Viewer).await;
    let (elsewhere, _) = scene.password_link(&colleague).await;
    let (first, _) = scene.password_link(&joined).await;
    for (administrator, mut former) in [(&invited.administrator, invited.link.clone()), (&joined, first)] {
        for _ in 0..2 {
            let link = scene.samples.link(former.purpose);
            assert!(renew(&scene, &link, None).await);
            let (kept, member) = scene.found_link(&link).await.expect("it is kept");
            assert_eq!(kept, link);
            assert_eq!(
                member.map(|member| member.administrator),
                Some(administrator.clone())
            );
            assert!(!scene.is_link_kept(&former).await);
            former = link;
        }
    }
    for kept in [&other.link, &elsewhere] {
        assert!(scene.is_link_kept(kept).await);
    }
}

/// The entry and the notice are the ones that were given, whole; where none is given there is none.
pub async fn renewing_a_link_appends_its_entry_and_queues_its_notice<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let invitation = scene.invited(Role::Viewer).await;
    let log = scene.log().await;
    let link = scene.samples.link(invitation.link.purpose);
    let notice = mailing(&scene, &invitation.administrator, &link);
    let entry = scene.samples.entry(scene.owner.id, Action::AdministratorInvited);
    let renewed = scene
        .administrators
        .renew_link(&link, Some(&notice), Some(&entry));
    assert!(ok(renewed.await));
    let log = [log, vec![entry]].concat();
    assert_eq!(scene.log().await, log);
    assert_eq!(scene.unsent_of(scene.owner.id).await, [notice]);

    let silent = scene.samples.link(invitation.link.purpose);
    assert!(renew(&scene, &silent, None).await);
    assert_eq!(scene.log().await, log);
    assert_eq!(scene.unsent_of(scene.owner.id).await, []);
}

/// A notice that waits to mail a link is dropped when the link goes, in whatever way; one that was given up stays what it
/// is, and other notices wait on.
pub async fn a_notice_about_a_link_that_is_gone_is_dropped<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.invited(Role::Viewer).await;
    let invitation = scene.invited(Role::Viewer).await;
    let unrelated = scene.notice_to(&invitation.administrator).await;
    let link = scene.samples.link(invitation.link.purpose);
    let notice = mailing(&scene, &invitation.administrator, &link);
    assert!(renew(&scene, &link, Some(&notice)).await);
    assert_eq!(scene.pending_notice(invitation.notice.id).await, None);
    for kept in [&other.notice, &unrelated, &notice] {
        assert!(scene.pending_notice(kept.id).await.is_some());
    }

    let failed = Attempt::Failed {
        failure: "no such mailbox".to_owned(),
    };
    ok(scene.notices.settle(notice.id, &failed).await);
    let before = scene.unsent_of(scene.owner.id).await;
    assert!(
        before
            .iter()
            .any(|kept| kept.id == notice.id && kept.state == MailState::Failed)
    );
    assert!(renew(&scene, &scene.samples.link(link.purpose), None).await);
    assert_eq!(scene.unsent_of(scene.owner.id).await, before);

    scene.redeem(&other.link, scene.password(), now()).await;
    assert_eq!(scene.pending_notice(other.notice.id).await, None);
    let joined = scene.administrator(&other.administrator).await;
    let (_, mailed) = scene.password_link(&joined).await;
    let change = ProofChange::Password(scene.samples.password_hash());
    scene.change_proof(&joined, &change).await;
    assert_eq!(scene.pending_notice(mailed.id).await, None);
    let joined = scene.administrator(&joined).await;
    let (expiring, mailed) = scene.password_link(&joined).await;
    assert_eq!(
        ok(scene.administrators.forget_links(expiring.expires_at).await),
        1
    );
    assert_eq!(scene.pending_notice(mailed.id).await, None);
    assert!(scene.pending_notice(unrelated.id).await.is_some());
}

/// Only whoever has not joined is invited again, and only whoever has joined gets a link for a new password; nothing is
/// kept otherwise, nor for one who is not there, nor for the set-up.
pub async fn a_link_is_for_who_can_use_it<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let invited = scene.invited(Role::Viewer).await.administrator;
    let joined = scene.colleague(Role::Viewer).await;
    let (password, _) = scene.password_link(&joined).await;
    let nobody = scene.samples.invited(scene.owner.id, Role::Viewer);
    let before = scene.shown().await;
    for (whom, purpose) in [
        (&invited, LinkPurpose::NewPassword(invited.id)),
        (&joined, LinkPurpose::Invitation(joined.id)),
        (&nobody, LinkPurpose::Invitation(nobody.id)),
        (&nobody, LinkPurpose::NewPassword(nobody.id)),
        (&joined, LinkPurpose::SetUp),
    ] {
        let link = scene.samples.link(purpose);
        let notice = scene.samples.notice_to(whom, NoticeSubject::ProofsChanged);
        let entry = scene.samples.entry(scene.owner.id, Action::AdministratorInvited);
        let renewed = scene
            .administrators
            .renew_link(&link, Some(&notice), Some(&entry));
        assert!(!ok(renewed.await), "{purpose:?}");
        assert!(!scene.is_link_kept(&link).await);
        assert_eq!(scene.pending_notice(notice.id).await, None);
        assert_eq!(scene.shown().await, before);
    }
    assert!(scene.is_link_kept(&password).await);
}

/// Links that have expired are forgotten and counted, to the millisecond, of every purpose; the others stay.
pub async fn expired_links_are_forgotten_and_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let at = now().plus_seconds(3_600);
    let expiring = |link: AdministratorLink, millis| AdministratorLink {
        expires_at: at.plus_millis(millis),
        ..link
    };
    let mut links = Vec::new();
    for millis in [-1, 0, 1] {
        let link = expiring(scene.samples.link(LinkPurpose::SetUp), millis);
        assert!(ok(scene.administrators.offer_set_up(&link).await));
        links.push(link);
    }
    for millis in [-1, 0, 1] {
        let mut invitation = scene.samples.invitation(scene.owner.id);
        invitation.link = expiring(invitation.link, millis);
        scene.invite(&invitation).await;
        links.push(invitation.link);
    }
    for millis in [-1, 0, 1] {
        let joined = scene.colleague(Role::Viewer).await;
        let link = expiring(scene.samples.link(LinkPurpose::NewPassword(joined.id)), millis);
        assert!(renew(&scene, &link, None).await);
        links.push(link);
    }
    let forget = |at| scene.administrators.forget_links(at);
    assert_eq!(ok(forget(just_before(just_before(at))).await), 0);
    assert_eq!(ok(forget(at).await), 6);
    assert_eq!(ok(forget(at).await), 0);
    for link in &links {
        assert_eq!(scene.is_link_kept(link).await, link.is_good(at), "{link:?}");
    }
}

/// The notice that mails a link.
fn mailing(stage: &Stage, administrator: &Administrator, link: &AdministratorLink) -> Notice {
    let subject = NoticeSubject::Invitation(link.id);
    stage.samples.notice_to(administrator, subject)
}

async fn renew(stage: &Stage, link: &AdministratorLink, notice: Option<&Notice>) -> bool {
    ok(stage.administrators.renew_link(link, notice, None).await)
}
