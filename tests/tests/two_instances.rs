//! "Immediately": when the answer has been sent, no request that starts later is served by the old state, on any instance.
//!
//! The command line is an instance too: what it changes beside a running service is seen by the next request.
#![cfg(test)]

use serde_json::json;
use symbolon_tests::{Client, Key, Kind, Site, on_both};

on_both!(
    the_command_line_is_seen_at_once,
    a_cancelled_organization_is_refused_at_once,
);

/// How often the state changes on one instance, for the other to see.
const ROUNDS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_instance_retires_the_other_refuses() {
    let site = Site::new(Kind::Postgres);
    let mut key = site.organization("Acclaim");
    // Two processes with one data directory, so with one key ring.
    let (one, other) = (site.serve(), site.serve());
    let clients = [one.client(), other.client()];
    let (mut rotated, mut revoked) = (0, 0);
    for round in 0..ROUNDS {
        // Each instance has its turn with each change.
        let [here, there] = if round % 4 < 2 { [0, 1] } else { [1, 0] }.map(|index| &clients[index]);
        if round % 2 == 0 {
            key = rotate(&key, here, there).await;
            rotated += 1;
        } else {
            revoke(&key, here, there).await;
            revoked += 1;
        }
    }
    eprintln!(
        "{ROUNDS} rounds: {rotated} rotations and {revoked} revocations, each seen by the other instance"
    );
    assert_eq!(
        site.tokens(&key)
            .iter()
            .filter(|token| token["state"] == "live")
            .count(),
        1
    );
}

async fn rotate(key: &Key, here: &Client, there: &Client) -> Key {
    assert!(there.is_served(key).await);
    let successor = here.rotate(key).await.expect(200).key();
    there.current(key).await.refused(401, "token_revoked");
    assert!(there.is_served(&successor).await);
    assert!(!here.is_served(key).await);
    successor
}

async fn revoke(key: &Key, here: &Client, there: &Client) {
    let doomed = there.create(key, &json!({})).await.expect(201).key();
    assert!(here.is_served(&doomed).await && there.is_served(&doomed).await);
    here.delete(key, &doomed.id).await.expect(204);
    there.current(&doomed).await.refused(401, "token_revoked");
    there.rotate(&doomed).await.refused(401, "token_revoked");
}

async fn the_command_line_is_seen_at_once(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    for _ in 0..10 {
        let made = site.json(&["tokens", "create", "--organization", &key.organization]);
        let token = Key::of(&made);
        assert!(client.is_served(&token).await);
        let successor = Key::of(&site.json(&["tokens", "rotate", &token.id]));
        client.current(&token).await.refused(401, "token_revoked");
        assert!(client.is_served(&successor).await);
        assert_eq!(
            site.json(&["tokens", "revoke", &successor.id])["state"],
            "revoked"
        );
        client.current(&successor).await.refused(401, "token_revoked");
    }
    assert!(client.is_served(&key).await);
}

async fn a_cancelled_organization_is_refused_at_once(site: Site) {
    let key = site.organization("Acclaim");
    let bystander = site.organization("Bystander");
    let service = site.serve();
    let client = service.client();
    for _ in 0..5 {
        assert!(client.is_served(&key).await);
        let cancelled = site.json(&["organizations", "cancel", &key.organization]);
        assert_eq!(cancelled["state"], "cancelled");
        client.current(&key).await.refused(401, "unauthorized");
        client.rotate(&key).await.refused(401, "unauthorized");
        client.create(&key, &json!({})).await.refused(401, "unauthorized");
        assert!(client.is_served(&bystander).await);
        let reactivated = site.json(&["organizations", "reactivate", &key.organization]);
        assert_eq!(reactivated["state"], "active");
    }
    assert!(client.is_served(&key).await);
    assert_eq!(client.list(&key).await.json["metadata"]["total_count"], 1);
}
