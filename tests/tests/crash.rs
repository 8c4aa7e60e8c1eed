//! `kill -9` in the middle of rotations: what was acknowledged holds, and nobody is locked out.
#![cfg(test)]

use std::time::Instant;

use serde_json::Value;
use symbolon_tests::{Chance, Client, Key, Kind, Service, Site, on_both, try_send};
use tokio::task::JoinSet;

on_both!(rotations_survive_kill_9);

/// How many rotations must have been acknowledged in the end, and how many times the service must have been killed.
const ACKNOWLEDGED: usize = 200;
const KILLS: usize = 25;
/// How many clients rotate at the same time, each its own tokens.
const CLIENTS: usize = 3;

/// A client that rotates its token again and again, and its journal.
struct Rotator {
    /// What its tokens are described by, and no others.
    name: String,
    /// The token that it has last got an answer with.
    current: Key,
    /// Tokens whose rotation was acknowledged, oldest first.
    retired: Vec<Key>,
    /// How many of these were looked at after a restart.
    checked: usize,
    /// The rotation that was sent last and not answered.
    in_flight: Option<Attempt>,
    attempts: usize,
}

/// A rotation that was sent, under a name if the client gives names.
struct Attempt {
    name: Option<String>,
}

/// What became of the rotations that were in flight.
#[derive(Debug, Default)]
struct Tally {
    happened: usize,
    did_not: usize,
    replayed: usize,
    rescued: usize,
}

async fn rotations_survive_kill_9(site: Site) {
    let start = Instant::now();
    let mut chance = Chance::fresh();
    let admin = site.organization("Acclaim");
    let mut rotators = rotators(&site, &admin);
    let mut tally = Tally::default();
    let mut kills = 0;
    while kills < KILLS || acknowledged(&rotators) < ACKNOWLEDGED {
        let mut service = site.serve();
        let client = service.client();
        for rotator in &mut rotators {
            rotator.settle(&site, &client, &mut tally).await;
        }
        rotators = rotate_until_killed(rotators, &mut service, &mut chance).await;
        kills += 1;
        sound(&site);
    }

    let service = site.serve();
    let client = service.client();
    for rotator in &mut rotators {
        rotator.settle(&site, &client, &mut tally).await;
        rotator.checked = 0;
        rotator.every_acknowledged_rotation_holds(&client).await;
    }
    eprintln!(
        "{:?}: {kills} kills, {} rotations acknowledged; of those in flight {tally:?}; {:?}",
        site.kind(),
        acknowledged(&rotators),
        start.elapsed()
    );
}

fn rotators(site: &Site, admin: &Key) -> Vec<Rotator> {
    (0..CLIENTS)
        .map(|number| {
            let name = format!("client {number}");
            let organization = ["--organization", &admin.organization];
            let create = [&["tokens", "create", "--description", &name], &organization[..]].concat();
            let current = Key::of(&site.json(&create));
            Rotator {
                name,
                current,
                retired: Vec::new(),
                checked: 0,
                in_flight: None,
                attempts: 0,
            }
        })
        .collect()
}

fn acknowledged(rotators: &[Rotator]) -> usize {
    rotators.iter().map(|rotator| rotator.retired.len()).sum()
}

async fn rotate_until_killed(
    rotators: Vec<Rotator>,
    service: &mut Service,
    chance: &mut Chance,
) -> Vec<Rotator> {
    let mut running = JoinSet::new();
    for mut rotator in rotators {
        let client = service.client();
        let named = chance.coin();
        running.spawn(async move {
            rotator.rotate_until_unanswered(&client, named).await;
            rotator
        });
    }
    // The moment of the kill is what is random here; nothing waits for it.
    tokio::time::sleep(chance.millis(5, 500)).await;
    service.kill();
    running.join_all().await
}

/// The database is whole.
fn sound(site: &Site) {
    for finding in site.doctor() {
        // The PostgreSQL of the tests need not survive a power cut, and says so; nobody signs in here, and no mail is sent.
        let name = finding["name"].as_str().unwrap();
        let of_the_server = site.kind() == Kind::Postgres && ["fsync", "full_page_writes"].contains(&name);
        let excused = of_the_server || ["sign-in provider", "mail server"].contains(&name);
        assert!(finding["severity"] == "good" || excused, "{finding}");
    }
}

impl Rotator {
    async fn rotate_until_unanswered(&mut self, client: &Client, named: bool) {
        loop {
            self.attempts += 1;
            let name = named.then(|| format!("{} attempt {}", self.name, self.attempts).replace(' ', "-"));
            let request = client.rotation(&self.current, name.as_deref());
            self.in_flight = Some(Attempt { name });
            let Ok(answer) = try_send(request).await else {
                return;
            };
            self.in_flight = None;
            let successor = answer.expect(200).key();
            self.retired.push(std::mem::replace(&mut self.current, successor));
        }
    }

    /// After a restart: finds out what became of the rotation in flight, as a client and its operator would.
    async fn settle(&mut self, site: &Site, client: &Client, tally: &mut Tally) {
        self.every_acknowledged_rotation_holds(client).await;
        let only_live = self.only_live_one(site);
        let old_is_served = client.is_served(&self.current).await;
        assert_eq!(
            old_is_served,
            only_live == self.current.id,
            "exactly one of old and new is live"
        );
        let Some(Attempt { name }) = self.in_flight.take() else {
            assert!(old_is_served, "an acknowledged successor is served");
            return;
        };
        if old_is_served {
            tally.did_not += 1;
        } else {
            tally.happened += 1;
        }
        let successor = if let Some(name) = name {
            // Asked again by the same name, the rotation happens once, and the answer comes.
            let answer = client.rotate_named(&self.current, &name).await;
            let successor = answer.expect(200).key();
            assert_eq!(
                answer.header("idempotency-replayed") == Some("true"),
                !old_is_served
            );
            assert!(old_is_served || successor.id == only_live);
            tally.replayed += usize::from(!old_is_served);
            successor
        } else if old_is_served {
            return;
        } else {
            // Without a name the answer is lost, and the operator is the way back in.
            tally.rescued += 1;
            Key::of(&site.json(&["tokens", "rotate", &only_live]))
        };
        assert!(client.is_served(&successor).await);
        assert!(!client.is_served(&self.current).await);
        self.current = successor;
    }

    async fn every_acknowledged_rotation_holds(&mut self, client: &Client) {
        for key in &self.retired[self.checked..] {
            client.current(key).await.refused(401, "token_revoked");
        }
        self.checked = self.retired.len();
    }

    /// The id of the one live token of this client; all others must be rotated, and each of them once.
    fn only_live_one(&self, site: &Site) -> String {
        let tokens: Vec<Value> = site
            .tokens(&self.current)
            .into_iter()
            .filter(|token| token["description"] == self.name.as_str())
            .collect();
        let live: Vec<&Value> = tokens.iter().filter(|token| token["state"] == "live").collect();
        let rotated = tokens.iter().filter(|token| token["state"] == "rotated").count();
        assert_eq!((live.len(), rotated), (1, tokens.len() - 1), "{}", self.name);
        assert!(rotated >= self.retired.len());
        live[0]["id"].as_str().unwrap().to_owned()
    }
}
