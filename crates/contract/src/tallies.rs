//! The promises of [`Tallies`](symbolon_domain::port::tallies::Tallies).
//!
//! `recount` counts what the other ports show; whatever was done, the numbers are those.

mod days;
mod failures;
mod places;
mod races;
mod recount;
mod removal;
mod settling;
mod steps;
mod walk;

pub use days::*;
pub use failures::*;
pub use places::*;
pub use races::*;
pub use removal::*;
pub use settling::*;
pub use steps::*;
pub use walk::*;

use symbolon_domain::{
    access_token::AccessToken,
    activity::Action,
    mail::{Mail, MailKind, MailState},
    port::{
        access_tokens::AccessRecord,
        outbox::Attempt,
        recipients::{Correction, NewRecipient},
        tallies::Numbers,
    },
    recipient::Recipient,
    template::Template,
    text::MailAddress,
    time::Timestamp,
};

use crate::{
    sample::now,
    scene::{Stage, ok},
};

/// The numbers of the owner.
async fn numbers(stage: &Stage) -> Numbers {
    ok(stage.tallies.of_organization(stage.owner.id).await)
}

/// The numbers of a template.
async fn numbers_of(stage: &Stage, template: &Template) -> Numbers {
    let counted = stage
        .tallies
        .of_templates(template.organization, &[template.id])
        .await;
    match ok(counted).as_slice() {
        [numbers] => *numbers,
        other => panic!("one template has its numbers, not those of {}", other.len()),
    }
}

/// Brings everything together that there is to bring together.
async fn settle_all(stage: &Stage) {
    while ok(stage.tallies.settle().await) {}
}

/// A recipient on this template, changed so before they are kept.
async fn recipient_with(
    stage: &Stage,
    template: &Template,
    change: impl FnOnce(&mut Recipient),
) -> NewRecipient {
    let mut recipient = stage.samples.recipient(template);
    change(&mut recipient);
    let new = stage.samples.new_for(recipient);
    stage.keep_recipient(&new).await;
    new
}

/// A test recipient on this template, kept.
async fn test_recipient(stage: &Stage, template: &Template) -> NewRecipient {
    recipient_with(stage, template, |recipient| recipient.is_test = true).await
}

/// Opens the link of a token, once.
async fn open(stage: &Stage, token: &AccessToken) {
    ok(stage.access.record_opens(&[(token.id, 1, now())]).await);
}

/// Keeps what became of every mail about a recipient that waits; how many there were.
async fn settle_mail(stage: &Stage, new: &NewRecipient, attempt: &Attempt) -> usize {
    let mut waiting = stage.mails(new).await;
    waiting.retain(|mail| mail.state == MailState::Pending);
    for Mail { id, .. } in &waiting {
        ok(stage.outbox.settle(*id, attempt).await);
    }
    waiting.len()
}

/// Corrects the address of whoever has this token; its successor.
async fn correct(stage: &Stage, current: &AccessToken, address: &MailAddress) -> (Correction, AccessToken) {
    let successor = stage.samples.access_successor(current);
    let mail = stage.samples.mail(&successor, MailKind::Access);
    let entry = stage
        .samples
        .entry(successor.organization, Action::AddressCorrected);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    let corrected = stage
        .recipients
        .correct_mail(successor.organization, address, &successor, record, now());
    (ok(corrected.await), successor)
}

/// A mail server took it.
fn sent() -> Attempt {
    sent_at(now())
}

fn sent_at(at: Timestamp) -> Attempt {
    Attempt::Sent { at }
}

/// No mail server ever takes it.
fn failed() -> Attempt {
    Attempt::Failed {
        failure: "no such mailbox".to_owned(),
    }
}

/// It is busy.
fn again() -> Attempt {
    Attempt::Again {
        due_at: now(),
        failure: "it is busy".to_owned(),
    }
}
