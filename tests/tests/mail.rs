//! Mail on its way: queued with the credential, sent once, put off and tried again, given up, and sent again by hand.
#![cfg(test)]

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::Value;
use symbolon_tests::{Behaviour, Mail, PostOffice, Site, http, on_both, token_in, until};

on_both!(
    a_mail_is_queued_with_the_credential_and_sent_once,
    what_the_server_puts_off_is_sent_again,
    what_the_server_refuses_for_good_is_given_up,
    the_same_link_is_mailed_again_but_not_too_often,
    a_thousand_mails_arrive_once,
);

async fn a_mail_is_queued_with_the_credential_and_sent_once(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.closed();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let ada = issuer.invite(&template, "Countess@Example.org").await;
    assert_eq!(issuer.mail_state(&ada.id).await, "pending");
    assert_eq!(service.stop().code(), Some(0));

    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let mail = post.smtp.wait_for_mails(1).await.remove(0);
    issuer.until_mail_is("sent", &ada.id).await;
    assert_eq!(service.stop().code(), Some(0));
    assert_eq!(post.smtp.mails().await.as_slice(), std::slice::from_ref(&mail));

    assert_eq!(mail.from, PostOffice::SENDER);
    assert_eq!(mail.to, ["Countess@example.org"]);
    let header = |name: &str| mail.header(name).unwrap_or_else(|| panic!("no {name}: {mail}"));
    assert!(header("To").ends_with("<Countess@example.org>"), "{mail}");
    let contact = format!("<{}>", PostOffice::CONTACT);
    assert!(header("Reply-To").ends_with(&contact), "{mail}");
    let sender = format!("<{}>", PostOffice::SENDER);
    assert!(header("From").ends_with(&sender), "{mail}");
    assert!(mail.subject().contains("Analytical Engines"), "{mail}");
    let id = header("Message-ID");
    assert!(
        id.len() > 36 && id.contains('@') && !id.contains(ada.token()),
        "{id}"
    );
    assert_eq!(mail.types(), ["multipart/alternative", "text/plain", "text/html"]);
    // The link is made when the mail is sent, for it leads to where the service is then.
    let link = ada.link_at(&service);
    assert!(mail.links().contains(&link), "{link}: {}", mail.text());
    assert!(mail.html_links().contains(&link), "{link}: {}", mail.html());
}

/// How long the first pause is, but for the time that passes until we notice that it has begun.
const FIRST_PAUSE: Duration = Duration::from_secs(9);

async fn what_the_server_puts_off_is_sent_again(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.closed();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let addresses: Vec<String> = (0..6).map(|number| format!("r{number}@example.org")).collect();
    let recipients = issuer.invite_all(&template, &addresses).await;
    let id_of = |mail: &Mail| {
        let of = recipients
            .iter()
            .find(|recipient| mail.to == [recipient.mail.clone()]);
        of.unwrap().id.clone()
    };
    assert_eq!(service.stop().code(), Some(0));

    post.smtp.next(Behaviour::Refuse(451), 3).await;
    post.smtp.next(Behaviour::Refuse(421), 1).await;
    post.smtp.next(Behaviour::Drop, 1).await;
    // The server has it, and the service never hears so.
    post.smtp.next(Behaviour::KeepAndDrop, 1).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    post.smtp.has_kept(1).await;
    until("five mails were put off", async || {
        post.smtp.not_kept().await.len() == 5
    })
    .await;
    let put_off = Instant::now();
    for recipient in &recipients {
        assert_eq!(issuer.mail_state(&recipient.id).await, "pending");
    }
    // What is to be tried again can still be stopped.
    let first_try = post.smtp.not_kept().await;
    let (revoked, deleted) = (&first_try[0], &first_try[1]);
    issuer.revoke_access(&id_of(revoked)).await;
    issuer.delete(&id_of(deleted)).await;

    post.smtp.has_kept(1 + 4).await;
    assert!(put_off.elapsed() > FIRST_PAUSE, "there is a pause");
    let states = issuer.until_no_mail_waits().await;
    assert_eq!((states["sent"], states["dropped"]), (4, 1), "{states:?}");
    assert_eq!(issuer.mail_state(&id_of(revoked)).await, "dropped");
    assert_eq!(service.stop().code(), Some(0));

    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), 5);
    for recipient in &recipients {
        let to_them = |mail: &&Mail| mail.to == [recipient.mail.clone()];
        let tries: Vec<&Mail> = first_try.iter().chain(&mails).filter(to_them).collect();
        let is_stopped = [revoked, deleted].contains(&tries[0]);
        assert_eq!(tries.len(), if is_stopped { 1 } else { 2 }, "{}", recipient.mail);
        let ids: HashSet<_> = tries.iter().map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(ids.len(), 1, "the same mail again: {ids:?}");
        for mail in tries {
            assert!(
                mail.links()
                    .iter()
                    .any(|link| link == &recipient.link_at(&service))
            );
        }
    }
}

