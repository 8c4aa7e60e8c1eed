//! Templates: what the organization awards.

use askama::Template;

use super::{
    super::{frame::Page, kind::Kind},
    chart::Share,
    frame::DashboardFrame,
    icon::Icon,
    listing::{Listing, counted, grouped},
    mark::{Mark, Tone},
    paths,
};

/// The list of templates.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/template_list.html")]
pub(crate) struct TemplateListPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Those of this page.
    pub(crate) templates: Vec<TemplateRow>,
    /// Which page it is.
    pub(crate) listing: Listing,
    /// Whether who looks may create templates.
    pub(crate) may_act: bool,
}

/// A template in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemplateRow {
    /// Names it.
    pub(crate) id: String,
    /// What it awards.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) name: String,
    /// Whether it is used.
    pub(crate) state: TemplateState,
    /// What became of it.
    pub(crate) numbers: TemplateNumbers,
}

/// Whether a template is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TemplateState {
    /// It is.
    Active,
    /// Its links and its mail wait.
    Paused,
}

/// What became of what was issued; test recipients are left out. Each number is part of the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TemplateNumbers {
    /// Credentials.
    pub(crate) issued: u64,
    /// Those whose mail went out.
    pub(crate) mailed: u64,
    /// Those whose link a person opened.
    pub(crate) opened: u64,
    /// Those that were claimed.
    pub(crate) claimed: u64,
}

impl Page for TemplateListPage {
    fn heading(&self) -> String {
        "Templates".into()
    }
}

impl TemplateListPage {
    fn count(&self) -> String {
        counted(self.listing.total, "template", "templates")
    }
}

impl TemplateState {
    /// As pages show it.
    pub(super) fn mark(self) -> Mark {
        match self {
            Self::Active => Mark::new(Tone::Good, Icon::Check, "Active"),
            Self::Paused => Mark::new(Tone::Attention, Icon::Pause, "Paused"),
        }
    }
}

impl TemplateNumbers {
    /// Label, number, and how much of all that is.
    pub(super) fn steps(self) -> [(&'static str, String, Share); 4] {
        [
            ("Issued", self.issued),
            ("Mailed", self.mailed),
            ("Opened", self.opened),
            ("Claimed", self.claimed),
        ]
        .map(|(label, number)| (label, grouped(number), Share::of(number, self.issued)))
    }
}

impl Kind {
    /// The sign for it.
    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Badge => Icon::Badge,
            Self::Certificate => Icon::Template,
        }
    }

    /// The word for it in a form.
    pub(super) const fn value(self) -> &'static str {
        match self {
            Self::Badge => "badge",
            Self::Certificate => "certificate",
        }
    }

    /// The word for it on its own.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Badge => "Badge",
            Self::Certificate => "Certificate",
        }
    }
}
