//! What became of an attempt.

use symbolon_domain::{
    administrator::Role,
    mail::MailState,
    notice::{Notice, NoticeSubject},
    port::{administrators::AdministratorChange, outbox::Attempt},
};

use super::{again, failed, lease, pending, queued, sent, take, take_all, unsent};
use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, ok},
};

/// A notice that was sent is never taken again, nor shown among those that were not, whatever failed before; others are.
pub async fn a_notice_is_sent_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (notice, other) = (queued(&scene).await, queued(&scene).await);
    ok(scene.notices.settle(notice.id, &again(lease())).await);
    ok(scene.notices.settle(notice.id, &sent()).await);
    assert_eq!(pending(&scene, notice.id).await, None);
    assert_eq!(unsent(&scene, notice.id).await, None);
    assert_eq!(take_all(&scene, now().plus_seconds(1 << 30)).await, [other.id]);
}

/// A notice that is to be tried again is due at the instant that was named, earlier than the lease or later, with the failure
/// kept.
pub async fn a_notice_is_tried_again_when_it_was_said<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (seconds, failure) in [(10, "it is busy"), (3_600, "it is still busy")] {
        let notice = queued(&scene).await;
        for attempts in 1..=3 {
            let at = now().plus_seconds(seconds * i64::from(attempts - 1));
            let taken = ok(scene.notices.take_due(at, at.plus_seconds(30)).await);
            assert_eq!(taken.map(|taken| taken.notice.id), Some(notice.id));
            let due_at = at.plus_seconds(seconds);
            let again = Attempt::Again {
                due_at,
                failure: failure.to_owned(),
            };
            ok(scene.notices.settle(notice.id, &again).await);
            let wanted = Notice {
                attempts,
                due_at,
                failure: Some(failure.to_owned()),
                ..notice.clone()
            };
            assert_eq!(pending(&scene, notice.id).await, Some(wanted));
            assert_eq!(take(&scene, just_before(due_at)).await, None);
        }
        ok(scene.notices.settle(notice.id, &sent()).await);
    }
}

/// A notice that is given up is never taken again; it is shown with the failure.
pub async fn a_notice_that_failed_is_given_up<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let notice = queued(&scene).await;
    take(&scene, now()).await;
    ok(scene.notices.settle(notice.id, &failed()).await);
    let wanted = Notice {
        state: MailState::Failed,
        attempts: 1,
        due_at: lease(),
        failure: Some("it is shut".to_owned()),
        ..notice.clone()
    };
    let kept = unsent(&scene, notice.id).await.map(|kept| Notice {
        // When what is given up would have been due, nobody asks.
        due_at: lease(),
        ..kept
    });
    assert_eq!(kept, Some(wanted));
    assert_eq!(take_all(&scene, now().plus_seconds(1 << 30)).await, []);
}

/// That a mail server took a notice stays true: whoever comes later with less to say changes nothing.
pub async fn a_notice_that_was_sent_stays_sent<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let notice = queued(&scene).await;
    for attempt in [sent(), again(now()), failed(), sent()] {
        ok(scene.notices.settle(notice.id, &attempt).await);
        assert_eq!(unsent(&scene, notice.id).await, None, "{attempt:?}");
        ok(scene.notices.drop_useless(notice.id).await);
        assert_eq!(unsent(&scene, notice.id).await, None, "{attempt:?}");
    }
    assert_eq!(take_all(&scene, now().plus_seconds(1 << 30)).await, []);
}

/// A notice that was given up or dropped is not brought back by an attempt that began before; but if it was sent after all,
/// that is kept.
pub async fn a_late_attempt_brings_nothing_back<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (given_up, dropped) = (queued(&scene).await, queued(&scene).await);
    ok(scene.notices.settle(given_up.id, &failed()).await);
    ok(scene.notices.drop_useless(dropped.id).await);
    let before = scene.unsent_of(scene.owner.id).await;
    for attempt in [again(now()), failed()] {
        for id in [given_up.id, dropped.id] {
            ok(scene.notices.settle(id, &attempt).await);
        }
        assert_eq!(scene.unsent_of(scene.owner.id).await, before);
        assert_eq!(take_all(&scene, now().plus_seconds(1 << 30)).await, []);
    }
    for id in [given_up.id, dropped.id] {
        ok(scene.notices.settle(id, &sent()).await);
    }
    assert_eq!(scene.unsent_of(scene.owner.id).await, []);
}

/// A notice that is gone, with its administrator, is passed over.
pub async fn an_attempt_at_a_notice_that_is_gone_is_passed_over<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let notice = scene.notice_to(&administrator).await;
    let unknown = scene.samples.notice(scene.owner.id, NoticeSubject::ProofsChanged);
    take(&scene, now()).await;
    let removed = scene.remove_administrator(&administrator).await;
    assert_eq!(removed, AdministratorChange::Changed);
    let before = scene.shown().await;
    for attempt in [again(now()), failed(), sent()] {
        for id in [notice.id, unknown.id] {
            ok(scene.notices.settle(id, &attempt).await);
        }
    }
    assert_eq!(scene.shown().await, before);
    assert_eq!(take(&scene, now().plus_seconds(1 << 30)).await, None);
}
