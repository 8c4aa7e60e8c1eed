//! A seat's own connection: whoever is verified waits for no other work, and no `SELECT 1` is asked first, as of one of the pool.

use std::time::{Duration, Instant};

use tokio::task::{JoinHandle, spawn_blocking};

use crate::{
    DieselStore,
    connection::{AnyConnection, ConnectError, Role},
    settings::Settings,
};

/// How long one to PostgreSQL may have been idle to be used again: what lies between may let go of it, without a word to
/// either, and who uses it then waits for an answer that never comes.
const IDLE: Duration = Duration::from_secs(30);

/// How long nobody tries again to connect where it has failed.
const PAUSE: Duration = Duration::from_secs(1);

/// The connection, or what there is of it.
#[derive(Default)]
pub(super) enum Own {
    #[default]
    None,
    /// Being made, beside the batches, which use one of the pool meanwhile: to connect may take seconds.
    Coming(JoinHandle<Result<AnyConnection, ConnectError>>),
    /// There is no other try before this.
    NotBefore(Instant),
    Here(AnyConnection, Instant),
}

impl Own {
    /// One that has just answered.
    pub(super) fn used_now(connection: AnyConnection) -> Self {
        Self::Here(connection, Instant::now())
    }

    /// Gives it away if it is there, and sees to it that it will be.
    pub(super) async fn ready(&mut self, store: &DieselStore) -> Option<AnyConnection> {
        let is_sqlite = store.settings.url.is_sqlite();
        match std::mem::take(self) {
            Self::Here(connection, used) if is_sqlite || used.elapsed() < IDLE => return Some(connection),
            Self::Coming(coming) if coming.is_finished() => match coming.await {
                Ok(Ok(connection)) => return Some(connection),
                _ => *self = Self::NotBefore(Instant::now() + PAUSE),
            },
            Self::NotBefore(then) if Instant::now() < then => *self = Self::NotBefore(then),
            Self::Coming(coming) => *self = Self::Coming(coming),
            // Opens a file, and never waits for anybody: that is for a thread that may.
            _ if is_sqlite => {
                let settings = Settings {
                    busy_timeout: Duration::ZERO,
                    ..(*store.settings).clone()
                };
                return Role::Reader.connect(&settings).ok();
            }
            _ => {
                let settings = store.settings.clone();
                *self = Self::Coming(spawn_blocking(move || Role::Reader.connect(&settings)));
            }
        }
        None
    }
}
