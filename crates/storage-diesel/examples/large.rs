//! Fills an empty database with a large organization, for `cargo xtask pages`, or only with what its lists need, for
//! `cargo xtask bench`; where there is one already, it stays.

#[path = "../benches/lists/data.rs"]
mod data;

use std::time::Instant;

use data::Depth;
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let (url, count, depth) = match arguments.as_slice() {
        [url, count] => (url, count, Depth::Whole),
        [url, count, word] if word == "lists" => (url, count, Depth::Lists),
        _ => {
            println!(
                "large: give the URL of a database of no value, how many recipients, and `lists` if that is all they are for"
            );
            return;
        }
    };
    let count: i64 = count.parse().expect("the second word is a number");
    let parsed = DatabaseUrl::parse(url).expect("the first word is a URL");
    let store = DieselStore::open(Settings::new(parsed.clone())).expect("the database can be opened");
    store.migrate().expect("the migrations apply");
    let begun = Instant::now();
    if data::fill(&store, url, parsed.sqlite_path(), count, depth) {
        println!("filled in {:.1} s", begun.elapsed().as_secs_f64());
    }
}
