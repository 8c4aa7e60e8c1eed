//! Long work: imports, and acts on many recipients.

use super::{
    choices::choices,
    icon::Icon,
    listing::{counted, grouped},
    mark::{Mark, Tone},
    since::Since,
};

/// Long work that goes on whether somebody looks or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Job {
    /// Names it.
    pub(crate) id: String,
    /// What it does.
    pub(crate) kind: JobKind,
    /// On what: the name of the file and the template of an import, or the filter of a bulk act, in words.
    pub(crate) about: String,
    /// How far it is.
    pub(crate) state: JobState,
    /// How many rows or recipients are done.
    pub(crate) done: u64,
    /// To how many it did not apply.
    pub(crate) skipped: u64,
    /// How many could not be done.
    pub(crate) failed: u64,
    /// How many there are in all.
    pub(crate) total: u64,
    /// When somebody asked for it.
    pub(crate) began: Since,
    /// Who did: the administrator's name.
    pub(crate) by: String,
}

choices! {
    /// What long work does.
    JobKind {
        /// Adds recipients from a file.
        Import "import" "Import";
        /// Mails links again.
        SendAgain "send_again" "Sending links again";
        /// Clears bindings.
        Reset "reset" "Resetting access";
        /// Revokes access.
        RevokeAccess "revoke_access" "Revoking access";
        /// Revokes credentials.
        RevokeCredential "revoke_credential" "Revoking credentials";
        /// Deletes recipients.
        Delete "delete" "Deleting recipients";
    }
}

/// How far long work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JobState {
    /// It waits for its turn.
    Waiting,
    /// It goes on.
    Running {
        /// How many are dealt with in a second.
        rate: Option<u64>,
        /// How many seconds it will still take.
        left: Option<u64>,
    },
    /// It is over, and everything was dealt with.
    Done {
        /// Since when.
        at: Since,
    },
    /// It broke off.
    Failed {
        /// Why, and what to do.
        why: String,
    },
    /// Somebody stopped it.
    Cancelled,
}

impl Job {
    /// How many were dealt with, one way or the other.
    pub(super) const fn dealt_with(&self) -> u64 {
        self.done.saturating_add(self.skipped).saturating_add(self.failed)
    }

    /// "340 of 1,000 rows".
    pub(super) fn progress(&self) -> String {
        let whole = match self.kind {
            JobKind::Import => counted(self.total, "row", "rows"),
            _ => counted(self.total, "recipient", "recipients"),
        };
        format!("{} of {whole}", grouped(self.dealt_with()))
    }

    /// What `progress` elements take for a whole; never nothing.
    pub(super) fn whole(&self) -> u64 {
        self.total.max(1)
    }

    /// Whether it is an import.
    pub(super) fn is_import(&self) -> bool {
        self.kind == JobKind::Import
    }
}

impl JobState {
    /// As pages show it.
    pub(super) fn mark(&self) -> Mark {
        match self {
            Self::Waiting => Mark::new(Tone::Quiet, Icon::Clock, "Waiting"),
            Self::Running { .. } => Mark::new(Tone::Quiet, Icon::Rotate, "Running"),
            Self::Done { .. } => Mark::new(Tone::Good, Icon::Check, "Done"),
            Self::Failed { .. } => Mark::new(Tone::Danger, Icon::Alert, "Broke off"),
            Self::Cancelled => Mark::new(Tone::Attention, Icon::Cross, "Stopped"),
        }
    }

    /// Whether it goes on, or will.
    pub(super) const fn is_alive(&self) -> bool {
        matches!(self, Self::Waiting | Self::Running { .. })
    }

    /// How fast it is, and how long it will take.
    pub(super) fn pace(&self) -> Option<String> {
        let Self::Running { rate, left } = self else {
            return None;
        };
        let rate = rate.map(|rate| format!("{} in a second", grouped(rate)));
        let left = left.map(|left| match left {
            0..10 => "a few seconds left".to_owned(),
            10..100 => format!("about {left} seconds left"),
            _ => format!("about {} left", counted(left.div_ceil(60), "minute", "minutes")),
        });
        let told: Vec<_> = [rate, left].into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_told_roughly() {
        let pace = |rate, left| JobState::Running { rate, left }.pace();
        assert_eq!(pace(None, None), None);
        assert_eq!(
            pace(Some(1_200), Some(3)).unwrap(),
            "1,200 in a second, a few seconds left"
        );
        assert_eq!(pace(None, Some(45)).unwrap(), "about 45 seconds left");
        assert_eq!(pace(None, Some(121)).unwrap(), "about 3 minutes left");
        assert_eq!(JobState::Waiting.pace(), None);
    }
}
