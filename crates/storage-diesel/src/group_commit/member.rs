//! A write of a group.

use diesel::QueryResult;
use symbolon_domain::port::StoreError;
use tokio::sync::oneshot;

use crate::{
    connection::AnyConnection,
    error::store_error,
    transaction::{Stop, step, write},
};

/// A write of a group, whatever it answers.
pub(super) trait Member: Send {
    /// Whether somebody still waits for its answer.
    fn is_awaited(&self) -> bool;

    /// Does it, within the transaction of the group.
    ///
    /// # Errors
    /// The transaction is lost, with all that others did in it. That it failed itself is an answer.
    fn run(&mut self, connection: &mut AnyConnection) -> QueryResult<()>;

    /// Does it, in a transaction of its own. Whether that ended as it should, so that the connection can be used on.
    fn run_alone(&mut self, connection: &mut AnyConnection) -> bool;

    /// Answers what came of it, now that it is committed; or that it is not.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// A write, and who asked for it.
pub(super) struct Asked<T, F> {
    work: F,
    done: Option<Result<T, StoreError>>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Asked<T, F> {
    pub(super) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, StoreError>>) {
        let (answer, asked) = oneshot::channel();
        let done = None;
        (Self { work, done, answer }, asked)
    }
}

impl<T, F> Member for Asked<T, F>
where
    T: Send,
    F: FnMut(&mut AnyConnection) -> Result<T, Stop<T>> + Send,
{
    fn is_awaited(&self) -> bool {
        !self.answer.is_closed()
    }

    fn run(&mut self, connection: &mut AnyConnection) -> QueryResult<()> {
        let done = step(connection, &mut self.work)?;
        self.done = Some(done.map_err(|error| store_error(&error)));
        Ok(())
    }

    fn run_alone(&mut self, connection: &mut AnyConnection) -> bool {
        let done = write(connection, &mut self.work).map_err(|error| store_error(&error));
        let is_good = done.is_ok();
        self.done = Some(done);
        is_good
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let never_run = || Err(StoreError::new("a write ended early"));
        let Self { done, answer, .. } = *self;
        // Who has gone meanwhile needs no answer.
        let _ = answer.send(committed.and_then(|()| done.unwrap_or_else(never_run)));
    }
}
