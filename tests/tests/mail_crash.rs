//! `kill -9` while mail is sent (C23): what was acknowledged arrives, at worst more than once under the same Message-ID,
//! and nothing is sent to whoever was revoked or deleted meanwhile.
#![cfg(test)]

use std::{
    collections::{HashMap, HashSet},
    thread,
    time::Instant,
};

use symbolon_tests::{
    Behaviour, Chance, Client, Kind, Mail, PostOffice, Recipient, Service, Signal, Site, Slip, on_both,
    try_send, until, wish,
};
use tokio::task::JoinSet;

on_both!(
    what_was_sent_and_not_recorded_is_sent_again,
    mail_survives_kill_9,
    a_stop_waits_for_the_mail_in_flight,
);

/// How many mails a service sends at once.
const WORKERS: usize = 4;

async fn what_was_sent_and_not_recorded_is_sent_again(site: Site) {
    let post = PostOffice::open(site).await;
    let mut service = post.closed();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let addresses = ["one", "two", "revoked", "deleted"].map(|name| format!("{name}@example.org"));
    let recipients = issuer.invite_all(&template, &addresses).await;
    assert_eq!(recipients.len(), WORKERS);
    assert_eq!(service.stop().code(), Some(0));

    // The server has each mail, and the service has no answer yet.
    post.smtp.next(Behaviour::Hold, WORKERS).await;
    let mut service = post.serving();
    post.smtp.has_kept(WORKERS).await;
    service.kill();
    post.smtp.release().await;

    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let start = Instant::now();
    let [one, two, revoked, deleted] = recipients.as_slice() else {
        panic!("{recipients:?}")
    };
    issuer.revoke_access(&revoked.id).await;
    issuer.delete(&deleted.id).await;
    assert_eq!(issuer.mail_state(&one.id).await, "pending");
    post.smtp.has_kept(WORKERS + 2).await;
    eprintln!(
        "{:?}: sent again {:?} after the restart",
        post.site.kind(),
        start.elapsed()
    );
    issuer.until_mail_is("sent", &one.id).await;
    issuer.until_mail_is("sent", &two.id).await;
    issuer.until_mail_is("dropped", &revoked.id).await;
    assert_eq!(service.stop().code(), Some(0));
    let slips = post.smtp.slips().await;
    assert_eq!(slips.len(), WORKERS + 2);
    let ids = |recipient: &Recipient| -> Vec<String> {
        let to_them = slips.iter().filter(|slip| slip.to == [recipient.mail.clone()]);
        to_them.map(|slip| slip.message_id.clone()).collect()
    };
    for again in [one, two] {
        let ids = ids(again);
        assert!(ids.len() == 2 && ids[0] == ids[1], "{}: {ids:?}", again.mail);
    }
    for once in [revoked, deleted] {
        assert_eq!(ids(once).len(), 1, "{}", once.mail);
    }
}

/// How many times the service must have been killed.
const KILLS: usize = 25;
/// How many clients issue at the same time, and how much before each kill.
const DESKS: usize = 3;
const ISSUED_AT_ONCE: usize = 10;

/// A client that issues.
struct Desk {
    number: usize,
    attempts: usize,
    /// What it got an answer for.
    acknowledged: Vec<Recipient>,
}

impl Desk {
    async fn issue_until_killed(&mut self, post: &PostOffice, client: &Client, template: &str) {
        for _ in 0..ISSUED_AT_ONCE {
            self.attempts += 1;
            let address = format!("r{}.{}@example.org", self.number, self.attempts);
            let request = post.issuing(client, template, &address);
            let Ok(answer) = try_send(request).await else {
                return;
            };
            self.acknowledged
                .push(Recipient::of(&answer.expect(201).json["data"]));
        }
    }
}

async fn mail_survives_kill_9(site: Site) {
    let start = Instant::now();
    let mut chance = Chance::fresh();
    let post = std::sync::Arc::new(PostOffice::open(site).await);
    let mut service = post.closed();
    let template = post.issuer(&service).badge_template("Programming").await;
    assert_eq!(service.stop().code(), Some(0));
    let mut desks: Vec<Desk> = (0..DESKS)
        .map(|number| Desk {
            number,
            attempts: 0,
            acknowledged: Vec::new(),
        })
        .collect();
    for _ in 0..KILLS {
        if chance.coin() {
            // One mail for certain is in the server's hands and not recorded when the service dies.
            post.smtp.next(Behaviour::Hold, 1).await;
        }
        let mut service = post.serving();
        let mut running = JoinSet::new();
        for mut desk in desks {
            let (post, client, template) = (post.clone(), service.client(), template.clone());
            running.spawn(async move {
                desk.issue_until_killed(&post, &client, &template).await;
                desk
            });
        }
        // The moment of the kill is what is random here; nothing waits for it.
        tokio::time::sleep(chance.millis(5, 500)).await;
        service.kill();
        post.smtp.release().await;
        desks = running.join_all().await;
    }
    let sent_by_then = post.smtp.slips().await;

    let (good, doomed, before) = stop_some(&post, &template, desks).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let wanted: HashSet<&String> = good.iter().map(|recipient| &recipient.mail).collect();
    until("every acknowledged mail has arrived", async || {
        let slips = post.smtp.slips().await;
        let arrived: HashSet<&String> = slips.iter().flat_map(|slip| &slip.to).collect();
        wanted.is_subset(&arrived)
    })
    .await;
    let states = issuer.until_no_mail_waits().await;
    assert!(!states.contains_key("failed"), "{states:?}");
    assert_eq!(service.stop().code(), Some(0));

    let slips = post.smtp.slips().await;
    let duplicates = slips.len() - distinct(&slips);
    eprintln!(
        "{:?}: {KILLS} kills, {} issues acknowledged, {} mails kept ({} while being killed), {duplicates} duplicates, \
         0 lost, {} stopped before the last start; {states:?}; {:?}",
        post.site.kind(),
        good.len() + doomed.len(),
        slips.len(),
        sent_by_then.len(),
        doomed.len(),
        start.elapsed()
    );
    assert!(duplicates > 0, "the kills hit something");
    assert!(duplicates <= KILLS * WORKERS);
    for recipient in &good {
        let ids: HashSet<_> = ids_to(&slips, recipient);
        assert_eq!(ids.len(), 1, "{}", recipient.mail);
    }
    for recipient in &doomed {
        let after = slips
            .iter()
            .filter(|slip| slip.to == [recipient.mail.clone()])
            .count();
        assert_eq!(after, before[&recipient.mail], "{}", recipient.mail);
    }
}

