//! Which template: what a select of them offers.

use super::{listing::counted, named::Named};

/// The templates that a select offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TemplateChoices {
    /// Those that can be chosen, by name.
    pub(crate) offered: Vec<Named>,
    /// Where the organization has more: how many of its newest are offered.
    pub(crate) cut_at: Option<u64>,
}

impl TemplateChoices {
    /// Whether there is nothing to choose.
    pub(super) const fn is_empty(&self) -> bool {
        self.offered.is_empty()
    }

    /// The one with this id.
    pub(crate) fn find(&self, id: &str) -> Option<&Named> {
        self.offered.iter().find(|template| template.id == id)
    }

    /// They, as a select has them.
    pub(super) fn options(&self) -> Vec<(String, String)> {
        let offered = self.offered.iter();
        offered.map(|one| (one.id.clone(), one.name.clone())).collect()
    }

    /// What is said where not all of them stand there.
    pub(super) fn cut(&self) -> Option<String> {
        let newest = counted(self.cut_at?, "template", "templates");
        Some(format!("Only the newest {newest} can be chosen here."))
    }
}
