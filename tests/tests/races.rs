//! Many requests at the same moment: of any number of rivals exactly one wins, and no limit is exceeded.
#![cfg(test)]

use reqwest::{Method, RequestBuilder};
use serde_json::json;
use symbolon_tests::{Answer, Client, Key, Site, on_both, try_send};
use tokio::task::JoinSet;

on_both!(
    of_rival_rotations_one_wins,
    rivals_with_one_name_get_the_same_successor,
    creations_at_the_limit_do_not_exceed_it,
    rotation_and_revocation_leave_one_truth,
);

const RIVALS: usize = 64;

/// Sends all requests at once, each on a connection that is open already.
async fn at_once(client: &Client, requests: Vec<RequestBuilder>) -> Vec<Answer> {
    let warm: JoinSet<Answer> = (0..requests.len())
        .map(|_| {
            let client = client.clone();
            async move { client.look("/livez").await }
        })
        .collect();
    warm.join_all().await;
    let rivals: JoinSet<Answer> = requests
        .into_iter()
        .map(|request| async { try_send(request).await.expect("the service answers") })
        .collect();
    rivals.join_all().await
}

fn with_status(answers: &[Answer], status: u16) -> Vec<&Answer> {
    answers.iter().filter(|answer| answer.status == status).collect()
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses
}

/// How many tokens of the organization are live by the operator's account.
fn live(site: &Site, key: &Key) -> usize {
    let tokens = site.tokens(key);
    tokens.iter().filter(|token| token["state"] == "live").count()
}

async fn of_rival_rotations_one_wins(site: Site) {
    let mut key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    for round in 0..8 {
        let requests = (0..RIVALS).map(|_| client.rotation(&key, None)).collect();
        let answers = at_once(&client, requests).await;
        let winners = with_status(&answers, 200);
        assert_eq!(winners.len(), 1, "round {round}: {:?}", statuses(&answers));
        let losers = with_status(&answers, 401);
        assert_eq!(
            losers.len(),
            RIVALS - 1,
            "round {round}: {:?}",
            statuses(&answers)
        );
        assert!(losers.iter().all(|answer| answer.json["code"] == "token_revoked"));
        assert!(!client.is_served(&key).await);
        key = winners[0].key();
        assert!(client.is_served(&key).await);
    }
    assert_eq!(live(&site, &key), 1);
    assert_eq!(site.tokens(&key).len(), 9);
}

async fn rivals_with_one_name_get_the_same_successor(site: Site) {
    let mut key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    for round in 0..8 {
        let name = format!("round-{round}");
        let requests = (0..RIVALS).map(|_| client.rotation(&key, Some(&name))).collect();
        let answers = at_once(&client, requests).await;
        let winners = with_status(&answers, 200);
        assert_eq!(winners.len(), RIVALS, "round {round}: {:?}", statuses(&answers));
        let first_time = |answer: &&&Answer| answer.header("idempotency-replayed").is_none();
        assert_eq!(winners.iter().filter(first_time).count(), 1, "round {round}");
        let successor = winners[0].key();
        assert!(winners.iter().all(|answer| answer.key() == successor));
        assert!(!client.is_served(&key).await);
        key = successor;
        assert!(client.is_served(&key).await);
    }
    assert_eq!(live(&site, &key), 1);
}

async fn creations_at_the_limit_do_not_exceed_it(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    // Each rival has a token of its own: what orders them must be the organization.
    let mut callers = vec![key.clone()];
    for _ in 1..49 {
        callers.push(client.create(&key, &json!({})).await.expect(201).key());
    }
    for round in 0..8 {
        assert_eq!(client.list(&key).await.json["metadata"]["total_count"], 49);
        let requests = callers
            .iter()
            .cycle()
            .take(60)
            .map(|caller| client.with(caller, Method::POST, &caller.tokens("")))
            .collect();
        let answers = at_once(&client, requests).await;
        let made = with_status(&answers, 201);
        let refused = with_status(&answers, 422);
        assert_eq!(
            (made.len(), refused.len()),
            (1, 59),
            "round {round}: {:?}",
            statuses(&answers)
        );
        assert!(
            refused
                .iter()
                .all(|answer| answer.json["code"] == "limit_reached")
        );
        assert_eq!(client.list(&key).await.json["metadata"]["total_count"], 50);
        client.delete(&key, &made[0].key().id).await.expect(204);
    }
}

async fn rotation_and_revocation_leave_one_truth(site: Site) {
    let admin = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    for round in 0..20 {
        let token = client.create(&admin, &json!({})).await.expect(201).key();
        let rest = token.tokens(&format!("/{}", token.id));
        let requests = vec![
            client.rotation(&token, None),
            client.with(&admin, Method::DELETE, &rest),
        ];
        let answers = at_once(&client, requests).await;
        // Deleting what is dead already is done; rotating it is refused.
        let rotated = answers.iter().find(|answer| answer.status == 200);
        assert_eq!(with_status(&answers, 204).len(), 1, "round {round}");
        assert!(
            rotated.is_some() || with_status(&answers, 401).len() == 1,
            "round {round}"
        );
        assert!(!client.is_served(&token).await);
        if let Some(successor) = rotated.map(Answer::key) {
            assert!(client.is_served(&successor).await);
            client.delete(&admin, &successor.id).await.expect(204);
        }
        assert_eq!(live(&site, &admin), 1);
    }
}
