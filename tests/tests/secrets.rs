//! No token and no password is written anywhere but in the answer that hands it over: not to the log at its most
//! talkative, not to the metrics, not in plain to the database.
#![cfg(test)]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use symbolon_tests::{Client, Key, Kind, Service, Site, find, on_both, try_send};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

on_both!(tokens_are_written_nowhere);

async fn tokens_are_written_nowhere(site: Site) {
    let first = site.organization("Acclaim");
    let mut service = site.serve_with(&["--log", "trace", "--log-format", "json"]);
    let client = service.client();
    let mut handed_out = vec![first.clone()];
    live(&client, first, &mut handed_out).await;
    for key in handed_out.clone() {
        misuse(&client, &key).await;
    }
    let metrics = service.operator().look("/metrics").await.text;
    let mut kept = site.kept();
    assert_eq!(service.stop().code(), Some(0));
    kept.extend(site.kept());

    let log = service.stderr.to_the_end();
    assert!(log.contains("symbolon::access"), "the log is on");
    assert!(log.lines().count() > 1_000, "the log is talkative");
    let stdout = service.stdout.to_the_end();
    assert!(find(&kept, b"First token").is_some(), "rows are looked at");
    eprintln!(
        "{:?}: {} tokens looked for in {} bytes of log, {} of metrics, {} of the database",
        site.kind(),
        handed_out.len(),
        log.len(),
        metrics.len(),
        kept.len()
    );
    for key in &handed_out {
        let forms = [
            key.value.clone(),
            STANDARD.encode(format!("{}:", key.value)),
            STANDARD.encode(&key.value),
            // Without its prefix and checksum it is still the secret.
            key.value["symorg_".len()..][..30].to_owned(),
        ];
        for form in forms {
            for (place, bytes) in [
                ("the log", log.as_bytes()),
                ("the standard output", stdout.as_bytes()),
                ("the metrics", metrics.as_bytes()),
                ("the database", &kept),
            ] {
                if let Some(at) = find(bytes, form.as_bytes()) {
                    let around = &bytes[at.saturating_sub(300)..bytes.len().min(at + 100)];
                    panic!("a token is in {place}: {}", String::from_utf8_lossy(around));
                }
            }
        }
    }
}

/// What organizations do all the time.
async fn live(client: &Client, mut key: Key, handed_out: &mut Vec<Key>) {
    for turn in 0..5 {
        let made = client.create(&key, &json!({"description": "made"})).await.key();
        client.list(&key).await.expect(200);
        let next = client.rotate_named(&key, &format!("turn-{turn}")).await.key();
        client.rotate(&key).await.refused(401, "token_revoked");
        assert_eq!(
            client.rotate_named(&key, &format!("turn-{turn}")).await.key(),
            next
        );
        client.current(&next).await.expect(200);
        client.delete(&next, &made.id).await.expect(204);
        client.current(&made).await.refused(401, "token_revoked");
        handed_out.extend([made, next.clone()]);
        key = next;
    }
}

/// What happens to organizations: the token in every place where it does not belong.
async fn misuse(client: &Client, key: &Key) {
    let value = &key.value;
    let get = |path: String| client.with(key, Method::GET, &path);
    let post = || client.with(key, Method::POST, &key.tokens(""));
    let requests: Vec<RequestBuilder> = vec![
        get(format!("/{value}")),
        get(format!("/v1/{value}?token={value}&access_token={value}")),
        get(format!("/v1/organizations/{value}/authorization_tokens/{value}")),
        get(key.tokens(&format!("/{value}"))),
        get(key.tokens(&format!("?page={value}&filter=state::{value}"))),
        get(key.tokens("")).header("Authorization", key.basic()),
        get(key.tokens(""))
            .header("X-Request-Id", value)
            .header("Traceparent", value),
        get(key.tokens(""))
            .header("User-Agent", value)
            .header("Referer", format!("http://h/{value}")),
        get(key.tokens(""))
            .header("Cookie", format!("token={value}"))
            .header("X-Forwarded-For", value),
        client
            .request(Method::GET, &key.tokens(""))
            .header("Authorization", format!("Digest {value}")),
        client
            .request(Method::GET, &key.tokens(""))
            .bearer_auth(format!("{value}x")),
        client.request(Method::from_bytes(value.as_bytes()).unwrap(), "/v1/organizations"),
        post().body(value.clone()),
        post().header("Content-Type", value).body("{}"),
        post()
            .header("Content-Type", "application/json")
            .body(format!("{{\"{value}\": ")),
        post().json(&json!({"expires_at": value, "read_enabled": value, value: value})),
        post().header("Idempotency-Key", format!("{value}{value}")),
        client.with(key, Method::DELETE, &key.tokens(&format!("/{value}"))),
        client
            .with(key, Method::PUT, &key.tokens(""))
            .json(&json!({"token": value})),
    ];
    for request in requests {
        let answer = try_send(request).await.unwrap();
        assert!(answer.status < 500, "{answer:?}");
    }
}

