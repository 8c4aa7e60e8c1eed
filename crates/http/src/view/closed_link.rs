//! Links that open nothing, each with what happened and what to do.

use askama::Template;

use super::{
    frame::{Frame, Page, Profile},
    issuer::Issuer,
    kind::Kind,
    moment::Moment,
    paths,
    sentence::{Sentence, Value, fill},
};

/// A link, or a claim, that is refused; also the holder's view of what is paused or whose issuer has closed its account.
#[derive(Debug, Clone, Template)]
#[template(path = "closed_link.html")]
pub(crate) struct ClosedLinkPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// Why.
    pub(crate) reason: ClosedLink,
}

/// Why a link opens nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ClosedLink {
    /// Unknown, malformed, deleted, or not for this person to know: always the same page.
    Unknown,
    /// Another link has taken its place.
    Replaced {
        /// Who issued it.
        issuer: Issuer,
        /// When the newer link was mailed last; nothing while its mail still waits.
        sent_at: Option<Moment>,
    },
    /// The issuer has paused it.
    Paused {
        /// Who issued it.
        issuer: Issuer,
        /// What was awarded.
        kind: Kind,
    },
    /// Access was revoked before it was claimed.
    AccessRevoked {
        /// Who issued it.
        issuer: Issuer,
        /// What was awarded.
        kind: Kind,
    },
    /// Access was revoked after another profile had claimed it.
    ShutOut {
        /// Who issued it.
        issuer: Issuer,
        /// What was awarded.
        kind: Kind,
        /// The profile that is signed in; never the one that has claimed it.
        refused: Profile,
    },
    /// The credential was revoked before it was claimed.
    CredentialRevoked {
        /// Who issued it.
        issuer: Issuer,
        /// What was awarded.
        kind: Kind,
        /// Since when.
        since: Moment,
        /// Why.
        reason: Option<String>,
    },
    /// The issuer has closed its account.
    OrganizationCancelled {
        /// Who issued it.
        issuer: Issuer,
        /// What was awarded.
        kind: Kind,
    },
    /// Another profile was first.
    InUse(InUse),
}

/// An access token that another profile has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InUse {
    /// Who issued it.
    pub(crate) issuer: Issuer,
    /// What was awarded.
    pub(crate) kind: Kind,
    /// The profile that connected and was refused; never the one that has claimed it.
    pub(crate) refused: Option<Profile>,
    /// When a reset was asked for, if it was.
    pub(crate) asked_at: Option<Moment>,
}

impl Page for ClosedLinkPage {
    fn heading(&self) -> String {
        let words = self.frame.words();
        let heading = match &self.reason {
            ClosedLink::Unknown => words.closed.unknown,
            ClosedLink::Replaced { sent_at: Some(_), .. } => words.closed.replaced,
            ClosedLink::Replaced { sent_at: None, .. } => words.closed.replaced_soon,
            ClosedLink::Paused { .. } => words.closed.paused,
            ClosedLink::AccessRevoked { .. } => words.closed.access_revoked,
            ClosedLink::ShutOut { .. } => words.closed.shut_out,
            ClosedLink::CredentialRevoked { .. } => words.closed.revoked,
            ClosedLink::OrganizationCancelled { .. } => words.closed.cancelled,
            ClosedLink::InUse(_) => words.closed.in_use,
        };
        fill(heading, &[("kind", self.kind())])
    }

    fn status(&self) -> u16 {
        match self.reason {
            ClosedLink::Unknown => 404,
            ClosedLink::Paused { .. } => 403,
            ClosedLink::InUse(_) => 409,
            ClosedLink::Replaced { .. }
            | ClosedLink::AccessRevoked { .. }
            | ClosedLink::ShutOut { .. }
            | ClosedLink::CredentialRevoked { .. }
            | ClosedLink::OrganizationCancelled { .. } => 410,
        }
    }
}

