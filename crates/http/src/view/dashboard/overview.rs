//! The first page of the dashboard: numbers, what waits, and what to do next.

use askama::Template;

use super::{
    super::frame::Page,
    chart::Chart,
    frame::DashboardFrame,
    listing::{counted, grouped},
    paths,
};

/// The overview. What waits in the queue of reset requests stands in the frame.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/overview.html")]
pub(crate) struct OverviewPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Counted over all templates.
    pub(crate) numbers: OverviewNumbers,
    /// Claims per week, the last 26 weeks.
    pub(crate) claims: Chart,
    /// Credentials that expire per month, the next 12 months.
    pub(crate) expiries: Chart,
    /// Whether who looks may act.
    pub(crate) may_act: bool,
}

/// What the overview counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct OverviewNumbers {
    /// Templates.
    pub(crate) templates: u64,
    /// Recipients.
    pub(crate) recipients: u64,
    /// Of them those who have claimed.
    pub(crate) claimed: u64,
    /// Of them those who have not claimed yet.
    pub(crate) waiting: u64,
    /// Of them those whose mail could not be delivered.
    pub(crate) mail_failed: u64,
    /// Live authorization tokens.
    pub(crate) tokens: u64,
}

/// A step of a fresh organization.
struct Step {
    is_done: bool,
    is_next: bool,
    title: &'static str,
    why: &'static str,
    act: &'static str,
    address: String,
}

/// A number, and where it leads.
struct Tile {
    label: &'static str,
    number: String,
    address: String,
    is_bad: bool,
}

impl Page for OverviewPage {
    fn heading(&self) -> String {
        self.frame.organization.clone()
    }
}

impl OverviewPage {
    /// Whether the organization still has to begin.
    const fn is_fresh(&self) -> bool {
        self.numbers.templates == 0 || self.numbers.recipients == 0
    }

    fn steps(&self) -> Vec<Step> {
        let numbers = self.numbers;
        let mut steps = vec![
            Step {
                is_done: numbers.templates > 0,
                is_next: false,
                title: "Create a template",
                why: "It says what you award: a certificate or a badge.",
                act: "Create template",
                address: self.frame.below(paths::TEMPLATES, "new"),
            },
            Step {
                is_done: numbers.recipients > 0,
                is_next: false,
                title: "Add recipients",
                why: "One by one, or from a file. You can add yourself first, as a test.",
                act: "Add a recipient",
                address: self.frame.below(paths::RECIPIENTS, "new"),
            },
            Step {
                is_done: numbers.claimed > 0,
                is_next: false,
                title: "They claim it",
                why: "Each gets a mail with a link that only they can use. You see here who has.",
                act: "See your recipients",
                address: self.frame.to(paths::RECIPIENTS),
            },
        ];
        if let Some(next) = steps.iter_mut().find(|step| !step.is_done) {
            next.is_next = true;
        }
        steps
    }

    fn tiles(&self) -> [Tile; 5] {
        let numbers = self.numbers;
        let recipients = |filter| format!("{}{filter}", self.frame.to(paths::RECIPIENTS));
        [
            ("Templates", numbers.templates, self.frame.to(paths::TEMPLATES)),
            ("Recipients", numbers.recipients, recipients("")),
            ("Claimed", numbers.claimed, recipients("?state=claimed")),
            ("Not claimed yet", numbers.waiting, recipients("?state=waiting")),
            ("Mail failed", numbers.mail_failed, recipients("?mail=failed")),
        ]
        .map(|(label, number, address)| Tile {
            label,
            number: grouped(number),
            address,
            is_bad: label == "Mail failed" && number > 0,
        })
    }

    fn requests(&self) -> String {
        match self.frame.requests {
            1 => "1 recipient asks for a reset.".to_owned(),
            count => format!("{} recipients ask for a reset.", grouped(count)),
        }
    }

    fn tokens(&self) -> String {
        counted(
            self.numbers.tokens,
            "live authorization token",
            "live authorization tokens",
        )
    }
}
