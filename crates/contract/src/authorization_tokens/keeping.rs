//! What is kept reads back equal.

use symbolon_domain::{
    authorization_token::AuthorizationToken, page::PageRequest, permissions::Permissions,
    sealed::SealedSecret, text::Description, time::Timestamp,
};

use crate::{
    Fixture,
    sample::{description, key_id, now},
    scene::{ALL, Scene, ok},
};

/// A token with as little in it as may be, and tokens with as much.
pub async fn what_is_kept_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.token().await;
    let at = |millis| Some(now().plus_millis(millis));

    let least = AuthorizationToken {
        sealed: None,
        description: None,
        announce_at: None,
        ..scene.sample()
    };
    let unretired = AuthorizationToken {
        created_by: Some(other.id),
        rotated_from: Some(other.id),
        generation: 7,
        replayable_until: at(1),
        expiry_seen_at: at(2),
        last_used_at: at(3),
        reuse_count: 4,
        announce_at: at(8),
        ..scene.sample()
    };
    let retired = AuthorizationToken {
        sealed: None,
        rotated_at: at(5),
        grace_until: at(6),
        revoked_at: at(7),
        ..AuthorizationToken {
            id: scene.sample().id,
            digest: scene.samples.digest(),
            // A token has one successor at most.
            rotated_from: Some(least.id),
            ..unretired.clone()
        }
    };
    for token in [least, unretired, retired] {
        reads_back_equal(&scene, &token).await;
    }
}

/// Every set of permissions that a token can have.
pub async fn every_set_of_permissions_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for permissions in Permissions::ALL.subsets().filter(|set| !set.is_empty()) {
        let token = AuthorizationToken {
            permissions,
            ..scene.sample()
        };
        reads_back_equal(&scene, &token).await;
    }
}

/// Descriptions count characters, not bytes, and are kept as they were typed: neither normalized nor folded.
pub async fn every_description_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for text in [
        "𒀀".repeat(Description::MAX),
        "x".repeat(Description::MAX),
        "e\u{301} and é, Straße and STRASSE".to_owned(),
        "it's \"quoted\" \\ 100 % -- ; $1 ? :a {}".to_owned(),
        "x".to_owned(),
    ] {
        let token = AuthorizationToken {
            description: Some(description(&text)),
            ..scene.sample()
        };
        reads_back_equal(&scene, &token).await;
    }
}

/// Instants from the year 1 to the year 9999, to the millisecond, also before 1970.
pub async fn every_instant_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (created_at, expires_at) in [
        (Timestamp::MIN, Timestamp::MAX),
        (Timestamp::from_millis(-1), Timestamp::from_millis(0)),
        (Timestamp::from_millis(-1_001), Timestamp::from_millis(1)),
        (Timestamp::MIN.plus_millis(1), Timestamp::MAX.plus_millis(-1)),
        (now(), now().plus_millis(1)),
    ] {
        let token = AuthorizationToken {
            created_at,
            expires_at,
            replayable_until: Some(expires_at),
            last_used_at: Some(created_at),
            announce_at: Some(expires_at),
            ..scene.sample()
        };
        reads_back_equal(&scene, &token).await;
    }
}

/// Counts far beyond what is likely, and beyond what a float counts.
pub async fn every_count_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (generation, reuse_count) in [(u32::MAX, (1 << 53) + 1), (1 << 31, 1 << 32), (1, 1)] {
        let token = AuthorizationToken {
            generation,
            reuse_count,
            ..scene.sample()
        };
        reads_back_equal(&scene, &token).await;
    }
}

/// Digests and sealed copies are bytes of any value, under a key of any name.
pub async fn every_byte_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (pepper, byte) in [("00000000", 0), ("zzzzzzzz", 0xff), ("a1b2c3d4", b'\'')] {
        let mut token = AuthorizationToken {
            sealed: Some(SealedSecret::from_bytes(vec![byte; 80])),
            ..scene.sample()
        };
        token.digest.pepper = key_id(pepper);
        token.digest.bytes = [byte; 32];
        reads_back_equal(&scene, &token).await;
    }
}

/// By all ways that lead to a token.
async fn reads_back_equal<F: Fixture>(scene: &Scene<F>, token: &AuthorizationToken) {
    scene.keep(token).await;
    assert_eq!(scene.stored(token).await, *token, "by its digest");
    let by_id =
        ok(scene.tokens.find_by_id(token.id).await).expect("a token that was kept is found by its id");
    assert_eq!(by_id.token, *token, "by its id");
    let found = ok(scene.tokens.find(token.organization, token.id).await);
    assert_eq!(found.as_ref(), Some(token), "by its organization and id");

    let page = PageRequest::new(1, 100);
    let listed = ok(scene.tokens.list(token.organization, ALL, page, now()).await);
    let listed = listed.items.iter().find(|listed| listed.id == token.id);
    assert_eq!(listed, Some(token), "in a list");
}
