//! The promises of [`Outbox`](symbolon_domain::port::outbox::Outbox).

mod keeping;
mod posting;
mod races;
mod resending;
mod settling;
mod taking;

pub use keeping::*;
pub use posting::*;
pub use races::*;
pub use resending::*;
pub use settling::*;
pub use taking::*;

use symbolon_domain::{
    access_token::Dossier,
    id::MailId,
    mail::{Mail, MailState},
    port::recipients::NewRecipient,
    time::Timestamp,
};

use crate::{
    sample::now,
    scene::{Stage, ok},
};

/// Until when whoever takes a mail at [`now`] has it.
fn lease() -> Timestamp {
    now().plus_seconds(30)
}

/// Takes what has been due the longest.
async fn take(stage: &Stage, at: Timestamp) -> Option<(Mail, Dossier)> {
    ok(stage.outbox.take_due(at, at.plus_seconds(30)).await)
}

/// The ids of all that is due, in the order in which it is taken.
async fn take_all(stage: &Stage, at: Timestamp) -> Vec<MailId> {
    let mut taken = Vec::new();
    while let Some((mail, _)) = take(stage, at).await {
        taken.push(mail.id);
    }
    taken
}

/// What became of a mail about this recipient.
async fn state_of(stage: &Stage, new: &NewRecipient, id: MailId) -> MailState {
    let mails = stage.mails(new).await;
    let mail = mails.iter().find(|mail| mail.id == id);
    mail.expect("a mail that was queued is kept").state
}

/// The mail that came with an issue.
fn first_mail(new: &NewRecipient) -> &Mail {
    new.mail.as_ref().expect("the sample has a mail")
}
