//! Providers that lie, hang or fail: nobody is signed in, nothing is bound, and everybody else is served.
#![cfg(test)]

use std::time::{Duration, Instant};

use serde_json::Value;
use symbolon_tests::{
    Endpoint, Lie, Person, Recipient, Reply, Rogue, Site, Spot, Stage, Visitor, on_both, until,
};
use tokio::{
    task::JoinSet,
    time::{interval, timeout},
};

on_both!(
    no_lie_signs_anybody_in,
    a_new_key_is_found_and_looked_for_once_a_minute,
    a_provider_in_trouble_holds_nobody_up,
    a_provider_that_is_not_itself_is_not_used,
    the_answer_of_one_provider_is_not_that_of_another,
);

const UNPROVEN: &str = "You could not be recognized";
const OVER: &str = "This sign-in is over";
const UNREACHABLE: &str = "Example ID cannot be reached";

async fn staged(site: Site) -> (Stage, Rogue, Recipient) {
    let rogue = Rogue::start().await;
    let providers = [Stage::provider("example", Stage::PROVIDER, rogue.issuer())];
    let stage = Stage::set(site, Stage::ISSUER, &providers).await;
    let ada = stage.invite_ada().await;
    (stage, rogue, ada)
}

/// Asserts that nobody has come in.
async fn is_untouched(person: &Person, stage: &Stage, ada: &Recipient, when: &str) {
    assert!(!person.has_session().await, "{when}");
    let access = stage.issuer.access(&ada.id).await;
    assert_eq!(access, ("free".to_owned(), Value::Null), "{when}");
}

/// The provider approves at once, so one press leads all the way.
async fn is_let_in(person: &Person, stage: &Stage, ada: &Recipient) {
    person.goto(&ada.link).await;
    person.click(Person::CONNECT).await;
    person.sees("Programming").await;
    assert!(person.has_session().await);
    let (is, bound_to) = stage.issuer.access(&ada.id).await;
    assert_eq!((&*is, &bound_to["hint"]), ("bound", &"m…@example.org".into()));
}

async fn no_lie_signs_anybody_in(site: Site) {
    let (stage, rogue, ada) = staged(site).await;
    let person = Person::new().await;
    for (lie, heading, status) in [
        (Lie::WrongCallbackIssuer, UNPROVEN, 400),
        (Lie::NoCallbackIssuer, UNPROVEN, 400),
        (Lie::WrongState, OVER, 400),
        (Lie::WrongIssuer, UNPROVEN, 400),
        (Lie::WrongNonce, UNPROVEN, 400),
        (Lie::NoNonce, UNPROVEN, 400),
        (Lie::WrongAudience, UNPROVEN, 400),
        (Lie::Expired, UNPROVEN, 400),
        (Lie::AlgorithmNone, UNPROVEN, 400),
        (Lie::HmacWithPublicKey, UNPROVEN, 400),
        (Lie::WrongSignature, UNPROVEN, 400),
        (Lie::UnknownKey, UNPROVEN, 400),
        (Lie::TokenFails, UNREACHABLE, 503),
        (Lie::TokenEndless, UNREACHABLE, 503),
    ] {
        rogue.lie(lie).await;
        person.goto(&ada.link).await;
        person.click(Person::CONNECT).await;
        person.sees(heading).await;
        assert_eq!(person.status().await, status, "{lie:?}");
        is_untouched(&person, &stage, &ada, &format!("{lie:?}")).await;
        // What was answered cannot be used again.
        person.execute("location.reload()").await;
        person.sees(OVER).await;
        is_untouched(&person, &stage, &ada, &format!("{lie:?}, again")).await;
    }
    // Nobody was asked for a token where the way back was wrong already.
    let honest_until_then = rogue.count(Endpoint::Token).await;
    assert_eq!(honest_until_then, 14 - 3);
    rogue.lie(Lie::None).await;
    is_let_in(&person, &stage, &ada).await;
    person.was_safe(&[&stage.url(""), rogue.issuer()]).await;
}

