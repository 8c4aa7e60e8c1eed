//! Taking notices that are due: in which order, for how long, and with what.

use symbolon_domain::{
    administrator::Role,
    mail::MailState,
    notice::{Notice, NoticeDossier, NoticeSubject},
    port::administrators::AdministratorChange,
};

use super::{lease, pending, queued, queued_at, sent, take, take_all};
use crate::{
    Fixture,
    sample::{just_before, now, person_name},
    scene::{Scene, ok},
};

/// A notice is due from its instant on; it comes as it is kept from then on, with the attempt counted.
pub async fn a_notice_is_taken_as_it_is_kept_from_then_on<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    assert_eq!(take(&scene, now()).await, None);
    let notice = queued(&scene).await;
    assert_eq!(take(&scene, just_before(now())).await, None);
    let taken = ok(scene.notices.take_due(now(), lease()).await);
    let leased = Notice {
        due_at: lease(),
        attempts: 1,
        ..notice.clone()
    };
    assert_eq!(taken.map(|taken| taken.notice), Some(leased.clone()));
    assert_eq!(pending(&scene, notice.id).await, Some(leased));
}

/// With it comes everything it can tell: the organization, whom it is for, the link in it, the token it is about, each as it
/// is at that moment; and what is not in it does not come.
pub async fn a_notice_comes_with_everything_it_can_tell<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let invitation = scene.invited(Role::Viewer).await;
    let token = scene.token().await;
    scene.rotated(&token).await;
    let token = scene.stored(&token).await;
    scene.cancel(scene.owner.id, now()).await;
    let organization = scene.stored_organization(scene.owner.id).await;
    ok(scene.notices.drop_useless(invitation.notice.id).await);
    let (administrator, link) = (invitation.administrator, invitation.link);
    for (subject, has_link, has_token) in [
        (NoticeSubject::Invitation(link.id), true, false),
        (NoticeSubject::NewPassword(link.id), true, false),
        (NoticeSubject::ProofsChanged, false, false),
        (NoticeSubject::TokenExpires(token.id), false, true),
        (NoticeSubject::TokenReused(token.id), false, true),
    ] {
        for addressee in [Some(&administrator), None] {
            let notice = Notice {
                addressee: addressee.map(|administrator| administrator.id),
                ..scene.samples.notice(scene.owner.id, subject)
            };
            ok(scene.notices.queue(&notice).await);
            let wanted = NoticeDossier {
                notice: Notice {
                    due_at: lease(),
                    attempts: 1,
                    ..notice.clone()
                },
                organization: organization.clone(),
                addressee: addressee.cloned(),
                link: has_link.then(|| link.clone()),
                token: has_token.then(|| token.clone()),
            };
            let taken = ok(scene.notices.take_due(now(), lease()).await);
            assert_eq!(taken.as_ref(), Some(&wanted));
            assert_eq!(scene.pending_notice(notice.id).await, taken);
            ok(scene.notices.settle(notice.id, &sent()).await);
        }
    }
}

/// Whoever looks again sees the notice as it is now: without a link that is gone, about a token as it has become, in the
/// organization as it is. Nothing is seen of what is not pending, or gone.
pub async fn a_notice_is_looked_at_as_it_is_now<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let (link, _) = scene.password_link(&administrator).await;
    let token = scene.token().await;
    let about_link = Notice {
        state: MailState::Failed,
        ..scene
            .samples
            .notice_to(&administrator, NoticeSubject::NewPassword(link.id))
    };
    let about_token = scene
        .samples
        .notice_to(&administrator, NoticeSubject::TokenExpires(token.id));
    ok(scene.notices.queue(&about_link).await);
    ok(scene.notices.queue(&about_token).await);
    assert_eq!(scene.pending_notice(about_link.id).await, None);
    let before = scene.pending_notice(about_token.id).await.expect("it is pending");
    assert_eq!(before.token, Some(token.clone()));

    scene.revoke(&token, now()).await;
    scene.cancel(scene.owner.id, now()).await;
    let name = person_name("Ada Lovelace");
    ok(scene.administrators.rename(administrator.id, &name).await);
    let after = scene.pending_notice(about_token.id).await.expect("it is pending");
    assert_eq!(after.token, Some(scene.stored(&token).await));
    assert_eq!(
        after.organization,
        scene.stored_organization(scene.owner.id).await
    );
    assert_eq!(after.addressee, Some(scene.administrator(&administrator).await));
    assert!(after.token != before.token && after.addressee != before.addressee);

    ok(scene.notices.settle(about_token.id, &sent()).await);
    assert_eq!(scene.pending_notice(about_token.id).await, None);
    let waiting = scene.notice_to(&administrator).await;
    let removed = scene.remove_administrator(&administrator).await;
    assert_eq!(removed, AdministratorChange::Changed);
    assert_eq!(scene.pending_notice(waiting.id).await, None);
    let unknown = scene.samples.notice(scene.owner.id, NoticeSubject::ProofsChanged);
    assert_eq!(scene.pending_notice(unknown.id).await, None);
}

/// What has been due the longest comes first; of notices of one instant the smaller id; of every organization.
pub async fn what_has_been_due_the_longest_comes_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let mut due = Vec::new();
    for millis in [5, 0, 5, -9, 5, -3, 5, -9, 0, 5, 1] {
        let due_at = now().plus_millis(millis);
        due.push((due_at, queued_at(&scene, due_at).await.id));
        let foreign = Notice {
            due_at,
            ..scene.samples.notice(other.id, NoticeSubject::ProofsChanged)
        };
        ok(scene.notices.queue(&foreign).await);
        due.push((due_at, foreign.id));
    }
    queued_at(&scene, now().plus_millis(6)).await;
    due.sort_unstable();
    let wanted: Vec<_> = due.into_iter().map(|(_, id)| id).collect();
    assert_eq!(take_all(&scene, now().plus_millis(5)).await, wanted);
}

/// Who takes a notice has it alone until the instant that was named; then it is due again, the same, until it is settled.
/// Every attempt counts, also one of which nothing was heard.
pub async fn a_notice_that_is_not_settled_is_due_again<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let notice = queued(&scene).await;
    let mut at = now();
    for attempts in 1..=3 {
        let until = at.plus_seconds(30);
        let taken = ok(scene.notices.take_due(at, until).await).expect("it is due");
        assert_eq!((taken.notice.id, taken.notice.attempts), (notice.id, attempts));
        assert_eq!(take(&scene, at).await, None);
        assert_eq!(take(&scene, just_before(until)).await, None);
        at = until;
    }
}

/// What is sent, failed or dropped is not taken, whenever it was due.
pub async fn only_a_pending_notice_is_taken<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for state in MailState::ALL {
        let notice = Notice {
            state: *state,
            sent_at: (*state == MailState::Sent).then(now),
            ..scene.samples.notice(scene.owner.id, NoticeSubject::ProofsChanged)
        };
        ok(scene.notices.queue(&notice).await);
        let taken = take_all(&scene, now().plus_seconds(3_600)).await;
        let wanted = (*state == MailState::Pending).then_some(notice.id);
        assert_eq!(taken, Vec::from_iter(wanted), "{state:?}");
        for id in taken {
            ok(scene.notices.settle(id, &sent()).await);
        }
    }
}
