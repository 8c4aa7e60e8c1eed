//! What administrators are told of authorization tokens by mail.

use std::sync::Mutex;

use async_trait::async_trait;
use symbolon_domain::{
    administrator::Role,
    id::AuthorizationTokenId,
    mail::Letter,
    notice::{Maker, NoticeLetter, NoticeSubject},
    port::mailer::{Mailer, MailerError, Permission},
    service::{administration::deliver_notice::DeliverNotice, deliver_mail::Delivery},
};

use super::office::Office;
use crate::test_app::TestApp;

/// A mail about a token: to whom, about what, and who is said to have made it.
type Told = (String, NoticeSubject, Option<Maker>);

/// Keeps what it is to send.
#[derive(Default)]
struct Recorder(Mutex<Vec<Told>>);

#[async_trait]
impl Mailer for Recorder {
    async fn send(&self, _: &Letter<'_>, _: &dyn Permission) -> Result<(), MailerError> {
        panic!("a notice is no mail to recipients")
    }

    async fn notify(
        &self,
        letter: &NoticeLetter<'_>,
        permission: &dyn Permission,
    ) -> Result<(), MailerError> {
        if !permission.is_given().await {
            return Err(MailerError::Withdrawn);
        }
        let (dossier, maker) = (letter.dossier, letter.maker.cloned());
        let told = (dossier.mail().to_string(), dossier.notice.subject, maker);
        self.0.lock().unwrap().push(told);
        Ok(())
    }
}

/// Sends what waits, and says what it tells of tokens, by whom it is for.
async fn told(app: &TestApp) -> Vec<Told> {
    let recorder = Recorder::default();
    while (DeliverNotice { mailer: &recorder })
        .run(&app.ports)
        .await
        .unwrap()
        != Delivery::Idle
    {}
    let mut told = recorder.0.into_inner().unwrap();
    told.retain(|(_, subject, _)| subject.token().is_some());
    told.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    told
}

/// A09: also whoever made it is told, but no viewer, and nobody its value.
#[actix_web::test]
async fn whoever_makes_a_token_is_told_of() {
    let office = Office::open().await;
    office.colleague("grace@example.org", Role::Administrator).await;
    office.colleague("viewer@example.org", Role::Viewer).await;
    assert_eq!(told(&office.app).await, []);
    let to_both = |token, maker: Maker| {
        let told = |mail: &str| {
            let subject = NoticeSubject::TokenMade(token);
            (mail.to_owned(), subject, Some(maker.clone()))
        };
        vec![told("ada@example.org"), told("grace@example.org")]
    };
    let by_token = Maker::Token(Some("A token for tests".to_owned()));

    let (app, key) = (&office.app, &office.key);
    let body = serde_json::json!({ "description": "Sibling" });
    let sibling = key.of(app.post(&key.tokens(""), key, body).await.expect(201));
    assert_eq!(told(app).await, to_both(sibling.id, by_token));
    let successor = key.of(app.rotate(&sibling).await.expect(200));
    let by_itself = Maker::Token(Some("Sibling".to_owned()));
    assert_eq!(told(app).await, to_both(successor.id, by_itself));

    let owner = office.owner().await;
    let fields = [
        ("description", "Learning platform"),
        ("read_enabled", "true"),
        ("expires_in_days", "30"),
    ];
    let answer = owner.post("/dashboard/developers/new", &fields).await;
    let to = answer.expect(303).header("location").unwrap();
    let id = to.split('/').find_map(AuthorizationTokenId::parse).unwrap();
    let by_ada = Maker::Administrator(Some("Ada Lovelace".to_owned()));
    assert_eq!(told(app).await, to_both(id, by_ada));

    // Asking again, for an answer that was lost, makes nothing.
    let body = serde_json::json!({ "description": "Twice" });
    for _ in 0..2 {
        let asked = app.post_named(&key.tokens(""), key, "once", body.clone()).await;
        asked.expect(201);
    }
    assert_eq!(told(app).await.len(), 2);
}

/// A05: once a day, however often; and the contact where nobody else is there.
#[actix_web::test]
async fn reuse_is_told_to_administrators() {
    let office = Office::open().await;
    let (app, key) = (&office.app, &office.key);
    app.rotate(key).await.expect(200);
    told(app).await;
    let reuse = async || {
        app.get(&key.tokens("/current"), key).await.expect(401);
        told(app).await
    };
    let to = |mail: &str, token| vec![(mail.to_owned(), NoticeSubject::TokenReused(token), None)];
    assert_eq!(reuse().await, to("ada@example.org", key.id));
    assert_eq!(reuse().await, []);
    app.advance(2 * 60 * 60_000);
    assert_eq!(reuse().await, []);
    app.advance(23 * 60 * 60_000);
    assert_eq!(reuse().await, to("ada@example.org", key.id));

    let lonely = app.organization("Difference Engines").await;
    app.rotate(&lonely).await.expect(200);
    assert_eq!(told(app).await, [], "nobody is there to know");
    app.get(&lonely.tokens("/current"), &lonely).await.expect(401);
    assert_eq!(told(app).await, to("ada@example.org", lonely.id));
}

/// The list says by whom each was made, as its page does.
#[actix_web::test]
async fn the_list_says_who_made_a_token() {
    let office = Office::open().await;
    let (app, key) = (&office.app, &office.key);
    let body = serde_json::json!({ "description": "Sibling" });
    let sibling = key.of(app.post(&key.tokens(""), key, body).await.expect(201));
    let owner = office.owner().await;
    let list = owner.open("/dashboard/developers").await;
    for maker in ["by the operator", "by the token “A token for tests”"] {
        assert!(list.expect(200).text.contains(maker), "{maker}: {}", list.text);
    }
    let page = owner.open(&format!("/dashboard/developers/{}", sibling.id)).await;
    assert!(page.expect(200).text.contains("by the token “A token for tests”"));
    let successor = key.of(app.rotate(&sibling).await.expect(200));
    let page = owner
        .open(&format!("/dashboard/developers/{}", successor.id))
        .await;
    assert!(
        page.expect(200).text.contains("by the token before it"),
        "{}",
        page.text
    );
}