async fn a_new_key_is_found_and_looked_for_once_a_minute(site: Site) {
    let (stage, rogue, ada) = staged(site).await;
    let person = Person::new().await;
    is_let_in(&person, &stage, &ada).await;
    assert_eq!(rogue.count(Endpoint::Keys).await, 1);

    // Keys are changed now and then: the new one is looked for.
    rogue.change_key().await;
    let telephone = Person::new().await;
    telephone.goto(&ada.link).await;
    telephone.click(Person::CONNECT).await;
    telephone.sees("Programming").await;
    assert_eq!(rogue.count(Endpoint::Keys).await, 2);

    // A provider that names keys which do not exist makes nobody look for them each time.
    let renewed = Instant::now();
    stage.issuer.reset(&ada.id).await;
    rogue.lie(Lie::UnknownKey).await;
    let stranger = Visitor::default();
    for _ in 0..8 {
        let sent = stranger.begin(&ada.link, "example").await;
        let page = stranger.follow(sent).await;
        assert_eq!(page.status, 400, "{}", page.text);
        assert!(page.text.contains(UNPROVEN), "{}", page.text);
    }
    let renewals = rogue.count(Endpoint::Keys).await - 2;
    let minutes = renewed.elapsed().as_secs() / 60;
    assert!(renewals <= minutes, "{renewals} in {:?}", renewed.elapsed());
    assert_eq!(stage.issuer.access(&ada.id).await.0, "free");
    rogue.lie(Lie::None).await;
    is_let_in(&telephone, &stage, &ada).await;
}

/// C27: a provider's silence is bounded, and costs only those who wait for it.
async fn a_provider_in_trouble_holds_nobody_up(site: Site) {
    let (stage, rogue, ada) = staged(site).await;
    rogue.lie(Lie::TokenHangs).await;
    let person = Person::new().await;
    let crowd = 16;
    let start = Instant::now();
    let mut waiting: JoinSet<Reply> = (0..crowd)
        .map(|_| {
            let link = ada.link.clone();
            async move {
                let visitor = Visitor::default();
                let sent = visitor.begin(&link, "example").await;
                let page = visitor.follow(sent).await;
                assert_eq!(visitor.cookie("127.0.0.1", "symbolon-session"), None);
                page
            }
        })
        .collect();
    let browser = async {
        person.goto(&ada.link).await;
        person.click(Person::CONNECT).await;
        person.sees(UNREACHABLE).await;
        person.status().await
    };
    let others = async {
        rogue.asked(Endpoint::Token, crowd).await;
        // All of them hang now; whoever wants something else gets it.
        let client = stage.service.client();
        for path in ["/livez", "/", "/credentials", "/verify/x", "/livez"] {
            let answer = timeout(Duration::from_secs(3), client.look(path)).await;
            assert!(answer.is_ok_and(|answer| answer.status < 500), "{path}");
        }
        let listed = timeout(Duration::from_secs(3), stage.issuer.reset_requests()).await;
        assert_eq!(listed, Ok(Vec::new()));
    };
    let (status, ()) = tokio::join!(browser, others);
    assert_eq!(status, 503);
    while let Some(page) = waiting.join_next().await {
        let page = page.unwrap();
        assert_eq!(page.status, 503, "{}", page.text);
        assert!(page.text.contains(UNREACHABLE), "{}", page.text);
        assert_eq!(page.headers["retry-after"], "5");
    }
    // Five seconds of patience, and as much for a machine that has more to do.
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    is_untouched(&person, &stage, &ada, "after the silence").await;

    // The button of the page leads back, and by now the provider answers.
    rogue.lie(Lie::None).await;
    person.click(Spot::Link("Begin again")).await;
    person.sees("Your badge is ready, Ada").await;
    person.click(Person::CONNECT).await;
    person.sees("Programming").await;
}

