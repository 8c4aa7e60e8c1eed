//! How long the pages of the dashboard take where there are a million recipients: the whole of each, as a browser asks for it.
//!
//! `cargo xtask pages URL COUNT` makes ready what this needs, and runs it. Nothing is judged by it: it is for whoever changes
//! a page or an index.

#[path = "pages/clerk.rs"]
mod clerk;
#[path = "pages/premises.rs"]
mod premises;
#[path = "pages/recipients.rs"]
mod recipients;
#[path = "pages/stopwatch.rs"]
mod stopwatch;
#[path = "pages/tour.rs"]
mod tour;

use clerk::Clerk;
use premises::Premises;

fn main() {
    let arguments: Vec<_> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let [url, count] = arguments.as_slice() else {
        // Also what `cargo test --benches` gets.
        println!(
            "pages: give the URL of a database that `cargo xtask pages` has filled, and with how many recipients"
        );
        return;
    };
    let count: u64 = count.parse().expect("the second word is a number");
    let premises = Premises::at(url);
    let runtime = tokio::runtime::Runtime::new().expect("there are threads");
    runtime.block_on(async {
        let mut clerk = Clerk::invited(&premises).await;
        tour::everything(&mut clerk, count).await;
        clerk.watch.sum_up();
    });
}
