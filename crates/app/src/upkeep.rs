//! What the service does by itself while it serves: writes the uses of tokens and the opens of links, removes what has
//! expired, and tells administrators of tokens that expire soon. (Mail is sent by [`post`](crate::post), long work done by
//! [`long_work`](crate::long_work), and [`late_words`](crate::late_words) makes the words of whoever has none.)

use std::{sync::Arc, time::Duration};

use symbolon_domain::{port::Ports, service::administration::announce_expiry::announce_expiry};
use symbolon_http::Rates;
use symbolon_vault::RingVault;
use tokio::{sync::oneshot, task::JoinHandle, time::MissedTickBehavior};

/// How often the uses of tokens and the numbers of opens are written: so much of these is lost where the process is killed.
const FLUSH_EVERY: Duration = Duration::from_secs(5);
/// How many flushes lie between two removals of what has expired: ten minutes.
const FLUSHES_PER_SWEEP: u32 = 120;

/// Upkeep that is going on.
pub(crate) struct Upkeep {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Upkeep {
    /// Begins with a sweep, for a service that is started often must sweep too.
    pub(crate) fn start(ports: Ports, vault: Arc<RingVault>, rates: Arc<Rates>) -> Self {
        let (stop, stopped) = oneshot::channel();
        Self {
            stop,
            task: tokio::spawn(keep_up(ports, vault, rates, stopped)),
        }
    }

    /// Ends it, once what waits is written.
    pub(crate) async fn finish(self) {
        // Both only fail where the task has ended before, which it has logged.
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

async fn keep_up(ports: Ports, vault: Arc<RingVault>, rates: Arc<Rates>, mut stopped: oneshot::Receiver<()>) {
    let mut ticks = tokio::time::interval(FLUSH_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut until_sweep = 0;
    let mut has_warned = false;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = &mut stopped => break,
        }
        flush(&ports).await;
        if until_sweep == 0 {
            until_sweep = FLUSHES_PER_SWEEP;
            sweep(&ports).await;
            announce(&ports).await;
            rates.sweep();
        }
        until_sweep -= 1;
        if vault.needs_new_seal_key() && !has_warned {
            has_warned = true;
            tracing::warn!(
                seals = vault.seals_made(),
                "the sealing key has sealed more than is planned for; plan for a new one"
            );
        }
    }
    flush(&ports).await;
}

/// Removes what has expired.
async fn sweep(ports: &Ports) {
    let now = ports.clock.now();
    if let Err(error) = ports.jobs.forget(now).await {
        tracing::warn!(%error, "jobs that are long over cannot be removed; they stay until the next sweep");
    }
    let swept = [
        ports.tokens.forget_answers(now).await,
        ports.sessions.forget(now).await,
        ports.sign_ins.forget(now).await,
        ports.administrator_sessions.forget(now).await,
        ports.administrators.forget_links(now).await,
        ports.attempts.forget(now).await,
    ];
    for error in swept.into_iter().filter_map(Result::err) {
        tracing::warn!(%error, "what has expired cannot be removed; it stays until the next sweep");
    }
}

/// Queues the mails about authorization tokens that expire soon.
async fn announce(ports: &Ports) {
    match announce_expiry(ports).await {
        Ok(0) => {}
        Ok(announced) => tracing::info!(announced, "administrators are told of tokens that expire soon"),
        Err(error) => {
            tracing::warn!(%error, "administrators cannot be told of tokens that expire soon; it is tried again");
        }
    }
}

async fn flush(ports: &Ports) {
    if let Err(error) = ports.tallies.settle().await {
        tracing::warn!(%error, "numbers cannot be brought together; they are right all the same");
    }
    if let Err(error) = ports.opens.flush(ports.access.as_ref()).await {
        tracing::warn!(%error, "opened links cannot be counted; they wait");
    }
    if let Err(error) = ports.uses.flush(ports.tokens.as_ref()).await {
        tracing::warn!(%error, "the uses of tokens cannot be written; they wait");
    }
}
