//! Handing mails over.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crate::{SmtpMailer, SmtpSettings};
use symbolon_domain::{
    mail::MailKind,
    port::mailer::{Mailer, MailerError, Permission},
    recipient::Locale,
    template::TemplateKind,
};
use tokio::time::Instant;

use super::{
    catcher::Still,
    notice_sample::{NoticeSample, subjects},
    sample::{Sample, letterhead},
    server::Server,
};

pub(super) fn sample() -> Sample {
    Sample::new(MailKind::Access, TemplateKind::Badge, Locale::English)
}

/// Nothing stands in the way of any letter.
pub(super) struct Granted;

#[async_trait::async_trait]
impl Permission for Granted {
    async fn is_given(&self) -> bool {
        true
    }
}

pub(super) fn mailer(url: &str) -> SmtpMailer {
    let settings = SmtpSettings::parse(url, None).unwrap();
    SmtpMailer::new(&settings, letterhead(), Arc::new(Still)).unwrap()
}

pub(super) fn mailer_to(server: &Server) -> SmtpMailer {
    mailer(&format!("smtp://{}", server.address))
}

pub(super) fn later<T>(text: &str) -> Result<T, MailerError> {
    Err(MailerError::Later(text.to_owned()))
}

/// A permission that is never given; says whether it was asked for.
#[derive(Default)]
pub(super) struct Refused(AtomicBool);

