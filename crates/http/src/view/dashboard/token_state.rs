//! What an authorization token is worth, may do, and how long still.

use super::{
    icon::Icon,
    listing::counted,
    mark::{Mark, Tone},
    since::Since,
};

/// Whether an authorization token is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenState {
    /// It is.
    Live,
    /// It was rotated away and is served for a while yet: in grace.
    InGrace {
        /// Until when.
        until: Since,
    },
    /// Its time is over.
    Expired,
    /// Another one has taken its place.
    Rotated,
    /// It was taken back.
    Revoked,
}

/// What an authorization token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Permissions {
    /// Look.
    pub(crate) read: bool,
    /// Make and change.
    pub(crate) write: bool,
    /// Delete.
    pub(crate) delete: bool,
}

/// When an authorization token expires, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expiry(pub(crate) Since);

/// Uses of an authorization token after it was rotated away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reuse {
    /// How many.
    pub(crate) count: u64,
}

impl TokenState {
    /// As pages show it.
    pub(super) fn mark(&self) -> Mark {
        match self {
            Self::Live => Mark::new(Tone::Good, Icon::Check, "Live"),
            Self::InGrace { .. } => Mark::new(Tone::Attention, Icon::Rotate, "In grace"),
            Self::Expired => Mark::new(Tone::Danger, Icon::Clock, "Expired"),
            Self::Rotated => Mark::new(Tone::Quiet, Icon::Rotate, "Rotated"),
            Self::Revoked => Mark::new(Tone::Danger, Icon::Cross, "Revoked"),
        }
    }

    /// Whether it is served.
    pub(super) const fn is_served(&self) -> bool {
        matches!(self, Self::Live | Self::InGrace { .. })
    }
}

impl Permissions {
    /// What reading allows.
    pub(super) const READ: &str = "See templates, recipients, credentials and tokens.";
    /// What writing allows.
    pub(super) const WRITE: &str = "Create and change templates, recipients and tokens, and send mail.";
    /// What deleting allows.
    pub(super) const DELETE: &str = "Delete recipients and revoke tokens, for good.";

    /// The words for them: "read, write, delete".
    pub(super) fn words(self) -> String {
        let words: Vec<_> = [
            (self.read, "read"),
            (self.write, "write"),
            (self.delete, "delete"),
        ]
        .into_iter()
        .filter_map(|(is_set, word)| is_set.then_some(word))
        .collect();
        words.join(", ")
    }

    /// What they allow, a sentence each.
    pub(super) fn sentences(self) -> Vec<(&'static str, &'static str)> {
        [
            (self.read, "Read", Self::READ),
            (self.write, "Write", Self::WRITE),
            (self.delete, "Delete", Self::DELETE),
        ]
        .into_iter()
        .filter_map(|(is_set, word, sentence)| is_set.then_some((word, sentence)))
        .collect()
    }
}

impl Expiry {
    /// How near it is, as a colour: attention from 30 days on, danger from 7.
    pub(super) fn tone(&self) -> Tone {
        match self.0.days_left() {
            Some(0..7) => Tone::Danger,
            Some(7..30) => Tone::Attention,
            None if self.0.is_over() => Tone::Danger,
            Some(_) | None => Tone::Quiet,
        }
    }

    /// The same as a sign, for those who do not see colours.
    pub(super) fn icon(&self) -> Option<Icon> {
        match self.tone() {
            Tone::Good | Tone::Quiet => None,
            Tone::Attention => Some(Icon::Clock),
            Tone::Danger => Some(Icon::Alert),
        }
    }
}

impl Reuse {
    /// How often, in words.
    pub(super) fn times(&self) -> String {
        if self.count == 1 {
            "once".to_owned()
        } else {
            counted(self.count, "time", "times")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_the_end_the_stronger_the_colour() {
        for (at, tone) in [
            ("2026-06-05T09:30:00.000Z", Tone::Quiet),
            ("2026-04-04T09:30:00.000Z", Tone::Quiet),
            ("2026-04-04T09:29:59.000Z", Tone::Attention),
            ("2026-03-12T09:30:00.000Z", Tone::Attention),
            ("2026-03-12T09:29:59.000Z", Tone::Danger),
            ("2026-03-05T09:30:00.000Z", Tone::Danger),
            ("2020-03-05T09:30:00.000Z", Tone::Danger),
            ("unknown", Tone::Quiet),
        ] {
            let expiry = Expiry(Since::of(at, "2026-03-05T09:30:00.000Z"));
            assert_eq!(expiry.tone(), tone, "{at}");
        }
    }

    #[test]
    fn permissions_are_words() {
        let all = Permissions {
            read: true,
            write: true,
            delete: true,
        };
        assert_eq!(all.words(), "read, write, delete");
        assert_eq!(Permissions { write: false, ..all }.words(), "read, delete");
    }
}
