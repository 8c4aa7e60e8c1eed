//! Forms that were not sent from our pages, or not for this browser, and tries that are too many.

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};

use super::Stage;
use crate::{
    test_person::{Person, form},
    test_provider::PROVIDER,
};

/// B20: what another site sends does nothing, whatever cookies go with it.
#[actix_web::test]
async fn forms_of_other_sites_do_nothing() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let page = ada.open(&stage.ada.link).await;
    let csrf = Person::csrf(&page);
    let good = [("csrf", csrf.as_str()), ("provider", PROVIDER)];
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://evil.example"),
    ] {
        for path in [
            "/access",
            "/access/reset-request",
            "/sign-in",
            "/sign-out",
            "/recipient-view",
            "/retrieve",
        ] {
            let request = form(path, &good).insert_header((name, value));
            assert_eq!(ada.send(request).await.status, 403, "{path} with {name}: {value}");
        }
    }
    let later = stage.app.now().plus_seconds(3_600);
    assert_eq!(stage.app.ports.sign_ins.forget(later).await.unwrap(), 0);
}

/// B20: a form without its value, or with one made for another link or another session, does nothing.
#[actix_web::test]
async fn forms_are_bound_to_what_their_page_was_about() {
    let stage = Stage::set().await;
    let other = stage
        .app
        .badge(&stage.key, &stage.template, "grace@example.org")
        .await;
    let ada = Person::new(&stage.app);
    let csrf = Person::csrf(&ada.open(&stage.ada.link).await);
    ada.open(&other.link).await.expect(200);
    for csrf in [csrf.as_str(), "", "x"] {
        let sent = ada
            .post("/access", &[("csrf", csrf), ("provider", PROVIDER)])
            .await;
        sent.expect(403);
    }
    ada.post("/access", &[("provider", PROVIDER)]).await.expect(403);
    ada.connect(&other.link, "ada").await.expect(200);
    ada.post("/sign-out", &[("csrf", &csrf)]).await.expect(403);
    let csrf = Person::csrf(&ada.get("/credentials").await);
    ada.post("/sign-out", &[("csrf", &csrf)]).await.expect(200);
    assert!(ada.cookies.borrow().is_empty());
}

/// B10: pasted tokens are counted per address; the eleventh in a minute has to wait.
#[actix_web::test]
async fn tokens_cannot_be_guessed_quickly() {
    let stage = Stage::set().await;
    let guesser = Person::new(&stage.app);
    for _ in 0..10 {
        let sent = guesser.post("/recipient-view", &[("token", "symrec_x")]).await;
        sent.expect(303);
    }
    let sent = guesser.post("/recipient-view", &[("token", "symrec_x")]).await;
    assert!(sent.expect(429).header("retry-after").is_some());
    // Nobody is locked out by it: the link itself works.
    guesser.open(&stage.ada.link).await.expect(200);
}

/// From one network 30 sign-ins a minute are begun, and the next one has to wait.
#[actix_web::test]
async fn sign_ins_are_not_begun_without_end() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let csrf = Person::csrf(&ada.open(&stage.ada.link).await);
    let form = [("csrf", csrf.as_str()), ("provider", PROVIDER)];
    for _ in 0..30 {
        ada.post("/access", &form).await.expect(303);
    }
    let sent = ada.post("/access", &form).await;
    assert!(sent.expect(429).header("retry-after").is_some());
}

/// B10: whoever has to wait is told so in the same words, whatever they pasted.
#[actix_web::test]
async fn who_has_to_wait_learns_nothing() {
    let stage = Stage::set().await;
    let guesser = Person::new(&stage.app);
    let good = stage.ada.link.trim_start_matches("/r/");
    for _ in 0..10 {
        let sent = guesser.post("/recipient-view", &[("token", "symrec_x")]).await;
        sent.expect(303);
    }
    let mut seen = Vec::new();
    for token in [good, "symrec_x", "x", ""] {
        let stranger = Person::new(&stage.app);
        let sent = stranger.post("/recipient-view", &[("token", token)]).await;
        sent.expect(429);
        let mut names: Vec<_> = sent.headers.keys().map(|name| name.as_str().to_owned()).collect();
        names.sort();
        // The wait is told in seconds, and a second may pass between two tries; each error has its number.
        let varies = |line: &&str| line.contains("Try again in") || line.contains("Number of this error");
        let told = sent.text.lines().filter(|line| !varies(line));
        seen.push((names, told.map(str::to_owned).collect::<Vec<_>>()));
    }
    for one in &seen[1..] {
        assert_eq!(one, &seen[0]);
    }
}

/// B20: the API knows tokens only. What signs a person in to the pages means nothing there.
#[actix_web::test]
async fn no_cookie_is_accepted_by_the_api() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    ada.connect(&stage.ada.link, "ada").await.expect(200);
    assert!(!ada.cookies.borrow().is_empty());
    let badge = stage.key.path(&format!("/badges/{}", stage.ada.id));
    for (path, method) in [
        (stage.key.path("/badges"), Method::GET),
        (badge.clone(), Method::GET),
        (badge.clone(), Method::DELETE),
        (format!("{badge}/access_token"), Method::GET),
        (format!("{badge}/access_token/reset"), Method::POST),
    ] {
        let request = TestRequest::default().method(method).uri(&path);
        let answer = ada
            .send(request.insert_header(("Sec-Fetch-Site", "same-origin")))
            .await;
        assert_eq!(answer.status, 401, "{path}");
        assert_eq!(answer.header("set-cookie"), None);
    }
    assert_eq!(stage.badge().await["access_token"]["state"], "bound");
}

