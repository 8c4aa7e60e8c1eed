//! Sessions: a browser that signed in with a social profile is let in again for a while.

use crate::{sealed::TokenDigest, social_profile::Connection, time::Timestamp};

/// A session ends after so many seconds without a request: 24 hours.
pub const IDLE_SECONDS: i64 = 24 * 60 * 60;
/// And after so many seconds in any case: 7 days.
pub const ABSOLUTE_SECONDS: i64 = 7 * 24 * 60 * 60;
/// A request moves the idle end forward at most once in so many seconds: 1 hour, so that reading stays reading.
pub const TOUCH_SECONDS: i64 = 60 * 60;

/// A signed-in browser. It proves who somebody is, and nothing about what they may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Finds it by the value in the browser's cookie.
    pub digest: TokenDigest,
    /// Who signed in.
    pub connection: Connection,
    /// When.
    pub created_at: Timestamp,
    /// Until when it lasts unless it is used.
    pub idle_until: Timestamp,
}

impl Session {
    /// A session that begins now.
    #[must_use]
    pub fn begin(digest: TokenDigest, connection: Connection, now: Timestamp) -> Self {
        Self {
            digest,
            connection,
            created_at: now,
            idle_until: now.plus_seconds(IDLE_SECONDS),
        }
    }

    /// Whether it still lets in.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.idle_until.is_ahead_of(now) && self.end().is_ahead_of(now)
    }

    /// When it ends in any case.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.created_at.plus_seconds(ABSOLUTE_SECONDS)
    }

    /// The idle end that a request at this instant gives it; `None` where it was moved not long ago.
    #[must_use]
    pub fn touched(&self, now: Timestamp) -> Option<Timestamp> {
        let moved = now.plus_seconds(IDLE_SECONDS);
        let due = self.idle_until.plus_seconds(TOUCH_SECONDS);
        (!due.is_ahead_of(moved)).then_some(moved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        sealed::KeyId,
        social_profile::{ProfileHint, ProviderId, SocialProfile},
    };

    fn session() -> Session {
        let digest = TokenDigest {
            pepper: KeyId::parse("pepper01").unwrap(),
            bytes: [0; 32],
        };
        let connection = Connection {
            provider: ProviderId::parse("test").unwrap(),
            profile: SocialProfile::new("https://a.example", "ada").unwrap(),
            hint: ProfileHint::of(None, None),
        };
        Session::begin(digest, connection, at(0))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    #[test]
    fn it_ends_when_idle_and_in_any_case() {
        assert!(session().is_good(at(IDLE_SECONDS - 1)));
        assert!(!session().is_good(at(IDLE_SECONDS)));
        let used = Session {
            idle_until: at(ABSOLUTE_SECONDS + 100),
            ..session()
        };
        assert!(used.is_good(at(ABSOLUTE_SECONDS - 1)));
        assert!(!used.is_good(at(ABSOLUTE_SECONDS)));
    }

    #[test]
    fn its_idle_end_moves_once_an_hour() {
        assert_eq!(session().touched(at(TOUCH_SECONDS - 1)), None);
        assert_eq!(
            session().touched(at(TOUCH_SECONDS)),
            Some(at(TOUCH_SECONDS + IDLE_SECONDS))
        );
    }
}