const PASSWORD: &str = "Zugspitze-2962";

/// A PostgreSQL that refuses every password, and repeats it in its message, as no good one would.
async fn refuse_passwords(listener: TcpListener) {
    while let Ok((mut stream, _)) = listener.accept().await {
        tokio::spawn(async move { refuse_password(&mut stream).await });
    }
}

async fn refuse_password(stream: &mut TcpStream) -> std::io::Result<()> {
    // TLS and Kerberos are asked for first, with a request of 8 bytes, and declined with one letter.
    let mut length = stream.read_u32().await?;
    while length == 8 {
        stream.read_u32().await?;
        stream.write_all(b"N").await?;
        length = stream.read_u32().await?;
    }
    let mut rest = vec![0; usize::try_from(length).unwrap() - 4];
    stream.read_exact(&mut rest).await?;
    stream.write_all(b"R\0\0\0\x08\0\0\0\x03").await?;
    stream.read_u8().await?;
    let mut password = vec![0; usize::try_from(stream.read_u32().await?).unwrap() - 4];
    stream.read_exact(&mut password).await?;
    let said = String::from_utf8_lossy(&password).replace('\0', "");
    assert_eq!(said, PASSWORD);
    let fields = format!("SFATAL\0C28P01\0Mpassword authentication failed, the password {said} is wrong\0\0");
    stream.write_all(b"E").await?;
    stream.write_u32(u32::try_from(fields.len() + 4).unwrap()).await?;
    stream.write_all(fields.as_bytes()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_password_of_the_database_is_not_told() {
    let site = Site::untouched(Kind::Sqlite);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let refusing = listener.local_addr().unwrap();
    tokio::spawn(refuse_passwords(listener));
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let urls = [
        format!("postgres://symbolon:{PASSWORD}@{refusing}/symbolon"),
        format!("postgres://symbolon:{PASSWORD}@{closed}/symbolon"),
        format!("postgres://symbolon:{PASSWORD}@no-such-host.invalid/symbolon"),
        format!("postgres://symbolon@{refusing}/symbolon?password={PASSWORD}"),
        format!("postgres://symbolon:{PASSWORD}@{refusing}/symbolon?no_such_parameter=1"),
        format!("mysql://symbolon:{PASSWORD}@db.example.org/symbolon"),
        format!("postgres://symbolon:a@{PASSWORD}@db.example.org/symbolon"),
        format!("postgres://symbolon:{PASSWORD}@{refusing}:nonsense/symbolon"),
    ];
    for url in &urls {
        for command in [
            Service::ANYWHERE,
            &["doctor"],
            &["doctor", "--json"],
            &["migrate"],
        ] {
            let options = ["--log", "trace", "--database", url];
            let printed = site.run(&[command, &options].concat());
            assert_ne!(printed.code, 0, "{command:?} with {url}");
            let said = format!("{}{}", printed.stdout, printed.stderr);
            assert!(!said.is_empty());
            assert!(!said.contains(PASSWORD), "{command:?} with {url}: {said}");
        }
    }
    // A long help names the environment's values, but not this one.
    let mut help = site.command(&["serve", "--help"]);
    help.env("SYMBOLON_DATABASE", &urls[0]);
    let help = help.output().unwrap();
    assert!(!String::from_utf8_lossy(&help.stdout).contains(PASSWORD));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_loses_its_database_does_not_tell_its_password() {
    let site = Site::new(Kind::Postgres);
    let key = site.organization("Acclaim");
    let url = site.postgres().url().to_owned();
    let separator = if url.contains('?') { '&' } else { '?' };
    let with_secret = format!("{url}{separator}sslpassword={PASSWORD}");
    let mut service = site.serve_with(&["--log", "trace", "--database", &with_secret]);
    let client = service.client();
    client.current(&key).await.expect(200);
    let name = url.split('?').next().unwrap().rsplit('/').next().unwrap();
    // Nobody is let in any more, and who is in is thrown out.
    let other = Site::untouched(Kind::Postgres);
    let _ = other.postgres().query(&format!(
        "ALTER DATABASE {name} ALLOW_CONNECTIONS false; \
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    ));
    client.current(&key).await.refused(503, "unavailable");
    client.look("/readyz").await.expect(503);
    let _ = other
        .postgres()
        .query(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    client.current(&key).await.expect(200);
    assert_eq!(service.stop().code(), Some(0));
    let log = service.stderr.to_the_end();
    assert!(log.contains("the store cannot answer"), "{log}");
    assert!(!log.contains(PASSWORD), "{log}");
    let printed: Value = site.json(&["organizations", "list"]);
    assert!(!printed.to_string().contains(PASSWORD));
}
