//! Sending mail: what is sent, when it is tried again, and when it is given up.

use std::sync::Mutex;

use super::{
    providers::{connection, signed_in},
    support::{issued, organization, ports, with_other_keys},
};
use async_trait::async_trait;
use symbolon_domain::{
    activity::RequestOrigin,
    id::MailId,
    mail::{Letter, MAX_ATTEMPTS, MailKind, MailState},
    notice::NoticeLetter,
    port::{
        Ports,
        access_tokens::{AccessChange, ResetRequesting},
        clock::Clock as _,
        mailer::{Mailer, MailerError, Permission},
    },
    service::{
        caller::Authority,
        change_access::RevokeAccess,
        deliver_mail::{DeliverMail, Delivery, LEASE_SECONDS},
        issue_credentials::MadeCredential,
        open_link::OpenLink,
        request_reset::RequestReset,
    },
};

/// A mailer that keeps what it is given, and answers what a test has it answer.
struct Recorder {
    answer: Result<(), MailerError>,
    letters: Mutex<Vec<(MailId, MailKind, Option<String>)>>,
}

impl Recorder {
    fn answering(answer: Result<(), MailerError>) -> Self {
        Self {
            answer,
            letters: Mutex::default(),
        }
    }

    fn letters(&self) -> Vec<(MailId, MailKind, Option<String>)> {
        self.letters.lock().unwrap().clone()
    }
}

#[async_trait]
impl Mailer for Recorder {
    async fn send(&self, letter: &Letter<'_>, permission: &dyn Permission) -> Result<(), MailerError> {
        if !permission.is_given().await {
            return Err(MailerError::Withdrawn);
        }
        let secret = letter.secret.map(|secret| secret.expose().to_owned());
        let kept = (letter.mail.id, letter.mail.kind, secret);
        self.letters.lock().unwrap().push(kept);
        self.answer.clone()
    }

    async fn notify(&self, _: &NoticeLetter<'_>, _: &dyn Permission) -> Result<(), MailerError> {
        panic!("mail to recipients is no notice")
    }
}

async fn deliver(ports: &Ports, mailer: &Recorder) -> Delivery {
    DeliverMail { mailer }.run(ports).await.unwrap()
}

async fn state(ports: &Ports, made: &MadeCredential) -> (MailState, u32) {
    let (owner, id) = (made.dossier.organization.id, made.dossier.recipient.id);
    let mails = ports.outbox.about(owner, &[id]).await.unwrap();
    let first = mails.first().unwrap();
    (first.state, first.attempts)
}

#[tokio::test]
async fn a_link_is_mailed_once_and_opens() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let mailer = Recorder::answering(Ok(()));
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Sent);
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Idle);
    assert_eq!(state(&ports, &made).await, (MailState::Sent, 1));

    let letters = mailer.letters();
    let [(_, MailKind::Access, Some(value))] = letters.as_slice() else {
        panic!("one letter, with the link");
    };
    let secret = made.secret.unwrap();
    assert_eq!(value, secret.expose());
    let link = OpenLink { secret: &secret };
    let found = link.run(&ports).await.unwrap().unwrap();
    assert_eq!(found.recipient.id, made.dossier.recipient.id);
}

#[tokio::test]
async fn attempts_grow_rarer_and_end_under_one_message_id() {
    let (ports, clock) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let busy = || MailerError::Later("421".to_owned());
    let mailer = Recorder::answering(Err(busy()));
    let pauses = [
        10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800, 43_200,
    ];
    for (attempts, pause) in (1..).zip(pauses) {
        assert_eq!(deliver(&ports, &mailer).await, Delivery::Again("421".to_owned()));
        assert_eq!(state(&ports, &made).await, (MailState::Pending, attempts));
        clock.advance(pause * 1_000 - 1);
        assert_eq!(deliver(&ports, &mailer).await, Delivery::Idle);
        clock.advance(1);
    }
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Failed("421".to_owned()));
    assert_eq!(state(&ports, &made).await, (MailState::Failed, 13));
    clock.advance(1 << 40);
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Idle);
    let letters = mailer.letters();
    assert_eq!(letters.len(), 13);
    assert!(letters.iter().all(|(id, ..)| *id == letters[0].0));
}

/// A mailer that has to wait for the mail server, while an administrator is quicker.
struct Slow<'a> {
    ports: &'a Ports,
    revoked: &'a MadeCredential,
}

