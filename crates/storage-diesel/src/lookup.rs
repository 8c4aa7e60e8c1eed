//! The hot look-up: authorization tokens by their digests, for every request that shows one.
//!
//! # How it is quick
//!
//! Requests that arrive at one thread while it is busy are answered together: whoever comes first starts a task, which runs
//! when the thread has seen all that is ready, and takes everything that waits by then. What such a batch costs in
//! transactions, messages and hand-offs is shared by its requests. Each thread has a place of its own (a *seat*), so that
//! nobody waits for a lock. On SQLite the batch is read right there, on a connection of the seat: to hand it over would take
//! longer. On PostgreSQL it is one hand-over to a thread that may wait for the network, with a connection of the seat's too.
//!
//! A seat keeps the tokens it has read. A batch of which it has most asks only what has changed, and reads the rest.
//!
//! # Why it is exact
//!
//! A request is answered by what was committed when the database was asked, and the database is asked after the request
//! came: a batch takes only what waits already, and then either reads the token, or asks for changes.
//!
//! What is kept is as it stands in the database once the changes are known: every change of a token or of its organization is a
//! row of `changed_tokens`, written by triggers in the transaction that makes it, so both become visible at once. A seat
//! remembers up to where it has seen these rows ([`Mark`](changes::Mark)), and asks for all that are visible now and were not
//! then. It reads a token after it has set its mark, so a change that the reading missed is one that the next question finds.
//! One batch of a seat ends before the next begins, so that no late reading can bring back what was forgotten meanwhile.
//!
//! Only tokens that were found are kept: one that was not may be made at any moment, and an insertion is no change. Rows
//! stay for five minutes after they were seen, tokens are kept for twenty seconds at most.

mod batch;
mod cache;
mod changes;
mod own;
mod sweep;
#[cfg(test)]
mod tests;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use symbolon_domain::{authorization_token::OwnedToken, port::StoreError, sealed::TokenDigest};
use tokio::sync::oneshot;

pub(crate) use self::changes::Turn;
use self::{batch::Keeper, sweep::Sweep};
use crate::DieselStore;

/// Threads that have a seat of their own; of more, several share one.
const SEATS: usize = 64;

/// How many requests may wait at a seat: more than a server has connections. Beyond it there is trouble, and waiting would
/// make it worse.
const MOST_WAITING: usize = 8_192;

/// The seats of a store.
pub(crate) struct Lookups {
    seats: [Mutex<Seat>; SEATS],
    sweep: Sweep,
}

/// Where the requests of a thread wait.
#[derive(Default)]
struct Seat {
    waiting: Vec<Waiting>,
    /// Whether a task answers them already.
    is_attended: bool,
    /// What the task has in hand while it runs.
    keeper: Option<Keeper>,
}

struct Waiting {
    digest: TokenDigest,
    answer: oneshot::Sender<Answer>,
}

type Answer = Result<Option<Arc<OwnedToken>>, StoreError>;

impl Lookups {
    pub(crate) fn new() -> Self {
        Self {
            seats: std::array::from_fn(|_| Mutex::default()),
            sweep: Sweep::default(),
        }
    }

    /// The token with this digest as it stands, together with whatever else is asked meanwhile.
    pub(crate) async fn find(store: &DieselStore, digest: TokenDigest) -> Answer {
        let (answer, asked) = oneshot::channel();
        let number = own_seat();
        let attends = {
            let mut seat = store.lookups.seat(number);
            if seat.waiting.len() >= MOST_WAITING {
                return Err(StoreError::new("too many requests wait for the database"));
            }
            seat.waiting.push(Waiting { digest, answer });
            !std::mem::replace(&mut seat.is_attended, true)
        };
        if attends {
            tokio::spawn(Attendant::of(store.clone(), number).answer_all());
        }
        asked
            .await
            .unwrap_or_else(|_| Err(StoreError::new("a look-up ended early")))
    }

    fn seat(&self, number: usize) -> MutexGuard<'_, Seat> {
        static NOBODY: Mutex<Seat> = Mutex::new(Seat {
            waiting: Vec::new(),
            is_attended: false,
            keeper: None,
        });
        // Numbers are below the length, so this is never nobody's. A panic elsewhere leaves a seat whole: every change of
        // it is a single step.
        let seat = self.seats.get(number).unwrap_or(&NOBODY);
        seat.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The seat of this thread.
fn own_seat() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static OWN: usize = NEXT.fetch_add(1, Ordering::Relaxed) % SEATS;
    }
    OWN.with(|own| *own)
}

/// The task that answers whoever waits at a seat, until nobody does.
struct Attendant {
    store: DieselStore,
    number: usize,
    is_done: bool,
}

impl Attendant {
    const fn of(store: DieselStore, number: usize) -> Self {
        Self {
            store,
            number,
            is_done: false,
        }
    }

    async fn answer_all(mut self) {
        let mut keeper = self.store.lookups.seat(self.number).keeper.take();
        while let Some(batch) = self.next(&mut keeper) {
            let (digests, askers): (Vec<_>, Vec<_>) = batch
                .into_iter()
                .map(|waiting| (waiting.digest, waiting.answer))
                .unzip();
            match batch::answered(&self.store, &mut keeper, digests).await {
                Ok(found) => {
                    for (asker, found) in askers.into_iter().zip(found) {
                        // Who has gone meanwhile needs no answer.
                        let _ = asker.send(Ok(found));
                    }
                }
                Err(error) => {
                    for asker in askers {
                        let _ = asker.send(Err(error.clone()));
                    }
                }
            }
            // Whoever has an answer goes on, and may ask again: in the next batch.
            tokio::task::yield_now().await;
        }
    }

    /// All that wait; where nobody does, the seat is left, with what was kept.
    fn next(&mut self, keeper: &mut Option<Keeper>) -> Option<Vec<Waiting>> {
        let mut seat = self.store.lookups.seat(self.number);
        if seat.waiting.is_empty() {
            seat.keeper = keeper.take();
            seat.is_attended = false;
            self.is_done = true;
            return None;
        }
        Some(std::mem::take(&mut seat.waiting))
    }
}

impl Drop for Attendant {
    /// Where the task ends before its time, those who wait are told, and the next to come starts another.
    fn drop(&mut self) {
        if self.is_done {
            return;
        }
        let mut seat = self.store.lookups.seat(self.number);
        seat.waiting.clear();
        seat.is_attended = false;
    }
}