/// A provider whose description is another's, or whose keys are not to be had, is not used until that is over.
async fn a_provider_that_is_not_itself_is_not_used(site: Site) {
    let (wrong, keyless) = (Rogue::start().await, Rogue::start().await);
    wrong.lie(Lie::WrongDiscoveryIssuer).await;
    keyless.lie(Lie::KeysFail).await;
    let providers = [
        Stage::provider("wrong", "Wrong ID", wrong.issuer()),
        Stage::provider("keyless", "Keyless ID", keyless.issuer()),
    ];
    let stage = Stage::set(site, Stage::ISSUER, &providers).await;
    let ada = stage.invite_ada().await;
    for (provider, label) in [("wrong", "Wrong ID"), ("keyless", "Keyless ID")] {
        let visitor = Visitor::default();
        let sent = visitor.begin(&ada.link, provider).await;
        let page = visitor.follow(sent).await;
        assert_eq!(page.status, 503, "{}", page.text);
        assert!(
            page.text.contains(&format!("{label} cannot be reached")),
            "{}",
            page.text
        );
        assert_eq!(visitor.cookie("127.0.0.1", "symbolon-session"), None);
    }
    assert_eq!(wrong.count(Endpoint::Authorize).await, 0, "nobody was sent there");
    assert_eq!(stage.issuer.access(&ada.id).await.0, "free");

    for (rogue, provider) in [(&wrong, "wrong"), (&keyless, "keyless")] {
        rogue.lie(Lie::None).await;
        // For some seconds it is not asked again; and nobody may try more often than thirty times a minute.
        let mut tries = interval(Duration::from_secs(3));
        until("it is used again", async || {
            tries.tick().await;
            let visitor = Visitor::default();
            let sent = visitor.begin(&ada.link, provider).await;
            sent.location().is_some() && visitor.follow(sent).await.status != 503
        })
        .await;
    }
    assert_eq!(stage.issuer.access(&ada.id).await.0, "bound");
}

/// B15: who controls one provider cannot answer for another.
async fn the_answer_of_one_provider_is_not_that_of_another(site: Site) {
    let (evil, good) = (Rogue::start().await, Rogue::start().await);
    let providers = [
        Stage::provider("evil", "Evil ID", evil.issuer()),
        Stage::provider("good", "Good ID", good.issuer()),
    ];
    let stage = Stage::set(site, Stage::ISSUER, &providers).await;
    let ada = stage.invite_ada().await;
    for (from, path, issuer) in [
        // The answer of one at the path of the other, under either name.
        ("evil", "good", evil.issuer()),
        ("evil", "good", good.issuer()),
        ("good", "evil", evil.issuer()),
        // At its own path, but in the other's name.
        ("evil", "evil", good.issuer()),
    ] {
        let visitor = Visitor::default();
        let sent = visitor.begin(&ada.link, from).await;
        let back = visitor.follow_once(&sent).await.location().unwrap();
        assert_eq!(back.path(), format!("/sign-in/{from}/callback"));
        let mut forged = back.clone();
        forged.set_path(&format!("/sign-in/{path}/callback"));
        let others = back.query_pairs().filter(|(name, _)| name != "iss");
        forged
            .query_pairs_mut()
            .clear()
            .extend_pairs(others)
            .append_pair("iss", issuer);
        let page = visitor.get(forged.as_str()).await;
        assert_eq!(page.status, 400, "{from} at {path} as {issuer}: {}", page.text);
        assert_eq!(visitor.cookie("127.0.0.1", "symbolon-session"), None);
        assert_eq!(stage.issuer.access(&ada.id).await.0, "free");
        // Afterwards it is worth nothing at its own path either.
        assert_eq!(visitor.get(back.as_str()).await.status, 400);
    }
    assert_eq!(
        (
            evil.count(Endpoint::Token).await,
            good.count(Endpoint::Token).await
        ),
        (0, 0)
    );

    // The same, unchanged: an account of that name at the one is nobody at the other.
    let person = Person::new().await;
    person.goto(&ada.link).await;
    person.click(Spot::Button("Connect with Good ID")).await;
    person.sees("Programming").await;
    let mallory = Person::new().await;
    mallory.goto(&ada.link).await;
    mallory.click(Spot::Button("Connect with Evil ID")).await;
    mallory
        .sees("This access token is already in use by another account")
        .await;
    let (_, bound_to) = stage.issuer.access(&ada.id).await;
    assert_eq!(bound_to["provider"], "good");
    mallory.was_safe(&[&stage.url(""), evil.issuer()]).await;
}
