//! How many, where to count all of them would take too long.

use super::listing::{counted, grouped};

/// How many there are, as far as they were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// So many.
    Exactly(u64),
    /// More than so many.
    MoreThan(u64),
}

impl Amount {
    /// Of what was counted up to one more than `most`.
    pub(crate) const fn of(counted: u64, most: u64) -> Self {
        if counted > most {
            Self::MoreThan(most)
        } else {
            Self::Exactly(counted)
        }
    }

    /// The number that stands on the page.
    pub(crate) const fn number(self) -> u64 {
        match self {
            Self::Exactly(number) | Self::MoreThan(number) => number,
        }
    }

    /// Whether there is none.
    pub(crate) const fn is_none(self) -> bool {
        matches!(self, Self::Exactly(0))
    }

    /// As many less; `None` where nothing can be said of what is left.
    pub(crate) const fn without(self, others: Self) -> Option<Self> {
        match (self, others) {
            (Self::Exactly(all), Self::Exactly(some)) => Some(Self::Exactly(all.saturating_sub(some))),
            (Self::MoreThan(all), Self::Exactly(some)) => Some(Self::MoreThan(all.saturating_sub(some))),
            // Of so many, more than so many: both were counted as far as it goes.
            (_, Self::MoreThan(_)) => None,
        }
    }

    /// "1,200", "more than 100,000".
    pub(super) fn grouped(self) -> String {
        self.said(grouped(self.number()))
    }

    /// With its noun: "1 recipient", "more than 100,000 recipients".
    pub(super) fn counted(self, one: &str, many: &str) -> String {
        self.said(counted(self.number(), one, many))
    }

    fn said(self, number: String) -> String {
        match self {
            Self::Exactly(_) => number,
            Self::MoreThan(_) => format!("more than {number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_counted_to_its_end_says_so() {
        assert_eq!(Amount::of(100, 100), Amount::Exactly(100));
        assert_eq!(Amount::of(101, 100), Amount::MoreThan(100));
        let many = Amount::of(100_001, 100_000);
        assert_eq!(many.counted("token", "tokens"), "more than 100,000 tokens");
        assert_eq!(Amount::Exactly(1_200).grouped(), "1,200");
    }

    #[test]
    fn of_what_is_left_no_more_is_said_than_is_known() {
        use Amount::{Exactly, MoreThan};
        assert_eq!(Exactly(9).without(Exactly(4)), Some(Exactly(5)));
        assert_eq!(MoreThan(9).without(Exactly(4)), Some(MoreThan(5)));
        assert_eq!(MoreThan(9).without(MoreThan(9)), None);
    }
}
