//! Connections that wait for the next mail.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use symbolon_domain::port::mailer::MailerError;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::Instant,
};

use super::{
    connection::{Connection, Connector},
    refusal::too_slow,
};

/// The most connections at once; mail servers allow some ten to a client.
const MAX: usize = 8;
/// How long a connection waits for the next mail. Mail servers hang up after some minutes.
const IDLE: Duration = Duration::from_secs(30);

/// At most [`MAX`] connections, used in turn.
pub(super) struct Pool {
    connector: Connector,
    permits: Semaphore,
    parked: Mutex<Parked>,
}

#[derive(Default)]
struct Parked {
    /// With since when; the newest last.
    connections: Vec<(Connection, Instant)>,
    /// Whether somebody will come and close what has waited too long.
    is_swept: bool,
}

impl Pool {
    pub(super) fn new(connector: Connector) -> Self {
        Self {
            connector,
            permits: Semaphore::new(MAX),
            parked: Mutex::default(),
        }
    }

    pub(super) const fn connector(&self) -> &Connector {
        &self.connector
    }

    /// Leave to have a connection, for as long as it is held.
    pub(super) async fn permit(&self) -> Result<SemaphorePermit<'_>, MailerError> {
        // Nobody closes the semaphore.
        self.permits.acquire().await.map_err(|_| too_slow())
    }

    /// A connection that works: the one that has waited the shortest, or a new one.
    pub(super) async fn take(&self) -> Result<Connection, MailerError> {
        let newest = self.parked().connections.pop();
        let Some((mut connection, since)) = newest else {
            return self.connector.connect().await;
        };
        // The mail server may have hung up meanwhile.
        if since.elapsed() < IDLE && connection.rest().await.is_ok() {
            return Ok(connection);
        }
        // What has waited longer will not do better, and to ask each would take the time that the mail needs.
        connection.leave();
        let others = std::mem::take(&mut self.parked().connections);
        for (other, _) in others {
            other.leave();
        }
        self.connector.connect().await
    }

    /// Keeps a connection for the next mail.
    pub(super) fn park(self: &Arc<Self>, connection: Connection) {
        let mut parked = self.parked();
        parked.connections.push((connection, Instant::now()));
        if !parked.is_swept {
            parked.is_swept = true;
            tokio::spawn(sweep(Arc::clone(self)));
        }
    }

    /// Closes what has waited too long; whether anything still waits.
    fn close_idle(&self) -> bool {
        let mut parked = self.parked();
        for (idle, _) in parked
            .connections
            .extract_if(.., |(_, since)| since.elapsed() >= IDLE)
        {
            idle.leave();
        }
        parked.is_swept = !parked.connections.is_empty();
        parked.is_swept
    }

    /// What panicked elsewhere cannot have left the list half changed.
    fn parked(&self) -> MutexGuard<'_, Parked> {
        self.parked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pool({:?})", self.connector)
    }
}

async fn sweep(pool: Arc<Pool>) {
    loop {
        tokio::time::sleep(IDLE).await;
        if !pool.close_idle() {
            return;
        }
    }
}
