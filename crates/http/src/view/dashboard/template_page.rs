//! One template: how it looks, what became of it, and what can be done with it.

use askama::Template;

use super::{
    super::{frame::Page, kind::Kind},
    frame::DashboardFrame,
    listing::counted,
    paths,
    question::QuestionPage,
    since::Since,
    template_list::{TemplateNumbers, TemplateState},
};

/// One template.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/template_page.html")]
pub(crate) struct TemplatePage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Names it.
    pub(crate) id: String,
    /// What it awards.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) name: String,
    /// What it says about itself.
    pub(crate) description: Option<String>,
    /// For how many days its credentials are valid; nothing for ever.
    pub(crate) validity_days: Option<u64>,
    /// Whether it is used.
    pub(crate) state: TemplateState,
    /// When it was made.
    pub(crate) created: Since,
    /// What became of it.
    pub(crate) numbers: TemplateNumbers,
    /// Test recipients, which are left out of the numbers.
    pub(crate) tests: u64,
    /// The picture's address, with the base path.
    pub(crate) picture: String,
    /// Whether who looks may change it.
    pub(crate) may_act: bool,
}

impl Page for TemplatePage {
    fn heading(&self) -> String {
        self.name.clone()
    }
}

impl TemplatePage {
    /// The address of one of its acts.
    fn act(&self, name: &str) -> String {
        self.frame.below(paths::TEMPLATES, &format!("{}/{name}", self.id))
    }

    /// The address of another page, about this template.
    fn about(&self, path: &str) -> String {
        format!("{}?template={}", self.frame.to(path), self.id)
    }

    fn validity(&self) -> String {
        self.validity_days.map_or_else(
            || "for ever".to_owned(),
            |days| counted(days, "day", "days") + " from the day of issue",
        )
    }

    const fn is_deletable(&self) -> bool {
        self.numbers.issued == 0 && self.tests == 0
    }

    fn tests(&self) -> String {
        counted(self.tests, "test recipient is", "test recipients are") + " left out."
    }
}

impl QuestionPage {
    /// Asks whether to pause a template; posts to `…/pause`.
    pub(crate) fn pause_template(frame: DashboardFrame, id: &str, name: &str) -> Self {
        let consequences = [
            "Its links stop working: whoever opens one is told that you have paused it. Mail that is due waits.",
            "Nothing is lost. What was claimed can still be verified by everybody, but its holder sees a page that \
             says it is paused.",
            "When you resume it, links work again, and the mail that waited is sent.",
        ];
        template_act(frame, id, name, "Pause", "pause", &consequences)
    }

    /// Asks whether to resume a template; posts to `…/resume`.
    pub(crate) fn resume_template(frame: DashboardFrame, id: &str, name: &str) -> Self {
        let consequences = ["Its links work again from that moment on, and the mail that waited is sent."];
        template_act(frame, id, name, "Resume", "resume", &consequences)
    }

    /// Asks whether to delete a template that has no recipients; posts to `…/delete`.
    pub(crate) fn delete_template(frame: DashboardFrame, id: &str, name: &str) -> Self {
        let consequences = ["It has no recipients, so nobody loses anything. It cannot be undone."];
        Self {
            is_danger: true,
            ..template_act(frame, id, name, "Delete", "delete", &consequences)
        }
    }
}

fn template_act(
    frame: DashboardFrame,
    id: &str,
    name: &str,
    verb: &str,
    path: &str,
    consequences: &[&str],
) -> QuestionPage {
    let page = frame.below(paths::TEMPLATES, id);
    QuestionPage {
        title: format!("{verb} the template “{name}”?"),
        consequences: consequences.iter().map(ToString::to_string).collect(),
        fields: Vec::new(),
        verb: format!("{verb} template"),
        action: format!("{page}/{path}"),
        cancel: page,
        is_danger: false,
        frame,
    }
}
