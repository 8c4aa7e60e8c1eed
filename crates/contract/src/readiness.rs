//! The promises of [`Readiness`](symbolon_domain::port::readiness::Readiness).
//!
//! What a store says that cannot serve, only its adapter can bring about; that is for the adapter's own tests.

use crate::{
    Fixture,
    race::race,
    scene::{Scene, ok},
};

/// An empty store that answers and has its shape is ready.
pub async fn an_empty_store_is_ready<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    ok(scene.readiness.ready().await);
}

/// A store that has much to do is ready, and asking it changes nothing.
pub async fn a_busy_store_is_ready<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    race(32, |rival| {
        let scene = scene.clone();
        async move {
            if rival % 2 == 0 {
                scene.token().await;
            } else {
                ok(scene.readiness.ready().await);
            }
        }
    })
    .await;
    let before = scene.shown().await;
    ok(scene.readiness.ready().await);
    assert_eq!(scene.shown().await, before);
}
