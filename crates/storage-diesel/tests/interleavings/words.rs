//! Words that are made while somebody changes what they are made of.

use symbolon_domain::port::recipients::{RecipientFilter, Recipients};

use crate::stage::Stage;

/// How many a search finds.
async fn found(stage: &Stage, query: &str) -> u64 {
    let filter = RecipientFilter {
        query: Some(query.to_owned()),
        ..RecipientFilter::default()
    };
    let store = stage.scene.store();
    store.count(stage.scene.owner.id, &filter, 9).await.unwrap()
}

/// Whoever makes words waits for nobody, and never writes those of what was changed meanwhile: whom an earlier version is
/// correcting gets them later.
#[tokio::test(flavor = "multi_thread")]
async fn making_words_passes_over_who_is_being_corrected() {
    for commits in [true, false] {
        let stage = Stage::open().await;
        let store = stage.scene.store();
        stage
            .scene
            .interloper("UPDATE recipients SET words = NULL, mail = 'wrong@example.org'")
            .commits();
        let other = stage.scene.interloper(
            "SELECT FROM recipients FOR UPDATE; UPDATE recipients SET mail = 'right@example.org'",
        );
        assert_eq!(store.make_words(None).await.unwrap(), None);
        let (address, no_more) = if commits {
            other.commits();
            ("right@example.org", "wrong@example.org")
        } else {
            other.gives_up();
            ("wrong@example.org", "right@example.org")
        };
        assert_eq!(found(&stage, address).await, 0);
        let made = store.make_words(None).await.unwrap().unwrap();
        assert_eq!((made.recipients, made.last), (1, stage.new.recipient.id));
        assert_eq!(found(&stage, address).await, 1, "{commits}");
        assert_eq!(found(&stage, no_more).await, 0, "{commits}");
    }
}
