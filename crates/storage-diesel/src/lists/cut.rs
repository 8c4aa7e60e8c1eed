//! A list, cut into sections by instants.
//!
//! Whatever order notes come in, each section has exactly those who were created from where it begins on, and before the next
//! begins. For a section begins later than everybody who was counted before it; and whoever is counted after it, however late,
//! is counted by when they were created.

use symbolon_domain::time::Timestamp;

/// How many a section has before the next one begins. Half as many are passed over for a page, on average.
const FULL: i64 = 4_096;

/// Where the first section begins: before it there is no instant.
const FIRST: i64 = Timestamp::MIN.as_millis();

/// All who were created from an instant on, and before that of the next section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Section {
    begins_at: i64,
    /// Nobody was counted here who was created later; of the last section it is needed.
    latest_at: i64,
    number: i64,
    is_changed: bool,
}

/// A list, cut into sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sections(Vec<Section>);

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// From this instant on, in rising order; before it, in falling order. `None` from the end of the list.
    pub(crate) from: Option<i64>,
    /// How many are passed over there.
    pub(crate) rest: i64,
}

impl Sections {
    /// As they are kept: where each begins, its latest instant and its number, in their order.
    pub(super) fn of(rows: Vec<(i64, i64, i64)>) -> Self {
        let sections = rows.into_iter().map(|(begins_at, latest_at, number)| Section {
            begins_at,
            latest_at,
            number,
            is_changed: false,
        });
        Self(sections.collect())
    }

    /// Counts some who came, or went, and were created at this instant.
    pub(super) fn add(&mut self, at: i64, difference: i64) {
        let begins_at = match self.0.last() {
            None => Some(FIRST),
            Some(last) if last.number >= FULL && at > last.latest_at => Some(at),
            Some(_) => None,
        };
        if let Some(begins_at) = begins_at {
            self.0.push(Section {
                begins_at,
                latest_at: at,
                number: 0,
                is_changed: true,
            });
        }
        let next = self.0.partition_point(|section| section.begins_at <= at);
        let place = next.saturating_sub(1);
        if let Some(section) = self.0.get_mut(place) {
            section.number += difference;
            section.latest_at = section.latest_at.max(at);
            section.is_changed = true;
        }
    }

    /// What is other than it was kept.
    pub(super) fn changed(&self) -> impl Iterator<Item = (i64, i64, i64)> {
        self.0
            .iter()
            .filter(|section| section.is_changed)
            .map(|section| (section.begins_at, section.latest_at, section.number))
    }

    /// How many there are.
    pub(crate) fn total(&self) -> i64 {
        self.0.iter().map(|section| section.number).sum()
    }

    /// Where so many have been passed over, from the first that was created or from the last.
    pub(crate) fn place(&self, passed: i64, is_falling: bool) -> Place {
        let mut rest = passed;
        let mut from = None;
        let mut pass = |section: &Section, next: Option<i64>| {
            let is_before = section.number <= rest;
            if is_before {
                rest -= section.number;
                from = next;
            }
            is_before
        };
        if is_falling {
            for section in self.0.iter().rev() {
                if !pass(section, Some(section.begins_at)) {
                    break;
                }
            }
        } else {
            let nexts = self.0.iter().skip(1).map(|next| Some(next.begins_at));
            for (section, next) in self.0.iter().zip(nexts) {
                if !pass(section, next) {
                    break;
                }
            }
        }
        Place { from, rest }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Numbers that look like chance, the same in every run.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: u64) -> u64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % end
        }
    }

    /// Whoever comes and goes in whatever order, each section has those of its time, and a page is where it is.
    #[test]
    fn a_place_is_where_so_many_were_passed() {
        for seed in 0..20 {
            let mut chance = Chance(seed);
            let mut sections = Sections::default();
            // How many of each instant.
            let mut there: BTreeMap<i64, i64> = BTreeMap::new();
            let mut clock = 0;
            for _ in 0..2_000 {
                clock += i64::try_from(chance.below(3)).unwrap();
                // Some commit late, or on a machine whose clock is behind.
                let at = clock - i64::try_from(chance.below(50)).unwrap();
                if chance.below(4) > 0 {
                    let count = i64::try_from(chance.below(60)).unwrap() + 1;
                    *there.entry(at).or_default() += count;
                    sections.add(at, count);
                } else if let Some((at, count)) = there.iter_mut().rev().find(|(_, count)| **count > 0) {
                    *count -= 1;
                    sections.add(*at, -1);
                }
            }
            let total: i64 = there.values().sum();
            assert_eq!(sections.total(), total);
            assert!(sections.0.len() > 5, "{}", sections.0.len());
            for is_falling in [false, true] {
                for _ in 0..200 {
                    let passed = i64::try_from(chance.below(u64::try_from(total).unwrap())).unwrap();
                    let place = sections.place(passed, is_falling);
                    let before: i64 = there
                        .iter()
                        .filter(|(at, _)| match place.from {
                            None => false,
                            Some(from) if is_falling => **at >= from,
                            Some(from) => **at < from,
                        })
                        .map(|(_, count)| count)
                        .sum();
                    assert_eq!(before + place.rest, passed, "{place:?}");
                    assert!(place.rest < 2 * FULL + 3_000, "{place:?}");
                }
            }
        }
    }

    #[test]
    fn a_list_begins_with_its_first() {
        let sections = Sections::default();
        assert_eq!(sections.place(0, true), Place { from: None, rest: 0 });
        assert_eq!(sections.total(), 0);
        let mut sections = Sections::default();
        sections.add(-5, 3);
        for is_falling in [false, true] {
            assert_eq!(sections.place(2, is_falling), Place { from: None, rest: 2 });
        }
    }

    #[test]
    fn those_of_one_instant_are_in_one_section() {
        let mut sections = Sections::default();
        for _ in 0..3 {
            sections.add(7, FULL);
        }
        sections.add(8, 1);
        let changed: Vec<_> = sections.changed().collect();
        assert_eq!(changed, [(FIRST, 7, 3 * FULL), (8, 8, 1)]);
    }
}
