//! Authorization tokens in the dashboard.

use symbolon_domain::{
    id::AuthorizationTokenId, organization::RevealPolicy, service::change_organization::*,
};

use super::office::Office;
use crate::test_app::{Answer, Key};

fn value_on(page: &Answer) -> String {
    let at = page.text.find("symorg_").expect("the value is shown");
    page.text[at..].chars().take(43).collect()
}

async fn made(office: &Office) -> (String, Answer) {
    let owner = office.owner().await;
    let fields = [
        ("description", "Learning platform"),
        ("read_enabled", "true"),
        ("write_enabled", "true"),
        ("expires_in_days", "own"),
        ("own_days", "20"),
    ];
    let page = owner.act("/dashboard/developers/new", &fields).await;
    let value = value_on(page.expect(200));
    (value, page)
}

#[actix_web::test]
async fn a_token_is_made_and_shown_once() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let fields = [
        ("description", "Learning platform"),
        ("read_enabled", "true"),
        ("expires_in_days", "30"),
    ];
    let answer = owner.post("/dashboard/developers/new", &fields).await;
    let to = answer.expect(303).header("location").unwrap().to_owned();
    let shown = owner.open(&to).await;
    let value = value_on(shown.expect(200));
    assert!(shown.text.contains("curl -u"));
    // Looking once more leads to its page, without the value.
    let again = owner.open(&to).await;
    assert!(!again.expect(200).text.contains("symorg_"), "{}", again.text);
    let id = to.split('/').nth(3).unwrap();
    let key = Key {
        organization: office.organization.id,
        id: AuthorizationTokenId::parse(id).unwrap(),
        value,
    };
    assert!(office.app.is_served(&key).await);
    let list = owner.open("/dashboard/developers").await;
    assert!(list.expect(200).text.contains("Learning platform"));
    assert!(!list.text.contains("symorg_0"));
    // Nobody else's browser is shown it.
    let cookies = owner.person.cookies.borrow().clone();
    assert!(!cookies.contains_key("__Host-symbolon-shown"));
}

#[actix_web::test]
async fn a_wish_that_cannot_be_granted_says_why() {
    let office = Office::open().await;
    let owner = office.owner().await;
    let without = owner
        .post("/dashboard/developers/new", &[("expires_in_days", "30")])
        .await;
    assert!(without.expect(422).text.contains("Choose at least one"));
    for days in ["0", "367", "many", ""] {
        let fields = [
            ("read_enabled", "true"),
            ("expires_in_days", "own"),
            ("own_days", days),
        ];
        let answer = owner.post("/dashboard/developers/new", &fields).await;
        assert!(answer.expect(422).text.contains("from 1 to 366"), "{days}");
    }
}

/// B21 and B22: a value is recorded before it is shown, and only where the policy keeps it.
#[actix_web::test]
async fn a_value_is_shown_again_where_it_is_kept() {
    let office = Office::open().await;
    let (value, _) = made(&office).await;
    let owner = office.owner().await;
    let id = office.token_called("Learning platform").await;
    let reveal = format!("/dashboard/developers/{id}/reveal");
    owner.get(&reveal).await.expect(405);
    let shown = owner.post(&reveal, &[]).await;
    assert_eq!(value_on(shown.expect(200)), value);
    assert_eq!(office.actions().await.last(), Some(&"token.revealed"));
    office.set_policy(RevealPolicy::Once).await;
    let hidden = owner.post(&reveal, &[]).await;
    assert!(!hidden.expect(200).text.contains("symorg_"));
}

#[actix_web::test]
async fn a_rotated_token_stops_and_its_successor_works() {
    let office = Office::open().await;
    let (value, _) = made(&office).await;
    let owner = office.owner().await;
    let id = office.token_called("Learning platform").await;
    let question = owner.open(&format!("/dashboard/developers/{id}/rotate")).await;
    assert!(
        question
            .expect(200)
            .text
            .contains("Rotate the authorization token “Learning platform”?")
    );
    let page = owner
        .act(
            &format!("/dashboard/developers/{id}/rotate"),
            &[("grace_seconds", "0")],
        )
        .await;
    let successor = value_on(page.expect(200));
    let key = |value: &str| Key {
        organization: office.organization.id,
        id,
        value: value.to_owned(),
    };
    assert!(!office.app.is_served(&key(&value)).await);
    assert!(office.app.is_served(&key(&successor)).await);
    let old = owner.open(&format!("/dashboard/developers/{id}")).await;
    assert!(old.expect(200).text.contains("Rotated"));
}

#[actix_web::test]
async fn a_token_is_revoked_alone_or_with_what_was_made_with_it() {
    let office = Office::open().await;
    let (value, _) = made(&office).await;
    let id = office.token_called("Learning platform").await;
    let parent = Key {
        organization: office.organization.id,
        id,
        value,
    };
    let body = serde_json::json!({ "description": "Its child" });
    let child = office.app.post(&parent.tokens(""), &parent, body).await;
    let child = parent.of(child.expect(201));
    let owner = office.owner().await;
    let question = owner.open(&format!("/dashboard/developers/{id}/revoke")).await;
    assert!(
        question
            .expect(200)
            .text
            .contains("Also revoke the 1 live token made with it")
    );
    let alone = owner
        .act(&format!("/dashboard/developers/{id}/revoke"), &[])
        .await;
    assert!(
        alone
            .expect(200)
            .text
            .contains("Nothing is served to it any more")
    );
    assert!(!office.app.is_served(&parent).await);
    assert!(office.app.is_served(&child).await);
    let both = [("descendants", "true")];
    owner
        .act(&format!("/dashboard/developers/{id}/revoke"), &both)
        .await
        .expect(200);
    assert!(!office.app.is_served(&child).await);
}

#[actix_web::test]
async fn a_token_that_expires_soon_is_warned_of_on_every_page() {
    let office = Office::open().await;
    made(&office).await;
    let owner = office.owner().await;
    assert!(!owner.open("/dashboard").await.text.contains("expires within"));
    office.app.advance(7 * 24 * 60 * 60 * 1_000);
    let owner = office.owner().await;
    let page = owner.open("/dashboard/templates").await;
    assert!(
        page.text
            .contains("1 authorization token expires within 13 days."),
        "{}",
        page.text
    );
}

impl Office {
    async fn token_called(&self, description: &str) -> AuthorizationTokenId {
        let tokens = self.app.kept(self.organization.id).await;
        let found = tokens.into_iter().find(|token| {
            token
                .description
                .as_ref()
                .is_some_and(|text| text.as_str() == description)
        });
        found.unwrap().id
    }

    async fn set_policy(&self, policy: RevealPolicy) {
        let changing = ChangeOrganization {
            id: self.organization.id,
            change: Change::RevealPolicy(policy),
            by: symbolon_domain::activity::Attribution::operator(),
        };
        changing.run(&self.app.ports).await.unwrap();
    }
}
