//! The mailer that sends nothing.

use std::sync::Arc;

use crate::Catcher;
use symbolon_domain::{
    id::MailId,
    mail::MailKind,
    port::{clock::Clock, mailer::Mailer},
    recipient::Locale,
    template::TemplateKind,
    time::Timestamp,
};
use uuid::Uuid;

use super::{
    sample::{Sample, letterhead, now},
    smtp::Granted,
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

#[tokio::test]
async fn mails_are_kept_newest_first() {
    let catcher = Catcher::new(letterhead(), Arc::new(Still));
    let mailer: &dyn Mailer = &catcher;
    for number in [1, 2, 1] {
        mailer.send(&sample(number).letter(), &Granted).await.unwrap();
    }
    let ids: Vec<_> = catcher.list().iter().map(|caught| caught.mail.mail).collect();
    assert_eq!(ids, [sample(1).mail.id, sample(2).mail.id]);
    let caught = catcher.get(sample(2).mail.id).unwrap();
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
    assert_eq!(catcher.get(sample(3).mail.id), None);
    assert!(!format!("{catcher:?} {caught:?}").contains("symrec_"));
}

#[tokio::test]
async fn the_oldest_mails_are_forgotten() {
    let catcher = Catcher::new(letterhead(), Arc::new(Still));
    for number in 0..205 {
        catcher.send(&sample(number).letter(), &Granted).await.unwrap();
    }
    assert_eq!(catcher.list().len(), Catcher::MAX);
    assert!(catcher.get(sample(4).mail.id).is_none());
    assert!(catcher.get(sample(5).mail.id).is_some());
}
