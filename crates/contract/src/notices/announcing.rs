//! Announcing that authorization tokens expire.

use symbolon_domain::{
    administrator::Role,
    authorization_token::AuthorizationToken,
    id::AuthorizationTokenId,
    notice::{Notice, NoticeSubject},
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::{just_before, now},
    scene::{Scene, Stage, ok},
};

/// Tokens whose announcement is due stand there from that instant on, those due longest first, no more than are asked for;
/// of every organization, also where it is cancelled, and also where the token is not served any more. One that has none is
/// never there.
pub async fn what_is_to_be_announced_stands_longest_due_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    token_due(&scene, None).await;
    let mut due = Vec::new();
    for millis in [3, -5, 7, 0, 4] {
        let at = now().plus_millis(millis);
        due.push((at, token_due(&scene, Some(at)).await.id));
        let foreign = AuthorizationToken {
            announce_at: Some(at.plus_millis(10)),
            ..scene.samples.token(other.id)
        };
        scene.keep(&foreign).await;
        due.push((at.plus_millis(10), foreign.id));
    }
    let revoked = token_due(&scene, Some(now().plus_millis(1))).await;
    scene.revoke(&revoked, now()).await;
    due.push((now().plus_millis(1), revoked.id));
    scene.cancel(other.id, now()).await;
    due.sort_unstable();
    for (at, _) in &due {
        for instant in [just_before(*at), *at] {
            let wanted: Vec<_> = due
                .iter()
                .filter(|(at, _)| *at <= instant)
                .map(|(_, id)| *id)
                .collect();
            assert_eq!(to_announce(&scene, instant, 100).await, wanted);
        }
    }
    let all: Vec<_> = due.into_iter().map(|(_, id)| id).collect();
    for limit in [0, 1, 5, u32::MAX] {
        let wanted = all.iter().take(usize::try_from(limit).unwrap_or(usize::MAX));
        let found = to_announce(&scene, Timestamp::MAX, limit).await;
        assert_eq!(found, wanted.copied().collect::<Vec<_>>(), "{limit}");
    }
}

/// Announcing queues the notices as they were given, and says when the next announcement is due; nothing else of the token
/// changes, and it is due again from then on, or never.
pub async fn announcing_queues_its_notices_and_sets_the_next<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = token_due(&scene, Some(now())).await;
    let mut token = token_due(&scene, Some(now())).await;
    let administrator = scene.colleague(Role::Owner).await;
    let mut unsent = scene.unsent_of(scene.owner.id).await;
    let mut at = now();
    for next in [Some(now().plus_seconds(60)), Some(now().plus_seconds(90)), None] {
        let subject = NoticeSubject::TokenExpires(token.id);
        let notices = [
            scene.samples.notice(scene.owner.id, subject),
            scene.samples.notice_to(&administrator, subject),
        ];
        assert!(announce(&scene, &token, &notices, next, at).await);
        token.announce_at = next;
        assert_eq!(scene.stored(&token).await, token);
        unsent.extend(notices);
        let mut kept = scene.unsent_of(scene.owner.id).await;
        kept.sort_by_key(|notice| notice.id);
        unsent.sort_by_key(|notice| notice.id);
        assert_eq!(kept, unsent);
        if let Some(next) = next {
            assert!(
                !to_announce(&scene, just_before(next), 9)
                    .await
                    .contains(&token.id)
            );
            assert!(to_announce(&scene, next, 9).await.contains(&token.id));
            at = next;
        }
    }
    assert_eq!(to_announce(&scene, Timestamp::MAX, 9).await, [other.id]);
    assert_eq!(scene.stored(&other).await, other);
}

/// Before it is due, where there is none, and of a token that is not there, nothing is announced, and nothing changes.
pub async fn what_is_not_due_is_not_announced<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = token_due(&scene, Some(now())).await;
    let never = token_due(&scene, None).await;
    let unknown = scene.sample();
    let before = scene.shown().await;
    for (token, at) in [
        (&token, just_before(now())),
        (&token, Timestamp::MIN),
        (&never, Timestamp::MAX),
        (&unknown, Timestamp::MAX),
    ] {
        let notice = scene
            .samples
            .notice(scene.owner.id, NoticeSubject::TokenExpires(token.id));
        let next = Some(now().plus_seconds(60));
        assert!(!announce(&scene, token, &[notice], next, at).await);
        assert_eq!(scene.shown().await, before);
    }
}

/// A token can be announced without any notice, so that it is not looked at again; and of several notices those to somebody
/// who is gone are left out.
pub async fn announcing_passes_over_who_is_gone<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (silent, token) = (
        token_due(&scene, Some(now())).await,
        token_due(&scene, Some(now())).await,
    );
    assert!(announce(&scene, &silent, &[], None, now()).await);
    assert_eq!(scene.unsent_of(scene.owner.id).await, []);

    let gone = scene.samples.administrator(scene.owner.id);
    let subject = NoticeSubject::TokenExpires(token.id);
    let kept = scene.samples.notice(scene.owner.id, subject);
    let notices = [scene.samples.notice_to(&gone, subject), kept.clone()];
    assert!(announce(&scene, &token, &notices, None, now()).await);
    assert_eq!(scene.unsent_of(scene.owner.id).await, [kept]);
    assert_eq!(to_announce(&scene, Timestamp::MAX, 9).await, []);
}

/// A token of the owner whose announcement is due at this instant, kept.
pub(super) async fn token_due(stage: &Stage, announce_at: Option<Timestamp>) -> AuthorizationToken {
    let token = AuthorizationToken {
        announce_at,
        ..stage.sample()
    };
    stage.keep(&token).await;
    token
}

/// Announces the expiry of a token.
pub(super) async fn announce(
    stage: &Stage,
    token: &AuthorizationToken,
    notices: &[Notice],
    next: Option<Timestamp>,
    now: Timestamp,
) -> bool {
    ok(stage.notices.announce(token.id, notices, next, now).await)
}

async fn to_announce(stage: &Stage, now: Timestamp, limit: u32) -> Vec<AuthorizationTokenId> {
    ok(stage.notices.to_announce(now, limit).await)
}
