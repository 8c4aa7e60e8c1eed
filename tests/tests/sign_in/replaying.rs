//! B13, B14, B17: the URL with which a provider sends a browser back is good once, and in that browser only.

use symbolon_tests::{Person, Proxy, Recipient, Site, Spot, Stage, on_both, until};
use url::Url;

use crate::{staged, was_safe};

on_both!(
    another_browser_cannot_finish_a_sign_in_nor_spoil_it,
    a_finished_sign_in_cannot_be_repeated,
);

const OVER: &str = "This sign-in is over";

/// Signs in as Ada, up to the moment when the browser is sent back to the service, which it cannot reach just then:
/// returns where to.
async fn sent_back(person: &Person, stage: &Stage, way: &mut Proxy, ada: &Recipient) -> String {
    person.goto(&ada.link).await;
    person.click(Person::CONNECT).await;
    let _ = person.attribute(Spot::Button("Ada Lovelace"), "value").await;
    // A browser may have been at a callback before.
    let callback = stage.callback("example");
    let before = called_back(person, &callback).await;
    way.cut().await;
    person.click(Spot::Button("Ada Lovelace")).await;
    let mut found = None;
    until("the provider sends the browser back", async || {
        found = called_back(person, &callback).await;
        found != before
    })
    .await;
    way.open();
    found.unwrap()
}

/// The last callback that a browser has asked for.
async fn called_back(person: &Person, callback: &str) -> Option<String> {
    let requests = person.requests().await;
    requests.into_iter().rfind(|url| url.starts_with(callback))
}

async fn is_refused(person: &Person, url: &str, stage: &Stage, ada: &Recipient) {
    person.goto(url).await;
    person.sees(OVER).await;
    assert_eq!(person.status().await, 400, "{url}");
    assert!(!person.has_session().await, "{url}");
    assert_eq!(stage.issuer.access(&ada.id).await.0, "free", "{url}");
}

/// The same URL with another value of a parameter.
fn with(url: &str, name: &str, value: Option<&str>) -> String {
    let mut url: Url = url.parse().unwrap();
    let pairs: Vec<_> = url
        .query_pairs()
        .into_owned()
        .filter(|(other, _)| other != name)
        .collect();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(pairs);
    if let Some(value) = value {
        query.append_pair(name, value);
    }
    drop(query);
    url.into()
}

async fn another_browser_cannot_finish_a_sign_in_nor_spoil_it(site: Site) {
    let (stage, open_id, mut way) = Stage::behind_a_proxy(site).await;
    let ada = stage.invite_ada().await;
    let (person, stranger) = (Person::new().await, Person::new().await);
    let url = sent_back(&person, &stage, &mut way, &ada).await;
    person.goto(&stage.url("/")).await;
    assert!(!person.has_session().await);

    // A browser that never began, and one that began a sign-in of its own.
    is_refused(&stranger, &url, &stage, &ada).await;
    let own = sent_back(&stranger, &stage, &mut way, &ada).await;
    is_refused(&stranger, &url, &stage, &ada).await;

    // In the right browser, but with a state that is missing, made up, somebody else's, or twice there.
    let told = |url: &str| {
        let url = Url::parse(url).unwrap();
        let found = url.query_pairs().find(|(name, _)| name == "state");
        found.unwrap().1.into_owned()
    };
    for wrong in [
        with(&url, "state", None),
        with(&url, "state", Some("x")),
        with(&url, "state", Some(&told(&url).chars().rev().collect::<String>())),
        with(&url, "state", Some(&told(&own))),
        format!("{url}&state={}", told(&url)),
        with(&url, "code", None),
        // Words that somebody else chose are not repeated.
        format!(
            "{}&error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=a%0D%0Ab",
            with(&url, "state", None)
        ),
    ] {
        is_refused(&person, &wrong, &stage, &ada).await;
    }
    let log = stage.service.stderr.so_far();
    assert!(!log.contains("alert(1)"), "{log}");

    // Nothing of that has spoilt it.
    person.goto(&url).await;
    person.sees("Programming").await;
    assert!(person.has_session().await);
    assert_eq!(stage.issuer.access(&ada.id).await.0, "bound");
    for person in [&person, &stranger] {
        was_safe(person, &stage, &open_id).await;
    }
}

async fn a_finished_sign_in_cannot_be_repeated(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    let person = Person::new().await;
    person.claim(&ada.link, "Ada Lovelace").await;
    person.sees("Programming").await;
    let url = called_back(&person, &stage.callback("example")).await.unwrap();
    let session = person.cookie("symbolon-session").await;
    assert!(session.is_some());

    for _ in 0..2 {
        person.goto(&url).await;
        person.sees(OVER).await;
        assert_eq!(person.status().await, 400);
        assert_eq!(
            person.cookie("symbolon-session").await,
            session,
            "there is one session"
        );
    }
    let stranger = Person::new().await;
    stranger.goto(&url).await;
    stranger.sees(OVER).await;
    assert!(!stranger.has_session().await);

    // Nobody was signed out by it either.
    person.goto(&stage.url("/credentials")).await;
    person.sees("My credentials").await;
    // A path that names another provider, or none, has no sign-in to finish.
    for (path, heading) in [("google", OVER), ("not%20an%20id", "There is no such page")] {
        person.goto(&url.replace("/example/", &format!("/{path}/"))).await;
        person.sees(heading).await;
    }
    for person in [&person, &stranger] {
        was_safe(person, &stage, &open_id).await;
    }
}
