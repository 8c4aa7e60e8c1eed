//! Notices: mail to administrators, and to an organization's contact. They wait in a queue of their own, so that a new
//! password does not wait behind a hundred thousand certificates.

use crate::{
    administrator::Administrator,
    administrator_link::AdministratorLink,
    authorization_token::AuthorizationToken,
    id::{AdministratorId, AdministratorLinkId, AuthorizationTokenId, NoticeId, OrganizationId},
    mail::MailState,
    organization::Organization,
    secret::AdministratorLinkSecret,
    text::MailAddress,
    time::Timestamp,
};

/// A notice that waits, or what became of it. Like other [mail](crate::mail) it holds no text and no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Names it; the same in every attempt to send it, and so its `Message-ID`.
    pub id: NoticeId,
    /// Whose administrators it is for.
    pub organization: OrganizationId,
    /// Whom it is for; `None` for the organization's contact.
    pub addressee: Option<AdministratorId>,
    /// What it says.
    pub subject: NoticeSubject,
    /// When it was queued.
    pub created_at: Timestamp,
    /// What became of it.
    pub state: MailState,
    /// How often sending it was begun.
    pub attempts: u32,
    /// When it is due, while it is pending.
    pub due_at: Timestamp,
    /// When a mail server took it.
    pub sent_at: Option<Timestamp>,
    /// Why the last attempt failed, in our words.
    pub failure: Option<String>,
}

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeSubject {
    /// You are invited, with the link.
    Invitation(AdministratorLinkId),
    /// Somebody wants a new password, with the link.
    NewPassword(AdministratorLinkId),
    /// What lets you in was changed: should it not have been you, act.
    ProofsChanged,
    /// An authorization token expires soon.
    TokenExpires(AuthorizationTokenId),
    /// An authorization token that was rotated away is still used.
    TokenReused(AuthorizationTokenId),
    /// An authorization token was made: created, or put in the place of another. Should nobody know of it, somebody has
    /// the value of the one that made it.
    TokenMade(AuthorizationTokenId),
}

impl NoticeSubject {
    /// The stored name, which never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invitation(_) => "invitation",
            Self::NewPassword(_) => "new_password",
            Self::ProofsChanged => "proofs_changed",
            Self::TokenExpires(_) => "token_expires",
            Self::TokenReused(_) => "token_reused",
            Self::TokenMade(_) => "token_made",
        }
    }

    /// The link in it, which it is good for nothing without.
    #[must_use]
    pub const fn link(self) -> Option<AdministratorLinkId> {
        match self {
            Self::Invitation(link) | Self::NewPassword(link) => Some(link),
            _ => None,
        }
    }

    /// The token that it is about.
    #[must_use]
    pub const fn token(self) -> Option<AuthorizationTokenId> {
        match self {
            Self::TokenExpires(token) | Self::TokenReused(token) | Self::TokenMade(token) => Some(token),
            _ => None,
        }
    }

    /// What a store kept.
    #[must_use]
    pub fn from_kept(
        name: &str,
        link: Option<AdministratorLinkId>,
        token: Option<AuthorizationTokenId>,
    ) -> Option<Self> {
        match (name, link, token) {
            ("invitation", Some(link), None) => Some(Self::Invitation(link)),
            ("new_password", Some(link), None) => Some(Self::NewPassword(link)),
            ("proofs_changed", None, None) => Some(Self::ProofsChanged),
            ("token_expires", None, Some(token)) => Some(Self::TokenExpires(token)),
            ("token_reused", None, Some(token)) => Some(Self::TokenReused(token)),
            ("token_made", None, Some(token)) => Some(Self::TokenMade(token)),
            _ => None,
        }
    }
}

/// A notice with everything it can tell, read at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeDossier {
    /// The notice.
    pub notice: Notice,
    /// Whose administrators it is for.
    pub organization: Organization,
    /// Whom it is for; `None` for the organization's contact.
    pub addressee: Option<Administrator>,
    /// The link in it, where it still exists.
    pub link: Option<AdministratorLink>,
    /// The token that it is about.
    pub token: Option<AuthorizationToken>,
}

impl NoticeDossier {
    /// Whether it is still worth sending: the organization is active, a link in it is still good, a token that it tells of is
    /// there, and one that it says will expire is still live. Whoever was removed has no notices any more.
    #[must_use]
    pub fn is_worth_sending(&self, now: Timestamp) -> bool {
        let link_is_good = self.link.as_ref().is_some_and(|link| link.is_good(now));
        let token_is_live = self
            .token
            .as_ref()
            .is_some_and(|token| token.own_standing(now).is_served() && token.rotated_at.is_none());
        self.organization.is_active()
            && match self.notice.subject {
                NoticeSubject::Invitation(_) | NoticeSubject::NewPassword(_) => link_is_good,
                NoticeSubject::TokenExpires(_) => token_is_live,
                NoticeSubject::TokenReused(_) | NoticeSubject::TokenMade(_) => self.token.is_some(),
                NoticeSubject::ProofsChanged => true,
            }
    }

    /// Where it goes.
    #[must_use]
    pub fn mail(&self) -> &MailAddress {
        match &self.addressee {
            Some(administrator) => &administrator.mail,
            None => &self.organization.contact,
        }
    }
}

/// A notice ready to be written and sent.
#[derive(Debug)]
pub struct NoticeLetter<'a> {
    /// The notice with everything it can tell.
    pub dossier: &'a NoticeDossier,
    /// The value of the link in it, where it has one.
    pub secret: Option<&'a AdministratorLinkSecret>,
    /// Who made the token that it tells of, where that is known.
    pub maker: Option<&'a Maker>,
    /// The instant that "in 6 days" counts from.
    pub now: Timestamp,
}

/// Who made an authorization token, by what they are called now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Maker {
    /// An administrator; without a name who was removed since.
    Administrator(Option<String>),
    /// A program that showed another token, by what that is for.
    Token(Option<String>),
    /// Somebody at the command line of the service.
    Operator,
}

/// So many days before its expiry an organization is told of an authorization token, each time once.
const ANNOUNCED_DAYS: [i64; 4] = [30, 14, 7, 1];

/// When the next mail about the expiry of a token is due, given the instant after which it may be: when the token was
/// made, or the last such mail. `None` once there is none any more.
///
/// What was missed, while nothing ran or for a life that is shorter, is not made up for: the next one says how many days
/// are left anyway.
#[must_use]
pub fn next_announcement(expires_at: Timestamp, after: Timestamp) -> Option<Timestamp> {
    ANNOUNCED_DAYS
        .into_iter()
        .map(|days| expires_at.plus_seconds(-days * 24 * 60 * 60))
        .find(|at| at.is_ahead_of(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60 * 60;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    #[test]
    fn an_expiry_is_announced_four_times() {
        let expires_at = at(180 * DAY);
        let mut after = at(0);
        let mut days_left = Vec::new();
        while let Some(next) = next_announcement(expires_at, after) {
            days_left.push((expires_at.as_millis() - next.as_millis()) / 1_000 / DAY);
            after = next;
        }
        assert_eq!(days_left, [30, 14, 7, 1]);
    }

    #[test]
    fn a_short_life_is_announced_less_often() {
        assert_eq!(next_announcement(at(30 * DAY), at(0)), Some(at(16 * DAY)));
        assert_eq!(next_announcement(at(DAY), at(0)), None);
    }

    #[test]
    fn what_was_missed_is_not_made_up_for() {
        assert_eq!(
            next_announcement(at(180 * DAY), at(170 * DAY)),
            Some(at(173 * DAY))
        );
    }
}
