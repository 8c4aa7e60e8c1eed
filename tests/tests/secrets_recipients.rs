//! Nothing that opens a credential, a session or a mail server is written anywhere (C22): not to the log at its most
//! talkative, not to the metrics, not in plain to the database.
#![cfg(test)]

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use symbolon_tests::{
    Arrived, Claimant, Issuer, OpenId, PostOffice, Recipient, Rogue, Service, Site, SmtpDemands, SmtpServer,
    find, http, on_both, try_send,
};
use url::Url;

on_both!(what_opens_a_credential_is_written_nowhere);

const SMTP_PASSWORD: &str = "Watzmann-2713";

/// A secret, and what it is.
type Secret = (&'static str, String);

async fn what_opens_a_credential_is_written_nowhere(site: Site) {
    let rogue = Rogue::start().await;
    let mut post = PostOffice::open(site).await;
    let demands = SmtpDemands {
        login: Some(("symbolon", SMTP_PASSWORD)),
        ..SmtpDemands::default()
    };
    post.smtp = SmtpServer::start_with(demands).await;
    let smtp = format!("smtp://symbolon:{SMTP_PASSWORD}@127.0.0.1:{}", post.smtp.port());
    let mut secrets: Vec<Secret> = vec![
        ("the mail server's password", SMTP_PASSWORD.to_owned()),
        ("the provider's secret for us", OpenId::CLIENT_SECRET.to_owned()),
    ];

    let talkative = ["--smtp", &smtp, "--log", "trace", "--log-format", "json"];
    let mut service = post.with_sign_in_only(&rogue, &talkative);
    let issuer = post.issuer(&service);
    live(&issuer, &service, &mut secrets).await;
    issuer.until_no_mail_waits().await;
    let sent = post.smtp.slips().await.len();
    assert!(sent >= 5, "links were mailed: {sent}");
    let metrics = service.operator().look("/metrics").await.text;
    let mut kept = post.site.kept();
    assert_eq!(service.stop().code(), Some(0));
    kept.extend(post.site.kept());
    let log = service.stderr.to_the_end();
    assert!(log.contains("symbolon::access"), "the log is on");
    assert!(log.lines().count() > 1_000, "the log is talkative");
    let stdout = service.stdout.to_the_end();
    // A service that cannot use what it is told says so without it.
    let refused = refusals(&post, &smtp);

    let places = [
        ("the log", log.as_bytes()),
        ("the standard output", stdout.as_bytes()),
        ("the metrics", metrics.as_bytes()),
        ("the database", kept.as_slice()),
        ("what commands print", refused.as_bytes()),
    ];
    let searched: usize = places.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(
        find(&kept, b"countess@example.org").is_some(),
        "rows are looked at"
    );
    for (what, secret) in &secrets {
        for form in forms(secret) {
            for (place, bytes) in places {
                if let Some(at) = find(bytes, form.as_bytes()) {
                    let around = &bytes[at.saturating_sub(300)..bytes.len().min(at + 100)];
                    panic!("{what} is in {place}: {}", String::from_utf8_lossy(around));
                }
            }
        }
    }
    eprintln!(
        "{:?}: {} secrets looked for in {searched} bytes, {} of them of the log; 0 hits",
        post.site.kind(),
        secrets.len(),
        log.len()
    );
}

/// In what disguises a secret could be written.
fn forms(secret: &str) -> Vec<String> {
    let hex = secret
        .bytes()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let mut forms = vec![
        secret.to_owned(),
        STANDARD.encode(secret).trim_end_matches('=').to_owned(),
        URL_SAFE_NO_PAD.encode(secret),
        STANDARD.encode(format!("\0symbolon\0{secret}")),
        secret.replace(' ', "%20"),
        secret.replace(' ', "+"),
        hex,
    ];
    if let Some(body) = secret.strip_prefix("symrec_") {
        // Without its prefix and checksum it is still the secret.
        forms.push(body[..22].to_owned());
    }
    forms
}

/// What recipients do all the time, and what happens to them.
async fn live(issuer: &Issuer, service: &Service, secrets: &mut Vec<Secret>) {
    let template = issuer.badge_template("Programming").await;
    let mut link = |recipient: &Recipient| {
        let token = recipient.token().to_owned();
        secrets.push(("an access token", token.clone()));
        token
    };
    let ada = issuer.invite(&template, "countess@example.org").await;
    let bob = issuer.invite(&template, "bob@example.org").await;
    let carl = issuer.invite(&template, "carl@example.org").await;
    let tokens = [link(&ada), link(&bob), link(&carl)];
    issuer.replace_access(&carl.id).await;
    let newer = link(&Recipient::of(&issuer.recipient(&carl.id).await));
    let value = format!("/badges/{}/access_token", bob.id);
    let value = issuer.ask(Method::GET, &value, &Value::Null).await;
    assert_eq!(value.expect(200).json["data"]["token"], bob.token());
    issuer.mail_again(&bob.id).await;

    for (number, recipient) in [(1, &ada), (2, &bob)] {
        visit(service, &Claimant::new(number), recipient, secrets).await;
    }
    issuer.reset(&ada.id).await;
    for token in tokens.iter().chain([&newer]) {
        misuse(issuer, service, token).await;
    }
    let states: Vec<String> = secrets
        .iter()
        .filter(|(what, _)| *what != "an access token")
        .map(|(_, secret)| secret.clone())
        .collect();
    for secret in states {
        misuse(issuer, service, &secret).await;
    }
    issuer.revoke_access(&bob.id).await;
    issuer.delete(&carl.id).await;
}

/// A recipient signs in: what is sent to and fro becomes a secret to look for.
async fn visit(service: &Service, claimant: &Claimant, recipient: &Recipient, secrets: &mut Vec<Secret>) {
    let visitor = claimant.visitor();
    let base = format!("http://{}", service.address);
    let host = service.address.ip().to_string();
    let pasted = [("token".to_owned(), format!(" {} ", recipient.link))];
    let opened = visitor
        .send(Method::POST, &format!("{base}/recipient-view"), &pasted)
        .await;
    assert_eq!(opened.status, 303, "{}", opened.text);
    let callback = claimant.set_out(&recipient.link).await.unwrap();
    for (name, value) in callback.query_pairs() {
        match name.as_ref() {
            "code" => secrets.push(("a provider's code", value.into_owned())),
            "state" => secrets.push(("the state of a sign-in", value.into_owned())),
            _ => {}
        }
    }
    for (what, name) in [
        ("the cookie that hands over", "symbolon-access"),
        ("the cookie of a sign-in", "symbolon-sign-in"),
    ] {
        let value = visitor.cookie(&host, name);
        secrets.push((what, value.unwrap_or_else(|| panic!("no {name}"))));
    }
    let arrived = claimant.arrive(&callback).await;
    assert_eq!(arrived, Arrived::AtTheCredential { is_new: true });
    let session = visitor.cookie(&host, "symbolon-session");
    secrets.push(("the cookie of a session", session.expect("a session has begun")));
    assert_eq!(visitor.get(&format!("{base}/credentials")).await.status, 200);
    // Once more: it was used.
    assert_eq!(claimant.arrive(&callback).await, Arrived::Over);
    declined(claimant, &callback).await;
}

/// A provider that repeats what it was sent, in its words about an error.
async fn declined(claimant: &Claimant, callback: &Url) {
    let mut back = callback.clone();
    let all = callback.query().unwrap_or_default().to_owned();
    back.query_pairs_mut()
        .append_pair("error", &all)
        .append_pair("error_description", &all);
    let page = claimant.visitor().get(back.as_str()).await;
    assert_eq!(page.status, 400);
}

/// What happens to secrets: each in every place where it does not belong.
async fn misuse(issuer: &Issuer, service: &Service, secret: &str) {
    let http = http();
    let base = format!("http://{}", service.address);
    let mut address = Url::parse(&base).unwrap();
    address.path_segments_mut().unwrap().push(secret);
    let path = address.path().to_owned();
    address.query_pairs_mut().append_pair("token", secret);
    let query = address.query().unwrap_or_default().to_owned();
    let form = format!("{query}&csrf={query}&provider={query}&mail={query}");
    let get = |path: String| http.get(format!("{base}{path}"));
    let post = |path: &str| {
        http.post(format!("{base}{path}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.clone())
    };
    let cookies = format!("symbolon-access={secret}; symbolon-session={secret}; symbolon-sign-in={secret}");
    let organization = &issuer.key.organization;
    let mut requests: Vec<RequestBuilder> = vec![
        get(format!("/r{path}")),
        get(format!("/r{path}x")),
        get(format!("/r{path}/{query}?{query}")),
        get(format!("{path}?{query}")),
        get(format!("/access?{query}")),
        get(format!("/verify{path}?{query}")),
        get(format!("/verify{path}/image.svg")),
        get(format!("/credentials{path}")),
        get(format!("/credentials{path}{path}")),
        get(format!("/assets{path}")),
        get(format!(
            "/sign-in{path}/callback?state={query}&code={query}&iss={query}"
        )),
        get(format!(
            "/sign-in/rogue/callback?state={}&code={}",
            &path[1..],
            &path[1..]
        )),
        get(format!(
            "/v1/organizations/{organization}/badges{path}?filter=query::{query}&sort={query}"
        )),
        post("/access"),
        post("/access/reset-request"),
        post("/sign-in"),
        post("/recipient-view"),
        post("/retrieve"),
        post("/sign-out"),
        post(&path),
        http.head(format!("{base}/r{path}")),
        http.put(format!("{base}/r{path}")),
        http.get(format!("{base}/v1/organizations")).bearer_auth(secret),
        http.get(format!("{base}/v1/organizations"))
            .basic_auth(secret, Some(secret)),
    ];
    if secret.is_ascii() {
        let odd = get("/access".to_owned())
            .header("cookie", cookies)
            .header("user-agent", secret)
            .header("referer", format!("{base}/r{path}"))
            .header("accept-language", secret)
            .header("x-request-id", secret)
            .header("x-forwarded-for", secret)
            .header("origin", secret);
        requests.push(odd);
    }
    for request in requests {
        let answer = try_send(request).await.unwrap();
        assert!(answer.status < 500, "{answer:?}");
    }
    let badges = [
        json!({ "badge_template_id": secret, "recipient_email": secret, "issued_at": secret, "locale": secret }),
        json!({ secret: secret }),
    ];
    for badge in badges {
        issuer.issue(&badge).await.expect(422);
        let batch = json!({ "badges": [badge, secret] });
        issuer
            .ask(Method::POST, "/badges/batch", &batch)
            .await
            .expect(200);
    }
}

/// What is said where a mail server's URL, or a provider, is of no use.
fn refusals(post: &PostOffice, smtp: &str) -> String {
    let mut said = String::new();
    for url in [
        smtp.replace("smtp://", "http://"),
        smtp.replace("smtp://", ""),
        format!("{smtp}/path"),
        format!("{smtp}?tls=perhaps"),
        smtp.replace("127.0.0.1", "no host"),
    ] {
        let arguments = [Service::ANYWHERE, &["--log", "trace", "--smtp", &url]].concat();
        let printed = post.site.run(&arguments).with_code(2);
        said.push_str(&printed.stdout);
        said.push_str(&printed.stderr);
    }
    for providers in [
        format!("[{{\"client_secret\": \"{}\"}}]", OpenId::CLIENT_SECRET),
        format!("[{{\"client_secret\": \"{}\"", OpenId::CLIENT_SECRET),
        format!("\"{}\"", OpenId::CLIENT_SECRET),
        format!("[{{\"client_id\": 1, \"{}\": 1}}]", OpenId::CLIENT_SECRET),
    ] {
        let mut command = post.site.command(Service::ANYWHERE);
        command.env("SYMBOLON_SIGN_IN", &providers);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{providers}");
        said.push_str(&String::from_utf8_lossy(&output.stdout));
        said.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    said
}
