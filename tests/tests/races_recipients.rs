//! Many requests about one recipient at the same moment: of any number of profiles one claims (B03), of any number of
//! equal issues one is made, and what an issuer has stopped nobody claims afterwards (B06–B09).
#![cfg(test)]

use std::{sync::Arc, time::Duration};

use reqwest::Method;
use serde_json::{Value, json};
use symbolon_tests::{
    Answer, Arrived, Chance, Claimant, Issuer, Kind, PostOffice, Recipient, Rogue, Service, Site, on_both,
    try_send,
};
use tokio::task::JoinSet;

on_both!(
    of_64_profiles_one_claims,
    of_rivals_who_come_back_at_once_one_claims,
    what_was_stopped_is_not_claimed,
    of_equal_issues_one_is_made,
);

const PROFILES: u16 = 64;

/// Everybody claims by the same link, each at one of the services. Says how often a sign-in was pushed out.
async fn all_claim(links: &[String], claimants: Vec<Claimant>) -> (Vec<Arrived>, usize) {
    let rivals: JoinSet<(Arrived, usize)> = claimants
        .into_iter()
        .zip(links.iter().cloned().cycle())
        .map(|(claimant, link)| async move { claimant.claim(&link).await })
        .collect();
    let arrived = rivals.join_all().await;
    let pushed_out = arrived.iter().map(|(_, times)| times).sum();
    (
        arrived.into_iter().map(|(arrived, _)| arrived).collect(),
        pushed_out,
    )
}

#[track_caller]
fn one_won(arrived: &[Arrived]) {
    let won = arrived
        .iter()
        .filter(|arrived| **arrived == Arrived::AtTheCredential { is_new: true });
    let refused = arrived
        .iter()
        .filter(|arrived| **arrived == Arrived::Refused(409));
    assert_eq!(
        (won.count(), refused.count()),
        (1, arrived.len() - 1),
        "{arrived:?}"
    );
}

async fn of_64_profiles_one_claims(site: Site) {
    let rogue = Rogue::start().await;
    let post = PostOffice::open(site).await;
    let mut service = post.with_sign_in(&rogue, &[]);
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    let ada = issuer.invite(&template, "countess@example.org").await;
    let claimants = (0..PROFILES).map(Claimant::new).collect();
    let (arrived, pushed_out) = all_claim(std::slice::from_ref(&ada.link), claimants).await;
    one_won(&arrived);
    eprintln!(
        "{:?}: {PROFILES} profiles on one link, one claimed; {pushed_out} sign-ins were pushed out and begun again",
        post.site.kind()
    );
    assert_eq!(issuer.access(&ada.id).await.0, "bound");
    // The link, and one notice of the claim.
    post.smtp.has_kept(2).await;
    assert_eq!(service.stop().code(), Some(0));
    assert_eq!(post.smtp.mails().await.len(), 2);
}

/// So many sign-ins may wait for one link.
const RIVALS: u16 = 20;

async fn of_rivals_who_come_back_at_once_one_claims(site: Site) {
    let rogue = Rogue::start().await;
    let post = PostOffice::open(site).await;
    let service = post.with_sign_in(&rogue, &[]);
    rivals_come_back(&post, &[&service], 10).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_rivals_at_two_instances_one_claims() {
    let rogue = Rogue::start().await;
    let post = PostOffice::open(Site::new(Kind::Postgres)).await;
    let (one, other) = (post.with_sign_in(&rogue, &[]), post.with_sign_in(&rogue, &[]));
    rivals_come_back(&post, &[&one, &other], 10).await;
}

/// Again and again: all have signed in, and come back at the same moment; then the token is reset.
async fn rivals_come_back(post: &PostOffice, services: &[&Service], rounds: usize) {
    let issuer = post.issuer(services[0]);
    let template = issuer.badge_template("Programming").await;
    let ada = issuer.invite(&template, "countess@example.org").await;
    let claimants: Arc<Vec<Claimant>> = Arc::new((0..RIVALS).map(Claimant::new).collect());
    for round in 0..rounds {
        let mut callbacks = Vec::new();
        for (claimant, service) in claimants.iter().zip(services.iter().cycle()) {
            let link = ada.link_at(service);
            let callback = claimant.set_out(&link).await;
            callbacks.push(callback.unwrap_or_else(|page| panic!("round {round}: {}", page.text)));
        }
        let rivals: JoinSet<Arrived> = (0..usize::from(RIVALS))
            .zip(callbacks)
            .map(|(number, callback)| {
                let claimants = claimants.clone();
                async move { claimants[number].arrive(&callback).await }
            })
            .collect();
        one_won(&rivals.join_all().await);
        let (state, bound_to) = issuer.access(&ada.id).await;
        assert_eq!(
            (state.as_str(), bound_to["provider"].as_str()),
            ("bound", Some("rogue"))
        );
        issuer.reset(&ada.id).await;
        assert_eq!(issuer.access(&ada.id).await, ("free".to_owned(), Value::Null));
    }
    eprintln!(
        "{:?}, {} instances: {rounds} rounds of {RIVALS} rivals, one claimed in each",
        post.site.kind(),
        services.len()
    );
}

/// What an issuer does to stop a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Reset,
    RevokeAccess,
    RevokeCredential,
    Pause,
    ReplaceAccess,
    Delete,
}

