//! Which recipients a list shows, and in which order.

use super::{
    super::percent,
    choices::{Choice, choices},
};

/// What the list of recipients is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RecipientFilter {
    /// How a word of their name, their mail address or their external id begins; or empty.
    pub(crate) search: String,
    /// The id of their template.
    pub(crate) template: Option<String>,
    /// The state of their credential.
    pub(crate) state: StateShown,
    /// The state of their mail.
    pub(crate) mail: MailShown,
    /// In which order.
    pub(crate) order: Order,
}

choices! {
    /// Recipients by the state of their credential.
    StateShown {
        /// Whatever it is.
        All "all" "All";
        /// Not claimed, or reset.
        Waiting "waiting" "Not claimed";
        /// Claimed.
        Claimed "claimed" "Claimed";
        /// Somebody asks for a reset.
        ResetRequested "reset_requested" "Reset requested";
        /// Access was revoked.
        AccessRevoked "access_revoked" "Access revoked";
        /// The credential was revoked.
        CredentialRevoked "credential_revoked" "Credential revoked";
    }
}

choices! {
    /// Recipients by the state of their mail.
    MailShown {
        /// Whatever it is.
        All "all" "All";
        /// It waits.
        Waiting "waiting" "Waiting";
        /// It was sent.
        Sent "sent" "Sent";
        /// It could not be delivered.
        Failed "failed" "Failed";
    }
}

choices! {
    /// In which order recipients are listed.
    Order {
        /// Who was added last comes first.
        Newest "newest" "Newest first";
        /// Who was added first comes first.
        Oldest "oldest" "Oldest first";
        /// By mail address.
        Mail "mail" "Mail address";
    }
}

impl RecipientFilter {
    /// Whether it lets everybody through.
    pub(super) fn is_open(&self) -> bool {
        self.named(false).is_empty()
    }

    /// The address of a list with this filter, and what else it says.
    pub(crate) fn address(&self, path: &str, more: &[(&'static str, String)]) -> String {
        let fields = self.fields();
        let said: Vec<_> = fields
            .iter()
            .chain(more)
            .map(|(name, value)| format!("{name}={}", percent::encode(value)))
            .collect();
        let query = if said.is_empty() { "" } else { "?" };
        format!("{path}{query}{}", said.join("&"))
    }

    /// What an address or a form says about it: only what is set.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        self.named(true)
    }

    /// The same without the order.
    pub(super) fn unordered(&self) -> Vec<(&'static str, String)> {
        self.named(false)
    }

    fn named(&self, with_order: bool) -> Vec<(&'static str, String)> {
        let order = (with_order && self.order != Order::default()).then(|| self.order.code().to_owned());
        [
            ("q", (!self.search.is_empty()).then(|| self.search.clone())),
            ("template", self.template.clone()),
            (
                "state",
                (self.state != StateShown::All).then(|| self.state.code().to_owned()),
            ),
            (
                "mail",
                (self.mail != MailShown::All).then(|| self.mail.code().to_owned()),
            ),
            ("sort", order),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

impl Order {
    /// What the links to the pages before and after are called.
    pub(super) const fn links(self) -> (&'static str, &'static str) {
        match self {
            Self::Newest => ("Newer", "Older"),
            Self::Oldest => ("Older", "Newer"),
            Self::Mail => ("Previous", "Next"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_is_set() {
        let open = RecipientFilter {
            order: Order::Mail,
            ..RecipientFilter::default()
        };
        assert!(open.is_open());
        assert_eq!(open.fields(), [("sort", "mail".to_owned())]);
        let shut = RecipientFilter {
            search: "ada".into(),
            state: StateShown::Claimed,
            ..RecipientFilter::default()
        };
        assert!(!shut.is_open());
        assert_eq!(
            shut.fields(),
            [("q", "ada".to_owned()), ("state", "claimed".to_owned())]
        );
    }
}
