//! The way it is meant to be: claiming, coming back, signing out and in.

use symbolon_tests::{Mail, Person, Site, Spot, Stage, http, on_both, try_send, until};
use url::Url;

use crate::{staged, was_safe};

on_both!(
    the_mail_leads_to_the_credential,
    another_name_of_the_machine_does_too,
    a_person_may_hesitate,
    who_signed_out_signs_in_again,
    forms_lead_to_the_provider_and_nowhere_else,
);

async fn the_mail_leads_to_the_credential(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    let mail = stage.mail_with(&ada.link).await;
    assert_eq!(mail.to, [&*ada.mail]);
    let reply_to = mail.header("Reply-To").unwrap();
    assert_eq!(reply_to, format!("\"{}\" <{}>", Stage::ISSUER, Stage::CONTACT));
    // The button, and the plain link above the footer.
    assert_eq!(mail.html_links(), [&*ada.link, &*ada.link]);

    let person = Person::new().await;
    person.goto(&ada.link).await;
    person.sees("Your badge is ready, Ada").await;
    assert_eq!(person.current_url().await.as_str(), stage.url("/access"));
    assert_eq!(person.status().await, 200);
    assert!(!person.has_session().await);

    person.click(Spot::Button("Connect with Example ID")).await;
    person.click(Spot::Button("Ada Lovelace")).await;
    person.sees("Programming").await;
    let own = stage.url(&format!("/credentials/{}", ada.id));
    assert_eq!(person.current_url().await.as_str(), format!("{own}?claimed"));
    let read = person.reads().await;
    for told in [
        "You have claimed this badge. From now on, only your Example ID profile (a…@example.org) opens it.",
        "Ada Lovelace",
        "Analytical Engines",
    ] {
        assert!(read.contains(told), "{told} in {read}");
    }
    let widths = "return [...document.images].map(image => image.naturalWidth > 0)";
    assert_eq!(person.execute(widths).await, serde_json::json!([true, true]));
    let (is, bound_to) = stage.issuer.access(&ada.id).await;
    assert_eq!((&*is, &bound_to["hint"]), ("bound", &"a…@example.org".into()));
    let bound_at = stage.issuer.recipient(&ada.id).await["access_token"]["bound_at"].take();

    let cookies = person.cookies().await;
    let session = cookies
        .iter()
        .find(|cookie| cookie.name() == "symbolon-session")
        .unwrap();
    assert_eq!((session.http_only(), session.path()), (Some(true), Some("/")));
    assert_eq!(session.same_site().map(|same| same.is_lax()), Some(true));
    // The link has done its work.
    assert_eq!(person.cookie("symbolon-access").await, None);

    // Her own browser is let in at once.
    person.goto(&ada.link).await;
    person.sees("Programming").await;
    assert_eq!(person.current_url().await.as_str(), own);

    // In another one she connects again: hers already.
    let telephone = Person::new().await;
    telephone.goto(&ada.link).await;
    telephone.sees("Open your badge, Ada").await;
    telephone.connect_as("Ada Lovelace").await;
    telephone.sees("Programming").await;
    assert_eq!(telephone.current_url().await.as_str(), own);
    assert_eq!(
        stage.issuer.recipient(&ada.id).await["access_token"]["bound_at"],
        bound_at
    );

    // One claim, one mail: nothing else came before the next one.
    stage.issuer.mail_again(&ada.id).await;
    let mails = stage.mails_to(&ada.mail, 3).await;
    let subjects: Vec<_> = mails.iter().map(Mail::subject).collect();
    assert_eq!(
        subjects,
        [
            "Your badge “Programming” from Analytical Engines",
            "Your badge “Programming” has been claimed",
            "Your link again: badge “Programming” from Analytical Engines",
        ]
    );
    for person in [&person, &telephone] {
        was_safe(person, &stage, &open_id).await;
    }
}

/// The cookies of `localhost` are not those of `127.0.0.1`, where the provider sends back to.
async fn another_name_of_the_machine_does_too(site: Site) {
    let (stage, _open_id, ada) = staged(site).await;
    let person = Person::new().await;
    person.goto(&ada.link.replace("127.0.0.1", "localhost")).await;
    person.sees("Your badge is ready, Ada").await;
    assert_eq!(person.current_url().await.as_str(), stage.url("/access"));
    person.connect_as("Ada Lovelace").await;
    person.sees("Programming").await;
    assert_eq!(stage.issuer.access(&ada.id).await.0, "bound");
}

