//! The mailer that sends nothing.

use std::sync::Arc;

use crate::{Catcher, PostId};
use symbolon_domain::{
    id::MailId,
    mail::MailKind,
    port::{
        clock::Clock,
        mailer::{Mailer, MailerError},
    },
    recipient::Locale,
    template::TemplateKind,
    time::Timestamp,
};
use uuid::Uuid;

use super::{
    notice_sample::{NoticeSample, subjects},
    sample::{Sample, letterhead, now},
    smtp::{Granted, Refused},
};

/// Stands still.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        now()
    }
}

fn sample(number: u128) -> Sample {
    let mut sample = Sample::new(MailKind::Access, TemplateKind::Badge, Locale::English);
    sample.mail.id = MailId::from_uuid(Uuid::from_u128(number));
    sample
}

fn id(number: u128) -> String {
    sample(number).mail.id.to_string()
}

#[tokio::test]
async fn mails_are_kept_newest_first() {
    let catcher = Catcher::new(letterhead(), Arc::new(Still));
    let mailer: &dyn Mailer = &catcher;
    for number in [1, 2, 1] {
        mailer.send(&sample(number).letter(), &Granted).await.unwrap();
    }
    let ids: Vec<_> = catcher.list().iter().map(|caught| caught.mail.mail).collect();
    assert_eq!(ids, [1, 2].map(|number| PostId::Mail(sample(number).mail.id)));
    let caught = catcher.get(&id(2)).unwrap();
    assert_eq!(caught.at, now());
    assert_eq!(caught.mail, sample(2).rendered());
    assert!(caught.headers.starts_with("From: "));
    assert!(
        caught
            .headers
            .lines()
            .any(|line| line == "Auto-Submitted: auto-generated")
    );
    assert!(!caught.headers.contains("symrec_") && !caught.headers.contains('\r'));
    assert_eq!(catcher.get(&id(3)), None);
    assert!(!format!("{catcher:?} {caught:?}").contains("symrec_"));
}

#[tokio::test]
async fn the_oldest_mails_are_forgotten() {
    let catcher = Catcher::new(letterhead(), Arc::new(Still));
    for number in 0..205 {
        catcher.send(&sample(number).letter(), &Granted).await.unwrap();
    }
    assert_eq!(catcher.list().len(), Catcher::MAX);
    assert!(catcher.get(&id(4)).is_none());
    assert!(catcher.get(&id(5)).is_some());
}

#[tokio::test]
async fn notices_are_kept_among_the_mails() {
    let catcher = Catcher::new(letterhead(), Arc::new(Still));
    let mailer: &dyn Mailer = &catcher;
    let [invitation, ..] = subjects().map(NoticeSample::new);
    mailer.send(&sample(1).letter(), &Granted).await.unwrap();
    for _ in 0..2 {
        mailer.notify(&invitation.letter(), &Granted).await.unwrap();
    }
    let notice = invitation.dossier.notice.id;
    let ids: Vec<_> = catcher.list().iter().map(|caught| caught.mail.mail).collect();
    assert_eq!(ids, [PostId::Notice(notice), PostId::Mail(sample(1).mail.id)]);
    let caught = catcher.get(&notice.to_string()).unwrap();
    assert_eq!(caught.mail, invitation.rendered());
    assert!(!format!("{} {caught:?}", caught.headers).contains("symlnk_"));
}

#[tokio::test]
async fn what_is_withdrawn_at_the_last_moment_is_not_kept() {
    let catcher = Catcher::new(letterhead(), Arc::new(Still));
    for sample in subjects().map(NoticeSample::new) {
        let refused = Refused::default();
        let answer = catcher.notify(&sample.letter(), &refused).await;
        assert_eq!(answer, Err(MailerError::Withdrawn));
        assert!(refused.was_asked_for());
    }
    let withdrawn = catcher.send(&sample(1).letter(), &Refused::default()).await;
    assert_eq!(withdrawn, Err(MailerError::Withdrawn));
    assert!(catcher.list().is_empty());
}
