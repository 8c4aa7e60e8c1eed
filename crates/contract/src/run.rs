//! How a promise is run.

use tokio::runtime::Builder;

/// Threads under each promise: more than a small machine has cores, so that rivals are also interrupted.
const WORKERS: usize = 4;

/// Runs a promise to its end on a runtime of its own, with several threads.
///
/// # Panics
/// If the promise is not kept.
pub fn run(promise: impl Future<Output = ()>) {
    Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()
        .expect("the operating system grants threads")
        .block_on(promise);
}
