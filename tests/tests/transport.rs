//! What no proper client sends: slow, endless, contradictory. Each connection gets one answer at most, the service goes on.
#![cfg(test)]

use std::process::Stdio;

use symbolon_tests::{Key, Kind, Raw, Service, Site, command};

/// A service and a token of it. What is tried here never reaches a database, so one kind will do.
struct Target {
    site: Site,
    service: Service,
    key: Key,
}

impl Target {
    fn up() -> Self {
        let site = Site::new(Kind::Sqlite);
        let key = site.organization("Acclaim");
        let service = site.serve();
        Self { site, service, key }
    }

    /// The head of a creation, without the line that ends it.
    fn head(&self, headers: &str) -> String {
        format!(
            "POST {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nContent-Type: application/json\r\n{headers}",
            self.key.tokens(""),
            self.key.basic(),
        )
    }

    /// A request that must not be taken for one where it follows another.
    fn smuggled(&self) -> String {
        format!(
            "POST {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nContent-Length: 0\r\n\r\n",
            self.key.tokens("/rotate"),
            self.key.basic(),
        )
    }

    /// Sends bytes on a connection of their own, and returns the status of the one answer there may be.
    async fn status(&self, bytes: impl AsRef<[u8]>) -> Option<u16> {
        let answer = Raw::to(self.service.address)
            .await
            .send(bytes)
            .await
            .until_closed()
            .await;
        one_status(&answer)
    }

    /// Nothing happened but what is said here, and the service answers as before.
    async fn is_well_with(&self, tokens: usize) {
        let client = self.service.client();
        client.look("/readyz").await.expect(200);
        assert!(client.is_served(&self.key).await, "the token was not rotated");
        assert_eq!(self.site.tokens(&self.key).len(), tokens);
    }
}

/// The status of an answer, of which there is at most one.
#[track_caller]
fn one_status(answer: &str) -> Option<u16> {
    assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{answer}");
    let status = answer.strip_prefix("HTTP/1.1 ")?.get(..3)?;
    Some(status.parse().expect(answer))
}

#[tokio::test]
async fn slow_senders_are_hung_up_on() {
    let target = Target::up();
    let mut in_head = Raw::to(target.service.address).await;
    in_head.send("GET /livez HTTP/1.1\r\nHost: local").await;
    let mut in_body = Raw::to(target.service.address).await;
    in_body.send(target.head("Content-Length: 20\r\n\r\n{")).await;
    let mut silent = Raw::to(target.service.address).await;

    // In the meantime others are served.
    target.is_well_with(1).await;
    let status = one_status(&in_head.until_closed().await);
    assert!(status.is_none_or(|status| status == 408), "{status:?}");
    let status = one_status(&silent.until_closed().await);
    assert!(status.is_none_or(|status| status == 408), "{status:?}");
    assert_eq!(one_status(&in_body.until_closed().await), Some(408));
    target.is_well_with(1).await;
}

/// A body in chunks has no announced end, so that the connection must be cut with it.
#[tokio::test]
async fn slow_chunks_are_hung_up_on() {
    let target = Target::up();
    let begun = "Transfer-Encoding: chunked\r\n\r\n14\r\n{";
    let anybody = |path| format!("POST {path} HTTP/1.1\r\nHost: localhost\r\n{begun}");
    let mut senders = Vec::new();
    for (request, status) in [
        (target.head(begun), 408),
        (anybody("/v1/organizations/x/authorization_tokens"), 401),
        (anybody("/nowhere"), 404),
    ] {
        let mut sender = Raw::to(target.service.address).await;
        sender.send(request).await;
        senders.push((sender, status));
    }
    for (mut sender, status) in senders {
        assert_eq!(one_status(&sender.until_closed().await), Some(status));
    }
    target.is_well_with(1).await;
}

