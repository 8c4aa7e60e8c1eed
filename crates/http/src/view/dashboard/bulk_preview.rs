//! What an act on many recipients would do, before it is done.

use askama::Template;

use super::{
    super::frame::Page, amount::Amount, choices::Choice, field::Field, frame::DashboardFrame, named::Named,
    paths, recipient_filter::RecipientFilter, recipient_list::BulkAct,
};

/// What an act on many recipients would do.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/bulk_preview.html")]
pub(crate) struct BulkPreviewPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// The act.
    pub(crate) act: BulkAct,
    /// On whom.
    pub(crate) scope: BulkScope,
    /// The filter of the list that it was asked from; the way back leads there.
    pub(crate) filter: RecipientFilter,
    /// How many it applies to.
    pub(crate) applies: Amount,
    /// Those it does not apply to.
    pub(crate) skipped: Option<Skipped>,
    /// The first of those it applies to, with their mail address as the name where they have no other.
    pub(crate) first: Vec<Named>,
    /// For [`BulkAct::RevokeCredential`]: why, as everybody reads it.
    pub(crate) reason: Field,
    /// For [`BulkAct::Delete`]: the number, typed.
    pub(crate) confirm: Field,
}

/// On whom an act is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BulkScope {
    /// On these.
    Chosen(Vec<String>),
    /// On all that the filter lets through.
    Filter,
}

/// Recipients to whom an act does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// How many; `None` where it is not known whether there are any.
    pub(crate) count: Option<Amount>,
    /// Why, as the end of "12 are left out: …".
    pub(crate) why: String,
}

impl Page for BulkPreviewPage {
    fn heading(&self) -> String {
        if self.applies.is_none() {
            return "Nothing to do".into();
        }
        let whom = self.applies.counted("recipient", "recipients");
        match self.act {
            BulkAct::SendAgain => format!("Send the link again to {whom}?"),
            BulkAct::Reset => format!("Reset the access of {whom}?"),
            BulkAct::RevokeAccess => format!("Revoke access for {whom}?"),
            BulkAct::RevokeCredential => format!("Revoke the credentials of {whom}?"),
            BulkAct::Delete => format!("Delete {whom}?"),
        }
    }

    fn status(&self) -> u16 {
        if self.reason.is_good() && self.confirm.is_good() {
            200
        } else {
            422
        }
    }
}

impl BulkPreviewPage {
    /// What it would mean.
    const fn consequence(&self) -> &'static str {
        match self.act {
            BulkAct::SendAgain => "The same link is mailed to each of them once more. Nothing else changes.",
            BulkAct::Reset => {
                "The accounts that have claimed no longer see their credentials. The same links work again, for \
                 whoever connects first. A mail to each of them says so."
            }
            BulkAct::RevokeAccess => {
                "Their links and access tokens can no longer claim. What is claimed already stays untouched, and can \
                 be verified as before."
            }
            BulkAct::RevokeCredential => {
                "Their credentials stop being valid. Verification pages say so, with the day and the reason. What was \
                 not claimed cannot be claimed any more. This cannot be undone."
            }
            BulkAct::Delete => {
                "Names, mail addresses, credentials, access tokens and every mail about them are gone. Verification no \
                 longer finds the credentials. This cannot be undone."
            }
        }
    }

    fn is_grave(&self) -> bool {
        matches!(
            self.act,
            BulkAct::RevokeAccess | BulkAct::RevokeCredential | BulkAct::Delete
        )
    }

    fn verb(&self) -> String {
        format!("{} ({})", self.act.label(), self.applies.grouped())
    }

    /// What to type before a deletion.
    fn to_type(&self) -> String {
        format!("Type {} to go on.", self.applies.number())
    }

    /// How many it applies to beyond the first ones.
    fn more(&self) -> Option<String> {
        let listed = u64::try_from(self.first.len()).unwrap_or(u64::MAX);
        let more = self.applies.without(Amount::Exactly(listed))?;
        (!more.is_none()).then(|| format!("and {} more", more.grouped()))
    }

    fn ids(&self) -> &[String] {
        match &self.scope {
            BulkScope::Chosen(ids) => ids,
            BulkScope::Filter => &[],
        }
    }

    const fn scope(&self) -> &'static str {
        match self.scope {
            BulkScope::Chosen(_) => "chosen",
            BulkScope::Filter => "filter",
        }
    }

    /// The address of the list that it was asked from.
    fn back(&self) -> String {
        self.filter.address(&self.frame.to(paths::RECIPIENTS), &[])
    }
}

impl Skipped {
    fn sentence(&self) -> String {
        let who = match self.count {
            Some(Amount::Exactly(1)) => "1 is left out".to_owned(),
            Some(count) => format!("{} are left out", count.grouped()),
            None => "Some may be left out".to_owned(),
        };
        format!("{who}: {}", self.why)
    }
}
