//! Settings of the organization.

use askama::Template;

use super::{
    super::frame::Page,
    choices::{Choice, choices},
    field::Field,
    frame::DashboardFrame,
    paths,
    question::{QuestionField, QuestionPage},
};

/// What the organization says about itself, and how the service treats it.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/settings.html")]
pub(crate) struct SettingsPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// What it calls itself.
    pub(crate) name: Field,
    /// The mail address where people reach it.
    pub(crate) contact: Field,
    /// Its own web site, or empty.
    pub(crate) url: Field,
    /// Whether the values of its authorization tokens can be shown again.
    pub(crate) reveal_policy: RevealPolicy,
    /// What people call the providers with which recipients connect.
    pub(crate) recipients_providers: Vec<String>,
    /// What people call the providers with which administrators sign in.
    pub(crate) administrators_providers: Vec<String>,
    /// Whether who looks may change any of this: an owner.
    pub(crate) may_govern: bool,
}

choices! {
    /// Whether the values of authorization tokens are kept, so that they can be shown again.
    RevealPolicy {
        /// They are.
        Always "always" "Again and again";
        /// They are shown once, when they are made.
        Once "once" "Once, when they are made";
    }
}

impl Page for SettingsPage {
    fn heading(&self) -> String {
        "Settings".into()
    }

    fn status(&self) -> u16 {
        if [&self.name, &self.contact, &self.url]
            .into_iter()
            .all(Field::is_good)
        {
            200
        } else {
            422
        }
    }
}

impl QuestionPage {
    /// Asks whether to change the reveal policy to this one; posts `policy` to `/dashboard/settings/reveal-policy`.
    pub(crate) fn reveal_policy(frame: DashboardFrame, policy: RevealPolicy) -> Self {
        let (title, consequences, verb) = match policy {
            RevealPolicy::Once => (
                "Show tokens only once?",
                vec![
                    "The values of all authorization tokens that are kept now are erased, at once and for good. The \
                     tokens go on working."
                        .to_owned(),
                    "From then on a value is shown when a token is made, and never again. Whoever loses it has to \
                     rotate the token. Lists of the API no longer carry values."
                        .to_owned(),
                ],
                "Erase and show only once",
            ),
            RevealPolicy::Always => (
                "Keep tokens, so that they can be shown again?",
                vec![
                    "The values of authorization tokens that are made from now on are kept, sealed. Administrators can \
                     look at them, and lists of the API carry them."
                        .to_owned(),
                    "Those that were made before stay hidden.".to_owned(),
                ],
                "Keep from now on",
            ),
        };
        Self {
            title: title.into(),
            consequences,
            fields: vec![QuestionField::Hidden {
                name: "policy",
                value: policy.code().into(),
            }],
            verb: verb.into(),
            action: frame.below(paths::SETTINGS, "reveal-policy"),
            cancel: frame.to(paths::SETTINGS),
            is_danger: policy == RevealPolicy::Once,
            frame,
        }
    }
}
