//! Whether a mail is sent is decided at the moment of sending, and not when it was queued.
#![cfg(test)]

use std::collections::HashSet;

use reqwest::Method;
use serde_json::{Value, json};
use symbolon_tests::{Mail, PostOffice, Recipient, Site, on_both, token_in};

on_both!(
    what_has_become_useless_is_not_mailed,
    a_closed_account_mails_nothing_until_it_is_open_again,
);

/// To whom a mail went, and with which access token.
fn told(mail: &Mail) -> (String, String) {
    let links = mail.links();
    let link = links.iter().find(|link| link.contains("/r/"));
    let [to] = mail.to.as_slice() else {
        panic!("one recipient: {:?}", mail.to)
    };
    (
        to.clone(),
        token_in(link.expect("a link is mailed").as_str()).to_owned(),
    )
}

fn expected(recipients: &[&Recipient]) -> HashSet<(String, String)> {
    let of = |recipient: &&Recipient| (recipient.mail.clone(), recipient.token().to_owned());
    recipients.iter().map(of).collect()
}

async fn what_has_become_useless_is_not_mailed(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.closed();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let on_hold = issuer.badge_template("Weaving").await;
    let invite = async |name: &str| issuer.invite(&template, &format!("{name}@example.org")).await;
    let good = invite("good").await;
    let access_revoked = invite("access-revoked").await;
    let credential_revoked = invite("credential-revoked").await;
    let replaced = invite("replaced").await;
    let succeeded = invite("succeeded").await;
    let deleted = invite("deleted").await;
    let paused = issuer.invite(&on_hold, "paused@example.org").await;

    issuer.revoke_access(&access_revoked.id).await;
    issuer
        .revoke_credential(&credential_revoked.id, "by mistake")
        .await;
    issuer.replace_access(&replaced.id).await;
    let newer = Recipient::of(&issuer.recipient(&replaced.id).await);
    assert_ne!(newer.link, replaced.link);
    let wish = json!({ "badge_template_id": template });
    let replace = format!("/badges/{}/replace", succeeded.id);
    let successor = issuer.ask(Method::POST, &replace, &wish).await;
    let successor = Recipient::of(&successor.expect(201).json["data"]);
    assert_eq!(successor.mail, succeeded.mail);
    issuer.delete(&deleted.id).await;
    issuer.pause(&on_hold).await;
    assert_eq!(service.stop().code(), Some(0));

    let mut service = post.serving();
    let issuer = post.issuer(&service);
    // Mail is sent in the order in which it was queued, so what comes before this one had its turn.
    let last = issuer.invite(&template, "last@example.org").await;
    for sent in [&good, &newer, &successor, &last] {
        issuer.until_mail_is("sent", &sent.id).await;
    }
    for dropped in [&access_revoked, &credential_revoked, &succeeded] {
        issuer.until_mail_is("dropped", &dropped.id).await;
    }
    assert_eq!(issuer.mail_state(&paused.id).await, "pending");
    let gone = issuer
        .ask(Method::GET, &format!("/badges/{}", deleted.id), &Value::Null)
        .await;
    gone.expect(404);
    // What is still being sent is finished first.
    assert_eq!(service.stop().code(), Some(0));
    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), 4);
    let mailed: HashSet<_> = mails.iter().map(told).collect();
    assert_eq!(mailed, expected(&[&good, &newer, &successor, &last]));

    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let resumed = format!("/badge_templates/{on_hold}/resume");
    issuer.ask(Method::POST, &resumed, &Value::Null).await.expect(200);
    issuer.until_mail_is("sent", &paused.id).await;
    assert_eq!(service.stop().code(), Some(0));
    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), 5);
    assert!(expected(&[&paused]).contains(&told(&mails[4])));
}

async fn a_closed_account_mails_nothing_until_it_is_open_again(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.closed();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let waiting = issuer.invite(&template, "waiting@example.org").await;
    assert_eq!(service.stop().code(), Some(0));
    let organization = &post.key.organization;
    let account = |act: &str| {
        let changed = post.site.json(&["organizations", act, organization]);
        changed["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(account("cancel"), "cancelled");

    let mut service = post.serving();
    // Another issuer's mail is not held up by it.
    let other = post.issuer_with(&service, post.site.organization("Bystander"));
    let elsewhere = other.badge_template("Elsewhere").await;
    let passing = other.invite(&elsewhere, "passing@example.org").await;
    other.until_mail_is("sent", &passing.id).await;
    assert_eq!(service.stop().code(), Some(0));
    let mails = post.smtp.mails().await;
    assert_eq!(
        mails.iter().map(told).collect::<HashSet<_>>(),
        expected(&[&passing])
    );

    assert_eq!(account("reactivate"), "active");
    let mut service = post.serving();
    post.smtp.has_kept(2).await;
    assert_eq!(service.stop().code(), Some(0));
    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), 2);
    assert!(expected(&[&waiting]).contains(&told(&mails[1])));
}
