//! The promises of [`SignIns`](symbolon_domain::port::sign_ins::SignIns).

mod finishing;
mod room;

pub use finishing::*;
pub use room::*;

use symbolon_domain::{sign_in::PendingSignIn, time::Timestamp};

use crate::{
    sample::now,
    scene::{Stage, ok},
};

async fn begin(stage: &Stage, sign_in: &PendingSignIn) {
    ok(stage.sign_ins.begin(sign_in, now()).await);
}

async fn finish(stage: &Stage, sign_in: &PendingSignIn, at: Timestamp) -> Option<PendingSignIn> {
    let finished = stage.sign_ins.finish(&sign_in.state, &sign_in.browser, at);
    ok(finished.await)
}