#[async_trait]
impl Mailer for Slow<'_> {
    async fn send(&self, _: &Letter<'_>, permission: &dyn Permission) -> Result<(), MailerError> {
        assert!(permission.is_given().await);
        let owner = &self.revoked.dossier.organization;
        let revoke = RevokeAccess {
            authority: Authority::Operator(owner),
            recipient: self.revoked.dossier.recipient.id,
        };
        assert_eq!(revoke.run(self.ports).await.unwrap(), AccessChange::Changed);
        assert!(!permission.is_given().await);
        Err(MailerError::Withdrawn)
    }

    async fn notify(&self, _: &NoticeLetter<'_>, _: &dyn Permission) -> Result<(), MailerError> {
        panic!("mail to recipients is no notice")
    }
}

#[tokio::test]
async fn what_is_revoked_at_the_last_moment_is_not_sent() {
    let (ports, clock) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let slow = Slow {
        ports: &ports,
        revoked: &made,
    };
    let deliver = DeliverMail { mailer: &slow };
    assert_eq!(deliver.run(&ports).await.unwrap(), Delivery::Withdrawn);
    assert_eq!(state(&ports, &made).await, (MailState::Dropped, 1));
    clock.advance(1 << 40);
    let mailer = Recorder::answering(Ok(()));
    let deliver = DeliverMail { mailer: &mailer };
    assert_eq!(deliver.run(&ports).await.unwrap(), Delivery::Idle);
}

/// Whoever sends it dies each time, so nothing is ever heard of an attempt.
#[tokio::test]
async fn a_mail_that_breaks_whoever_sends_it_is_given_up() {
    let (ports, clock) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    for attempts in 1..=MAX_ATTEMPTS {
        let now = clock.now();
        let taken = ports.outbox.take_due(now, now.plus_seconds(LEASE_SECONDS)).await;
        assert_eq!(taken.unwrap().unwrap().0.attempts, attempts);
        clock.advance(LEASE_SECONDS * 1_000);
    }
    let mailer = Recorder::answering(Ok(()));
    assert!(matches!(deliver(&ports, &mailer).await, Delivery::Failed(_)));
    assert_eq!(mailer.letters(), []);
    assert_eq!(state(&ports, &made).await, (MailState::Failed, MAX_ATTEMPTS + 1));
    clock.advance(1 << 40);
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Idle);
}

#[tokio::test]
async fn what_the_mail_server_refuses_for_good_is_given_up() {
    let (ports, clock) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let mailer = Recorder::answering(Err(MailerError::Never("550".to_owned())));
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Failed("550".to_owned()));
    clock.advance(1 << 40);
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Idle);
    assert_eq!(state(&ports, &made).await, (MailState::Failed, 1));
}

#[tokio::test]
async fn a_worker_that_dies_loses_nothing() {
    let (ports, clock) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let now = ports.clock.now();
    let lost = ports
        .outbox
        .take_due(now, now.plus_seconds(LEASE_SECONDS))
        .await
        .unwrap();
    let mailer = Recorder::answering(Ok(()));
    clock.advance(LEASE_SECONDS * 1_000 - 1);
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Idle);
    clock.advance(1);
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Sent);
    let ids: Vec<_> = mailer.letters().into_iter().map(|(id, ..)| id).collect();
    assert_eq!(ids, [lost.unwrap().0.id]);
    assert_eq!(state(&ports, &made).await, (MailState::Sent, 2));
}

#[tokio::test]
async fn a_link_that_does_not_unseal_waits_for_the_right_keys() {
    let (ports, clock) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let mailer = Recorder::answering(Ok(()));
    let without_key = with_other_keys(&ports);
    let delivery = deliver(&without_key, &mailer).await;
    assert!(matches!(delivery, Delivery::Again(_)), "{delivery:?}");
    assert_eq!(mailer.letters(), []);
    clock.advance(10_000);
    assert_eq!(deliver(&ports, &mailer).await, Delivery::Sent);
    assert_eq!(state(&ports, &made).await, (MailState::Sent, 2));
}

#[tokio::test]
async fn only_mail_with_a_link_carries_the_value() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    signed_in(&ports, "ada", Some(made.dossier.token.id)).await;
    let secret = made.secret.unwrap();
    let dossier = OpenLink { secret: &secret }.look(&ports).await.unwrap().unwrap();
    let request = RequestReset {
        dossier: &dossier,
        connection: Some(&connection("grace")),
        origin: RequestOrigin::default(),
    };
    assert_eq!(request.run(&ports).await.unwrap(), ResetRequesting::Requested);
    let mailer = Recorder::answering(Ok(()));
    while deliver(&ports, &mailer).await == Delivery::Sent {}
    let mut letters: Vec<_> = mailer
        .letters()
        .into_iter()
        .map(|(_, kind, secret)| (kind.name(), secret.is_some()))
        .collect();
    letters.sort_unstable();
    let wanted = [("access", true), ("claimed", false), ("reset_requested", false)];
    assert_eq!(letters, wanted);
}