impl ClosedLinkPage {
    fn why(&self) -> Sentence<'_> {
        let words = &self.frame.words().closed;
        match &self.reason {
            ClosedLink::Unknown => self.sentence(words.unknown_why, &[]),
            ClosedLink::Replaced { sent_at, .. } => match sent_at {
                Some(sent_at) => self.sentence(words.replaced_why, &[("day", Value::Day(sent_at))]),
                None => self.sentence(words.replaced_soon_why, &[]),
            },
            ClosedLink::Paused { .. } => self.sentence(words.paused_why, &[]),
            ClosedLink::AccessRevoked { .. } => self.sentence(words.access_revoked_why, &[]),
            ClosedLink::ShutOut { .. } => self.sentence(words.shut_out_why, &[]),
            ClosedLink::CredentialRevoked { since, .. } => {
                self.sentence(words.revoked_why, &[("day", Value::Day(since))])
            }
            ClosedLink::OrganizationCancelled { .. } => self.sentence(words.cancelled_why, &[]),
            ClosedLink::InUse(_) => self.sentence(words.in_use_why, &[]),
        }
    }

    /// The issuer's own words about it.
    fn said(&self) -> Option<Sentence<'_>> {
        let ClosedLink::CredentialRevoked { reason, .. } = &self.reason else {
            return None;
        };
        let reason = Value::Text(reason.as_deref()?);
        Some(self.sentence(self.frame.words().closed.revoked_reason, &[("reason", reason)]))
    }

    /// Which profile was refused.
    fn who(&self) -> Option<Sentence<'_>> {
        let words = &self.frame.words().closed;
        let (pattern, profile) = match &self.reason {
            ClosedLink::InUse(in_use) => (words.in_use_who, in_use.refused.as_ref()?),
            ClosedLink::ShutOut { refused, .. } => (words.shut_out_who, refused),
            _ => return None,
        };
        Some(self.sentence(pattern, &profile.values()))
    }

    fn asked<'a>(&'a self, asked_at: &'a Moment) -> Sentence<'a> {
        self.sentence(self.frame.words().closed.asked, &[("day", Value::Day(asked_at))])
    }

    fn what_to_do(&self) -> String {
        let words = &self.frame.words().closed;
        let pattern = match &self.reason {
            ClosedLink::Unknown => words.unknown_do,
            ClosedLink::Replaced { sent_at: Some(_), .. } => words.replaced_do,
            ClosedLink::Replaced { sent_at: None, .. } => words.replaced_soon_do,
            ClosedLink::Paused { .. } => words.paused_do,
            ClosedLink::AccessRevoked { .. } => words.access_revoked_do,
            ClosedLink::ShutOut { .. } => words.shut_out_do,
            ClosedLink::CredentialRevoked { .. } => words.revoked_do,
            ClosedLink::OrganizationCancelled { .. } => words.cancelled_do,
            ClosedLink::InUse(in_use) if in_use.asked_at.is_some() => words.asked_do,
            ClosedLink::InUse(_) => words.in_use_do,
        };
        let issuer = self.issuer().map_or("", |issuer| &issuer.name);
        fill(pattern, &[("issuer", issuer), ("kind", self.kind())])
    }

    fn sentence<'a>(&'a self, pattern: &'static str, more: &[(&str, Value<'a>)]) -> Sentence<'a> {
        let issuer = self.issuer().map_or("", |issuer| &issuer.name);
        let mut values = vec![
            ("issuer", Value::Text(issuer)),
            ("kind", Value::Text(self.kind())),
        ];
        values.extend(more);
        Sentence::new(self.frame.words(), pattern, &values)
    }

    const fn issuer(&self) -> Option<&Issuer> {
        match &self.reason {
            ClosedLink::Unknown => None,
            ClosedLink::Replaced { issuer, .. }
            | ClosedLink::Paused { issuer, .. }
            | ClosedLink::AccessRevoked { issuer, .. }
            | ClosedLink::ShutOut { issuer, .. }
            | ClosedLink::CredentialRevoked { issuer, .. }
            | ClosedLink::OrganizationCancelled { issuer, .. }
            | ClosedLink::InUse(InUse { issuer, .. }) => Some(issuer),
        }
    }

    fn kind(&self) -> &'static str {
        match &self.reason {
            ClosedLink::Unknown | ClosedLink::Replaced { .. } => "",
            ClosedLink::Paused { kind, .. }
            | ClosedLink::AccessRevoked { kind, .. }
            | ClosedLink::ShutOut { kind, .. }
            | ClosedLink::CredentialRevoked { kind, .. }
            | ClosedLink::OrganizationCancelled { kind, .. }
            | ClosedLink::InUse(InUse { kind, .. }) => kind.name(self.frame.words()),
        }
    }
}
