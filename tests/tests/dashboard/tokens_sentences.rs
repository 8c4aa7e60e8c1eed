//! What seed 002 says of authorization tokens, sentence by sentence, followed in the dashboard. `docs/SEEDS.md` has the
//! sentences.

use symbolon_tests::{Client, Key, Kind, Office, Person, Printed, Site, Spot, command};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn these_can_be_created_via_the_api_directly_or_through_the_ui() {
    let (office, owner) = at_the_tokens().await;
    let value = create(&owner, "A new token for use", &["write"]).await;
    let client = office.service.client();
    let by_hand = key(&office, &value);
    let made = client
        .create(
            &by_hand,
            &serde_json::json!({ "description": "Made by a program" }),
        )
        .await;
    assert!(client.is_served(&made.expect(201).key()).await);
    owner.click(Spot::Link("Developers")).await;
    owner.reads_that("2 live tokens").await;
    owner.reads_that("A new token for use").await;
    owner.reads_that("Made by a program").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_a_token_without_write_or_delete_permissions_is_truncated() {
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
async fn the_token_that_was_rotated_will_immediately_be_unavailable_for_use() {
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
async fn it_should_be_treated_with_the_same_sensitivity_as_an_admin_password() {
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
