//! Putting a job together, and starting it.

use crate::{
    activity::{About, Action},
    id::{JobId, TemplateId},
    job::{Job, JobCounts, JobKind, JobState},
    port::{Ports, jobs::JobStart},
    service::{
        Fault,
        caller::{Authority, SignedInAdministrator},
    },
    time::Timestamp,
};

/// Keeps a file that is to be imported, until somebody starts the import.
#[derive(Debug)]
pub struct KeepDraft<'a> {
    /// Who asks.
    pub by: &'a SignedInAdministrator,
    /// On which template.
    pub template: TemplateId,
    /// What is known of it so far.
    pub plan: String,
    /// The file.
    pub file: &'a [u8],
}

impl KeepDraft<'_> {
    /// The draft; `None` where the organization has too many jobs that are not over.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Option<Job>, Fault> {
        let job = fresh(ports, self.by, JobKind::Import, Some(self.template), self.plan)?;
        let is_kept = ports.jobs.keep(&job, Some(self.file), None).await?;
        Ok(is_kept.then_some(job))
    }
}

/// Starts a draft.
#[derive(Debug)]
pub struct StartDraft<'a> {
    /// Who asks, and answers for it.
    pub by: &'a SignedInAdministrator,
    /// The draft.
    pub job: &'a Job,
    /// What is to be known.
    pub plan: String,
    /// How many rows there are.
    pub total: u64,
}

impl StartDraft<'_> {
    /// Whether it was a draft that nobody had started.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<bool, Fault> {
        let now = ports.clock.now();
        let entry = self
            .by
            .entry(ports, Action::JobStarted, about(self.job.template), now)?;
        let start = JobStart {
            by: Authority::Administrator(self.by).attribution(),
            at: now,
            total: self.total,
            plan: self.plan,
        };
        Ok(ports
            .jobs
            .start(self.job.organization, self.job.id, &start, &entry)
            .await?)
    }
}

/// Starts an act on many recipients.
#[derive(Debug)]
pub struct StartJob<'a> {
    /// Who asks, and answers for it.
    pub by: &'a SignedInAdministrator,
    /// What is to be done.
    pub kind: JobKind,
    /// The template, where all of them are on one.
    pub template: Option<TemplateId>,
    /// What is to be known.
    pub plan: String,
    /// How many there are.
    pub total: u64,
}

impl StartJob<'_> {
    /// The job; `None` where the organization has too many that are not over.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Option<Job>, Fault> {
        let mut job = fresh(ports, self.by, self.kind, self.template, self.plan)?;
        job.state = JobState::Waiting;
        job.total = self.total;
        let entry = self
            .by
            .entry(ports, Action::JobStarted, about(self.template), job.made_at)?;
        let is_kept = ports.jobs.keep(&job, None, Some(&entry)).await?;
        Ok(is_kept.then_some(job))
    }
}

fn fresh(
    ports: &Ports,
    by: &SignedInAdministrator,
    kind: JobKind,
    template: Option<TemplateId>,
    plan: String,
) -> Result<Job, Fault> {
    let now: Timestamp = ports.clock.now();
    Ok(Job {
        id: JobId::fresh(now, ports.id_entropy()?),
        organization: by.member.organization.id,
        kind,
        template,
        plan,
        by: Authority::Administrator(by).attribution(),
        made_at: now,
        state: JobState::Draft,
        total: 0,
        counts: JobCounts::default(),
        cursor: None,
        began_at: None,
        ended_at: None,
        failure: None,
    })
}

pub(super) fn about(template: Option<TemplateId>) -> About {
    template.map_or_else(About::default, About::template)
}
