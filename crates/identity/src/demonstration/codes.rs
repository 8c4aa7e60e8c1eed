//! Authorization codes: each good once, for a minute.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use symbolon_domain::time::Timestamp;

use super::{Person, Request};

/// How long a code lives, in seconds.
const LIFE_SECONDS: i64 = 60;
/// The most codes that are kept; the oldest makes room.
const MAX: usize = 1_000;

/// What a code stands for.
pub(super) struct Code {
    pub(super) text: String,
    pub(super) person: &'static Person,
    pub(super) request: Request,
    pub(super) made_at: Timestamp,
}

/// The codes that were not redeemed yet, the oldest first.
#[derive(Default)]
pub(super) struct Codes(Mutex<VecDeque<Code>>);

impl Codes {
    pub(super) fn keep(&self, code: Code) {
        let mut codes = self.codes();
        codes.retain(|other| other.is_good(code.made_at));
        if codes.len() >= MAX {
            codes.pop_front();
        }
        codes.push_back(code);
    }

    /// The code of this text, which is good no more from now on.
    pub(super) fn take(&self, text: &str, now: Timestamp) -> Option<Code> {
        let mut codes = self.codes();
        let place = codes.iter().position(|code| code.text == text)?;
        codes.remove(place).filter(|code| code.is_good(now))
    }

    /// What panicked elsewhere cannot have left the queue half changed.
    fn codes(&self) -> MutexGuard<'_, VecDeque<Code>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Code {
    fn is_good(&self, now: Timestamp) -> bool {
        self.made_at.plus_seconds(LIFE_SECONDS).is_ahead_of(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str, second: i64) -> Code {
        Code {
            text: text.to_owned(),
            person: Person::find("ada").unwrap(),
            request: Request::sample(),
            made_at: Timestamp::from_millis(second * 1_000),
        }
    }

    #[test]
    fn only_so_many_are_kept() {
        let codes = Codes::default();
        for number in 0..=MAX {
            codes.keep(code(&number.to_string(), 0));
        }
        let now = Timestamp::from_millis(0);
        assert_eq!(codes.codes().len(), MAX);
        assert!(codes.take("0", now).is_none());
        assert!(codes.take("1", now).is_some());
        codes.keep(code("last", 60));
        assert_eq!(codes.codes().len(), 1, "the expired ones are gone");
    }
}