#[tokio::test]
async fn contradictions_are_refused() {
    let target = Target::up();
    let smuggled = target.smuggled();
    let length = smuggled.len();
    let requests = [
        // Which of two lengths holds is up to whoever is asked: so none does.
        target.head(&format!(
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"
        )),
        target.head(&format!(
            "Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n\r\n0\r\n\r\n{smuggled}"
        )),
        target.head(&format!(
            "Content-Length: 0\r\nContent-Length: {length}\r\n\r\n{smuggled}"
        )),
        target.head(&format!("Content-Length: +2\r\n\r\n{{}}{smuggled}")),
        target.head(&format!("Content-Length: 2, 2\r\n\r\n{{}}{smuggled}")),
        target.head(&format!("Content-Length: -1\r\n\r\n{smuggled}")),
        target.head(&format!(
            "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n{smuggled}"
        )),
        target.head(&format!("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{smuggled}")),
        target.head(&format!("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{smuggled}")),
        target.head(&format!(
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n{smuggled}"
        )),
        target.head(&format!(
            "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{{}}\r\n0\r\n\r\n{smuggled}"
        )),
        target.head(&format!(
            "Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}xx\r\n0\r\n\r\n{smuggled}"
        )),
        target.head(&format!(
            "X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\n{{}}{smuggled}"
        )),
        target.head(&format!("No colon\r\n\r\n{smuggled}")),
        target.head(&format!("X-Null: a\0b\r\n\r\n{smuggled}")),
        target.head(&format!(
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{smuggled}"
        )),
        target.head(&format!(
            "Transfer-Encoding: chunked\r\n\r\n2\n{{}}\n0\n\n{smuggled}"
        )),
        target
            .head(&format!("Content-Length: 2\r\n\r\n{{}}{smuggled}"))
            .replace("Host: localhost\r\n", ""),
        format!("NONSENSE\r\n\r\n{smuggled}"),
        format!("GET / HTTP/9.9\r\n\r\n{smuggled}"),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}".repeat(50),
    ];
    for request in requests {
        let status = target.status(&request).await;
        assert!(
            status.is_none_or(|status| status == 400),
            "{status:?} for {request:?}"
        );
    }
    target.is_well_with(1).await;
}

#[tokio::test]
async fn a_request_has_one_host() {
    let target = Target::up();
    for hosts in ["Host: a.example\r\nHost: b.example\r\n", ""] {
        let request = format!("GET /livez HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        assert_eq!(target.status(&request).await, Some(400), "{hosts:?}");
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let target = Target::up();
    let body = format!("{{\"description\": \"{}\"}}", "x".repeat(100 * 1024));
    let announced = target.head(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    assert_eq!(target.status(announced).await, Some(413));
    let chunked = target.head(&format!(
        "Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    ));
    assert_eq!(target.status(chunked).await, Some(413));

    // One byte less than all is enough to wait for no more.
    let announced_only = target.head("Content-Length: 9999999999\r\n\r\n{");
    assert_eq!(target.status(announced_only).await, Some(413));

    let long = format!(
        "GET /{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "x".repeat(9_000)
    );
    assert_eq!(target.status(long).await, Some(414));
    let large = target.head(&format!(
        "X-Filler: {}\r\nConnection: close\r\n\r\n",
        "x".repeat(17_000)
    ));
    assert_eq!(target.status(large).await, Some(431));
    for bomb in [
        target.head(&"X-Bomb: x\r\n".repeat(100_000)),
        target.head(&format!("X-Bomb: {}", "x".repeat(4 * 1024 * 1024))),
        format!("GET /{}", "x".repeat(4 * 1024 * 1024)),
    ] {
        let status = target.status(&bomb).await;
        assert!(
            status.is_none_or(|status| [400, 414, 431].contains(&status)),
            "{status:?} for {} bytes",
            bomb.len()
        );
    }
    target.is_well_with(1).await;
}

#[tokio::test]
async fn who_waits_to_be_let_in_gets_an_answer() {
    let target = Target::up();
    let url = format!("http://{}{}", target.service.address, target.key.tokens(""));
    let directory = tempfile::tempdir().unwrap();
    let body = directory.path().join("body.json");
    for (size, status) in [(64 * 1024 + 1, "413"), (64 * 1024, "201")] {
        let text = format!(
            "{{\"description\": \"x\", \"filler\": \"{}\"}}",
            "x".repeat(size - 34)
        );
        assert_eq!(text.len(), size);
        std::fs::write(&body, text).unwrap();
        let output = command("curl")
            .args(["--silent", "--output", "/dev/null", "--write-out", "%{http_code}"])
            // Who is told nothing would wait for so long.
            .args([
                "--max-time",
                "60",
                "--expect100-timeout",
                "120",
                "--header",
                "Expect: 100-continue",
            ])
            .args([
                "--user",
                &format!("{}:", target.key.value),
                "--header",
                "Content-Type: application/json",
            ])
            .arg("--data-binary")
            .arg(format!("@{}", body.display()))
            .arg(&url)
            .env("HOME", directory.path())
            .stdin(Stdio::null())
            .output()
            .expect("curl is installed (Debian: apt install curl)");
        assert_eq!(String::from_utf8_lossy(&output.stdout), status, "{size} bytes");
    }
    target.is_well_with(2).await;
}