const ACTS: [Act; 6] = [
    Act::Reset,
    Act::RevokeAccess,
    Act::RevokeCredential,
    Act::Pause,
    Act::ReplaceAccess,
    Act::Delete,
];
/// How many rounds of each.
const ROUNDS: u16 = 20;

impl Act {
    async fn run(self, issuer: &Issuer, template: &str, id: &str) -> Answer {
        let (method, path) = match self {
            Self::Reset => (Method::POST, format!("/badges/{id}/access_token/reset")),
            Self::RevokeAccess => (Method::POST, format!("/badges/{id}/access_token/revoke")),
            Self::RevokeCredential => (Method::PUT, format!("/badges/{id}/revoke")),
            Self::Pause => (Method::POST, format!("/badge_templates/{template}/pause")),
            Self::ReplaceAccess => (Method::POST, format!("/badges/{id}/access_token/replace")),
            Self::Delete => (Method::DELETE, format!("/badges/{id}")),
        };
        issuer.ask(method, &path, &json!({})).await
    }
}

/// Aims at the moment at which claim and act are equally early.
struct Aim(Duration);

impl Aim {
    fn adjust(&mut self, claim_came_first: bool) {
        let micros = Duration::from_micros(150);
        self.0 = if claim_came_first {
            self.0.mul_f32(0.9).saturating_sub(micros)
        } else {
            self.0.mul_f32(1.1) + micros
        };
    }
}

async fn what_was_stopped_is_not_claimed(site: Site) {
    let rogue = Rogue::start().await;
    let post = PostOffice::open(site).await;
    let service = post.with_sign_in(&rogue, &[]);
    let issuer = post.issuer(&service);
    let mut chance = Chance::fresh();
    let mut first = [0; ACTS.len()];
    for (place, act) in ACTS.into_iter().enumerate() {
        let mut aim = Aim(Duration::from_millis(10));
        for round in 0..ROUNDS {
            let template = issuer.badge_template("Programming").await;
            let address = format!("{act:?}.{round}@example.org");
            let stage = Round {
                ada: issuer.invite(&template, &address).await,
                issuer: issuer.clone(),
                template,
                act,
                rival: Claimant::new(2 * round),
                former: Claimant::new(2 * round + 1),
            };
            let jitter = chance.millis(0, 2);
            let claimed = stage.run(&service, aim.0 + jitter).await;
            first[place] += usize::from(claimed);
            // A claim that comes before a reset is refused, and one before any other act succeeds.
            aim.adjust(claimed != (act == Act::Reset));
        }
    }
    let told: Vec<_> = ACTS.into_iter().zip(first).collect();
    eprintln!(
        "{:?}: {ROUNDS} rounds of a claim against each act; claims served: {told:?}",
        post.site.kind()
    );
    let all = ACTS.len() * usize::from(ROUNDS);
    let claimed: usize = first.iter().sum();
    assert!(
        claimed > all / 10 && claimed < all - all / 10,
        "either comes first: {told:?}"
    );
}

/// One claim against one act.
struct Round {
    issuer: Issuer,
    template: String,
    act: Act,
    ada: Recipient,
    rival: Claimant,
    /// Who had claimed before, where the act is a reset.
    former: Claimant,
}

impl Round {
    /// Whether the claim was served.
    async fn run(&self, service: &Service, after: Duration) -> bool {
        if self.act == Act::Reset {
            let (arrived, _) = self.former.claim(&self.ada.link).await;
            assert_eq!(arrived, Arrived::AtTheCredential { is_new: true });
        }
        let callback = self.rival.set_out(&self.ada.link).await;
        let callback = callback.unwrap_or_else(|page| panic!("{}", page.text));
        let claiming = self.rival.come_back(&callback);
        let stopping = async {
            // Where the two meet is random; nothing waits for it.
            tokio::time::sleep(after).await;
            let answer = self.act.run(&self.issuer, &self.template, &self.ada.id).await;
            assert!((200..300).contains(&answer.status), "{:?}: {answer:?}", self.act);
            self.binding().await
        };
        let (back, bound_when_stopped) = tokio::join!(claiming, stopping);
        let served = back
            .location()
            .is_some_and(|next| next.path().starts_with("/credentials/"));
        let arrived = self.rival.look(back).await;
        let bound = (bound_when_stopped, self.binding().await);
        self.judge(service, served, &arrived, bound).await;
        served
    }

