//! Mail that waits to be sent, and what became of it.

use crate::{
    access_token::Dossier,
    id::{AccessTokenId, MailId, OrganizationId, RecipientId},
    secret::AccessSecret,
    time::Timestamp,
};

/// A mail in the outbox. It holds no text and no address: both are made from the [`Dossier`] at the moment of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Names it; the same in every attempt to send it, and so its `Message-ID`.
    pub id: MailId,
    /// Whose credential it is about.
    pub recipient: RecipientId,
    /// The access token it is about.
    pub token: AccessTokenId,
    /// Who issued both.
    pub organization: OrganizationId,
    /// What it says, and to whom.
    pub kind: MailKind,
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

macro_rules! names {
    ($(#[$doc:meta])* $enum:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $enum {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $enum {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stored name, which never changes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Reads the stored name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

names! {
    /// What a mail says.
    MailKind {
        /// To the recipient: your credential is here, with the link.
        Access = "access";
        /// To the recipient, who asked for it or whose issuer did: the same link again.
        AccessAgain = "access_again";
        /// To the recipient: the link works again, for whoever connects first.
        AccessReset = "access_reset";
        /// To the recipient: a social profile was connected; should it not be yours, tell the issuer.
        Claimed = "claimed";
        /// To the issuer's contact: somebody asks for a reset.
        ResetRequested = "reset_requested";
    }
}

impl MailKind {
    /// Whether it carries the link.
    #[must_use]
    pub const fn has_link(self) -> bool {
        matches!(self, Self::Access | Self::AccessAgain | Self::AccessReset)
    }
}

names! {
    /// What became of a mail.
    MailState {
        /// It waits for its turn, or for the next attempt.
        Pending = "pending";
        /// The mail server took it.
        Sent = "sent";
        /// The mail server refuses it for good, or too many attempts failed.
        Failed = "failed";
        /// Its link had become useless before it was sent.
        Dropped = "dropped";
    }
}

/// A mail ready to be written and sent.
#[derive(Debug)]
pub struct Letter<'a> {
    /// The mail.
    pub mail: &'a Mail,
    /// Everything it can tell.
    pub dossier: &'a Dossier,
    /// The value in the link, where the mail carries one.
    pub secret: Option<&'a AccessSecret>,
}

/// How long to wait before the next attempt, in seconds, by the number of attempts that failed: a day and a half in all,
/// as mail servers themselves do.
const PAUSES: [i64; 12] = [
    10, 30, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800, 43_200,
];

/// After how many attempts that failed a mail is given up: the first, and one after each pause.
pub const MAX_ATTEMPTS: u32 = 13;
const _: () = assert!(
    PAUSES.len() + 1 == 13,
    "there is one attempt more than there are pauses"
);

/// When to try again after so many failed attempts; `None` once it is enough.
#[must_use]
pub fn next_attempt(attempts: u32, now: Timestamp) -> Option<Timestamp> {
    let place = usize::try_from(attempts).ok()?.checked_sub(1)?;
    PAUSES.get(place).map(|pause| now.plus_seconds(*pause))
}

/// At most one mail with the same link again in so many seconds: 5 minutes.
pub const RESEND_PAUSE_SECONDS: i64 = 5 * 60;
/// At most [`RESENDS`] in so many seconds: 1 hour.
pub const RESEND_WINDOW_SECONDS: i64 = 60 * 60;
/// See [`RESEND_WINDOW_SECONDS`].
pub const RESENDS: usize = 3;

/// When the same link may be mailed again, given when it was so far; `None` where it may be now.
///
/// `earlier` is when mails of kind [`MailKind::AccessAgain`] were queued for this recipient, in any order.
#[must_use]
pub fn resend_from(earlier: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let mut ends: Vec<_> = earlier
        .iter()
        .map(|at| at.plus_seconds(RESEND_WINDOW_SECONDS))
        .filter(|end| end.is_ahead_of(now))
        .collect();
    ends.sort_unstable();
    let after_pause = earlier
        .iter()
        .map(|at| at.plus_seconds(RESEND_PAUSE_SECONDS))
        .filter(|end| end.is_ahead_of(now))
        .max();
    let after_window = ends
        .len()
        .checked_sub(RESENDS)
        .and_then(|place| ends.get(place).copied());
    after_pause.max(after_window)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    #[test]
    fn names_are_read_back() {
        for kind in MailKind::ALL {
            assert_eq!(MailKind::parse(kind.name()), Some(*kind));
        }
        for state in MailState::ALL {
            assert_eq!(MailState::parse(state.name()), Some(*state));
        }
    }

    #[test]
    fn attempts_grow_rarer_and_end() {
        assert_eq!(next_attempt(0, at(0)), None);
        assert_eq!(next_attempt(1, at(0)), Some(at(10)));
        assert_eq!(next_attempt(12, at(0)), Some(at(43_200)));
        assert_eq!(next_attempt(13, at(0)), None);
    }

    #[test]
    fn the_same_link_is_mailed_once_in_five_minutes() {
        assert_eq!(resend_from(&[], at(0)), None);
        assert_eq!(resend_from(&[at(0)], at(299)), Some(at(300)));
        assert_eq!(resend_from(&[at(0)], at(300)), None);
    }

    #[test]
    fn the_same_link_is_mailed_thrice_an_hour() {
        let earlier = [at(900), at(0), at(400)];
        assert_eq!(resend_from(&earlier, at(1_500)), Some(at(3_600)));
        assert_eq!(resend_from(&earlier, at(3_599)), Some(at(3_600)));
        assert_eq!(resend_from(&earlier, at(3_600)), None);
        // Four, as an older limit may have let through: two have to leave the window.
        assert_eq!(
            resend_from(&[at(0), at(10), at(20), at(30)], at(1_500)),
            Some(at(3_610))
        );
    }
}
