//! Samples of jobs.

use std::net::{IpAddr, Ipv6Addr};

use symbolon_domain::{
    activity::{Actor, Attribution},
    id::{AdministratorId, JobId, OrganizationId},
    job::{Job, JobCounts, JobKind, JobOutcome, JobResult, JobState},
};

use super::{Samples, entropy, now};

impl Samples {
    /// An import that waits since now, asked for by an administrator.
    #[must_use]
    pub fn job(&self, organization: OrganizationId) -> Job {
        let number = self.number();
        Job {
            id: JobId::fresh(now(), entropy(number)),
            organization,
            kind: JobKind::Import,
            template: None,
            plan: format!("plan {number}"),
            by: self.attribution(),
            made_at: now(),
            state: JobState::Waiting,
            total: 100,
            counts: JobCounts::default(),
            cursor: None,
            began_at: None,
            ended_at: None,
            failure: None,
        }
    }

    /// An administrator like no other, in a request like no other.
    #[must_use]
    pub fn attribution(&self) -> Attribution {
        let number = self.number();
        Attribution {
            actor: Actor::Administrator(AdministratorId::fresh(now(), entropy(number))),
            request_id: Some(format!("request-{number}")),
            address: Some(IpAddr::V6(Ipv6Addr::LOCALHOST)),
        }
    }
}

/// What became of this row: it failed, and is kept to be mended.
#[must_use]
pub fn rejected(place: u64) -> JobResult {
    JobResult {
        place,
        outcome: JobOutcome::Failed,
        recipient: None,
        why: Some("no mail address".to_owned()),
        row: Some(format!("row {place}")),
    }
}
