//! Histories of what several saw of one thing while somebody changed it, and whether there is an order in which all of it can
//! have happened: whether the thing was *linearizable*.
//!
//! The thing has versions: 0 before the first change, and one more with each. One after the other makes them, so a version
//! is named by how many changes came before it. Who looks sees one of them, or something that several have in common.

use std::sync::atomic::{AtomicU64, Ordering};

/// Instants of one history: each is later than all that were taken before it was asked for.
#[derive(Debug, Default)]
pub struct Ticks(AtomicU64);

impl Ticks {
    /// The next instant.
    pub fn tick(&self) -> u64 {
        self.0.fetch_add(1, Ordering::SeqCst)
    }
}

/// From before a call was made until after it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Before the call.
    pub begun: u64,
    /// After its answer.
    pub ended: u64,
}

/// What was seen, and when.
#[derive(Debug, Clone)]
pub struct Sight {
    /// When.
    pub span: Span,
    /// The versions that look like this, rising.
    pub versions: Vec<usize>,
}

/// Whether the changes, of which each began after the one before had ended, and the sights can have happened one at a time,
/// each at an instant within its span.
///
/// # Errors
/// The first sight that can not: something older was seen than what had been answered or seen before it began, or something
/// newer than what had begun.
pub fn is_linearizable(changes: &[Span], sights: &[Sight]) -> Result<(), Sight> {
    let mut sights: Vec<_> = sights.iter().collect();
    sights.sort_unstable_by_key(|sight| sight.span.begun);
    // Each sight is given the oldest version that it can be of, which leaves the most to those after it.
    let mut given: Vec<(u64, usize)> = Vec::with_capacity(sights.len());
    for sight in sights {
        let answered = changes.partition_point(|change| change.ended < sight.span.begun);
        let begun = changes.partition_point(|change| change.begun < sight.span.ended);
        let seen = given
            .iter()
            .filter(|(ended, _)| *ended < sight.span.begun)
            .map(|(_, version)| *version)
            .max();
        let oldest = answered.max(seen.unwrap_or(0));
        let version = sight
            .versions
            .iter()
            .find(|version| (oldest..=begun).contains(*version));
        match version {
            Some(version) => given.push((sight.span.ended, *version)),
            None => return Err(sight.clone()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(begun: u64, ended: u64) -> Span {
        Span { begun, ended }
    }

    fn sight(begun: u64, ended: u64, versions: &[usize]) -> Sight {
        Sight {
            span: span(begun, ended),
            versions: versions.to_vec(),
        }
    }

    #[test]
    fn during_a_change_either_is_seen() {
        let changes = [span(10, 20)];
        for sights in [
            vec![sight(0, 5, &[0]), sight(21, 25, &[1])],
            vec![sight(11, 12, &[0]), sight(13, 14, &[1])],
            vec![sight(5, 15, &[1]), sight(6, 30, &[0])],
        ] {
            assert!(is_linearizable(&changes, &sights).is_ok(), "{sights:?}");
        }
    }

    #[test]
    fn nothing_older_is_seen_than_what_was_answered_or_seen() {
        let changes = [span(10, 20)];
        for sights in [
            vec![sight(21, 25, &[0])],
            vec![sight(11, 12, &[1]), sight(13, 14, &[0])],
            vec![sight(0, 9, &[1])],
        ] {
            assert!(is_linearizable(&changes, &sights).is_err(), "{sights:?}");
        }
    }

    #[test]
    fn what_looks_the_same_may_be_of_any_of_its_versions() {
        let changes = [span(10, 20), span(30, 40)];
        assert!(is_linearizable(&changes, &[sight(41, 42, &[0, 2])]).is_ok());
        assert!(is_linearizable(&changes, &[sight(21, 22, &[0, 2])]).is_err());
        // It can only be the second, and then the first is not seen any more.
        let sights = [sight(25, 35, &[2]), sight(36, 37, &[1])];
        assert!(is_linearizable(&changes, &sights).is_err());
    }
}
