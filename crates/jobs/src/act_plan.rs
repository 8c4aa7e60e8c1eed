//! The plan of an act on many recipients.

use serde::{Deserialize, Serialize};
use symbolon_domain::{job::Job, text::RevocationReason};

use crate::{Act, UnreadablePlan, Whom, whom::Kept};

/// What is to be done to many recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActPlan {
    /// What is done to each.
    pub act: Act,
    /// To whom.
    pub whom: Whom,
    /// The same in words, for lists: "12 chosen recipients".
    pub about: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptPlan {
    about: String,
    whom: Kept,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl ActPlan {
    /// As a job keeps it. The act itself is the job's kind.
    #[must_use]
    pub fn written(&self) -> String {
        let reason = match &self.act {
            Act::RevokeCredential(reason) => reason.as_ref().map(|reason| reason.as_str().to_owned()),
            _ => None,
        };
        let kept = KeptPlan {
            about: self.about.clone(),
            whom: Kept::from(&self.whom),
            reason,
        };
        // Texts, numbers and lists of them can always be written.
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// Reads the plan of a job.
    ///
    /// # Errors
    /// Where it cannot be read as a whole.
    pub fn of(job: &Job) -> Result<Self, UnreadablePlan> {
        let kept: KeptPlan = serde_json::from_str(&job.plan).map_err(|_| UnreadablePlan)?;
        let reason = kept
            .reason
            .map(|reason| RevocationReason::parse(&reason).map_err(|_| UnreadablePlan))
            .transpose()?;
        Ok(Self {
            act: Act::of(job.kind, reason).ok_or(UnreadablePlan)?,
            whom: Whom::try_from(kept.whom)?,
            about: kept.about,
        })
    }
}
