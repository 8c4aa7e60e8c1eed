//! A bounded number of connections, and the one hand-off from a task to the thread that uses one.

use std::{sync::Arc, time::Instant};

use diesel::r2d2::{HandleError, Pool, PooledConnection};
use symbolon_domain::port::StoreError;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
    time::timeout_at,
};

use crate::{
    connection::{AnyConnection, ConnectError, Manager, Role},
    settings::Settings,
};

/// Connections of one role, and as many permits: calls queue for a permit without a thread, so that a slow database
/// never holds more threads than it has connections.
#[derive(Clone)]
pub(crate) struct Connections {
    pool: Pool<Manager>,
    permits: Arc<Semaphore>,
    wait: std::time::Duration,
}

impl Connections {
    /// A pool that connects beside its caller: opening never waits for a server, nor fails where there is none.
    pub(crate) fn new(settings: &Settings, role: Role, most: u32) -> Self {
        let most = most.max(1);
        let pool = Pool::builder().max_size(most);
        let pool = if settings.url.is_sqlite() {
            // A file does not go away, and a connection to it costs little but its cache.
            pool.min_idle(Some(0))
                .test_on_check_out(false)
                .idle_timeout(None)
                .max_lifetime(None)
        } else {
            pool.min_idle(Some(settings.idle_connections.min(most)))
                .test_on_check_out(true)
        };
        let manager = Manager {
            settings: settings.clone(),
            role,
        };
        Self {
            pool: pool
                .connection_timeout(settings.acquire_timeout)
                .error_handler(Box::new(Quiet))
                .build_unchecked(manager),
            permits: Arc::new(Semaphore::new(
                usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS),
            )),
            wait: settings.acquire_timeout,
        }
    }

    /// How long a call waits for a connection.
    pub(crate) const fn wait(&self) -> std::time::Duration {
        self.wait
    }

    /// Runs a step on a connection, on a thread where it may block.
    ///
    /// This is the only way from a port's call to a connection.
    pub(crate) async fn with<T, F>(&self, step: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T, StoreError> + Send + 'static,
    {
        let deadline = Instant::now() + self.wait;
        let permit = self.permit(deadline).await?;
        let pool = self.pool.clone();
        spawn_blocking(move || {
            // Held until the connection is back: the permit is dropped after it.
            let _permit = permit;
            let mut connection = checked_out(&pool, deadline)?;
            step(&mut connection)
        })
        .await
        .map_err(|_| StoreError::new("a call to the database ended early"))?
    }

    /// The right to one of the connections.
    pub(crate) async fn permit(&self, deadline: Instant) -> Result<OwnedSemaphorePermit, StoreError> {
        timeout_at(deadline.into(), Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| StoreError::new("no connection became free in time"))?
            .map_err(|_| StoreError::new("the store is closed"))
    }
}

fn checked_out(pool: &Pool<Manager>, deadline: Instant) -> Result<PooledConnection<Manager>, StoreError> {
    pool.get_timeout(deadline.saturating_duration_since(Instant::now()))
        .map_err(|error| StoreError::new(error.to_string()))
}

/// The call that waited for the connection reports the failure; the pool's own attempts are for the curious.
#[derive(Debug)]
struct Quiet;

impl HandleError<ConnectError> for Quiet {
    fn handle_error(&self, error: ConnectError) {
        tracing::debug!(%error, "no connection to the database");
    }
}
