//! Nothing needs JavaScript.

use symbolon_tests::{Person, Site, Spot, on_both};

use crate::{staged, was_safe};

on_both!(no_script_is_needed);

async fn no_script_is_needed(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    let (person, second) = (Person::new().await, Person::new().await);
    for person in [&person, &second] {
        person.disable_javascript().await;
    }
    person.goto(&ada.link).await;
    person.sees("Your badge is ready, Ada").await;
    person.connect_as("Cancel").await;
    person.sees("You did not connect").await;
    person.click(Spot::Link("Begin again")).await;
    person.connect_as("Ada Lovelace").await;
    person.sees("Programming").await;
    assert!(
        person
            .text(".notice")
            .await
            .starts_with("You have claimed this badge.")
    );
    person.click(Spot::Link("See what others see")).await;
    person.sees("This badge is valid").await;

    second.claim(&ada.link, "Grace Hopper").await;
    second
        .sees("This access token is already in use by another account")
        .await;
    second.click(Spot::Button("Ask the issuer for a reset")).await;
    assert!(
        second
            .text(".notice")
            .await
            .starts_with("You have asked for a reset.")
    );
    assert_eq!(stage.issuer.reset_requests().await, [&*ada.id]);
    stage.issuer.reset(&ada.id).await;
    second.goto(&stage.url("/recipient-view")).await;
    second.fill(Spot::Field("Link or access token"), &ada.link).await;
    second.click(Spot::Button("Open")).await;
    second.sees("Your badge is ready, Ada").await;
    second.click(Person::CONNECT).await;
    second.sees("Programming").await;
    second.click(Spot::Link("My credentials")).await;
    second.sees("My credentials").await;
    second.click(Spot::Button("Sign out")).await;
    second.sees("You have signed out").await;
    second.click(Spot::Link("Sign in again")).await;
    second.sees("Sign in to see your credentials").await;
    second.click(Person::CONNECT).await;
    second.sees("My credentials").await;

    person.goto(&stage.url("/retrieve")).await;
    person.fill(Spot::Field("Mail address"), &ada.mail).await;
    person.click(Spot::Button("Mail me my links")).await;
    person.sees("Look into your mail").await;
    for person in [&person, &second] {
        was_safe(person, &stage, &open_id).await;
    }
}
