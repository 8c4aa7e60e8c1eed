//! SIGTERM: what is in flight is finished, what waits is written, and the exit code is 0.
#![cfg(test)]

use serde_json::json;
use symbolon_tests::{Process, Raw, Service, Signal, Site, on_both, try_send, until};
use tokio::{net::TcpStream, task::JoinSet};

on_both!(
    requests_in_flight_are_finished,
    many_requests_are_each_finished_or_not_begun,
    uses_are_written,
    it_stops_in_order_from_the_beginning,
);

const BODY: &str = r#"{"description": "sent slowly"}"#;

async fn requests_in_flight_are_finished(site: Site) {
    let key = site.organization("Acclaim");
    let mut service = site.serve();
    let (begun, rest) = BODY.split_at(10);
    let mut uploads = Vec::new();
    for _ in 0..5 {
        let mut upload = Raw::to(service.address).await;
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
            key.tokens(""),
            key.basic(),
            BODY.len()
        );
        upload.send(head).await;
        // The service has the head, and waits for the body.
        assert!(upload.line().await.contains("100 Continue"));
        upload.send(begun).await;
        uploads.push(upload);
    }

    service.signal(Signal::SIGTERM);
    let _ = service.stderr.wait_for("finishing requests in flight");
    until("new connections are refused", async || {
        TcpStream::connect(service.address).await.is_err()
    })
    .await;
    for upload in &mut uploads {
        upload.send(rest).await;
        let answer = upload.until_closed().await;
        assert!(answer.contains("HTTP/1.1 201 Created"), "{answer}");
    }
    assert_eq!(service.ended().code(), Some(0), "{}", service.stderr.to_the_end());
    let described = |token: &&serde_json::Value| token["description"] == "sent slowly";
    assert_eq!(site.tokens(&key).iter().filter(described).count(), uploads.len());
}

async fn many_requests_are_each_finished_or_not_begun(site: Site) {
    let admin = site.organization("Acclaim");
    let mut service = site.serve();
    let client = service.client();
    let mut rotators = JoinSet::new();
    for number in 0..8 {
        let wish = json!({"description": format!("rotator {number}")});
        let mut key = client.create(&admin, &wish).await.expect(201).key();
        let client = client.clone();
        rotators.spawn(async move {
            // Until the service hangs up. Whether the last one was begun is told by what is live afterwards.
            while let Ok(answer) = try_send(client.rotation(&key, None)).await {
                key = answer.expect(200).key();
            }
            key
        });
    }
    until("they rotate", async || {
        client.list(&admin).await.json["data"]
            .to_string()
            .contains("rotator")
            && site.tokens(&admin).len() > 30
    })
    .await;

    assert_eq!(service.stop().code(), Some(0), "{}", service.stderr.to_the_end());
    let last = rotators.join_all().await;
    let again = site.serve();
    let client = again.client();
    for key in &last {
        assert!(
            client.is_served(key).await,
            "a rotation was done, and its answer not sent"
        );
    }
}

async fn uses_are_written(site: Site) {
    let key = site.organization("Acclaim");
    let mut service = site.serve();
    let client = service.client();
    let reader = client.create(&key, &json!({})).await.expect(201).key();
    let last_used = || {
        let tokens = site.tokens(&key);
        let token = tokens.iter().find(|token| token["id"] == reader.id.as_str());
        token.expect("it is listed")["last_used_at"].clone()
    };
    assert_eq!(last_used(), json!(null));
    client.current(&reader).await.expect(200);
    assert_eq!(service.stop().code(), Some(0), "{}", service.stderr.to_the_end());
    assert!(last_used().is_string());
}

/// A supervisor may change its mind as soon as the service has said where it is.
async fn it_stops_in_order_from_the_beginning(site: Site) {
    for _ in 0..5 {
        let mut service = Process::start(site.command(Service::ANYWHERE));
        let _ = service.stderr.wait_for("  API  ");
        service.signal(Signal::SIGTERM);
        let ended = service.ended();
        assert_eq!(ended.code(), Some(0), "{ended}: {}", service.stderr.to_the_end());
    }
}
