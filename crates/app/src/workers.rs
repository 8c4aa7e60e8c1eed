//! Tasks that go on beside the service until it ends.

use tokio::{sync::watch, task::JoinHandle};

/// Becomes `true` when the service ends. A task finishes the step that is under way, and returns.
pub(crate) type Stopped = watch::Receiver<bool>;

/// The tasks that are at it.
pub(crate) struct Workers {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Workers {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self {
            stop: watch::Sender::new(false),
            tasks: Vec::new(),
        }
    }

    /// Starts one more.
    pub(crate) fn start<F>(&mut self, work: impl FnOnce(Stopped) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.tasks.push(tokio::spawn(work(self.stop.subscribe())));
    }

    /// Ends all of them, each once its step is kept.
    pub(crate) async fn finish(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            // Fails only where the task has ended before, which it has logged.
            let _ = task.await;
        }
    }
}
