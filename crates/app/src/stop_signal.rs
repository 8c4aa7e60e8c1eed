//! Being told to stop: SIGINT (Ctrl-C) or SIGTERM.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::failure::Failure;

/// Listens from the moment it is made, so that a signal that comes during the start is not lost and ends the program in
/// order.
pub(crate) struct StopSignal {
    interrupt: Signal,
    terminate: Signal,
}

impl StopSignal {
    pub(crate) fn listen() -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::new(format!("signals cannot be received: {error}"));
        Ok(Self {
            interrupt: signal(SignalKind::interrupt()).map_err(failed)?,
            terminate: signal(SignalKind::terminate()).map_err(failed)?,
        })
    }

    /// Returns when the process is told to stop. Told again, it ends at once.
    pub(crate) async fn received(mut self) {
        self.next().await;
        tokio::spawn(async move {
            self.next().await;
            // 128 and the number of SIGINT, as shells have it.
            std::process::exit(130);
        });
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
