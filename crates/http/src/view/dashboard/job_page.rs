//! One piece of long work, and the list of them.

use askama::Template;

use super::{
    super::frame::Page,
    choices::Choice,
    frame::DashboardFrame,
    icon::Icon,
    job::{Job, JobState},
    key_pages::{KeyPages, UNFILTERED},
    listing::grouped,
    mark::{Mark, Tone},
    paths,
    question::QuestionPage,
};

/// One piece of long work. With script its `#progress` is fetched anew every second while it goes on.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/job_page.html")]
pub(crate) struct JobPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// What it is.
    pub(crate) job: Job,
    /// What became of the first rows, at most 100, those that could not be done first.
    pub(crate) report: Vec<JobRow>,
    /// Whether who looks may stop it.
    pub(crate) may_act: bool,
    /// Whether who looks may take the report away.
    pub(crate) may_export: bool,
}

/// What became of one row or recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JobRow {
    /// The line of the file, for imports.
    pub(crate) line: Option<u64>,
    /// Who it was about: a name or a mail address; empty where a line has neither.
    pub(crate) name: String,
    /// The recipient, while there is one.
    pub(crate) recipient: Option<String>,
    /// What became of it.
    pub(crate) outcome: RowOutcome,
    /// Why, where it was not done, and what to do.
    pub(crate) why: Option<String>,
}

/// What became of a row or a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowOutcome {
    /// It was done.
    Done,
    /// It did not apply.
    Skipped,
    /// It could not be done.
    Failed,
}

/// Long work, the latest first.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/job_list.html")]
pub(crate) struct JobListPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Those of this page.
    pub(crate) jobs: Vec<Job>,
    /// What lies beside this page.
    pub(crate) pages: KeyPages,
    /// Whether who looks may begin an import.
    pub(crate) may_act: bool,
}

impl Page for JobPage {
    fn heading(&self) -> String {
        self.job.kind.label().into()
    }
}

impl Page for JobListPage {
    fn heading(&self) -> String {
        "Imports and bulk acts".into()
    }
}

impl JobPage {
    fn address(&self) -> String {
        self.frame.below(paths::JOBS, &self.job.id)
    }

    fn below(&self, rest: &str) -> String {
        format!("{}/{rest}", self.address())
    }
}

impl RowOutcome {
    fn mark(self) -> Mark {
        match self {
            Self::Done => Mark::new(Tone::Good, Icon::Check, "Done"),
            Self::Skipped => Mark::new(Tone::Quiet, Icon::Dot, "Left out"),
            Self::Failed => Mark::new(Tone::Danger, Icon::Cross, "Not done"),
        }
    }
}

impl QuestionPage {
    /// Asks whether to stop work that goes on; posts to `…/jobs/{id}/cancel`.
    pub(crate) fn cancel_job(frame: DashboardFrame, job: &Job) -> Self {
        let page = frame.below(paths::JOBS, &job.id);
        Self {
            title: "Stop this?".into(),
            consequences: vec![
                format!(
                    "{}, {}: {} dealt with so far.",
                    job.kind.label(),
                    job.about,
                    job.progress()
                ),
                "What is done stays done. The rest is left as it is.".into(),
            ],
            fields: Vec::new(),
            verb: "Stop".into(),
            action: format!("{page}/cancel"),
            cancel: page,
            is_danger: true,
            frame,
        }
    }
}
