//! The promises of [`Canaries`](symbolon_domain::port::canaries::Canaries).

use symbolon_domain::port::canaries::Canary;

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::key_id,
    scene::{Scene, ok},
};

/// An empty store has no canaries, and adding none adds none.
pub async fn an_empty_store_has_no_canaries<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    assert_eq!(ok(scene.canaries.list().await), []);
    ok(scene.canaries.add(&[]).await);
    assert_eq!(ok(scene.canaries.list().await), []);
}

/// What is added reads back equal, in the order of the keys, whichever came first.
pub async fn canaries_are_listed_in_the_order_of_their_keys<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let [first, second, third, last] = [
        canary("00000000", vec![0]),
        canary("9zzzzzzz", vec![0xff; 255]),
        canary("a0000000", (0..=254).collect()),
        canary("zzzzzzzz", vec![b'\'', 0, b'\\']),
    ];
    ok(scene.canaries.add(&[last.clone(), second.clone()]).await);
    ok(scene.canaries.add(&[third.clone(), first.clone()]).await);
    assert_eq!(ok(scene.canaries.list().await), [first, second, third, last]);
}

/// A key keeps the canary it has; the others of the same call are added beside it.
pub async fn a_canary_is_never_replaced<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let kept = canary("key00002", vec![1]);
    ok(scene.canaries.add(std::slice::from_ref(&kept)).await);
    let (before, after) = (canary("key00001", vec![2]), canary("key00003", vec![3]));
    let more = [before.clone(), canary("key00002", vec![4]), after.clone()];
    ok(scene.canaries.add(&more).await);
    assert_eq!(ok(scene.canaries.list().await), [before, kept, after]);
}

/// Of 64 calls for one key one canary is kept, and whoever asks from then on sees that one.
pub async fn exactly_one_canary_of_a_key_is_kept<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let seen = race(RIVALS, |rival| {
        let scene = scene.clone();
        async move {
            let proof = vec![u8::try_from(rival).unwrap_or_default()];
            let added = [canary("key00001", proof.clone()), canary("key00002", proof)];
            ok(scene.canaries.add(&added).await);
            ok(scene.canaries.list().await)
        }
    })
    .await;
    let kept = ok(scene.canaries.list().await);
    let keys: Vec<_> = kept.iter().map(|canary| canary.key).collect();
    assert_eq!(keys, [key_id("key00001"), key_id("key00002")]);
    for seen in seen {
        assert_eq!(seen, kept);
    }
}

fn canary(key: &str, proof: Vec<u8>) -> Canary {
    Canary {
        key: key_id(key),
        proof,
    }
}