impl Refused {
    pub(super) fn was_asked_for(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

#[async_trait::async_trait]
impl Permission for Refused {
    async fn is_given(&self) -> bool {
        self.0.store(true, Ordering::SeqCst);
        false
    }
}

/// The connection is there by then, and serves the next mail.
#[tokio::test]
async fn what_is_withdrawn_at_the_last_moment_is_not_handed_over() {
    let server = Server::start(&[]).await;
    let mailer = mailer_to(&server);
    let refused = Refused::default();
    let withdrawn = mailer.send(&sample().letter(), &refused).await;
    assert_eq!(withdrawn, Err(MailerError::Withdrawn));
    assert!(refused.was_asked_for());
    let said = |word: &str| {
        let seen = server.seen();
        seen.commands.iter().filter(|it| it.starts_with(word)).count()
    };
    assert_eq!((said("EHLO"), said("MAIL")), (1, 0));
    mailer.send(&sample().letter(), &Granted).await.unwrap();
    assert_eq!((said("EHLO"), said("MAIL")), (1, 1));
}

#[tokio::test]
async fn a_mail_is_handed_over_once_and_to_one_address() {
    let server = Server::start(&[]).await;
    let mailer = mailer_to(&server);
    assert_eq!(mailer.send(&sample().letter(), &Granted).await, Ok(()));
    let seen = server.seen();
    assert_eq!(
        seen.commands.iter().filter(|it| it.starts_with("RCPT")).count(),
        1
    );
    assert!(
        seen.commands
            .contains(&"MAIL FROM:<credentials@symbolon.example>".to_owned())
    );
    assert!(seen.commands.contains(&"RCPT TO:<ada@example.org>".to_owned()));
    let eml = sample().rendered().to_eml(super::sample::now());
    let eml = String::from_utf8(eml).unwrap().replace("\r\n", "\n");
    assert_eq!(seen.mails, [eml]);
}

#[tokio::test]
async fn notices_are_handed_over_as_mails_are() {
    let server = Server::start(&[]).await;
    let mailer = mailer_to(&server);
    let [invitation, ..] = subjects().map(NoticeSample::new);
    let refused = Refused::default();
    let withdrawn = mailer.notify(&invitation.letter(), &refused).await;
    assert_eq!(withdrawn, Err(MailerError::Withdrawn));
    assert!(refused.was_asked_for() && server.seen().mails.is_empty());
    assert_eq!(mailer.notify(&invitation.letter(), &Granted).await, Ok(()));
    let seen = server.seen();
    assert_eq!(seen.connections, 1);
    assert!(seen.commands.contains(&"RCPT TO:<ada@example.org>".to_owned()));
    let eml = invitation.rendered().to_eml(super::sample::now());
    let eml = String::from_utf8(eml).unwrap().replace("\r\n", "\n");
    assert_eq!(seen.mails, [eml]);

    let mut letter = invitation.letter();
    letter.secret = None;
    assert_eq!(
        mailer.notify(&letter, &Granted).await,
        later("the mail carries a link, and there is none")
    );
}

#[tokio::test]
async fn what_a_mail_server_refuses_of_a_notice_is_told_as_of_a_mail() {
    let server = Server::start(&[("RCPT", Some("550 no such user"))]).await;
    let [invitation, ..] = subjects().map(NoticeSample::new);
    assert_eq!(
        mailer_to(&server).notify(&invitation.letter(), &Granted).await,
        Err(MailerError::Never(
            "the mail server refused the address (550)".to_owned()
        ))
    );
}

#[tokio::test(start_paused = true)]
async fn a_notice_is_given_up_within_its_lease() {
    let server = Server::start(&[("CONTENT", Some("HANG"))]).await;
    let start = Instant::now();
    let [invitation, ..] = subjects().map(NoticeSample::new);
    let answer = mailer_to(&server).notify(&invitation.letter(), &Granted).await;
    assert_eq!(answer, later("the mail server did not answer in time"));
    let seconds = start.elapsed().as_secs_f32();
    assert!((20.0..20.5).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn a_connection_serves_many_mails() {
    let server = Server::start(&[]).await;
    let mailer = mailer_to(&server);
    for _ in 0..5 {
        mailer.send(&sample().letter(), &Granted).await.unwrap();
    }
    assert_eq!(server.seen().mails.len(), 5);
    assert_eq!(server.seen().connections, 1);
}

#[tokio::test]
async fn there_are_at_most_eight_connections() {
    let server = Server::start(&[]).await;
    let mailer = mailer_to(&server);
    let all: Vec<_> = (0..40)
        .map(|_| {
            let mailer = mailer.clone();
            tokio::spawn(async move { mailer.send(&sample().letter(), &Granted).await })
        })
        .collect();
    for one in all {
        assert_eq!(one.await.unwrap(), Ok(()));
    }
    assert_eq!(server.seen().mails.len(), 40);
    assert!((1..=8).contains(&server.seen().connections));
}

#[tokio::test]
async fn a_cut_connection_is_tried_again_later() {
    let broken = || later("the connection to the mail server broke off");
    for word in ["GREETING", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT"] {
        let server = Server::start(&[(word, None)]).await;
        assert_eq!(
            mailer_to(&server).send(&sample().letter(), &Granted).await,
            broken(),
            "{word}"
        );
    }
    let server = Server::start(&[("GREETING", Some("HTTP/1.1 400 Bad Request"))]).await;
    assert_eq!(
        mailer_to(&server).send(&sample().letter(), &Granted).await,
        broken()
    );
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_is_told() {
    let server = Server::start(&[]).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let unreachable = || later("the mail server cannot be reached");
    assert_eq!(
        mailer(&format!("smtp://{free}"))
            .send(&sample().letter(), &Granted)
            .await,
        unreachable()
    );
    assert_eq!(mailer(&format!("smtp://{free}")).check().await, unreachable());
    let no_tls = "TLS could not be agreed upon with the mail server; check its certificate and host name";
    let wrapped = mailer(&format!("smtps://{}", server.address));
    assert_eq!(wrapped.check().await, later(no_tls));
}

#[tokio::test]
async fn without_starttls_nothing_is_sent_where_it_is_required() {
    let server = Server::start(&[]).await;
    let required = mailer(&format!("smtp://user:canary@{}?tls=required", server.address));
    assert_eq!(
        required.send(&sample().letter(), &Granted).await,
        later("the mail server offers no STARTTLS, and without it nothing is sent")
    );
    let commands = server.seen().commands.join("\n");
    assert!(
        !commands.contains("AUTH") && !commands.contains("MAIL"),
        "{commands}"
    );
    let opportunistic = mailer(&format!("smtp://{}?tls=opportunistic", server.address));
    assert_eq!(opportunistic.send(&sample().letter(), &Granted).await, Ok(()));
    // Where it is offered, it is never done without.
    let server = Server::start(&[("EHLO", Some("250-test\r\n250 STARTTLS"))]).await;
    let opportunistic = mailer(&format!("smtp://{}?tls=opportunistic", server.address));
    assert!(matches!(
        opportunistic.send(&sample().letter(), &Granted).await,
        Err(MailerError::Later(_))
    ));
    assert!(server.seen().mails.is_empty());
}

#[tokio::test(start_paused = true)]
async fn no_step_is_waited_for_longer_than_five_seconds() {
    for word in ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"] {
        let server = Server::start(&[(word, Some("HANG"))]).await;
        let start = Instant::now();
        let answer = mailer_to(&server).send(&sample().letter(), &Granted).await;
        assert_eq!(answer, later("the mail server did not answer in time"), "{word}");
        let seconds = start.elapsed().as_secs_f32();
        assert!((5.0..5.5).contains(&seconds), "{word}: {seconds}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_mail_is_given_up_within_its_lease() {
    // The mail server may think about the mail itself for longer than five seconds, and not for ever.
    let server = Server::start(&[("CONTENT", Some("HANG"))]).await;
    let start = Instant::now();
    let answer = mailer_to(&server).send(&sample().letter(), &Granted).await;
    assert_eq!(answer, later("the mail server did not answer in time"));
    let seconds = start.elapsed().as_secs_f32();
    assert!((20.0..20.5).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn a_connection_that_died_while_it_waited_is_replaced() {
    let server = Server::start(&[("NOOP", None)]).await;
    let mailer = mailer_to(&server);
    for _ in 0..3 {
        assert_eq!(mailer.send(&sample().letter(), &Granted).await, Ok(()));
    }
    assert_eq!(server.seen().connections, 3);
}

#[tokio::test(start_paused = true)]
async fn idle_connections_are_closed() {
    let server = Server::start(&[]).await;
    mailer_to(&server)
        .send(&sample().letter(), &Granted)
        .await
        .unwrap();
    assert!(!server.seen().commands.contains(&"QUIT".to_owned()));
    tokio::time::sleep(Duration::from_secs(65)).await;
    assert!(server.seen().commands.contains(&"QUIT".to_owned()));
}

#[tokio::test]
async fn a_check_sends_nothing() {
    let server = Server::start(&[]).await;
    let mailer = mailer(&format!("smtp://user:password@{}", server.address));
    assert_eq!(mailer.check().await, Ok(()));
    let seen = server.seen();
    assert!(seen.commands.iter().any(|command| command.starts_with("AUTH")));
    assert!(!seen.commands.iter().any(|command| command.starts_with("MAIL")));
    let server = Server::start(&[("AUTH", Some("535 no"))]).await;
    let mailer = self::mailer(&format!("smtp://user:password@{}", server.address));
    assert_eq!(
        mailer.check().await,
        later("the mail server refused the user name or the password (535)")
    );
}
