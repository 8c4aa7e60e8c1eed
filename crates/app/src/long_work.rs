//! Carrying out long work while the service serves: imports, and acts on many recipients.

use std::time::Duration;

use symbolon_domain::port::Ports;
use symbolon_jobs::{Turned, take_turn};

use crate::workers::Stopped;

/// How long a worker that found nothing to do waits before it looks again.
const IDLE: Duration = Duration::from_millis(500);
/// How long it waits after a store that could not answer.
const TROUBLE: Duration = Duration::from_secs(2);

/// Goes on until it is stopped. One for each instance: what people do by hand must not wait for what goes on without them.
pub(crate) async fn work(ports: Ports, mut stopped: Stopped) {
    while !*stopped.borrow() {
        // A task of its own: a row that makes it panic ends a turn, not the worker.
        let (ports, told) = (ports.clone(), stopped.clone());
        let turn = tokio::spawn(async move { take_turn(&ports, &|| *told.borrow()).await });
        let pause = match turn.await {
            Ok(Ok(Turned::Worked)) => Duration::ZERO,
            Ok(Ok(Turned::Idle)) => IDLE,
            Ok(Err(error)) => {
                tracing::warn!(%error, "long work waits, for the store cannot answer");
                TROUBLE
            }
            Err(_panic) => {
                tracing::error!("a turn of long work broke off, and is taken again later");
                TROUBLE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            // The sender lives as long as the worker is waited for.
            _ = stopped.changed() => {}
        }
    }
}
