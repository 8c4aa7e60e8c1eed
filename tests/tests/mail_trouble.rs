//! The mail server is gone, silent, or wants another password, or the database breaks while mail is sent (C27): all else
//! goes on, no mail is lost or given up, and mail goes out when all is well again.
#![cfg(test)]

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::Value;
use symbolon_tests::{
    Kind, PostOffice, Proxy, Recipient, Service, Site, SmtpDemands, SmtpServer, http, on_both, until,
};

on_both!(
    while_the_mail_server_is_gone_all_else_goes_on,
    while_the_mail_server_is_silent_all_else_goes_on,
    a_wrong_password_costs_nobody_their_mail,
);

/// What is logged where a mail could not be sent.
const PUT_OFF: &str = "a mail was not sent, and will be tried again";

/// The API and the pages answer, again and again. Returns how long the slowest answer took.
async fn all_else_goes_on(post: &PostOffice, service: &Service, known: &Recipient) -> Duration {
    let issuer = post.issuer(service);
    let http = http();
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        let mut start = Instant::now();
        let mut note = || {
            slowest = slowest.max(start.elapsed());
            start = Instant::now();
        };
        issuer.recipient(&known.id).await;
        note();
        issuer.ask(Method::GET, "/badges", &Value::Null).await.expect(200);
        note();
        for page in ["/", "/recipient-view", "/livez", "/readyz"] {
            let answer = http.get(format!("http://{}{page}", service.address));
            assert_eq!(answer.send().await.unwrap().status(), 200, "{page}");
            note();
        }
        let opened = http.get(known.link_at(service)).send().await.unwrap();
        assert_eq!(opened.status(), 303);
        note();
    }
    slowest
}

fn addresses(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("r{number}@example.org"))
        .collect()
}

fn way_to_the_mail_server(post: &PostOffice) -> (Proxy, String) {
    let way = Proxy::to(&format!("127.0.0.1:{}", post.smtp.port()));
    let url = format!("smtp://{}", way.address());
    (way, url)
}

/// All mails arrive, once each, and are recorded.
async fn all_arrive(post: &PostOffice, service: &mut Service, count: usize) {
    let start = Instant::now();
    post.smtp.has_kept(count).await;
    eprintln!(
        "{:?}: {count} mails arrived {:?} after all was well",
        post.site.kind(),
        start.elapsed()
    );
    let states = post.issuer(service).until_no_mail_waits().await;
    assert_eq!(states["sent"], count, "{states:?}");
    assert_eq!(service.stop().code(), Some(0));
    let slips = post.smtp.slips().await;
    assert_eq!(slips.len(), count);
    assert_eq!(slips.iter().collect::<HashSet<_>>().len(), count);
}

async fn while_the_mail_server_is_gone_all_else_goes_on(site: Site) {
    let post = PostOffice::open(site).await;
    let (mut way, url) = way_to_the_mail_server(&post);
    way.cut().await;
    let mut service = post.serving_with(&["--smtp", &url]);
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let recipients = issuer.invite_all(&template, &addresses(8)).await;
    let reason = service.stderr.wait_for(PUT_OFF);
    assert!(reason.contains("the mail server cannot be reached"), "{reason}");
    let slowest = all_else_goes_on(&post, &service, &recipients[0]).await;
    eprintln!("without a mail server the slowest answer took {slowest:?}");
    for recipient in &recipients {
        assert_eq!(issuer.mail_state(&recipient.id).await, "pending");
    }
    way.open();
    all_arrive(&post, &mut service, recipients.len()).await;
}

async fn while_the_mail_server_is_silent_all_else_goes_on(site: Site) {
    let post = PostOffice::open(site).await;
    let (mut way, url) = way_to_the_mail_server(&post);
    way.swallow();
    let mut service = post.serving_with(&["--smtp", &url]);
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    // As many as are sent at once, and more.
    let recipients = issuer.invite_all(&template, &addresses(6)).await;
    let start = Instant::now();
    // Nobody waits for the mail that is under way: it is given up seconds later.
    issuer.recipient(&recipients[0].id).await;
    let so_far = service.stderr.so_far();
    assert!(!so_far.contains(PUT_OFF), "{so_far}");
    let slowest = all_else_goes_on(&post, &service, &recipients[0]).await;
    let reason = service.stderr.wait_for(PUT_OFF);
    assert!(reason.contains("did not answer in time"), "{reason}");
    eprintln!(
        "with a silent mail server the slowest answer took {slowest:?}; it was given up after {:?}",
        start.elapsed()
    );
    for recipient in &recipients {
        assert_eq!(issuer.mail_state(&recipient.id).await, "pending");
    }
    way.open();
    all_arrive(&post, &mut service, recipients.len()).await;
}

