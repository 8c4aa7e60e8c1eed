//! What takes how long.

use std::time::{Duration, Instant};

use symbolon_tests::Reply;

/// How often each page is timed, and how long at most.
const ROUNDS: usize = 9;
const PATIENCE: Duration = Duration::from_secs(3);

/// What a page may take.
const ENOUGH: Duration = Duration::from_millis(50);

/// The medians so far.
#[derive(Default)]
pub(crate) struct Stopwatch {
    medians: Vec<(Duration, String)>,
    refused: Vec<String>,
}

impl Stopwatch {
    /// Asks again and again, and prints the median of the answers' times, the slowest, and how large the answer is.
    pub(crate) async fn time(&mut self, name: &str, ask: impl AsyncFn() -> Reply) -> Reply {
        let begun = Instant::now();
        // The first finds nothing in memory, and does not count.
        let mut reply = ask().await;
        let mut taken = Vec::with_capacity(ROUNDS);
        while taken.is_empty() || (taken.len() < ROUNDS && begun.elapsed() < PATIENCE) {
            let start = Instant::now();
            reply = ask().await;
            taken.push(start.elapsed());
        }
        let (median, slowest) = (middle(&mut taken), taken.last().copied().unwrap_or_default());
        println!(
            "{:>9.2} ms {:>9.2} {:>8} B  {name}",
            millis(median),
            millis(slowest),
            reply.text.len()
        );
        if reply.status == 200 {
            self.medians.push((median, name.to_owned()));
        } else {
            self.refused.push(format!("{} {name}", reply.status));
        }
        reply
    }

    /// Prints what all of it comes to.
    pub(crate) fn sum_up(mut self) {
        self.medians.sort_unstable();
        let mut all: Vec<_> = self.medians.iter().map(|(median, _)| *median).collect();
        println!("\n{} pages, median {:.2} ms", all.len(), millis(middle(&mut all)));
        let slow: Vec<_> = self
            .medians
            .iter()
            .filter(|(median, _)| *median > ENOUGH)
            .collect();
        println!("{} above {} ms", slow.len(), ENOUGH.as_millis());
        for (median, name) in slow {
            println!("{:>9.2} ms  {name}", millis(*median));
        }
        for refused in self.refused {
            println!("not a page: {refused}");
        }
    }
}

/// The median of some times, which are then in their order.
fn middle(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
