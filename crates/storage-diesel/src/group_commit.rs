//! Group commit: on SQLite, writes that wait for each other are made durable together.
//!
//! One connection writes, and most of what a write takes is its commit, which waits for the disk. Whoever comes meanwhile
//! waits here. When the commit is done, all that wait are taken into the next transaction, one after the other, and
//! committed once: with a slow disk the service writes as often as the disk allows, times those who wait.
//!
//! Each write is a step of its own within the transaction (a savepoint): one that comes too late, or fails, takes back what
//! it did and nothing else. A step sees what the steps before it did, as if they had been committed. Nobody is answered
//! before the commit, so no answer tells of something that is then not kept; where the commit fails, all fail with it.
//!
//! PostgreSQL does the same by itself, for the connections that commit at once.

mod member;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use symbolon_domain::port::StoreError;
use tokio::{sync::oneshot, time::timeout};

use self::member::{Asked, Member};
use crate::{connection::AnyConnection, error::store_error, pool::Connections, transaction};

/// How many writes may wait. Beyond it the disk does not keep up, and to wait longer would make it worse.
const MOST_WAITING: usize = 1_024;

/// When a group is committed though more wait: whoever came first should not wait for long work of others.
const LONG: Duration = Duration::from_millis(20);

/// The writes that wait for the one connection that writes.
#[derive(Default)]
pub(crate) struct Group {
    waiting: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    writes: VecDeque<Waiting>,
    /// What the next write is known by.
    next: u64,
    /// Whether a task answers them already.
    is_attended: bool,
}

struct Waiting {
    number: u64,
    write: Box<dyn Member>,
}

impl Group {
    /// See [`DieselStore::write`](crate::DieselStore::write).
    pub(crate) async fn write<T, F>(self: &Arc<Self>, writers: &Connections, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&mut AnyConnection) -> Result<T, transaction::Stop<T>> + Send + 'static,
    {
        let (write, mut answer) = Asked::new(work);
        let number = self.join(writers, Box::new(write))?;
        let ended = |answer: Result<_, oneshot::error::RecvError>| {
            answer.unwrap_or_else(|_| Err(StoreError::new("a write ended early")))
        };
        match timeout(writers.wait(), &mut answer).await {
            Ok(answer) => ended(answer),
            Err(_) if self.withdraw(number) => {
                Err(StoreError::new("the database did not get to a write in time"))
            }
            // It is being written: whether it will be kept is not known yet.
            Err(_) => ended(answer.await),
        }
    }

    /// Lets a write wait, and sees to it that somebody attends to it.
    fn join(self: &Arc<Self>, writers: &Connections, write: Box<dyn Member>) -> Result<u64, StoreError> {
        let mut queue = self.queue();
        if queue.writes.len() >= MOST_WAITING {
            return Err(StoreError::new("too many writes wait for the database"));
        }
        let number = queue.next;
        queue.next += 1;
        queue.writes.push_back(Waiting { number, write });
        if !std::mem::replace(&mut queue.is_attended, true) {
            let attendant = Attendant {
                group: Arc::clone(self),
                is_done: false,
            };
            tokio::spawn(attendant.write_all(writers.clone()));
        }
        Ok(number)
    }

    /// Takes back a write that still waits.
    fn withdraw(&self, number: u64) -> bool {
        let mut queue = self.queue();
        let found = queue.writes.iter().position(|waiting| waiting.number == number);
        found.is_some_and(|place| queue.writes.remove(place).is_some())
    }

    /// Writes what waits, group by group, until nothing does or the connection is lost.
    fn write_on(&self, connection: &mut AnyConnection) {
        loop {
            let waiting = std::mem::take(&mut self.queue().writes);
            if waiting.is_empty() || !self.write_group(connection, waiting) {
                return;
            }
        }
    }

    /// One transaction. Whoever it did not come to goes on waiting, before all others. Whether the connection is still good.
    fn write_group(&self, connection: &mut AnyConnection, mut waiting: VecDeque<Waiting>) -> bool {
        if waiting.len() == 1 {
            return waiting.pop_front().is_none_or(|one| write_alone(connection, one));
        }
        let begun = Instant::now();
        let mut members = Vec::with_capacity(waiting.len());
        let in_turn = |connection: &mut AnyConnection| {
            while let Some(Waiting { write, .. }) = waiting.pop_front() {
                if !write.is_awaited() {
                    continue;
                }
                // Here before it is run: whatever becomes of it, it is answered.
                members.push(write);
                if let Some(member) = members.last_mut() {
                    member.run(connection)?;
                }
                if begun.elapsed() >= LONG {
                    break;
                }
            }
            Ok(())
        };
        // A defect in one of them is no trouble of those who still wait. A connection whose transaction was left open is not
        // used again, so that nothing half done is seen.
        let committed = catch_unwind(AssertUnwindSafe(|| transaction::group(connection, in_turn)))
            .map_err(|_| StoreError::new("a write ended early"))
            .and_then(|committed| committed.map_err(|error| store_error(&error)));
        if committed.is_err() && members.is_empty() {
            // It could not even begin, and would not for whoever waits either.
            members.extend(waiting.drain(..).map(|waiting| waiting.write));
        }
        {
            let mut queue = self.queue();
            waiting.append(&mut queue.writes);
            queue.writes = waiting;
        }
        let is_good = committed.is_ok();
        for member in members {
            member.answer(committed.clone());
        }
        is_good
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        // A panic elsewhere leaves it whole: every change of it is a single step.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A transaction with nobody else, which needs no savepoint: what is noted for taking that back is as large as what is written.
fn write_alone(connection: &mut AnyConnection, Waiting { mut write, .. }: Waiting) -> bool {
    if !write.is_awaited() {
        return true;
    }
    let ended = catch_unwind(AssertUnwindSafe(|| write.run_alone(connection)));
    let is_good = matches!(ended, Ok(true));
    write.answer(
        ended
            .map(drop)
            .map_err(|_| StoreError::new("a write ended early")),
    );
    is_good
}

/// The task that sees to it that what waits is written, until nothing does.
struct Attendant {
    group: Arc<Group>,
    is_done: bool,
}

impl Attendant {
    async fn write_all(mut self, writers: Connections) {
        while !self.is_done() {
            let group = Arc::clone(&self.group);
            let written = writers
                .with(move |connection| {
                    group.write_on(connection);
                    Ok(())
                })
                .await;
            if let Err(error) = written {
                let waiting = std::mem::take(&mut self.group.queue().writes);
                for Waiting { write, .. } in waiting {
                    write.answer(Err(error.clone()));
                }
            }
        }
    }

    fn is_done(&mut self) -> bool {
        let mut queue = self.group.queue();
        self.is_done = queue.writes.is_empty();
        queue.is_attended = !self.is_done;
        self.is_done
    }
}

impl Drop for Attendant {
    /// Where the task ends before its time, those who wait are told, and the next to come starts another.
    fn drop(&mut self) {
        if !self.is_done {
            let mut queue = self.group.queue();
            queue.writes.clear();
            queue.is_attended = false;
        }
    }
}
