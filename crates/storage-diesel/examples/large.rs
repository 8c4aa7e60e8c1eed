//! Fills an empty database with a large organization, for `cargo xtask pages`; where there is one already, it stays.

#[path = "../benches/lists/data.rs"]
mod data;

use std::time::Instant;

use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [url, count] = arguments.as_slice() else {
        println!("large: give the URL of a database of no value, and how many recipients");
        return;
    };
    let count: i64 = count.parse().expect("the second word is a number");
    let parsed = DatabaseUrl::parse(url).expect("the first word is a URL");
    let store = DieselStore::open(Settings::new(parsed.clone())).expect("the database can be opened");
    store.migrate().expect("the migrations apply");
    let begun = Instant::now();
    if data::fill(&store, url, parsed.sqlite_path(), count) {
        println!("filled in {:.1} s", begun.elapsed().as_secs_f64());
    }
}
