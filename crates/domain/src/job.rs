//! Jobs: long work that an administrator asks for and that goes on without them – an import, or one act on many recipients.
//! What is kept of it survives a restart, and each step of it counts exactly once.

use crate::{
    activity::Attribution,
    id::{JobId, OrganizationId, RecipientId, TemplateId},
    port::recipients::Issuing,
    time::Timestamp,
};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// The most jobs of an organization that are not over, drafts included: whoever has more waits for one to end.
pub const MAX_OPEN_JOBS: u64 = 50;

/// The largest file that a job takes, in bytes.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

/// How long a draft is kept that nobody starts, in milliseconds: long enough to ask a colleague about a column.
pub const DRAFT_LIFE: i64 = DAY;

/// How long rows that were rejected are kept to be mended after a job is over, in milliseconds. They hold personal data of
/// people who are nobody's recipients.
pub const ROWS_LIFE: i64 = 7 * DAY;

/// How long a job that is over is kept, with what became of each recipient, in milliseconds.
pub const JOB_LIFE: i64 = 90 * DAY;

/// Long work, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Names it.
    pub id: JobId,
    /// Whose work it is.
    pub organization: OrganizationId,
    /// What it does.
    pub kind: JobKind,
    /// The template that it is about, where it is about one.
    pub template: Option<TemplateId>,
    /// What whoever carries it out has to know, in words of their own; a store keeps it as it is.
    pub plan: String,
    /// Who asked for it, and where from.
    pub by: Attribution,
    /// When it was asked for; of a draft, when the file came.
    pub made_at: Timestamp,
    /// How far it is.
    pub state: JobState,
    /// How many rows or recipients there are in all.
    pub total: u64,
    /// What became of those that were dealt with.
    pub counts: JobCounts,
    /// Where it goes on, in words of whoever carries it out; `None` at the beginning.
    pub cursor: Option<String>,
    /// When it was first taken up.
    pub began_at: Option<Timestamp>,
    /// When it was over, one way or the other.
    pub ended_at: Option<Timestamp>,
    /// Why it broke off, in our words.
    pub failure: Option<String>,
}

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Issues credentials to everybody in a file.
    Import,
    /// Mails links again.
    MailAgain,
    /// Clears bindings.
    ResetAccess,
    /// Revokes access.
    RevokeAccess,
    /// Revokes credentials.
    RevokeCredential,
    /// Deletes recipients.
    DeleteRecipient,
}

impl JobKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Import,
        Self::MailAgain,
        Self::ResetAccess,
        Self::RevokeAccess,
        Self::RevokeCredential,
        Self::DeleteRecipient,
    ];

    /// The stored word, which never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::MailAgain => "mail_again",
            Self::ResetAccess => "reset_access",
            Self::RevokeAccess => "revoke_access",
            Self::RevokeCredential => "revoke_credential",
            Self::DeleteRecipient => "delete_recipient",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It is still being put together: nothing happens before somebody starts it.
    Draft,
    /// It waits for its turn.
    Waiting,
    /// It was taken up.
    Running,
    /// Everything was dealt with.
    Done,
    /// It broke off.
    Failed,
    /// Somebody stopped it.
    Stopped,
}

impl JobState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Waiting,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Stopped,
    ];

    /// The stored word, which never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }

    /// Whether it goes on by itself.
    #[must_use]
    pub const fn goes_on(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }

    /// Whether nothing more will happen.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Stopped)
    }
}

/// How many rows or recipients were dealt with, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobCounts {
    /// It was done.
    pub done: u64,
    /// It did not apply.
    pub skipped: u64,
    /// It could not be done.
    pub failed: u64,
}

impl JobCounts {
    /// All of them.
    #[must_use]
    pub const fn dealt_with(self) -> u64 {
        self.done.saturating_add(self.skipped).saturating_add(self.failed)
    }

    /// Counts one more.
    pub const fn count(&mut self, outcome: JobOutcome) {
        let counted = match outcome {
            JobOutcome::Done => &mut self.done,
            JobOutcome::Skipped => &mut self.skipped,
            JobOutcome::Failed => &mut self.failed,
        };
        *counted = counted.saturating_add(1);
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            done: self.done.saturating_add(other.done),
            skipped: self.skipped.saturating_add(other.skipped),
            failed: self.failed.saturating_add(other.failed),
        }
    }
}

/// What became of one row or recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobOutcome {
    /// It was done.
    Done,
    /// It did not apply.
    Skipped,
    /// It could not be done.
    Failed,
}

impl JobOutcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Done, Self::Skipped, Self::Failed];

    /// The stored word, which never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == text)
    }
}

/// What became of one row or recipient, as it is kept. Of a row that was imported nothing is kept but the count: the
/// recipient is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobResult {
    /// Its place in the job: the line of the file, or a number from 1. No two of a job have the same.
    pub place: u64,
    /// What became of it.
    pub outcome: JobOutcome,
    /// The recipient; they may be gone meanwhile.
    pub recipient: Option<RecipientId>,
    /// Why it was not done, for people.
    pub why: Option<String>,
    /// The row itself where it was rejected, in words of whoever reads the file; forgotten before the rest is.
    pub row: Option<String>,
}

impl JobResult {
    /// What is kept of a row that was to be issued; `None` where it was.
    #[must_use]
    pub fn of_issuing(place: u64, row: &str, issuing: Issuing) -> Option<Self> {
        let (recipient, why) = match issuing {
            Issuing::Issued => return None,
            Issuing::Duplicate(recipient) => {
                (Some(recipient), "Somebody with this mail address has it already.")
            }
            Issuing::TemplateAbsent => (None, "The template was deleted."),
            Issuing::OrganizationCancelled => (None, "The organization is cancelled."),
            Issuing::KeyTaken => (None, "Another request has taken its place."),
        };
        Some(Self {
            place,
            outcome: JobOutcome::Failed,
            recipient,
            why: Some(why.to_owned()),
            row: Some(row.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stored_word_is_read_back() {
        for kind in JobKind::ALL {
            assert_eq!(JobKind::parse(kind.name()), Some(kind));
        }
        for state in JobState::ALL {
            assert_eq!(JobState::parse(state.name()), Some(state));
        }
        for outcome in JobOutcome::ALL {
            assert_eq!(JobOutcome::parse(outcome.name()), Some(outcome));
        }
        assert_eq!(JobState::parse("asleep"), None);
    }

    #[test]
    fn a_job_is_a_draft_goes_on_or_is_over() {
        for state in JobState::ALL {
            let ways = [state == JobState::Draft, state.goes_on(), state.is_over()];
            assert_eq!(ways.iter().filter(|way| **way).count(), 1, "{state:?}");
        }
    }

    #[test]
    fn each_outcome_is_counted_once() {
        let mut counts = JobCounts::default();
        for outcome in JobOutcome::ALL {
            counts.count(outcome);
        }
        counts.count(JobOutcome::Failed);
        let all = counts.and(counts);
        assert_eq!((all.done, all.skipped, all.failed), (2, 2, 4));
        assert_eq!(all.dealt_with(), 8);
    }
}
