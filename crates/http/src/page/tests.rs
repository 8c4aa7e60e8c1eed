//! The pages as people, mail scanners and attackers meet them. The numbers are those of the abuse cases that
//! `docs/SECURITY.md` lists.

mod callbacks;
mod forms;
mod policy;
mod scanners;
mod states;
mod verification;

use serde_json::json;
use symbolon_domain::port::outbox::Attempt;

use crate::{
    State,
    test_app::{Badge, Key, TestApp},
};

/// An organization with a template and one recipient.
struct Stage {
    app: TestApp,
    key: Key,
    template: String,
    ada: Badge,
}

impl Stage {
    async fn set() -> Self {
        Self::set_with(|_| {}).await
    }

    /// The same, over what a test changes first.
    async fn set_with(change: impl FnOnce(&mut State)) -> Self {
        let app = TestApp::start_with(change).await;
        let key = app.organization("Analytical Engines").await;
        let template = app.template(&key, "Programming").await;
        let ada = app.badge(&key, &template, "countess@example.org").await;
        Self {
            app,
            key,
            template,
            ada,
        }
    }

    /// An act of the issuer on the recipient.
    async fn act(&self, rest: &str) {
        let answer = match rest {
            "/revoke" => {
                let body = json!({ "reason": "Issued by <b>mistake</b>" });
                self.app
                    .put(&self.ada.path(&self.key, rest), &self.key, body)
                    .await
            }
            "" => self.app.delete(&self.ada.path(&self.key, ""), &self.key).await,
            _ => {
                self.app
                    .post(&self.ada.path(&self.key, rest), &self.key, json!({}))
                    .await
            }
        };
        assert!((200..300).contains(&answer.status), "{rest}: {}", answer.text);
    }

    async fn template_act(&self, act: &str) {
        let path = self
            .key
            .path(&format!("/badge_templates/{}/{act}", self.template));
        self.app.post(&path, &self.key, json!({})).await.expect(200);
    }

    /// Has all mail that is due taken by the mail server.
    async fn send_mail(&self) {
        let (outbox, now) = (&self.app.ports.outbox, self.app.now());
        while let Some((mail, _)) = outbox.take_due(now, now.plus_seconds(60)).await.unwrap() {
            outbox.settle(mail.id, &Attempt::Sent { at: now }).await.unwrap();
        }
    }

    /// The recipient as the API shows them.
    async fn badge(&self) -> serde_json::Value {
        let answer = self.app.get(&self.ada.path(&self.key, ""), &self.key).await;
        answer.expect(200).json["data"].clone()
    }

    /// The state of the access token, and how it is bound.
    async fn token(&self) -> (String, serde_json::Value) {
        let token = self.badge().await["access_token"].clone();
        (
            token["state"].as_str().unwrap().to_owned(),
            token["bound_to"].clone(),
        )
    }
}