#[actix_web::test]
async fn a_pasted_link_opens() {
    let stage = Stage::set().await;
    let ada = Person::new(&stage.app);
    let pasted = format!("  https://tokens.example.org{}\r\n", stage.ada.link);
    let sent = ada.post("/recipient-view", &[("token", &pasted)]).await;
    assert_eq!(sent.expect(303).header("location"), Some("/access"));
    assert!(ada.get("/access").await.expect(200).text.contains("Programming"));
    ada.post("/recipient-view", &[("token", "hello")])
        .await
        .expect(422);
}

/// B12: no parameter sends a browser elsewhere.
#[actix_web::test]
async fn nobody_is_sent_elsewhere() {
    let stage = Stage::set().await;
    for next in [
        "//e.example",
        "/%5Ce.example",
        "https:e.example",
        "%2f%2fe.example",
        "javascript:alert(1)",
    ] {
        let ada = Person::new(&stage.app);
        for path in ["/credentials", "/access", "/", "/sign-in", "/recipient-view"] {
            let answer = ada.get(&format!("{path}?next={next}&return_to={next}")).await;
            let location = answer.header(header::LOCATION.as_str()).unwrap_or("/");
            assert!(
                location.starts_with('/') && !location.starts_with("//"),
                "{location}"
            );
        }
        let link = ada.get(&format!("{}?next={next}", stage.ada.link)).await;
        assert_eq!(link.header("location"), Some("/access"));
    }
}

/// Whether an address is known, the answer does not tell; the mail that was asked for is the same link again.
#[actix_web::test]
async fn retrieving_tells_nothing() {
    let stage = Stage::set().await;
    stage.app.empty_outbox().await;
    let ada = Person::new(&stage.app);
    let known = ada.post("/retrieve", &[("mail", "countess@example.org")]).await;
    let unknown = ada.post("/retrieve", &[("mail", "nobody@example.org")]).await;
    assert_eq!((known.status, &known.text), (200, &unknown.text));
    ada.post("/retrieve", &[("mail", "no address")]).await.expect(422);
    let (ports, key) = (&stage.app.ports, &stage.key);
    let id = symbolon_domain::id::RecipientId::parse(&stage.ada.id).unwrap();
    // Queued after the answer, on another task.
    for turn in 0.. {
        assert!(turn < 10_000, "no mail was queued");
        let mails = ports.outbox.about(key.organization, &[id]).await.unwrap();
        let mut kinds: Vec<_> = mails.iter().map(|mail| mail.kind.name()).collect();
        kinds.sort_unstable();
        if kinds == ["access", "access_again"] {
            break;
        }
        assert_eq!(kinds, ["access"]);
        tokio::task::yield_now().await;
    }
}

/// Who asks for the links of one mailbox again and again is answered as always, and nothing more is queued.
#[actix_web::test]
async fn a_mailbox_is_not_filled_by_strangers() {
    let stage = Stage::set().await;
    let grace = stage
        .app
        .badge(&stage.key, &stage.template, "grace@example.org")
        .await;
    stage.app.empty_outbox().await;
    let stranger = Person::new(&stage.app);
    let ask = async |mail: &str| stranger.post("/retrieve", &[("mail", mail)]).await;
    let mailed_again = async |id: &str| {
        let id = symbolon_domain::id::RecipientId::parse(id).unwrap();
        let mails = stage.app.ports.outbox.about(stage.key.organization, &[id]).await;
        let is_again = |mail: &&symbolon_domain::mail::Mail| mail.kind.name() == "access_again";
        mails.unwrap().iter().filter(is_again).count()
    };
    // Queued after the answer, on another task.
    let until_mailed_again = async |id: &str| {
        for turn in 0.. {
            if mailed_again(id).await > 0 {
                break;
            }
            assert!(turn < 10_000, "no mail was queued");
            tokio::task::yield_now().await;
        }
    };
    let mut answers = Vec::new();
    for mail in [
        "countess@example.org",
        "Countess@example.org",
        "countess@EXAMPLE.org",
    ] {
        answers.push(ask(mail).await);
    }
    until_mailed_again(&stage.ada.id).await;
    stage.app.empty_outbox().await;
    // From now on the recipient could be mailed to again, were it not for the limit.
    stage.app.advance(24 * 60 * 60 * 1_000);
    answers.push(ask("countess@example.org").await);
    // What is queued later is queued after it.
    answers.push(ask("grace@example.org").await);
    until_mailed_again(&grace.id).await;
    assert_eq!(mailed_again(&stage.ada.id).await, 1);
    let of = |answer: &crate::test_app::Answer| {
        let mut headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        (answer.status, answer.text.clone(), headers)
    };
    for answer in &answers {
        assert_eq!(of(answer), of(&answers[0]));
    }
}
