//! Notices and announcements, and what happens while they wait.

use symbolon_contract::sample::now;
use symbolon_domain::{
    administrator::Role,
    authorization_token::AuthorizationToken,
    notice::{Notice, NoticeDossier, NoticeSubject},
    port::{authorization_tokens::Insertion, notices::Notices},
    time::Timestamp,
};
use tokio::task::JoinHandle;

use crate::{interloper::Scene, team::Team};

fn taking(scene: &Scene, at: Timestamp) -> JoinHandle<Option<NoticeDossier>> {
    let store = scene.store();
    tokio::spawn(async move { Notices::take_due(&store, at, at.plus_seconds(30)).await.unwrap() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_another_takes_is_not_waited_for() {
    let scene = Scene::open().await;
    let mut notices = [1, 2].map(|_| scene.samples.notice(scene.owner.id, NoticeSubject::ProofsChanged));
    notices.sort_by_key(|notice| notice.id);
    let [first, second] = notices;
    for notice in [&first, &second] {
        scene.store().queue(notice).await.unwrap();
    }
    let other = scene.interloper(&format!(
        "SELECT FROM notices WHERE id = '{}' FOR NO KEY UPDATE",
        first.id
    ));
    let taken = taking(&scene, now()).await.unwrap().unwrap();
    assert_eq!(taken.notice.id, second.id);
    assert_eq!(taking(&scene, now()).await.unwrap(), None);
    other.gives_up();
    let taken = taking(&scene, now()).await.unwrap().unwrap();
    assert_eq!(taken.notice.id, first.id);
}

/// A token whose expiry is to be announced now.
async fn due_token(scene: &Scene) -> AuthorizationToken {
    let token = AuthorizationToken {
        announce_at: Some(now()),
        ..scene.samples.token(scene.owner.id)
    };
    assert_eq!(scene.inserting(&token).await.unwrap(), Insertion::Inserted);
    token
}

fn announcing(scene: &Scene, token: &AuthorizationToken, notices: Vec<Notice>) -> JoinHandle<bool> {
    let (store, id) = (scene.store(), token.id);
    tokio::spawn(async move { store.announce(id, &notices, None, now()).await.unwrap() })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expiry_that_another_announces_is_announced_once() {
    for commits in [true, false] {
        let scene = Scene::open().await;
        let token = due_token(&scene).await;
        let notice = scene
            .samples
            .notice(scene.owner.id, NoticeSubject::TokenExpires(token.id));
        let other =
            scene.interloper("UPDATE authorization_tokens SET announce_at = announce_at + interval '1 day'");
        let announcing = announcing(&scene, &token, vec![notice.clone()]);
        assert_eq!(other.decides(commits, announcing).await, !commits);
        let queued = scene.store().unsent(scene.owner.id, 9).await.unwrap();
        let expected = if commits { vec![] } else { vec![notice] };
        assert_eq!(queued, expected);
    }
}

/// Whoever is removed meanwhile is not told, and the others are.
#[tokio::test(flavor = "multi_thread")]
async fn an_announcement_sees_an_administrator_removed() {
    let team = Team::open().await;
    let second = team.join(Role::Administrator).await;
    let scene = &team.scene;
    let token = due_token(scene).await;
    let subject = NoticeSubject::TokenExpires(token.id);
    let to = |administrator| scene.samples.notice_to(administrator, subject);
    let (to_founder, to_second) = (to(&team.founder), to(&second));
    let other = scene.interloper(&format!("DELETE FROM administrators WHERE id = '{}'", second.id));
    let announcing = announcing(scene, &token, vec![to_second, to_founder.clone()]);
    assert!(other.decides(true, announcing).await);
    let queued = scene.store().unsent(scene.owner.id, 9).await.unwrap();
    assert_eq!(queued, [to_founder]);
}
