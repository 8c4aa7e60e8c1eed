//! One recipient: who they are, what became of their credential, and what can be done.

use askama::Template;

use super::{
    super::{
        frame::{Page, Profile},
        language::Language,
        paths as public,
        standing::Standing,
        words,
    },
    claim_state::credential_revoked,
    frame::DashboardFrame,
    paths,
    recipient::Recipient,
    recipient_act::RecipientAct,
    since::Since,
    timeline::Event,
};

/// One recipient.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/recipient_page.html")]
pub(crate) struct RecipientPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Who it is.
    pub(crate) recipient: Recipient,
    /// Who asked for a reset, where that waits.
    pub(crate) request: Option<ResetRequest>,
    /// What becomes of the token and the link.
    pub(crate) key: Key,
    /// What happened, the latest first.
    pub(crate) timeline: Vec<Event>,
    /// Whether who looks may act.
    pub(crate) may_act: bool,
}

/// Somebody who cannot claim asks for a reset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResetRequest {
    /// When they asked.
    pub(crate) at: Since,
    /// The same, by which the answer names it.
    pub(crate) at_millis: i64,
    /// Which social profile was refused, where they had connected one.
    pub(crate) by: Option<Profile>,
}

/// What becomes of an access token's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// It is kept, and can be shown.
    Hidden,
    /// It is shown now.
    Shown {
        /// The access token.
        token: String,
        /// The link that is mailed.
        link: String,
    },
    /// Who looks may not see it.
    NotForYou,
}

impl Page for RecipientPage {
    fn heading(&self) -> String {
        self.recipient.name.clone()
    }
}

impl RecipientPage {
    fn language(&self) -> &'static str {
        match self.recipient.language {
            Language::English => "English",
            Language::German => "German",
        }
    }

    /// An act's address.
    fn to(&self, act: RecipientAct) -> String {
        self.recipient.act(&self.frame, act)
    }

    /// The address of something below the page.
    fn below(&self, rest: &str) -> String {
        self.recipient.below(&self.frame, rest)
    }

    /// Who asks for a reset, and against whom.
    fn asked(&self, request: &ResetRequest) -> String {
        let holder = self.recipient.claim.profile();
        match (&request.by, holder) {
            (Some(by), Some(holder)) => format!(
                "Somebody with the link could not claim with {} ({}), because {} ({}) has claimed already.",
                by.provider, by.hint, holder.provider, holder.hint
            ),
            (None, Some(holder)) => format!(
                "Somebody with the link could not claim, because {} ({}) has claimed already.",
                holder.provider, holder.hint
            ),
            (_, None) => "Somebody with the link could not claim.".to_owned(),
        }
    }
}