    /// Whether the token that works is bound; none where the recipient is gone.
    async fn binding(&self) -> Option<bool> {
        let path = format!("/badges/{}", self.ada.id);
        let shown = self.issuer.ask(Method::GET, &path, &Value::Null).await;
        match shown.status {
            404 => None,
            _ => Some(!shown.expect(200).json["data"]["access_token"]["bound_to"].is_null()),
        }
    }

    /// By the answer to the claim, the page it led to, and whether the token was bound once the act was done, and is now.
    async fn judge(
        &self,
        service: &Service,
        served: bool,
        arrived: &Arrived,
        bound: (Option<bool>, Option<bool>),
    ) {
        let context = format!("{:?}: {served}, {arrived:?}, {bound:?}", self.act);
        let is_new = Arrived::AtTheCredential { is_new: true };
        let claims = async |who: &Claimant| who.claim(&self.ada.link).await.0;
        match self.act {
            // Only after a reset may somebody claim who could not before.
            Act::Reset => {
                assert_eq!(bound.1, Some(served), "{context}");
                assert!(!self.is_in(service, &self.former).await, "{context}");
                if served {
                    assert_eq!(*arrived, is_new, "{context}");
                } else {
                    // Refused; the page may already say that the token is free.
                    assert!(
                        [Arrived::Refused(409), Arrived::Refused(200)].contains(arrived),
                        "{context}"
                    );
                    assert_eq!(claims(&self.rival).await, is_new, "{context}");
                }
            }
            Act::Delete => {
                assert_eq!(bound, (None, None), "{context}");
                let is_nowhere = [Arrived::Over, Arrived::Refused(404)].contains(arrived);
                assert!(served || is_nowhere, "{context}");
                assert!(!self.is_in(service, &self.rival).await, "{context}");
                let verify = format!("http://{}/verify/{}", service.address, self.ada.id);
                assert_eq!(self.former.visitor().get(&verify).await.status, 404, "{context}");
            }
            // What was claimed first was undone.
            Act::ReplaceAccess => {
                assert_eq!(bound, (Some(false), Some(false)), "{context}");
                assert!(served || *arrived == Arrived::Refused(410), "{context}");
                assert!(!self.is_in(service, &self.rival).await, "{context}");
                let newer = Recipient::of(&self.issuer.recipient(&self.ada.id).await);
                let (again, _) = self.former.claim(&newer.link).await;
                assert_eq!(again, is_new, "{context}");
            }
            Act::RevokeAccess | Act::RevokeCredential | Act::Pause => {
                // Once it is done nobody is bound who was not bound before.
                assert_eq!(bound, (Some(served), Some(served)), "{context}");
                let is_paused = self.act == Act::Pause;
                let closed = Arrived::Refused(if is_paused { 403 } else { 410 });
                // Who claimed, and was then paused, is told so.
                let expected = *arrived == if served { is_new } else { closed.clone() };
                assert!(expected || (is_paused && *arrived == closed), "{context}");
                // Whoever comes late is refused.
                assert_eq!(claims(&self.former).await, closed, "{context}");
                assert!(!self.is_in(service, &self.former).await, "{context}");
                assert_eq!(self.binding().await, bound.1, "{context}");
            }
        }
    }

    /// Whether somebody sees the credential.
    async fn is_in(&self, service: &Service, who: &Claimant) -> bool {
        let own = format!("http://{}/credentials/{}", service.address, self.ada.id);
        who.visitor().get(&own).await.status == 200
    }
}

async fn of_equal_issues_one_is_made(site: Site) {
    const EQUALS: usize = 32;
    let post = PostOffice::open(site).await;
    let mut service = post.serving();
    let issuer = post.issuer(&service);
    let template = issuer.badge_template("Programming").await;
    for round in 0..8 {
        let address = format!("countess{round}@example.org");
        let client = service.client();
        let rivals: JoinSet<Answer> = (0..EQUALS)
            .map(|_| post.issuing(&client, &template, &address))
            .map(|request| async { try_send(request).await.expect("the service answers") })
            .collect();
        let answers = rivals.join_all().await;
        let with = |status: u16| answers.iter().filter(move |answer| answer.status == status);
        assert_eq!(
            (with(201).count(), with(422).count()),
            (1, EQUALS - 1),
            "{answers:?}"
        );
        assert!(with(422).all(|answer| answer.json["code"] == "already_issued"));
    }
    assert_eq!(issuer.recipients().await.len(), 8);
    post.smtp.has_kept(8).await;
    issuer.until_no_mail_waits().await;
    assert_eq!(service.stop().code(), Some(0));
    assert_eq!(post.smtp.mails().await.len(), 8);
}
