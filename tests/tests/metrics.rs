//! The operator's listener: health and metrics, counted by route and without anything of a request in a label.
#![cfg(test)]

use reqwest::Method;
use serde_json::json;
use symbolon_tests::{Site, on_both, try_send};

on_both!(
    requests_are_counted_by_route,
    strangers_make_no_labels,
    the_public_listener_has_no_metrics,
    nowhere_is_a_place_too,
);

async fn requests_are_counted_by_route(site: Site) {
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    for _ in 0..7 {
        client.current(&key).await.expect(200);
    }
    let made = client.create(&key, &json!({})).await.expect(201).key();
    client.delete(&key, &made.id).await.expect(204);
    client.look("/wp-admin/canary-path").await.expect(404);
    client.look(&format!("/v1/{}", key.value)).await.expect(404);

    let metrics = service.operator().look("/metrics").await;
    assert!(
        metrics
            .expect(200)
            .header("content-type")
            .unwrap()
            .starts_with("text/plain; version=0.0.4")
    );
    let text = &metrics.text;
    let count = |labels: &[&str]| -> u64 {
        text.lines()
            .filter(|line| line.starts_with("symbolon_http_requests_total{"))
            .filter(|line| labels.iter().all(|label| line.contains(label)))
            .map(|line| line.rsplit(' ').next().unwrap().parse::<u64>().unwrap())
            .sum()
    };
    let tokens = "/v1/organizations/{organization_id}/authorization_tokens";
    let current = format!("endpoint=\"{tokens}/current\"");
    assert_eq!(count(&[&current, "status=\"200\""]), 7);
    let collection = format!("endpoint=\"{tokens}\"");
    assert_eq!(count(&[&collection, "method=\"POST\"", "status=\"201\""]), 1);
    let one = format!("endpoint=\"{tokens}/{{token_id}}\"");
    assert_eq!(count(&[&one, "method=\"DELETE\"", "status=\"204\""]), 1);
    assert_eq!(count(&["status=\"404\""]), 2);
    for foreign in [
        "canary",
        &key.organization,
        &key.id,
        &made.id,
        &key.value,
        "127.0.0.1",
    ] {
        let line = text.lines().find(|line| line.contains(foreign));
        assert_eq!(line, None, "has {foreign}");
    }
}

/// Everything in a label that strangers can choose is memory that they can fill, and a place where secrets may go.
async fn strangers_make_no_labels(site: Site) {
    let service = site.serve();
    let client = service.client();
    for number in 0..3 {
        let method = Method::from_bytes(format!("CANARY{number}").as_bytes()).unwrap();
        for path in ["/v1/organizations", "/nowhere"] {
            let answer = try_send(client.request(method.clone(), path)).await.unwrap();
            assert!([404, 405].contains(&answer.status), "{answer:?}");
        }
        client
            .look(&format!("/canary-{number}?canary={number}"))
            .await
            .expect(404);
    }
    let metrics = service.operator().look("/metrics").await;
    let of_strangers = metrics
        .text
        .lines()
        .find(|line| line.to_ascii_lowercase().contains("canary"));
    assert_eq!(of_strangers, None);
}

async fn the_public_listener_has_no_metrics(site: Site) {
    let service = site.serve();
    for path in ["/livez", "/readyz"] {
        service.client().look(path).await.expect(200);
        service.operator().look(path).await.expect(200);
    }
    service.client().look("/metrics").await.refused(404, "not_found");
    service
        .operator()
        .look("/v1/organizations")
        .await
        .refused(404, "not_found");
}

async fn nowhere_is_a_place_too(site: Site) {
    let key = site.organization("Acclaim");
    let process = symbolon_tests::Process::start(site.command(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--operations-listen",
        "off",
    ]));
    let _ = process.stderr.wait_for("  Key ring    ");
    let said = process.stderr.so_far();
    assert!(!said.contains("Operations"), "{said}");
    let address = process.stderr.wait_for("  API  ");
    let address = address.rsplit("http://").next().unwrap();
    let client = symbolon_tests::Client::new(address.strip_suffix("/v1").unwrap().parse().unwrap());
    assert!(client.is_served(&key).await);
}
