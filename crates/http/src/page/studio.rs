//! Where pictures are drawn: a few at a time, and a few more in the queue, so that strangers cannot make the service draw
//! without end.

use std::{sync::Arc, thread::available_parallelism, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// How long somebody waits for a desk. A picture takes some hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many wait at once for each desk.
const CHAIRS_PER_DESK: usize = 8;

/// Draws pictures on threads of its own, one for each processor but one, which answers requests meanwhile.
pub struct Studio {
    desks: Arc<Semaphore>,
    chairs: Semaphore,
}

/// Too many want a picture at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crowded;

impl Default for Studio {
    fn default() -> Self {
        let processors = available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with_desks(processors.saturating_sub(1).max(1))
    }
}

impl Studio {
    fn with_desks(desks: usize) -> Self {
        Self {
            desks: Arc::new(Semaphore::new(desks)),
            chairs: Semaphore::new(desks * CHAIRS_PER_DESK),
        }
    }

    /// A place to draw at, until it is dropped.
    ///
    /// # Errors
    /// [`Crowded`] where too many wait already, or none was free in time.
    pub(super) async fn desk(&self) -> Result<OwnedSemaphorePermit, Crowded> {
        if let Ok(desk) = Arc::clone(&self.desks).try_acquire_owned() {
            return Ok(desk);
        }
        let _chair = self.chairs.try_acquire().map_err(|_| Crowded)?;
        match timeout(PATIENCE, Arc::clone(&self.desks).acquire_owned()).await {
            Ok(Ok(desk)) => Ok(desk),
            Ok(Err(_)) | Err(_) => Err(Crowded),
        }
    }

    /// A studio in which all desks are taken for good, and so many may wait.
    #[cfg(test)]
    pub(crate) fn full(chairs: usize) -> Self {
        Self {
            desks: Arc::new(Semaphore::new(0)),
            chairs: Semaphore::new(chairs),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_waits_is_served_next() {
        let studio = Studio::with_desks(1);
        let desk = studio.desk().await.unwrap();
        let leaves = async {
            tokio::time::sleep(PATIENCE / 2).await;
            drop(desk);
        };
        let (next, ()) = tokio::join!(studio.desk(), leaves);
        assert!(next.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_ever() {
        let studio = Studio::with_desks(1);
        let _desk = studio.desk().await.unwrap();
        let before = tokio::time::Instant::now();
        assert_eq!(studio.desk().await.map(drop), Err(Crowded));
        assert_eq!(before.elapsed().as_secs(), PATIENCE.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn only_so_many_wait() {
        let studio = Studio::with_desks(1);
        let desk = studio.desk().await.unwrap();
        let before = tokio::time::Instant::now();
        let mut crowd: Vec<_> = (0..20).map(|_| Box::pin(studio.desk())).collect();
        let turned_away = crowd.iter_mut().map(|one| async {
            tokio::select! {
                biased;
                served = one => served.is_err(),
                () = std::future::ready(()) => false,
            }
        });
        let turned_away = join_all(turned_away).await.into_iter().filter(|is| *is).count();
        assert_eq!(
            (turned_away, before.elapsed()),
            (20 - CHAIRS_PER_DESK, Duration::ZERO)
        );
        drop((crowd, desk));
        assert!(studio.desk().await.is_ok());
    }
}
