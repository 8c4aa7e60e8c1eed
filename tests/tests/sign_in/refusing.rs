//! Somebody else was first: what the second one sees, and how the issuer helps.

use symbolon_tests::{Person, Site, Spot, Stage, on_both};

use crate::{staged, was_safe};

on_both!(the_second_profile_is_refused_until_a_reset);

const IN_USE: &str = "This access token is already in use by another account";

async fn the_second_profile_is_refused_until_a_reset(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    // Whose mail it is has nothing to do with it: the first one wins.
    let (first, second) = (Person::new().await, Person::new().await);
    first.claim(&ada.link, "Ada Lovelace").await;
    first.sees("Programming").await;
    let own = stage.url(&format!("/credentials/{}", ada.id));

    second.claim(&ada.link, "Grace Hopper").await;
    second.sees(IN_USE).await;
    assert_eq!(second.status().await, 409);
    let read = second.reads().await;
    let who = "You connected with Example ID (g…@example.org).";
    assert!(read.contains(who), "{read}");
    assert!(
        !read.contains("a…@example.org"),
        "who was first is nobody's business: {read}"
    );
    second.goto(&own).await;
    second.sees("There is no such page").await;
    assert_eq!(stage.issuer.access(&ada.id).await.1["hint"], "a…@example.org");

    // One press, and the issuer knows.
    assert_eq!(stage.issuer.reset_requests().await, [""; 0]);
    second.goto(&ada.link).await;
    second.click(Spot::Button("Ask the issuer for a reset")).await;
    let notice = second.text(".notice").await;
    assert!(
        notice.starts_with("You have asked for a reset. Analytical Engines was told on"),
        "{notice}"
    );
    assert_eq!(second.count(Spot::Button("Ask the issuer for a reset")).await, 0);
    assert_eq!(stage.issuer.reset_requests().await, [&*ada.id]);
    let mails = stage.mails_to(Stage::CONTACT, 1).await;
    assert_eq!(
        mails[0].subject(),
        "Ada Lovelace asks for a reset: badge “Programming”"
    );
    let reply_to = mails[0].header("Reply-To").unwrap();
    assert_eq!(reply_to, format!("\"Ada Lovelace\" <{}>", ada.mail));
    assert!(
        mails[0].text().contains("Example ID (g…@example.org)"),
        "{}",
        mails[0].text()
    );
    assert!(
        !mails[0].to_string().contains("symrec_"),
        "the issuer's mail has no link in it"
    );
    // Asking has changed nothing.
    first.goto(&own).await;
    first.sees("Programming").await;

    stage.issuer.reset(&ada.id).await;
    // The first one sees nothing any more, at once, and whatever is tried.
    for path in ["", "/image.svg", "/image.pdf", "/qr.svg"] {
        first.goto(&format!("{own}{path}")).await;
        let source = first.source().await;
        assert!(!source.contains("Programming"), "{path}: {source}");
    }
    first.goto(&stage.url("/credentials")).await;
    assert!(!first.source().await.contains("Programming"));
    assert_eq!(stage.issuer.reset_requests().await, [""; 0]);
    let mails = stage.mails_to(&ada.mail, 3).await;
    assert_eq!(
        mails[2].subject(),
        "Your link works again: badge “Programming” from Analytical Engines"
    );
    assert!(
        mails[2].links().contains(&ada.link),
        "the same link: {}",
        mails[2].text()
    );

    // The second one, whom the provider remembers, connects with one press.
    second.goto(&ada.link).await;
    second.sees("Your badge is ready, Ada").await;
    second.click(Person::CONNECT).await;
    second.sees("Programming").await;
    assert_eq!(second.current_url().await.as_str(), format!("{own}?claimed"));
    assert_eq!(stage.issuer.access(&ada.id).await.1["hint"], "g…@example.org");

    // Now it is the first one who is too late.
    first.goto(&ada.link).await;
    first.click(Person::CONNECT).await;
    first.sees(IN_USE).await;
    first.click(Spot::Link("Connect another profile")).await;
    first.sees("Open your badge, Ada").await;
    for person in [&first, &second] {
        was_safe(person, &stage, &open_id).await;
    }
}
