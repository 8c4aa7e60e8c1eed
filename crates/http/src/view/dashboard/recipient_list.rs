//! The recipients of an organization, or of one template.

use askama::Template;

use super::{
    super::{frame::Page, percent},
    address,
    choices::{Choice, choices},
    claim_state::{ClaimState, credential_revoked},
    frame::DashboardFrame,
    key_pages::KeyPages,
    listing::{counted, grouped},
    mail_state::MailState,
    mail_text::mail_text,
    named::Named,
    paths,
    recipient_filter::{MailShown, Order, RecipientFilter, StateShown},
    select::Select,
    since::Since,
    template_choices::TemplateChoices,
};

/// A page of the list of recipients.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/recipient_list.html")]
pub(crate) struct RecipientListPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Which are shown.
    pub(crate) filter: RecipientFilter,
    /// The templates to choose from; the filter's own must be among them.
    pub(crate) templates: TemplateChoices,
    /// Those of this page.
    pub(crate) recipients: Vec<RecipientRow>,
    /// How many the filter lets through in all, where that is known.
    pub(crate) total: Option<u64>,
    /// What lies beside this page.
    pub(crate) pages: KeyPages,
    /// Whether the organization has recipients at all, whatever the filter says.
    pub(crate) has_recipients: bool,
    /// Whether who looks may act on them.
    pub(crate) may_act: bool,
    /// Whether who looks may take them away.
    pub(crate) may_export: bool,
}

/// A recipient in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecipientRow {
    /// Names them.
    pub(crate) id: String,
    /// First and last name.
    pub(crate) name: String,
    /// The mail address.
    pub(crate) mail: String,
    /// What their template is called.
    pub(crate) template: String,
    /// What became of the last mail with their link.
    pub(crate) mail_state: MailState,
    /// The state of their access token.
    pub(crate) claim: ClaimState,
    /// When the credential was revoked, if it was.
    pub(crate) revoked: Option<Since>,
    /// When they were added.
    pub(crate) added: Since,
    /// Whether this is an administrator who tries things out.
    pub(crate) is_test: bool,
}

choices! {
    /// Acts on many recipients at once.
    BulkAct {
        /// The same link is mailed again.
        SendAgain "send_again" "Send the link again";
        /// Bindings are cleared.
        Reset "reset" "Reset";
        /// Access is revoked.
        RevokeAccess "revoke_access" "Revoke access";
        /// Credentials are revoked.
        RevokeCredential "revoke_credential" "Revoke credentials";
        /// Recipients are deleted.
        Delete "delete" "Delete recipients";
    }
}

impl Page for RecipientListPage {
    fn heading(&self) -> String {
        "Recipients".into()
    }
}

impl RecipientListPage {
    /// The template whose recipients are shown.
    fn template(&self) -> Option<&Named> {
        let id = self.filter.template.as_deref()?;
        self.templates.find(id)
    }

    /// The address of a page for this template, or for all.
    fn with_template(&self, path: &str) -> String {
        let query = self
            .template()
            .map(|template| format!("?template={}", percent::encode(&template.id)))
            .unwrap_or_default();
        self.frame.to(&format!("{path}{query}"))
    }

    /// The address of a file with all that the filter lets through; it has an order of its own.
    fn export(&self) -> String {
        let path = format!("{}.csv", self.frame.to(paths::RECIPIENTS));
        path + &address::query(&self.filter.unordered())
    }

    fn count(&self) -> Option<String> {
        self.total.map(|total| counted(total, "recipient", "recipients"))
    }

    fn requests(&self) -> String {
        counted(
            self.frame.requests,
            "reset request waits.",
            "reset requests wait.",
        )
    }

    /// What the button for all of them says.
    fn apply_to_all(&self) -> String {
        let what = if self.filter.is_open() {
            "Apply to all"
        } else {
            "Apply to all that match"
        };
        match self.total {
            Some(total) => format!("{what} ({})", grouped(total)),
            None => what.to_owned(),
        }
    }
}
