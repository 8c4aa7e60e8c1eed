//! The mail server.

use symbolon_tests::{Behaviour, Certificate, Raw, SmtpDemands, SmtpServer};

const MAIL: &str = "Subject: Hello\r\nContent-Type: text/plain\r\n\r\n..A line with a dot\r\n.\r\n";

/// Connects, and gets through the greetings; returns what the server offers.
async fn connect(server: &SmtpServer) -> (Raw, String) {
    let mut raw = Raw::to(([127, 0, 0, 1], server.port()).into()).await;
    assert!(raw.line().await.starts_with("220 "));
    let offered = greet(&mut raw).await;
    (raw, offered)
}

async fn greet(raw: &mut Raw) -> String {
    raw.send("EHLO client.example\r\n").await;
    let mut offered = String::new();
    loop {
        let line = raw.line().await;
        offered.push_str(&line);
        if !line.starts_with("250-") {
            return offered;
        }
    }
}

/// The code of the answer to a line; none where the connection ended.
async fn code(raw: &mut Raw, line: &str) -> Option<u16> {
    raw.send(line).await;
    let answer = raw.line().await;
    (!answer.is_empty()).then(|| answer.split_at(3).0.parse().unwrap())
}

/// Sends a mail, and returns the code of the first refusal, or of the end.
async fn deliver(raw: &mut Raw) -> Option<u16> {
    for (line, wanted) in [
        ("MAIL FROM:<service@example.org>\r\n", 250),
        ("RCPT TO:<ada@example.org>\r\n", 250),
        ("DATA\r\n", 354),
    ] {
        let said = code(raw, line).await;
        if said != Some(wanted) {
            return said;
        }
    }
    code(raw, MAIL).await
}

/// What becomes of a mail, of the connection, and of the next mail.
async fn played(behaviour: Behaviour) -> (Option<u16>, bool, usize) {
    let server = SmtpServer::start().await;
    server.next(behaviour, 1).await;
    let (mut raw, _) = connect(&server).await;
    let said = deliver(&mut raw).await;
    let is_open = said.is_some() && code(&mut raw, "NOOP\r\n").await == Some(250);
    let kept = server.mails().await.len();
    let (mut raw, _) = connect(&server).await;
    assert_eq!(
        deliver(&mut raw).await,
        Some(250),
        "{behaviour:?} is for one mail"
    );
    assert_eq!(server.mails().await.len(), kept + 1);
    (said, is_open, kept)
}

#[tokio::test]
async fn a_mail_is_kept_as_it_came() {
    let server = SmtpServer::start().await;
    assert_eq!(server.mails().await, []);
    let (mut raw, _) = connect(&server).await;
    assert_eq!(deliver(&mut raw).await, Some(250));
    assert_eq!(deliver(&mut raw).await, Some(250));
    let mails = server.wait_for_mails(2).await;
    let [mail, another] = mails.as_slice() else {
        panic!("{mails:?}")
    };
    assert_eq!(mail, another);
    assert_eq!(mail.from, "service@example.org");
    assert_eq!(mail.to, ["ada@example.org"]);
    assert_eq!(
        String::from_utf8_lossy(&mail.raw),
        "Subject: Hello\r\nContent-Type: text/plain\r\n\r\n.A line with a dot\r\n"
    );
    assert_eq!(mail.subject(), "Hello");
    assert!(!mail.over_tls);
    assert_eq!(mail.user, None);
}

#[tokio::test]
async fn every_behaviour_is_played() {
    for (behaviour, expected) in [
        (Behaviour::Accept, (Some(250), true, 1)),
        (Behaviour::Refuse(451), (Some(451), true, 0)),
        (Behaviour::Refuse(550), (Some(550), true, 0)),
        (Behaviour::Refuse(421), (Some(421), false, 0)),
        (Behaviour::RefuseRecipient(550), (Some(550), true, 0)),
        (Behaviour::Drop, (None, false, 0)),
        (Behaviour::KeepAndDrop, (None, false, 1)),
        (Behaviour::AcceptAndClose, (Some(250), false, 1)),
    ] {
        assert_eq!(played(behaviour).await, expected, "{behaviour:?}");
    }
}

#[tokio::test]
async fn behaviours_queue_up() {
    let server = SmtpServer::start().await;
    server.next(Behaviour::Refuse(451), 2).await;
    server.next(Behaviour::Refuse(550), 1).await;
    let (mut raw, _) = connect(&server).await;
    let mut said = Vec::new();
    for _ in 0..4 {
        said.extend(deliver(&mut raw).await);
    }
    assert_eq!(said, [451, 451, 550, 250]);
}

#[tokio::test]
async fn a_reply_is_held_until_it_is_released() {
    let server = SmtpServer::start().await;
    server.next(Behaviour::Hold, 1).await;
    let (mut raw, _) = connect(&server).await;
    let delivery = tokio::spawn(async move { deliver(&mut raw).await });
    // Kept already, though nobody was told.
    assert_eq!(server.wait_for_mails(1).await.len(), 1);
    // Another client is not held up.
    let (mut raw, _) = connect(&server).await;
    assert_eq!(deliver(&mut raw).await, Some(250));
    assert!(!delivery.is_finished());
    server.release().await;
    assert_eq!(delivery.await.unwrap(), Some(250));
}

#[tokio::test]
async fn tls_is_demanded() {
    let certificate = Certificate::self_signed();
    let demands = SmtpDemands {
        starttls: Some(&certificate),
        ..SmtpDemands::default()
    };
    let server = SmtpServer::start_with(demands).await;
    let (mut raw, offered) = connect(&server).await;
    assert!(offered.contains("STARTTLS"), "{offered}");
    assert_eq!(deliver(&mut raw).await, Some(530));
    assert_eq!(code(&mut raw, "STARTTLS\r\n").await, Some(220));
    // What is no handshake gets no answer in plain text.
    raw.send("EHLO client.example\r\n").await;
    assert!(!raw.until_closed().await.contains("250"));
    assert_eq!(server.mails().await, []);
}

#[tokio::test]
async fn a_login_is_demanded() {
    let demands = SmtpDemands {
        login: Some(("symbolon", "password")),
        ..SmtpDemands::default()
    };
    let server = SmtpServer::start_with(demands).await;
    let (mut raw, offered) = connect(&server).await;
    assert!(offered.contains("AUTH") && offered.contains("PLAIN"), "{offered}");
    assert_eq!(deliver(&mut raw).await, Some(530));
    // "\0symbolon\0wrong", then "\0symbolon\0password".
    assert_eq!(
        code(&mut raw, "AUTH PLAIN AHN5bWJvbG9uAHdyb25n\r\n").await,
        Some(535)
    );
    assert_eq!(
        code(&mut raw, "AUTH PLAIN AHN5bWJvbG9uAHBhc3N3b3Jk\r\n").await,
        Some(235)
    );
    assert_eq!(deliver(&mut raw).await, Some(250));
    let mails = server.wait_for_mails(1).await;
    assert_eq!(mails[0].user.as_deref(), Some("symbolon"));
}
