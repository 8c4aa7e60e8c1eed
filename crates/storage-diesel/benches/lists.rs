//! How long the lists of the dashboard take where there are a million recipients.
//!
//! `cargo bench -p symbolon-storage-diesel --bench lists -- URL COUNT` fills an empty database, and prints a median for each
//! query; where there are recipients already, they stay. Nothing is judged by it: it is for whoever changes an index.

#[path = "lists/cases.rs"]
mod cases;
#[path = "lists/data.rs"]
#[expect(dead_code, reason = "the example `large` can fill with less, too")]
mod data;
#[path = "lists/named.rs"]
mod named;

use std::{
    future::Future,
    time::{Duration, Instant},
};

use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};

/// How often each query is timed, and how long at most.
const ROUNDS: usize = 9;
const PATIENCE: Duration = Duration::from_secs(3);

fn main() {
    let arguments: Vec<_> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let [url, count] = arguments.as_slice() else {
        // Also what `cargo test --benches` gets.
        println!("lists: give the URL of a database of no value, and how many recipients");
        return;
    };
    let count: i64 = count.parse().expect("the second word is a number");
    let parsed = DatabaseUrl::parse(url).expect("the first word is a URL");
    let store = DieselStore::open(Settings::new(parsed.clone())).expect("the database can be opened");
    store.migrate().expect("the migrations apply");
    let begun = Instant::now();
    if data::fill(&store, url, parsed.sqlite_path(), count, data::Depth::Whole) {
        println!("filled in {:.1} s", begun.elapsed().as_secs_f64());
    }
    let runtime = tokio::runtime::Runtime::new().expect("there are threads");
    runtime.block_on(cases::run(&store, count));
}

/// Times a query, and prints the median with how many rows it gave.
async fn time<T, E: std::fmt::Debug, R: Future<Output = Result<T, E>>>(
    name: &str,
    rows: impl Fn(&T) -> usize,
    query: impl Fn() -> R,
) {
    let mut taken = Vec::new();
    let mut found = 0;
    let begun = Instant::now();
    // One more than is counted, for the first finds nothing in memory.
    for round in 0..=ROUNDS {
        let start = Instant::now();
        let answer = match query().await {
            Ok(answer) => answer,
            Err(error) => {
                println!(
                    "   failed after {:.1} s  {name}: {error:?}",
                    start.elapsed().as_secs_f64()
                );
                return;
            }
        };
        if round > 0 || begun.elapsed() > PATIENCE {
            taken.push(start.elapsed());
        }
        found = rows(&answer);
        if begun.elapsed() > PATIENCE {
            break;
        }
    }
    taken.sort_unstable();
    let median = taken.get(taken.len() / 2).copied().unwrap_or_default();
    println!("{:>9.2} ms  {found:>5}  {name}", median.as_secs_f64() * 1_000.0);
}
