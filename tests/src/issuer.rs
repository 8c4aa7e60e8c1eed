//! What an organization does with its templates and recipients, by the API.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client, Key, try_send};

/// An organization with its authorization token.
#[derive(Debug, Clone)]
pub struct Issuer {
    client: Client,
    /// Its token, which may do everything.
    pub key: Key,
}

impl Issuer {
    /// An organization, as a client of this service.
    pub(crate) fn new(client: Client, key: Key) -> Self {
        Self { client, key }
    }

    /// Makes a template, and returns its id.
    pub async fn template(&self, wish: &Value) -> String {
        let made = self.ask(Method::POST, "/badge_templates", wish).await;
        id_of(made.expect(201))
    }

    /// Makes a badge of this name, and returns its id.
    pub async fn badge_template(&self, name: &str) -> String {
        self.template(&json!({ "name": name, "kind": "badge" })).await
    }

    /// Issues a credential, whatever becomes of it.
    pub async fn issue(&self, wish: &Value) -> Answer {
        self.ask(Method::POST, "/badges", wish).await
    }

    /// A recipient as they are now.
    pub async fn recipient(&self, id: &str) -> Value {
        let shown = self
            .ask(Method::GET, &format!("/badges/{id}"), &Value::Null)
            .await;
        shown.expect(200).json["data"].clone()
    }

    /// The state of a recipient's access token, and what it is bound to.
    pub async fn access(&self, id: &str) -> (String, Value) {
        let token = self.recipient(id).await["access_token"].take();
        let state = token["state"].as_str().expect("a state is text").to_owned();
        (state, token["bound_to"].clone())
    }

    /// The ids of those who have asked for a reset.
    pub async fn reset_requests(&self) -> Vec<String> {
        let list = "/badges?filter=reset_requested::true";
        let listed = self.ask(Method::GET, list, &Value::Null).await;
        let data = listed.expect(200).json["data"].clone();
        let id = |badge: &Value| badge["id"].as_str().expect("an id is text").to_owned();
        data.as_array().expect("a list").iter().map(id).collect()
    }

    /// Clears the binding.
    pub async fn reset(&self, id: &str) {
        self.done(Method::POST, &format!("/badges/{id}/access_token/reset"))
            .await;
    }

    /// Ends access for whoever has not claimed.
    pub async fn revoke_access(&self, id: &str) {
        self.done(Method::POST, &format!("/badges/{id}/access_token/revoke"))
            .await;
    }

    /// Mails a new link in place of the old one.
    pub async fn replace_access(&self, id: &str) {
        let replace = format!("/badges/{id}/access_token/replace");
        self.ask(Method::POST, &replace, &json!({})).await.expect(201);
    }

    /// Mails the same link again.
    pub async fn mail_again(&self, id: &str) {
        let again = format!("/badges/{id}/email");
        self.ask(Method::POST, &again, &json!({})).await.expect(202);
    }

    /// Takes the credential back.
    pub async fn revoke_credential(&self, id: &str, reason: &str) {
        let revoke = format!("/badges/{id}/revoke");
        let reason = json!({ "reason": reason });
        self.ask(Method::PUT, &revoke, &reason).await.expect(200);
    }

    /// Deletes the recipient.
    pub async fn delete(&self, id: &str) {
        let deleted = self
            .ask(Method::DELETE, &format!("/badges/{id}"), &Value::Null)
            .await;
        assert!((200..300).contains(&deleted.status), "{deleted:?}");
    }

    /// Pauses a template.
    pub async fn pause(&self, template: &str) {
        self.done(Method::POST, &format!("/badge_templates/{template}/pause"))
            .await;
    }

    async fn done(&self, method: Method, path: &str) {
        self.ask(method, path, &json!({})).await.expect(200);
    }

    /// A request below the organization.
    pub async fn ask(&self, method: Method, path: &str, body: &Value) -> Answer {
        let path = format!("/v1/organizations/{}{path}", self.key.organization);
        let request = self.client.with(&self.key, method, &path);
        let request = if body.is_null() {
            request
        } else {
            request.json(body)
        };
        try_send(request).await.expect("the service answers")
    }
}

fn id_of(answer: &Answer) -> String {
    let id = answer.json["data"]["id"].as_str();
    id.unwrap_or_else(|| panic!("no id in {}", answer.text))
        .to_owned()
}
