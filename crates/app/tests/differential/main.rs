//! The same random histories on the store in memory, on SQLite and on PostgreSQL: every answer and everything that is
//! kept must be the same.
//!
//! Ids and values are drawn from a source that repeats itself, so what the stores say can be compared as it is; only
//! sealed copies differ, for sealing the same value twice gives different bytes.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot be set up has failed"
)]

mod act;
mod world;

use act::{Act, acts};
use proptest::{
    prelude::*,
    test_runner::{Config, FileFailurePersistence},
};
use world::World;

/// Histories, and acts in each: with three stores some 10,000 calls.
const HISTORIES: u32 = 48;
const ACTS: usize = 70;

proptest! {
    #![proptest_config(Config {
        cases: HISTORIES,
        max_shrink_iters: 200,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..Config::default()
    })]

    #[test]
    fn all_stores_say_and_keep_the_same(history in acts(ACTS)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(play(&history))?;
    }
}

async fn play(history: &[Act]) -> Result<(), TestCaseError> {
    let mut reference = World::in_memory().await;
    let mut rivals = [
        ("SQLite", World::on_sqlite().await),
        ("PostgreSQL", World::on_postgres().await),
    ];
    for (number, act) in history.iter().enumerate() {
        let expected = reference.perform(act).await;
        for (name, rival) in &mut rivals {
            let said = rival.perform(act).await;
            prop_assert_eq!(
                &said,
                &expected,
                "{} answers act {} differently: {:?}",
                name,
                number,
                act
            );
        }
    }
    let expected = reference.kept().await;
    for (name, rival) in &rivals {
        prop_assert_eq!(
            rival.kept().await,
            expected.clone(),
            "{} keeps something else",
            name
        );
    }
    for (_, rival) in rivals {
        rival.clear_away();
    }
    Ok(())
}