/// While nothing is sent, revokes or deletes some of those whose mail waits. Returns those whose mail must arrive, those
/// who must get no more, and how many mails these had by then.
async fn stop_some(
    post: &PostOffice,
    template: &str,
    desks: Vec<Desk>,
) -> (Vec<Recipient>, Vec<Recipient>, HashMap<String, usize>) {
    let mut service = post.closed();
    let issuer = post.issuer(&service);
    let late: Vec<String> = (0..20)
        .map(|number| format!("late{number}@example.org"))
        .collect();
    let late = issuer.invite_all(template, &late).await;
    let recipients = issuer.recipients().await;
    let waiting: HashSet<_> = recipients
        .iter()
        .filter(|recipient| recipient["email_state"] == "pending")
        .filter_map(|recipient| recipient["id"].as_str())
        .collect();
    assert!(waiting.len() >= late.len());
    let (mut good, mut doomed) = (Vec::new(), Vec::new());
    let acknowledged = desks.into_iter().flat_map(|desk| desk.acknowledged);
    for (number, recipient) in acknowledged.chain(late).enumerate() {
        match (waiting.contains(recipient.id.as_str()), number % 4) {
            (true, 0) => issuer.revoke_access(&recipient.id).await,
            (true, 1) => issuer.delete(&recipient.id).await,
            (true, 2) => issuer.revoke_credential(&recipient.id, "by mistake").await,
            _ => {
                good.push(recipient);
                continue;
            }
        }
        doomed.push(recipient);
    }
    assert_eq!(service.stop().code(), Some(0));
    let slips = post.smtp.slips().await;
    let count = |recipient: &Recipient| {
        let mails = slips.iter().filter(|slip| slip.to == [recipient.mail.clone()]);
        (recipient.mail.clone(), mails.count())
    };
    let before = doomed.iter().map(count).collect();
    (good, doomed, before)
}

fn distinct(slips: &[Slip]) -> usize {
    let ids: HashSet<_> = slips.iter().map(|slip| &slip.message_id).collect();
    ids.len()
}

fn ids_to<'a>(slips: &'a [Slip], recipient: &Recipient) -> HashSet<&'a str> {
    let to_them = slips.iter().filter(|slip| slip.to == [recipient.mail.clone()]);
    to_them.map(|slip| slip.message_id.as_str()).collect()
}

async fn a_stop_waits_for_the_mail_in_flight(site: Site) {
    let post = PostOffice::open(site).await;
    post.smtp.next(Behaviour::Hold, 1).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let ada = issuer.invite(&template, "countess@example.org").await;
    post.smtp.has_kept(1).await;
    service.signal(Signal::SIGTERM);
    let _ = service.stderr.wait_for("finishing requests in flight");
    post.smtp.release().await;
    assert_eq!(service.ended().code(), Some(0));
    let service = post.closed();
    assert_eq!(post.issuer(&service).mail_state(&ada.id).await, "sent");
}

/// How many mails two instances share.
const SHARED: usize = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_instances_share_one_outbox() {
    let post = PostOffice::open(Site::new(Kind::Postgres)).await;
    let mut service = post.closed();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let addresses: Vec<String> = (0..SHARED)
        .map(|number| format!("r{number}@example.org"))
        .collect();
    issuer.invite_all(&template, &addresses).await;
    assert_eq!(service.stop().code(), Some(0));

    let start = || post.serving();
    let (mut one, mut other) = thread::scope(|scope| {
        let (one, other) = (scope.spawn(start), scope.spawn(start));
        (one.join().unwrap(), other.join().unwrap())
    });
    post.smtp.has_kept(SHARED).await;
    // And while both are at it, more comes in by either.
    for (number, service) in [&one, &other].into_iter().cycle().take(20).enumerate() {
        let address = format!("more{number}@example.org");
        let request = wish(&template, &address);
        post.issuer(service).issue(&request).await.expect(201);
    }
    post.smtp.has_kept(SHARED + 20).await;
    let states = post.issuer(&one).until_no_mail_waits().await;
    assert_eq!(states["sent"], SHARED + 20, "{states:?}");
    for service in [&mut one, &mut other] {
        assert_eq!(service.stop().code(), Some(0));
    }
    let mails = post.smtp.mails().await;
    assert_eq!(mails.len(), SHARED + 20);
    assert_eq!(distinct(&post.smtp.slips().await), SHARED + 20);
    // Whose link it is tells who sent it.
    let by = |service: &Service| {
        let start = format!("http://{}/r/", service.address);
        let is_theirs = |mail: &&Mail| mail.links().iter().any(|link| link.starts_with(&start));
        mails.iter().filter(is_theirs).count()
    };
    let shares = [by(&one), by(&other)];
    eprintln!("{} mails, sent by two instances: {shares:?}", SHARED + 20);
    assert_eq!(shares[0] + shares[1], SHARED + 20);
    assert!(shares.iter().all(|share| *share > 0), "both work: {shares:?}");
}
