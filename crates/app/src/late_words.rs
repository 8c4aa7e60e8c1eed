//! Making the words of recipients who have none while the service serves: whom an earlier version has added before this one
//! was started, or adds and corrects beside it while instances are replaced.

use std::time::Duration;

use symbolon_storage_diesel::DieselStore;

use crate::workers::Stopped;

/// How long others have the store to themselves between two steps.
const BETWEEN: Duration = Duration::from_millis(50);
/// How long is waited where nobody was found, and after a store that could not answer.
const IDLE: Duration = Duration::from_secs(5);

/// Goes on until it is stopped. Each instance has one: they do not get in each other's way.
pub(crate) async fn work(store: DieselStore, mut stopped: Stopped) {
    let (mut after, mut recipients) = (None, 0);
    loop {
        let pause = match store.make_words(after).await {
            Ok(Some(made)) => {
                after = Some(made.last);
                recipients += made.recipients;
                BETWEEN
            }
            Ok(None) => {
                if recipients > 0 {
                    tracing::info!(
                        recipients,
                        "searches find recipients whom an earlier version had added"
                    );
                }
                (after, recipients) = (None, 0);
                IDLE
            }
            Err(error) => {
                tracing::warn!(%error, "searches cannot be made to find whom an earlier version has added; it is tried again");
                IDLE
            }
        };
        if *stopped.borrow() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            // The sender lives as long as the worker is waited for.
            _ = stopped.changed() => return,
        }
    }
}
