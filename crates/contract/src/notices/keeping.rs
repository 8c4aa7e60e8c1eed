//! What is kept, and for whom.

use std::cmp::Reverse;

use symbolon_domain::{
    administrator::Role,
    mail::MailState,
    notice::{Notice, NoticeSubject},
    port::administrators::AdministratorChange,
    time::Timestamp,
};

use super::{failed, lease, pending, queued, take_all, unsent};
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// Every subject, to an administrator and to the contact, of whatever instants, with whatever failure, pending and given up.
pub async fn what_is_queued_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let invitation = scene.invited(Role::Viewer).await;
    let token = scene.token().await;
    let subjects = [
        NoticeSubject::Invitation(invitation.link.id),
        NoticeSubject::NewPassword(invitation.link.id),
        NoticeSubject::ProofsChanged,
        NoticeSubject::TokenExpires(token.id),
        NoticeSubject::TokenReused(token.id),
    ];
    let variants = [
        (now(), now(), 0, None),
        (
            Timestamp::MIN,
            Timestamp::MAX,
            u32::MAX,
            Some("it's \"busy\" \\ % -- ; $1 ? ü 𒀀"),
        ),
        (Timestamp::from_millis(-1), Timestamp::MIN, 1 << 31, Some("x")),
    ];
    for subject in subjects {
        for addressee in [Some(invitation.administrator.id), None] {
            for (created_at, due_at, attempts, failure) in variants {
                for state in [MailState::Pending, MailState::Failed] {
                    let notice = Notice {
                        addressee,
                        created_at,
                        due_at,
                        attempts,
                        state,
                        failure: failure.map(str::to_owned),
                        ..scene.samples.notice(scene.owner.id, subject)
                    };
                    ok(scene.notices.queue(&notice).await);
                    let kept = unsent(&scene, notice.id).await;
                    assert_eq!(kept.as_ref(), Some(&notice));
                    let is_pending = state == MailState::Pending;
                    let looked = pending(&scene, notice.id).await;
                    assert_eq!(looked, is_pending.then_some(notice));
                }
            }
        }
    }
}

/// For somebody who was removed, or never was, no notice is kept, and that is no error; nobody else gets it either.
pub async fn a_notice_to_somebody_who_is_gone_is_not_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let removed = scene.colleague(Role::Viewer).await;
    let change = scene.remove_administrator(&removed).await;
    assert_eq!(change, AdministratorChange::Changed);
    let unknown = scene.samples.administrator(scene.owner.id);
    for administrator in [&removed, &unknown] {
        let notice = scene.notice_to(administrator).await;
        assert_eq!(scene.pending_notice(notice.id).await, None);
    }
    assert_eq!(scene.unsent_of(scene.owner.id).await, []);
    assert_eq!(ok(scene.notices.take_due(now(), lease()).await), None);
}

/// Notices that wait and those that were given up stand newest first, those of one instant by id, the greatest first; of one
/// organization, and no more than are asked for.
pub async fn what_was_not_sent_stands_newest_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let foreign = scene.samples.notice(other.id, NoticeSubject::ProofsChanged);
    ok(scene.notices.queue(&foreign).await);
    let mut wanted = Vec::new();
    for (millis, state) in (0..).map(|number| number * 7 % 4).zip(MailState::ALL.repeat(3)) {
        let is_sent = state == MailState::Sent;
        let notice = Notice {
            created_at: now().plus_millis(millis),
            state,
            sent_at: is_sent.then(now),
            ..scene.samples.notice(scene.owner.id, NoticeSubject::ProofsChanged)
        };
        ok(scene.notices.queue(&notice).await);
        if matches!(state, MailState::Pending | MailState::Failed) {
            wanted.push(notice);
        }
    }
    wanted.sort_by_key(|notice| Reverse((notice.created_at, notice.id)));
    assert!(wanted.len() > 5);
    for limit in [0, 1, 5, 100, u32::MAX] {
        let first = wanted.iter().take(usize::try_from(limit).unwrap_or(usize::MAX));
        let found = ok(scene.notices.unsent(scene.owner.id, limit).await);
        assert_eq!(found, first.cloned().collect::<Vec<_>>(), "{limit}");
    }
    assert_eq!(scene.unsent_of(other.id).await, [foreign]);
    let nobody = scene.samples.organization();
    assert_eq!(scene.unsent_of(nobody.id).await, []);
}

/// A notice that is no longer worth sending is dropped while it is pending: it is neither taken nor shown; one that was sent
/// or given up stays what it is, and one that is gone is passed over.
pub async fn a_useless_notice_is_dropped_while_it_is_pending<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (useless, given_up, other) = (queued(&scene).await, queued(&scene).await, queued(&scene).await);
    ok(scene.notices.settle(given_up.id, &failed()).await);
    for id in [
        useless.id,
        given_up.id,
        useless.id,
        scene
            .samples
            .notice(scene.owner.id, NoticeSubject::ProofsChanged)
            .id,
    ] {
        ok(scene.notices.drop_useless(id).await);
    }
    assert_eq!(pending(&scene, useless.id).await, None);
    assert_eq!(unsent(&scene, useless.id).await, None);
    assert_eq!(
        unsent(&scene, given_up.id).await.map(|kept| kept.state),
        Some(MailState::Failed)
    );
    assert_eq!(take_all(&scene, now()).await, [other.id]);
}
