//! One step of an import: rows become credentials, and the step is kept, all at once.

use crate::{
    id::TemplateId,
    job::{JobOutcome, JobResult},
    port::{
        Ports,
        jobs::{JobStep, Turn},
    },
    service::{
        Fault,
        caller::{Authority, Mandate},
        issue_credentials::{CredentialWish, draft},
    },
};

/// Issues credentials for rows of a file.
#[derive(Debug)]
pub struct ImportRows<'a> {
    /// On whose behalf.
    pub mandate: &'a Mandate,
    /// Whose turn it is.
    pub turn: Turn,
    /// On which template all of them are.
    pub template: TemplateId,
    /// The rows that can be read; at most [`MAX_BATCH`](crate::service::issue_credentials::MAX_BATCH).
    pub rows: Vec<ImportRow>,
    /// What is kept besides: the rows that cannot be read, and how the job goes on.
    pub step: JobStep,
}

/// A row that can be read.
#[derive(Debug)]
pub struct ImportRow {
    /// Its line in the file.
    pub line: u64,
    /// The row itself, kept where it is rejected.
    pub text: String,
    /// What it wishes for; the template is the import's.
    pub wish: CredentialWish,
}

/// Why nothing was issued.
#[derive(Debug, thiserror::Error)]
pub enum ImportRowsError {
    /// The template is gone.
    #[error("the template is gone")]
    TemplateAbsent,
    /// Nothing can be said.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl ImportRows<'_> {
    /// Whether the job goes on: `false` where it was stopped, or somebody else has its turn. Nothing was issued then.
    ///
    /// # Errors
    /// Why nothing was issued.
    pub async fn run(self, ports: &Ports) -> Result<bool, ImportRowsError> {
        let now = ports.clock.now();
        let organization = self.mandate.member.organization.id;
        let template = ports
            .templates
            .find(organization, self.template)
            .await
            .map_err(Fault::from)?
            .ok_or(ImportRowsError::TemplateAbsent)?;
        let mut step = self.step;
        let (mut batch, mut rows) = (Vec::new(), Vec::new());
        for row in self.rows {
            let authority = Authority::Mandate(self.mandate);
            let drafted = draft(ports, authority, &template, &row.wish, None, now)?;
            if let Some((new, _secret)) = drafted {
                batch.push(new);
                rows.push((row.line, row.text));
            } else {
                step.counts.count(JobOutcome::Failed);
                step.results.push(JobResult {
                    place: row.line,
                    outcome: JobOutcome::Failed,
                    recipient: None,
                    why: Some("It would expire before it is issued.".to_owned()),
                    row: Some(row.text),
                });
            }
        }
        let issued = ports
            .jobs
            .issue(&self.turn, &batch, &rows, &step)
            .await
            .map_err(Fault::from)?;
        Ok(issued.is_some())
    }
}
