//! The mail is lost, or its link was broken by the mail program.

use serde_json::Value;
use symbolon_tests::{Mail, Person, Site, Spot, on_both};

use crate::{staged, was_safe};

on_both!(what_is_pasted_opens_as_the_link_does, a_lost_mail_comes_again);

const FIELD: Spot<'static> = Spot::Field("Link or access token");

async fn what_is_pasted_opens_as_the_link_does(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    let person = Person::new().await;
    let page = stage.url("/recipient-view");
    let (_, token) = ada.link.rsplit_once('/').unwrap();
    let (start, end) = token.split_at(20);
    for pasted in [
        token.to_owned(),
        ada.link.clone(),
        format!("  <{}>. ", ada.link),
        format!("{start} {end}"),
    ] {
        person.goto(&page).await;
        person.fill(FIELD, &pasted).await;
        person.click(Spot::Button("Open")).await;
        person.sees("Your badge is ready, Ada").await;
        assert_eq!(
            person.current_url().await.as_str(),
            stage.url("/access"),
            "{pasted:?}"
        );
    }
    person.connect_as("Ada Lovelace").await;
    person.sees("Programming").await;

    person.goto(&page).await;
    person.fill(FIELD, "hello").await;
    person.click(Spot::Button("Open")).await;
    let problem = person.text(".problem").await;
    assert!(
        problem.starts_with("There is no access token in what you pasted."),
        "{problem}"
    );
    assert_eq!(
        person.attribute(FIELD, "aria-invalid").await.as_deref(),
        Some("true")
    );
    // One letter off is as unknown as any other.
    person
        .fill(
            FIELD,
            &format!("{start}{}", end.chars().rev().collect::<String>()),
        )
        .await;
    person.click(Spot::Button("Open")).await;
    person.sees("This link opens nothing").await;
    assert_eq!(person.status().await, 404);
    was_safe(&person, &stage, &open_id).await;
}

async fn a_lost_mail_comes_again(site: Site) {
    let (stage, open_id, ada) = staged(site).await;
    let another = stage.issuer.badge_template("Weaving").await;
    let another = stage.invite(&another, &Value::Null).await;
    let person = Person::new().await;
    let asks = async |address: &str| {
        person.goto(&stage.url("/retrieve")).await;
        person.fill(Spot::Field("Mail address"), address).await;
        person.click(Spot::Button("Mail me my links")).await;
        person.sees("Look into your mail").await;
        person.reads().await
    };
    // Nobody learns who has credentials here.
    let stranger = asks("nobody@example.org").await;
    let known = asks("countess@Example.ORG").await;
    assert_eq!(known, stranger);

    // Both links, the same ones as before.
    let mails = stage.mails_to(&ada.mail, 4).await;
    for recipient in [&ada, &another] {
        let with_link = mails.iter().filter(|mail| mail.links().contains(&recipient.link));
        let mut subjects: Vec<_> = with_link.map(Mail::subject).collect();
        subjects.sort();
        assert_eq!(subjects.len(), 2);
        assert!(subjects[0].starts_with("Your badge “"), "{subjects:?}");
        assert!(
            subjects[1].starts_with("Your link again: badge “"),
            "{subjects:?}"
        );
    }
    // Who asks twice gets one mail: the one to the issuer, asked for later, comes first.
    let _ = asks(&ada.mail).await;
    person.claim(&another.link, "Ada Lovelace").await;
    person.sees("Weaving").await;
    assert_eq!(stage.mails_to(&ada.mail, 5).await.len(), 5);
    assert_eq!(
        stage.smtp.mails().await.len(),
        5,
        "and nobody else was written to"
    );
    person.goto(&ada.link).await;
    person.sees("Your badge is ready, Ada").await;
    was_safe(&person, &stage, &open_id).await;
}
