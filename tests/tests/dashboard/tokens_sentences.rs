//! What seed 002 says of authorization tokens, sentence by sentence, followed in the dashboard. `docs/SEEDS.md` has the
//! sentences.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::{Value, json};
use symbolon_tests::{Answer, Client, Key, Kind, Office, Person, Printed, Site, Spot, command, try_send};

/// What the seed calls a new token.
const DESCRIPTION: &str = "rotating the token in 2024";

/// An office with its owner, who has opened the list of tokens.
async fn at_the_tokens() -> (Office, Person) {
    let office = Office::open(Site::new(Kind::Sqlite)).await;
    let owner = office.owner().await;
    owner.click(Spot::Link("Developers")).await;
    owner.sees("Authorization tokens").await;
    (office, owner)
}

/// Creates a token of this description, with these permissions beside reading, and returns its value.
async fn create(owner: &Person, description: &str, further: &[&str]) -> String {
    owner.click(Spot::Link("Create token")).await;
    owner.sees("Create an authorization token").await;
    owner
        .fill(Spot::Field("Description (optional)"), description)
        .await;
    for permission in further {
        owner.click(&*format!("#{permission}_enabled")).await;
    }
    owner.click(Spot::Button("Create token")).await;
    owner.sees("Your new authorization token").await;
    owner.text("#value").await
}

/// The token as a program knows it, of which only the value counts.
fn key(office: &Office, value: &str) -> Key {
    let organizations = office.site.json(&["organizations", "list"]);
    Key {
        organization: organizations[0]["id"].as_str().unwrap().to_owned(),
        id: String::new(),
        value: value.to_owned(),
    }
}