async fn a_person_may_hesitate(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    let person = Person::new().await;
    person.goto(&ada.link).await;
    person.connect_as("Cancel").await;
    person.sees("You did not connect").await;
    assert!(!person.has_session().await);
    assert_eq!(stage.issuer.access(&ada.id).await.0, "free");

    person.click(Spot::Link("Begin again")).await;
    person.sees("Your badge is ready, Ada").await;
    person.click(Person::CONNECT).await;
    let is_at_provider = |url: &Url| url.as_str().starts_with(open_id.issuer());
    person.wait_for_url("the provider", is_at_provider).await;
    // Its back button, which is the browser's.
    person.execute("history.back()").await;
    person.sees("Your badge is ready, Ada").await;
    person.connect_as("Ada Lovelace").await;
    person.sees("Programming").await;
    // Going back through all of it ends nowhere strange: the link has been used, and the credential is hers.
    person.execute("history.back()").await;
    let is_back = |url: &Url| !url.as_str().contains("?claimed");
    person.wait_for_url("another page", is_back).await;
    person.goto(&ada.link).await;
    person.sees("Programming").await;
    was_safe(&person, &stage, &open_id).await;
}

async fn who_signed_out_signs_in_again(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    let person = Person::new().await;
    person.goto(&stage.url("/credentials")).await;
    person.sees("Sign in to see your credentials").await;
    person.claim(&ada.link, "Ada Lovelace").await;
    person.sees("Programming").await;
    let session = person.cookie("symbolon-session").await.unwrap();

    person.click(Spot::Button("Sign out")).await;
    person.sees("You have signed out").await;
    assert!(!person.has_session().await);
    let own = stage.url(&format!("/credentials/{}", ada.id));
    person.goto(&own).await;
    person.sees("Sign in to see your credentials").await;
    // Not only the browser has forgotten: the session itself is over.
    let with_cookie = http()
        .get(&own)
        .header("Cookie", format!("symbolon-session={session}"));
    let answer = try_send(with_cookie).await.unwrap();
    assert_eq!(answer.expect(303).header("location"), Some("/credentials"));

    // The provider remembers her, so one press is enough.
    person.click(Spot::Button("Connect with Example ID")).await;
    person.sees("My credentials").await;
    let read = person.reads().await;
    assert!(
        read.contains("All that is bound to your Example ID profile (a…@example.org)."),
        "{read}"
    );
    assert_ne!(person.cookie("symbolon-session").await.unwrap(), session);
    person.click(Spot::Link("Programming")).await;
    person.sees("Programming").await;
    assert_eq!(person.current_url().await.as_str(), own);

    // Somebody who has claimed nothing is told what to do.
    let grace = Person::new().await;
    grace.goto(&stage.url("/credentials")).await;
    grace.connect_as("Grace Hopper").await;
    grace.sees("My credentials").await;
    assert!(
        grace
            .reads()
            .await
            .contains("Nothing is bound to this profile yet.")
    );
    grace.goto(&own).await;
    grace.sees("There is no such page").await;
    assert_eq!(grace.status().await, 404);
    for person in [&person, &grace] {
        was_safe(person, &stage, &open_id).await;
    }
}

/// The policy of the page lets its forms lead to the provider, as the other journeys show, and to nobody else.
async fn forms_lead_to_the_provider_and_nowhere_else(site: Site) {
    let (_stage, _open_id, ada) = staged(site).await;
    let person = Person::new().await;
    person.goto(&ada.link).await;
    person.sees("Your badge is ready, Ada").await;
    let lead = |place: &str| {
        format!("const form = document.querySelector('form.choice'); form.action = {place:?}; form.submit();")
    };
    person.execute(&lead("http://localhost:9/")).await;
    until("the policy forbids it", async || {
        let violations = person.policy_violations().await;
        violations.iter().any(|line| line.contains("form-action"))
    })
    .await;
    let requests = person.requests().await;
    assert!(
        !requests.iter().any(|url| url.starts_with("http://localhost:9/")),
        "{requests:?}"
    );
    person.sees("Your badge is ready, Ada").await;
    // The form as it was made works, of course.
    person.claim(&ada.link, "Ada Lovelace").await;
    person.sees("Programming").await;
}
