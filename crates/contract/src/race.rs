//! Rivals through one gate: all are running before the first passes, on as many threads as the runtime has.

use std::{
    panic::resume_unwind,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::task::{JoinError, JoinHandle, yield_now};

/// How many rivals a race has where the promise names no number.
pub const RIVALS: u64 = 64;

/// Runs `rivals` futures at once, made from the numbers 0, 1, 2, …; their results come in that order.
///
/// A rival's panic is the race's.
pub async fn race<T, R>(rivals: u64, mut rival: impl FnMut(u64) -> R) -> Vec<T>
where
    T: Send + 'static,
    R: Future<Output = T> + Send + 'static,
{
    let gate = Gate::of(rivals);
    let running: Vec<_> = (0..rivals).map(|number| enter(&gate, rival(number))).collect();
    let mut results = Vec::with_capacity(running.len());
    for rival in running {
        results.push(result(rival.await));
    }
    results
}

/// Runs two different futures at once.
///
/// Either's panic is the duel's.
pub async fn duel<A, B>(
    one: impl Future<Output = A> + Send + 'static,
    other: impl Future<Output = B> + Send + 'static,
) -> (A, B)
where
    A: Send + 'static,
    B: Send + 'static,
{
    let gate = Gate::of(2);
    let one = enter(&gate, one);
    let other = enter(&gate, other);
    (result(one.await), result(other.await))
}

/// The same once more, with a [head start](HeadStart) that differs from round to round.
///
/// Either's panic is the duel's.
pub async fn duel_in_round<A, B>(
    round: u64,
    one: impl Future<Output = A> + Send + 'static,
    other: impl Future<Output = B> + Send + 'static,
) -> (A, B)
where
    A: Send + 'static,
    B: Send + 'static,
{
    let start = HeadStart::of(round);
    let one = async move {
        start.of_the_other().await;
        one.await
    };
    let other = async move {
        start.of_the_one().await;
        other.await
    };
    duel(one, other).await
}

/// Who starts first in a round, and by how many turns of the scheduler: the one, the other, or neither, so that both orders
/// and what lies between them come up, also where one side is much quicker.
#[derive(Debug, Clone, Copy)]
pub struct HeadStart {
    one: u32,
    other: u32,
}

impl HeadStart {
    /// The head start in this round.
    #[must_use]
    pub fn of(round: u64) -> Self {
        let (one, other) = match round % 7 {
            0 => (0, 0),
            1 => (2, 0),
            2 => (0, 2),
            3 => (16, 0),
            4 => (0, 16),
            5 => (128, 0),
            _ => (0, 128),
        };
        Self { one, other }
    }

    /// Waits while the one is ahead.
    pub async fn of_the_one(self) {
        turns(self.one).await;
    }

    /// Waits while the other is ahead.
    pub async fn of_the_other(self) {
        turns(self.other).await;
    }
}

async fn turns(turns: u32) {
    for _ in 0..turns {
        yield_now().await;
    }
}

/// A gate that opens when all have come.
///
/// Rivals wait at it awake: a barrier would wake them one by one, and the first would be through before the last is up.
#[derive(Clone)]
struct Gate {
    missing: Arc<AtomicU64>,
}

impl Gate {
    fn of(rivals: u64) -> Self {
        Self {
            missing: Arc::new(AtomicU64::new(rivals)),
        }
    }

    async fn pass(&self) {
        self.missing.fetch_sub(1, Ordering::AcqRel);
        while self.missing.load(Ordering::Acquire) > 0 {
            yield_now().await;
        }
    }
}

fn enter<T: Send + 'static>(gate: &Gate, rival: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    let gate = gate.clone();
    tokio::spawn(async move {
        gate.pass().await;
        rival.await
    })
}

fn result<T>(joined: Result<T, JoinError>) -> T {
    joined.unwrap_or_else(|error| match error.try_into_panic() {
        Ok(panic) => resume_unwind(panic),
        Err(error) => panic!("a rival did not finish: {error}"),
    })
}