/// A POST of a token that a page has shown.
async fn post(office: &Office, key: &Key, rest: &str, body: &Value) -> Answer {
    let client = office.service.client();
    let path = format!("/v1/organizations/{}{rest}", key.organization);
    let request = client.with(key, Method::POST, &path).json(body);
    try_send(request).await.expect("the service answers")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn organizations_use_authorization_tokens_to_access_the_system() {
    let (office, owner) = at_the_tokens().await;
    let value = create(&owner, "A new token for use", &[]).await;
    let client = office.service.client();
    let own = key(&office, &value);
    let path = format!("/v1/organizations/{}", own.organization);
    let organization = client.get(&own, &path).await;
    assert_eq!(
        organization.expect(200).json["data"]["name"],
        Office::ORGANIZATION
    );
    client.look(&path).await.expect(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn these_can_be_created_via_the_api_directly_or_through_the_ui() {
    let (office, owner) = at_the_tokens().await;
    let value = create(&owner, "A new token for use", &["write"]).await;
    let client = office.service.client();
    let by_hand = key(&office, &value);
    let made = client
        .create(&by_hand, &json!({ "description": "Made by a program" }))
        .await;
    assert!(client.is_served(&made.expect(201).key()).await);
    owner.click(Spot::Link("Developers")).await;
    owner.reads_that("2 live tokens").await;
    owner.reads_that("A new token for use").await;
    owner.reads_that("Made by a program").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authorization_tokens_can_be_used_in_place_of_oauth() {
    let (office, owner) = at_the_tokens().await;
    let value = create(&owner, "A new token for use", &[]).await;
    // As clients of OAuth 2.0 send theirs.
    let list = key(&office, &value).tokens("");
    let request = office.service.client().request(Method::GET, &list);
    let answer = try_send(request.bearer_auth(&value)).await;
    assert_eq!(
        answer.expect("the service answers").expect(200).json["metadata"]["total_count"],
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authorization_token_information_can_be_obtained_via_an_api_call() {
    let (office, owner) = at_the_tokens().await;
    let value = create(&owner, "A new token for use", &["write"]).await;
    let answer = office.service.client().list(&key(&office, &value)).await;
    let told = &answer.expect(200).json["data"][0];
    for (name, is) in [
        ("token", Value::from(&*value)),
        ("description", "A new token for use".into()),
        ("read_enabled", true.into()),
        ("write_enabled", true.into()),
        ("delete_enabled", false.into()),
    ] {
        assert_eq!(told[name], is, "{name} in {told}");
    }
    assert_eq!(told["owner"]["name"], Office::ORGANIZATION);
    // The page has the same.
    owner.click(Spot::Link("Done: go to its page")).await;
    owner.sees("A new token for use").await;
    owner
        .reads_that(told["id"].as_str().expect("an id is text"))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_returned_authentication_tokens_will_be_truncated() {
    let (office, owner) = at_the_tokens().await;
    let full = create(&owner, "Full", &["write", "delete"]).await;
    owner.click(Spot::Link("Developers")).await;
    let reader = create(&owner, "Reads only", &[]).await;
    let client = office.service.client();
    let count =
        async |value: &str| client.list(&key(&office, value)).await.json["metadata"]["total_count"].clone();
    assert_eq!((count(&full).await, count(&reader).await), (2.into(), 1.into()));
    // Whoever sits at the dashboard sees both.
    owner.click(Spot::Link("Developers")).await;
    owner.reads_that("2 live tokens").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_authorization_tokens_may_be_created_by_using_an_existing_token_with_write_permissions() {
    let (office, owner) = at_the_tokens().await;
    let writer = create(&owner, "Writes", &["write"]).await;
    owner.click(Spot::Link("Developers")).await;
    let reader = create(&owner, "Reads only", &[]).await;
    let wish = json!({ "description": DESCRIPTION, "write_enabled": false, "delete_enabled": false });
    let client = office.service.client();
    let refused = client.create(&key(&office, &reader), &wish).await;
    refused.refused(403, "permission_lacking");
    let made = client.create(&key(&office, &writer), &wish).await;
    assert!(client.is_served(&made.expect(201).key()).await);
    // The dashboard says by which.
    owner.click(Spot::Link("Developers")).await;
    owner.reads_that("3 live tokens").await;
    owner.click(Spot::Link(DESCRIPTION)).await;
    owner.sees(DESCRIPTION).await;
    owner.reads_that("Writes").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn this_has_no_affect_on_the_token_used_to_perform_the_request() {
    let (office, owner) = at_the_tokens().await;
    let writer = key(&office, &create(&owner, "Writes", &["write"]).await);
    let client = office.service.client();
    let before = client.current(&writer).await.json["data"].clone();
    assert_eq!(before["description"], "Writes");
    client.create(&writer, &json!({})).await.expect(201);
    let mut after = client.current(&writer).await.json["data"].clone();
    after["last_used_at"] = before["last_used_at"].clone();
    assert_eq!(after, before);
    owner.click(Spot::Link("Done: go to its page")).await;
    owner.sees("Writes").await;
    owner.reads_that("Live").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_new_token_will_have_a_default_expiration_of_180_days() {
    let (_office, owner) = at_the_tokens().await;
    let _ = create(&owner, "Nightly import", &[]).await;
    owner.click(Spot::Link("Developers")).await;
    owner.click(Spot::Link("Nightly import")).await;
    assert_eq!(days(&owner).await, 180);
}

/// After how many days the token expires whose page is shown: its first two times.
async fn days(owner: &Person) -> u64 {
    owner.sees("Nightly import").await;
    let times = "const [expires, created] = ['Expires', 'Created'].map(name =>
        [...document.querySelectorAll('dt')].find(dt => dt.textContent === name).parentElement.querySelector('time'));
        return Math.round((Date.parse(expires.dateTime) - Date.parse(created.dateTime)) / 86400000)";
    owner.execute(times).await.as_u64().expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn optional_body_parameter_to_include_a_new_description() {
    let (office, owner) = at_the_tokens().await;
    let first = key(&office, &create(&owner, "Nightly import", &["write"]).await);
    let body = json!({ "description": DESCRIPTION });
    let made = post(&office, &first, "/authorization_tokens", &body).await;
    assert_eq!(made.expect(201).json["data"]["description"], DESCRIPTION);
    let body = json!({ "description": "rotated in 2025" });
    let rotated = post(&office, &first, "/authorization_tokens/rotate", &body).await;
    assert_eq!(rotated.expect(200).json["data"]["description"], "rotated in 2025");
    owner.click(Spot::Link("Developers")).await;
    owner.reads_that("2 live tokens").await;
    owner.reads_that(DESCRIPTION).await;
    owner.reads_that("rotated in 2025").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_allows_tokens_to_be_rotated_via_post_call() {
    let (office, owner) = at_the_tokens().await;
    let old = key(&office, &create(&owner, "Nightly import", &[]).await);
    let client = office.service.client();
    let rotation = old.tokens("/rotate");
    client.get(&old, &rotation).await.expect(405);
    assert!(client.is_served(&old).await, "looking rotates nothing");
    let new = client.rotate(&old).await.expect(200).key();
    assert!(client.is_served(&new).await && !client.is_served(&old).await);
    owner.click(Spot::Link("Developers")).await;
    owner.reads_that("1 live token").await;
    owner.click(Spot::Link("Nightly import")).await;
    assert_eq!(days(&owner).await, 180);
    owner.reads_that("It succeeded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_used_to_make_the_request_will_immediately_be_unavailable_for_use() {
    let (office, owner) = at_the_tokens().await;
    let old = key(&office, &create(&owner, "Nightly import", &[]).await);
    let client = office.service.client();
    assert!(client.is_served(&old).await);
    let new = rotate(&owner, "").await;
    owner.reads_that("The old token is not served any more.").await;
    assert!(!client.is_served(&old).await);
    assert!(client.is_served(&key(&office, &new)).await);
    // What shows the old one is noticed.
    owner.click(Spot::Link("Developers")).await;
    owner.click(Spot::Link("All")).await;
    owner.reads_that("after it was rotated away").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn if_description_is_not_provided_the_previous_description_will_be_used() {
    let (_office, owner) = at_the_tokens().await;
    let _ = create(&owner, "Nightly import", &[]).await;
    let _ = rotate(&owner, "").await;
    owner.reads_that("Nightly import, expires in").await;
    let _ = rotate(&owner, "rotating the token in 2024").await;
    owner.reads_that("rotating the token in 2024, expires in").await;
}

/// Rotates the token that was just made or rotated, and returns the new value.
async fn rotate(owner: &Person, description: &str) -> String {
    owner.click(Spot::Link("Done: go to its page")).await;
    owner.click(Spot::Link("Rotate…")).await;
    owner
        .fill(Spot::Field("New description (optional)"), description)
        .await;
    owner.click(Spot::Button("Rotate token")).await;
    owner.sees("The authorization token was rotated").await;
    owner.text("#value").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_generating_an_authorization_token_you_can_use_it_to_access_the_api() {
    let (office, owner) = at_the_tokens().await;
    let _ = create(&owner, "Nightly import", &[]).await;
    let line = owner.text("#curl").await;
    assert!(line.starts_with("curl "), "{line}");
    let mut shell = command("sh");
    shell.args(["-c", &line]);
    let answer = Printed::by(shell).done();
    assert!(answer.stdout.contains("Nightly import"), "{}", answer.stdout);
    owner
        .reads_that("It is the user name of HTTP Basic; the password stays blank.")
        .await;
    drop(office);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn authentication_is_handled_via_http_basic_authentication() {
    let (office, owner) = at_the_tokens().await;
    let value = create(&owner, "Nightly import", &[]).await;
    let list = key(&office, &value).tokens("");
    let client = office.service.client();
    let status = async |credentials: String| {
        let header = format!("Basic {}", STANDARD.encode(credentials));
        let request = client.request(Method::GET, &list).header("Authorization", header);
        try_send(request).await.expect("the service answers").status
    };
    assert_eq!(status(format!("{value}:")).await, 200);
    assert_eq!(status(format!(":{value}")).await, 401, "it is the username");
    assert_eq!(
        status(format!("{}:{}", Office::OWNER_MAIL, Office::PASSWORD)).await,
        401
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn creating_via_the_curl_command_line_tool_might_look_like_this() {
    let (office, owner) = at_the_tokens().await;
    let value = create(&owner, "Nightly import", &["write"]).await;
    let template = office.template(&owner, "badge", "First aider").await;
    let url = office.url(&format!(
        "/v1/organizations/{}/badges",
        key(&office, &value).organization
    ));
    let line = format!(
        r#"curl -s -u '{value}':''  -X POST -H "Content-type: application/json" \
           -d '{{"badge_template_id":"{template}",
                "recipient_email":"ada@example.org", "issued_to_first_name":"Ada"}}' \
           {url}"#
    );
    let mut shell = command("sh");
    shell.args(["-c", &line]);
    let answer = Printed::by(shell).done().stdout;
    assert!(
        answer.contains("\"recipient_email\":\"ada@example.org\""),
        "{answer}"
    );
    owner.goto(&office.url("/dashboard/recipients")).await;
    let row = owner.text("tbody tr").await;
    assert!(
        row.contains("ada@example.org") && row.contains("First aider"),
        "{row}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_authorization_token_grants_full_permission_to_the_web_service_api_on_behalf_of_the_organization()
{
    let (office, owner) = at_the_tokens().await;
    let full = key(&office, &create(&owner, "Everything", &["write", "delete"]).await);
    let made = post(
        &office,
        &full,
        "/badge_templates",
        &json!({ "name": "First aider", "kind": "badge" }),
    )
    .await;
    let template = made.expect(201).json["data"]["id"].clone();
    let wish = json!({
        "badge_template_id": template, "recipient_email": "ada@example.org", "issued_to_first_name": "Ada",
    });
    let badge = post(&office, &full, "/badges", &wish).await.expect(201).json["data"]["id"].clone();
    owner.goto(&office.url("/dashboard/recipients")).await;
    owner.reads_that("ada@example.org").await;
    let path = format!(
        "/v1/organizations/{}/badges/{}",
        full.organization,
        badge.as_str().expect("an id is text")
    );
    let client = office.service.client();
    let deleted = try_send(client.with(&full, Method::DELETE, &path)).await;
    assert_eq!(deleted.expect("the service answers").status / 100, 2);
    owner.goto(&office.url("/dashboard/recipients")).await;
    owner.reads_that("There are no recipients yet.").await;
    // What was done in the organization's name says by which token.
    owner.goto(&office.url("/dashboard/activity")).await;
    owner.reads_that("Everything").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_authorization_token_should_be_treated_with_the_same_sensitivity_as_an_admin_password() {
    let (office, owner) = at_the_tokens().await;
    let value = create(&owner, "Nightly import", &[]).await;
    let list = office.url("/dashboard/developers");
    owner.goto(&list).await;
    assert!(!owner.source().await.contains(&value), "no list has it");
    owner.click(Spot::Link("Nightly import")).await;
    assert!(
        !owner.source().await.contains(&value),
        "nor has its page, until it is asked for"
    );
    owner.click(Spot::Button("Show the token")).await;
    assert_eq!(owner.text("#value").await, value);
    owner
        .reads_that("That you have looked at it stands in the activity log.")
        .await;

    let viewer = office.colleague(
        &owner,
        "Charles Babbage",
        "charles@example.org",
        "Viewer: looks, changes nothing",
    );
    let viewer = viewer.await;
    viewer.goto(&list).await;
    viewer.click(Spot::Link("Nightly import")).await;
    viewer.reads_that("Only administrators see it").await;
    assert_eq!(viewer.count("form[action$=reveal]").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn administrators_can_view_their_organizations_authorization_tokens_under_the_developers_section() {
    let (office, owner) = at_the_tokens().await;
    owner.reads_that("No token is live.").await;
    let value = create(
        &owner,
        "A token to be used for external integrations.",
        &["write"],
    )
    .await;
    owner.click(Spot::Link("Developers")).await;
    let row = owner.text("tbody tr").await;
    for told in [
        "A token to be used for external integrations.",
        "Live",
        "read, write",
        "in 5 months",
        "never",
    ] {
        assert!(row.contains(told), "{told} in {row}");
    }
    let client: Client = office.service.client();
    assert!(client.is_served(&key(&office, &value)).await);
}
