//! Sessions of administrators: how long a browser is let in to the dashboard, and when it has to prove itself again.

use std::net::IpAddr;

use crate::{
    id::{AdministratorId, AdministratorSessionId},
    sealed::TokenDigest,
    text::BrowserName,
    time::Timestamp,
};

/// A session ends after so many seconds without a request: 30 minutes.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// And after so many seconds in any case: 12 hours.
pub const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// A request moves the idle end forward at most once in so many seconds: 1 minute, so that reading stays reading.
pub const TOUCH_SECONDS: i64 = 60;
/// Whoever has given the first proof has so many seconds for the second: 10 minutes.
pub const SECOND_FACTOR_SECONDS: i64 = 10 * 60;
/// Acts that need a recent proof accept one that is at most so many seconds old: 15 minutes.
pub const RECENT_SECONDS: i64 = 15 * 60;

/// A browser that an administrator has signed in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdministratorSession {
    /// Names it, for the list of sessions; not what lets in.
    pub id: AdministratorSessionId,
    /// Finds it by the value in the browser's cookie.
    pub digest: TokenDigest,
    /// Who signed in.
    pub administrator: AdministratorId,
    /// How far they have come.
    pub stage: Stage,
    /// When they began.
    pub created_at: Timestamp,
    /// When they last proved who they are.
    pub proved_at: Timestamp,
    /// Until when it lasts unless it is used.
    pub idle_until: Timestamp,
    /// Where they came from.
    pub address: Option<IpAddr>,
    /// What their browser calls itself.
    pub browser: Option<BrowserName>,
}

/// How far somebody has come with signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The first proof was given; the second factor is asked for. Opens nothing.
    SecondFactor,
    /// Signed in.
    Full,
}

impl Stage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::SecondFactor, Self::Full];

    /// The stored word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::Full => "full",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == text)
    }

    /// How long it lasts unused, in seconds.
    #[must_use]
    pub const fn idle_seconds(self) -> i64 {
        match self {
            Self::SecondFactor => SECOND_FACTOR_SECONDS,
            Self::Full => IDLE_SECONDS,
        }
    }
}

impl AdministratorSession {
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

    /// When it was last used, to the minute.
    #[must_use]
    pub fn active_at(&self) -> Timestamp {
        self.idle_until.plus_seconds(-self.stage.idle_seconds())
    }

    /// Whether the last proof is recent enough for the acts that ask for that.
    #[must_use]
    pub fn is_recent(&self, now: Timestamp) -> bool {
        self.proved_at.plus_seconds(RECENT_SECONDS).is_ahead_of(now)
    }

    /// The idle end that a request at this instant gives it; `None` where it was moved not long ago, or is not to be.
    #[must_use]
    pub fn touched(&self, now: Timestamp) -> Option<Timestamp> {
        let moved = now.plus_seconds(IDLE_SECONDS);
        let due = self.idle_until.plus_seconds(TOUCH_SECONDS);
        (self.stage == Stage::Full && !due.is_ahead_of(moved)).then_some(moved)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::sealed::KeyId;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    fn session(stage: Stage) -> AdministratorSession {
        AdministratorSession {
            id: AdministratorSessionId::from_uuid(Uuid::nil()),
            digest: TokenDigest {
                pepper: KeyId::parse("pepper01").unwrap(),
                bytes: [0; 32],
            },
            administrator: AdministratorId::from_uuid(Uuid::nil()),
            stage,
            created_at: at(0),
            proved_at: at(0),
            idle_until: at(stage.idle_seconds()),
            address: None,
            browser: None,
        }
    }

    #[test]
    fn it_ends_when_idle_and_in_any_case() {
        let full = session(Stage::Full);
        assert!(full.is_good(at(1_799)) && !full.is_good(at(1_800)));
        let used = AdministratorSession {
            idle_until: at(99_999),
            ..full
        };
        assert!(used.is_good(at(43_199)) && !used.is_good(at(43_200)));
        let half = session(Stage::SecondFactor);
        assert!(half.is_good(at(599)) && !half.is_good(at(600)));
    }

    #[test]
    fn its_idle_end_moves_once_a_minute_and_never_for_half_a_sign_in() {
        let full = session(Stage::Full);
        assert_eq!(full.touched(at(59)), None);
        assert_eq!(full.touched(at(60)), Some(at(60 + 1_800)));
        assert_eq!(session(Stage::SecondFactor).touched(at(300)), None);
    }

    #[test]
    fn a_proof_is_recent_for_a_quarter_of_an_hour() {
        let full = session(Stage::Full);
        assert!(full.is_recent(at(899)) && !full.is_recent(at(900)));
    }

    #[test]
    fn stages_are_read_back() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.name()), Some(stage));
        }
        assert_eq!(Stage::parse("half"), None);
    }
}
