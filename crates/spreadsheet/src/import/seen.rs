//! Which lines of a file have what, in a few bytes each.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, Hash, RandomState},
};

/// On which line something was first seen, such as a mail address, in a few bytes for each.
///
/// Two things of one digest are taken for the same, which of a million happens once in tens of millions of files; and
/// only where nothing is issued it matters, or the wording of a reason.
#[derive(Debug, Default)]
pub struct Seen {
    lines: HashMap<u64, u64>,
    hasher: RandomState,
}

impl Seen {
    /// The line that has this.
    #[must_use]
    pub fn line_of(&self, thing: &impl Hash) -> Option<u64> {
        self.lines.get(&self.hasher.hash_one(thing)).copied()
    }

    /// Notes the line that has this.
    pub fn note(&mut self, thing: &impl Hash, line: u64) {
        self.lines.insert(self.hasher.hash_one(thing), line);
    }
}