const PASSWORD: &str = "Watzmann-2713";
const WRONG_PASSWORD: &str = "Hochkalter-2607";

async fn a_wrong_password_costs_nobody_their_mail(site: Site) {
    let demands = SmtpDemands {
        login: Some(("symbolon", PASSWORD)),
        ..SmtpDemands::default()
    };
    let mut post = PostOffice::open(site).await;
    post.smtp = SmtpServer::start_with(demands).await;
    let url = format!("smtp://symbolon@127.0.0.1:{}", post.smtp.port());
    let file = post.site.directory().join("password");
    let file_option = file.to_str().unwrap().to_owned();
    let options = ["--smtp", &url, "--smtp-password-file", &file_option];

    std::fs::write(&file, format!("{WRONG_PASSWORD}\n")).unwrap();
    let mut service = post.serving_with(&options);
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let recipients = issuer.invite_all(&template, &addresses(3)).await;
    let reason = service.stderr.wait_for(PUT_OFF);
    assert!(reason.contains("(535)"), "{reason}");
    for recipient in &recipients {
        assert_eq!(issuer.mail_state(&recipient.id).await, "pending");
    }
    assert_eq!(service.stop().code(), Some(0));
    let log = service.stderr.to_the_end();
    assert!(!log.contains("is given up"), "{log}");
    assert!(!log.contains(WRONG_PASSWORD) && !log.contains(PASSWORD), "{log}");

    std::fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    let mut service = post.serving_with(&options);
    all_arrive(&post, &mut service, recipients.len()).await;
    let mails = post.smtp.mails().await;
    assert!(mails.iter().all(|mail| mail.user.as_deref() == Some("symbolon")));
    assert!(!service.stderr.to_the_end().contains(PASSWORD));
}

/// How many mails are sent while the database breaks, and how often it does.
const MAILS: usize = 300;
const FAULTS: usize = 6;
/// How many mails a service sends at once: so many may have been sent and not recorded, each time.
const WORKERS: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_while_the_database_breaks_is_not_lost() {
    let post = PostOffice::open(Site::new(Kind::Postgres)).await;
    let url = post.site.postgres().url().to_owned();
    let (start, rest) = url.split_once('@').unwrap();
    let (host, name) = rest.split_once('/').unwrap();
    let mut way = Proxy::to(host);
    let detour = format!("{start}@{}/{name}", way.address());
    let mut service = post.serving_with(&["--smtp", &post.smtp.url(), "--database", &detour]);
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let recipients = issuer.invite_all(&template, &addresses(MAILS)).await;
    for fault in 0..FAULTS {
        // In the middle of it, as far as mail has come.
        let sent = post.smtp.slips().await.len();
        post.smtp.has_kept((sent + MAILS / 10).min(MAILS)).await;
        match fault % 3 {
            0 => way.cut_once(),
            1 => {
                way.cut().await;
                let _ = service.stderr.wait_for("mail waits, for the store cannot answer");
            }
            _ => way.swallow(),
        }
        let client = service.client();
        if fault % 3 == 2 {
            client.look("/readyz").await.expect(503);
        }
        if fault % 3 != 0 {
            way.open();
        }
        until("the service is ready again", async || {
            client.look("/readyz").await.status == 200
        })
        .await;
    }
    let wanted: HashSet<&String> = recipients.iter().map(|recipient| &recipient.mail).collect();
    until("every mail has arrived", async || {
        let slips = post.smtp.slips().await;
        let arrived: HashSet<&String> = slips.iter().flat_map(|slip| &slip.to).collect();
        wanted == arrived
    })
    .await;
    let states = issuer.until_no_mail_waits().await;
    assert_eq!(states["sent"], MAILS, "{states:?}");
    assert_eq!(service.stop().code(), Some(0));
    let slips = post.smtp.slips().await;
    let ids: HashSet<_> = slips.iter().map(|slip| &slip.message_id).collect();
    let duplicates = slips.len() - ids.len();
    eprintln!("{FAULTS} faults of the database, {MAILS} mails, {duplicates} duplicates, 0 lost");
    assert_eq!(ids.len(), MAILS);
    assert!(duplicates <= FAULTS * WORKERS);
}
