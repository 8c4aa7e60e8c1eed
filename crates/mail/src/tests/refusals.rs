//! What is made of a refusal.

use symbolon_domain::port::mailer::{Mailer as _, MailerError};

use self::Verdict::{Later, Never};
use super::{
    server::Server,
    smtp::{Granted, later, mailer, mailer_to, sample},
};

/// To what a mail server says which answer, what is made of it.
const REFUSALS: [(&str, &str, Verdict); 20] = [
    (
        "RCPT",
        "550 no such user",
        Never("the mail server refused the address (550)"),
    ),
    (
        "RCPT",
        "553 5.1.3 bad",
        Never("the mail server refused the address (553)"),
    ),
    (
        "RCPT",
        "501 5.1.3 bad",
        Never("the mail server refused the address (501)"),
    ),
    (
        "RCPT",
        "450 later",
        Later("the mail server refused the address (450)"),
    ),
    (
        "RCPT",
        "554 5.7.1 Relay access denied",
        Later("the mail server refused the address (554)"),
    ),
    (
        "RCPT",
        "530 log in",
        Later("the mail server refused the address (530)"),
    ),
    (
        "RCPT",
        "503 sequence",
        Later("the mail server refused the address (503)"),
    ),
    (
        "RCPT",
        "552 5.2.2 full",
        Later("the mail server refused the address (552)"),
    ),
    (
        "CONTENT",
        "451 busy",
        Later("the mail server refused the mail (451)"),
    ),
    (
        "CONTENT",
        "554 no",
        Never("the mail server refused the mail (554)"),
    ),
    (
        "CONTENT",
        "550 5.7.26 unauthenticated",
        Later("the mail server refused the mail (550)"),
    ),
    ("DATA", "554 no", Never("the mail server refused the mail (554)")),
    (
        "MAIL",
        "550 not you",
        Later("the mail server refused the sender's address (550)"),
    ),
    (
        "MAIL",
        "451 busy",
        Later("the mail server refused the sender's address (451)"),
    ),
    (
        "GREETING",
        "554 go away",
        Later("the mail server takes no mail from this service (554)"),
    ),
    (
        "GREETING",
        "421 busy",
        Later("the mail server takes no mail from this service (421)"),
    ),
    (
        "EHLO",
        "550 no",
        Later("the mail server takes no mail from this service (550)"),
    ),
    (
        "AUTH",
        "535 5.7.8 no",
        Later("the mail server refused the user name or the password (535)"),
    ),
    (
        "AUTH",
        "454 later",
        Later("the mail server refused the user name or the password (454)"),
    ),
    (
        "EHLO",
        "250 test",
        Later("the mail server offers no way to log in that is known here"),
    ),
];

#[derive(Clone, Copy)]
enum Verdict {
    Later(&'static str),
    Never(&'static str),
}

#[tokio::test]
async fn refusals_are_told_apart() {
    for (word, answer, verdict) in REFUSALS {
        let expected = match verdict {
            Later(text) => later(text),
            Never(text) => never(text),
        };
        let server = Server::start(&[(word, Some(answer))]).await;
        let mailer = mailer(&format!("smtp://user:password@{}", server.address));
        assert_eq!(
            mailer.send(&sample().letter(), &Granted).await,
            expected,
            "{word} {answer}"
        );
    }
}

#[tokio::test]
async fn nothing_that_a_mail_server_says_is_repeated() {
    let server = Server::start(&[("RCPT", Some("550 5.1.1 canary\u{1b}[31m\u{7}"))]).await;
    let error = mailer_to(&server)
        .send(&sample().letter(), &Granted)
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "the mail server refused the address (550)");
    assert!(!format!("{error:?}").contains("canary"));
}

fn never<T>(text: &str) -> Result<T, MailerError> {
    Err(MailerError::Never(text.to_owned()))
}
