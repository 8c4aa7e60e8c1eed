//! The promises of [`Notices`](symbolon_domain::port::notices::Notices).

mod announcing;
mod keeping;
mod races;
mod settling;
mod taking;

pub use announcing::*;
pub use keeping::*;
pub use races::*;
pub use settling::*;
pub use taking::*;

use symbolon_domain::{
    id::NoticeId,
    notice::{Notice, NoticeDossier, NoticeSubject},
    port::outbox::Attempt,
    time::Timestamp,
};

use crate::{
    sample::now,
    scene::{Stage, ok},
};

/// Until when whoever takes a notice at [`now`] has it.
fn lease() -> Timestamp {
    now().plus_seconds(30)
}

/// Takes what has been due the longest.
async fn take(stage: &Stage, at: Timestamp) -> Option<NoticeDossier> {
    ok(stage.notices.take_due(at, at.plus_seconds(30)).await)
}

/// The ids of all that is due, in the order in which it is taken.
async fn take_all(stage: &Stage, at: Timestamp) -> Vec<NoticeId> {
    let mut taken = Vec::new();
    while let Some(dossier) = take(stage, at).await {
        taken.push(dossier.notice.id);
    }
    taken
}

/// A notice to the owner's contact, kept.
async fn queued(stage: &Stage) -> Notice {
    queued_at(stage, now()).await
}

/// The same, due at this instant.
async fn queued_at(stage: &Stage, due_at: Timestamp) -> Notice {
    let notice = Notice {
        due_at,
        ..stage.samples.notice(stage.owner.id, NoticeSubject::ProofsChanged)
    };
    ok(stage.notices.queue(&notice).await);
    notice
}

/// The notice as it is kept, while it is pending.
async fn pending(stage: &Stage, id: NoticeId) -> Option<Notice> {
    stage.pending_notice(id).await.map(|dossier| dossier.notice)
}

/// The notice as it is kept, unless it is sent or dropped.
async fn unsent(stage: &Stage, id: NoticeId) -> Option<Notice> {
    let unsent = stage.unsent_of(stage.owner.id).await;
    unsent.into_iter().find(|notice| notice.id == id)
}

fn sent() -> Attempt {
    Attempt::Sent { at: now() }
}

fn again(due_at: Timestamp) -> Attempt {
    Attempt::Again {
        due_at,
        failure: "it is busy".to_owned(),
    }
}

fn failed() -> Attempt {
    Attempt::Failed {
        failure: "it is shut".to_owned(),
    }
}
