//! Stopping a job.

use super::begin::about;
use crate::{
    activity::Action,
    job::Job,
    port::Ports,
    service::{Fault, caller::SignedInAdministrator},
};

/// Stops a job that goes on, or takes a draft back. What is done stays done.
#[derive(Debug)]
pub struct StopJob<'a> {
    /// Who asks.
    pub by: &'a SignedInAdministrator,
    /// Which.
    pub job: &'a Job,
}

impl StopJob<'_> {
    /// Whether there was something to stop. From the answer on an import issues nothing more; an act on many recipients may
    /// have some of them under way.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<bool, Fault> {
        let now = ports.clock.now();
        let entry = self
            .by
            .entry(ports, Action::JobStopped, about(self.job.template), now)?;
        Ok(ports
            .jobs
            .stop(self.job.organization, self.job.id, &entry)
            .await?)
    }
}
