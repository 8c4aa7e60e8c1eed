//! The promises of [`Canaries`](symbolon_domain::port::canaries::Canaries).

use symbolon_domain::port::canaries::Canary;

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::key_id,
    scene::{Scene, ok},
};

/// An empty store has no canaries, and admitting no keys adds none.
pub async fn an_empty_store_has_no_canaries<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    assert_eq!(ok(scene.canaries.list().await), []);
    assert_eq!(ok(scene.canaries.admit(&[]).await), []);
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
    let given = [last.clone(), second.clone(), third.clone(), first.clone()];
    let kept = [first, second, third, last];
    assert_eq!(ok(scene.canaries.admit(&given).await), kept);
    assert_eq!(ok(scene.canaries.list().await), kept);
}

/// A key keeps the canary it has; those of new keys are added beside it.
pub async fn a_canary_is_never_replaced<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let kept = canary("key00002", vec![1]);
    ok(scene.canaries.admit(std::slice::from_ref(&kept)).await);
    let (before, after) = (canary("key00001", vec![2]), canary("key00003", vec![3]));
    let more = [before.clone(), canary("key00002", vec![4]), after.clone()];
    let all = [before, kept, after];
    assert_eq!(ok(scene.canaries.admit(&more).await), all);
    assert_eq!(ok(scene.canaries.list().await), all);
}

/// Keys among which one is missing that has a canary are foreign: nothing is added, and what is kept is told.
pub async fn foreign_keys_add_nothing<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let kept = [canary("key00001", vec![1]), canary("key00002", vec![2])];
    ok(scene.canaries.admit(&kept).await);
    for foreign in [
        vec![canary("other001", vec![3])],
        vec![canary("key00001", vec![1]), canary("other001", vec![3])],
        vec![],
    ] {
        assert_eq!(ok(scene.canaries.admit(&foreign).await), kept);
        assert_eq!(ok(scene.canaries.list().await), kept);
    }
}

/// Of 64 calls for the same keys one canary of each is kept, and every call is told that one.
pub async fn exactly_one_canary_of_a_key_is_kept<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let told = race(RIVALS, |rival| {
        let scene = scene.clone();
        async move {
            let proof = vec![u8::try_from(rival).unwrap_or_default()];
            let own = [canary("key00001", proof.clone()), canary("key00002", proof)];
            ok(scene.canaries.admit(&own).await)
        }
    })
    .await;
    let kept = ok(scene.canaries.list().await);
    let keys: Vec<_> = kept.iter().map(|canary| canary.key).collect();
    assert_eq!(keys, [key_id("key00001"), key_id("key00002")]);
    for told in told {
        assert_eq!(told, kept);
    }
}

/// Of 64 key rings that come to an empty store at once, exactly one is admitted: its canaries are kept, all of them and
/// no others, and every rival is told them.
pub async fn of_many_key_rings_at_once_one_is_admitted<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let told = race(RIVALS, |rival| {
        let scene = scene.clone();
        async move {
            let own = ["s", "p", "a"].map(|kind| canary(&format!("{kind}{rival:07}"), vec![1]));
            ok(scene.canaries.admit(&own).await)
        }
    })
    .await;
    let kept = ok(scene.canaries.list().await);
    let rings: Vec<_> = kept.iter().map(|canary| &canary.key.as_str()[1..]).collect();
    assert_eq!(rings.len(), 3);
    assert!(rings.iter().all(|ring| Some(ring) == rings.first()), "{rings:?}");
    for told in told {
        assert_eq!(told, kept);
    }
}

fn canary(key: &str, proof: Vec<u8>) -> Canary {
    Canary {
        key: key_id(key),
        proof,
    }
}
