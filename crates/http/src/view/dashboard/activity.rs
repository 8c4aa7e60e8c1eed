//! The activity log: who did what, when, from where.

use askama::Template;

use super::{
    super::frame::Page,
    actor::Actor,
    address,
    choices::{Choice, choices},
    client_address::ClientAddress,
    deed::{DeedGroup, alarm, told},
    field::Field,
    frame::DashboardFrame,
    key_pages::KeyPages,
    paths,
    select::Select,
    since::Since,
};

/// A page of the activity log.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/activity.html")]
pub(crate) struct ActivityPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Which entries are shown.
    pub(crate) filter: ActivityFilter,
    /// Those of this page, the latest first.
    pub(crate) entries: Vec<ActivityRow>,
    /// What lies beside this page.
    pub(crate) pages: KeyPages,
    /// Whether who looks may take the log away.
    pub(crate) may_export: bool,
}

/// What the activity log is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ActivityFilter {
    /// What was done.
    pub(crate) what: DeedGroup,
    /// Who did it.
    pub(crate) actor: ActorKind,
    /// From this day on, as `2026-03-05`, or empty; a day that cannot be read comes with its problem.
    pub(crate) since: Field,
    /// Until the end of this day, or empty.
    pub(crate) until: Field,
}

choices! {
    /// Kinds of actors.
    ActorKind {
        /// Anybody.
        Anybody "all" "Anybody";
        /// Administrators in the dashboard.
        Administrator "administrator" "Administrators";
        /// Programs with authorization tokens.
        Token "token" "Programs";
        /// Recipients.
        Recipient "recipient" "Recipients";
        /// Operators at the command line.
        Operator "operator" "Operator";
    }
}

/// An entry of the activity log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ActivityRow {
    /// What was done, as it is stored: `token.rotated`.
    pub(crate) action: String,
    /// When.
    pub(crate) at: Since,
    /// Who did it.
    pub(crate) by: Actor,
    /// What it was done to.
    pub(crate) about: Vec<About>,
    /// The address that the request came from.
    pub(crate) address: Option<ClientAddress>,
    /// The request, as the service's own log calls it.
    pub(crate) request: Option<String>,
}

/// Something that was acted on. Without a name it is gone, and only its id is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    /// What it is.
    pub(crate) kind: AboutKind,
    /// Names it.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) name: Option<String>,
}

/// What can be acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AboutKind {
    /// An authorization token.
    Token,
    /// A template.
    Template,
    /// A recipient.
    Recipient,
    /// An administrator.
    Administrator,
}

impl Page for ActivityPage {
    fn heading(&self) -> String {
        "Activity".into()
    }
}

impl ActivityPage {
    /// The address of a file with all that the filter lets through.
    fn export(&self, name: &str) -> String {
        let path = format!("{}{name}", self.frame.to(paths::ACTIVITY));
        path + &address::query(&self.filter.fields())
    }
}

impl ActivityFilter {
    /// What an address says about it: only what is set.
    fn fields(&self) -> Vec<(&'static str, String)> {
        [
            (
                "what",
                (self.what != DeedGroup::All).then(|| self.what.code().to_owned()),
            ),
            (
                "actor",
                (self.actor != ActorKind::Anybody).then(|| self.actor.code().to_owned()),
            ),
            ("since", set(&self.since)),
            ("until", set(&self.until)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// What cannot be read filters nothing, and goes nowhere.
fn set(field: &Field) -> Option<String> {
    (field.is_good() && !field.value.is_empty()).then(|| field.value.clone())
}

impl About {
    /// The address of its page, where it has one.
    fn address(&self, frame: &DashboardFrame) -> Option<String> {
        let path = match self.kind {
            AboutKind::Token => paths::DEVELOPERS,
            AboutKind::Template => paths::TEMPLATES,
            AboutKind::Recipient => paths::RECIPIENTS,
            AboutKind::Administrator => return None,
        };
        self.name.as_ref().map(|_| frame.below(path, &self.id))
    }

    /// What it is called, or what it was.
    fn called(&self) -> String {
        let gone = match self.kind {
            AboutKind::Token => "a token",
            AboutKind::Template => "a template that was deleted",
            AboutKind::Recipient => "a recipient who was deleted",
            AboutKind::Administrator => "an administrator who was removed",
        };
        self.name.clone().unwrap_or_else(|| gone.to_owned())
    }
}