async fn what_the_server_refuses_for_good_is_given_up(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let mut failed = Vec::new();
    for (number, behaviour) in [Behaviour::RefuseRecipient(550), Behaviour::Refuse(554)]
        .into_iter()
        .enumerate()
    {
        post.smtp.next(behaviour, 1).await;
        let recipient = issuer.invite(&template, &format!("no{number}@example.org")).await;
        let start = Instant::now();
        issuer.until_mail_is("failed", &recipient.id).await;
        assert!(start.elapsed() < FIRST_PAUSE, "at once: {:?}", start.elapsed());
        failed.push(recipient);
    }
    assert!(service.stderr.so_far().contains("is given up"));
    // The next ones are not held up, and an administrator may try again.
    let ada = issuer.invite(&template, "countess@example.org").await;
    issuer.until_mail_is("sent", &ada.id).await;
    issuer.mail_again(&failed[0].id).await;
    issuer.until_mail_is("sent", &failed[0].id).await;
    assert_eq!(issuer.mail_state(&failed[1].id).await, "failed");
    assert_eq!(service.stop().code(), Some(0));
    let to: Vec<_> = post.smtp.mails().await.into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, [["countess@example.org"], ["no0@example.org"]]);
}

async fn the_same_link_is_mailed_again_but_not_too_often(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let ada = issuer.invite(&template, "countess@example.org").await;
    let bob = issuer.invite(&template, "bob@example.org").await;
    post.smtp.has_kept(2).await;

    issuer.mail_again(&ada.id).await;
    post.smtp.has_kept(3).await;
    issuer.until_mail_is("sent", &ada.id).await;
    let refused = issuer
        .ask(Method::POST, &format!("/badges/{}/email", ada.id), &Value::Null)
        .await;
    refused.refused(429, "mailed_not_long_ago");
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((240..=301).contains(&seconds), "{seconds}");

    // Recipients who have lost their mail are under the same limit, and are not told.
    let mut pages = Vec::new();
    for address in ["nobody@example.org", "countess@example.org", "bob@example.org"] {
        let asked = http()
            .post(format!("http://{}/retrieve", service.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("mail={}", address.replace('@', "%40")));
        let page = asked.send().await.unwrap();
        assert_eq!(page.status(), 200);
        pages.push(page.text().await.unwrap());
    }
    assert!(pages.windows(2).all(|two| two[0] == two[1]));
    post.smtp.has_kept(4).await;
    assert_eq!(service.stop().code(), Some(0));

    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), 4);
    let ids: HashSet<_> = mails.iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!(ids.len(), 4, "each is a mail of its own");
    for recipient in [&ada, &bob] {
        let to_them: Vec<_> = mails
            .iter()
            .filter(|mail| mail.to == [recipient.mail.clone()])
            .collect();
        assert_eq!(to_them.len(), 2, "{}", recipient.mail);
        assert!(to_them.iter().all(|mail| mail.links().contains(&recipient.link)));
    }
}

async fn a_thousand_mails_arrive_once(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let addresses: Vec<String> = (0..1_000)
        .map(|number| format!("r{number}@example.org"))
        .collect();
    let start = Instant::now();
    let recipients = issuer.invite_all(&template, &addresses).await;
    let issued = start.elapsed();
    for count in (100..=1_000).step_by(100) {
        post.smtp.has_kept(count).await;
    }
    let kind = post.site.kind();
    eprintln!(
        "{kind:?}: 1,000 issued in {issued:?}, their mails arrived after {:?}",
        start.elapsed()
    );
    let states = issuer.until_no_mail_waits().await;
    assert_eq!(states["sent"], 1_000, "{states:?}");
    assert_eq!(service.stop().code(), Some(0));

    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), 1_000);
    let ids: HashSet<_> = mails.iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!(ids.len(), 1_000);
    let tokens = |mail: &Mail| {
        let link = mail
            .links()
            .into_iter()
            .find(|link| link.contains("/r/"))
            .unwrap();
        (mail.to.clone(), token_in(&link).to_owned())
    };
    let mailed: HashSet<_> = mails.iter().map(tokens).collect();
    let issued: HashSet<_> = recipients
        .iter()
        .map(|recipient| (vec![recipient.mail.clone()], recipient.token().to_owned()))
        .collect();
    assert!(mailed == issued, "everybody got their own link");
}
