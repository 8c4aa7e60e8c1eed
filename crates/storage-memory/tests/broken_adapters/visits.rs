//! Flaws in sessions and sign-ins.

use symbolon_domain::{
    port::{sessions::Sessions, sign_ins::SignIns},
    sealed::TokenDigest,
    session::Session,
    sign_in::{AdministratorPurpose, PendingSignIn, SignInPurpose},
    social_profile::SocialProfile,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksSessions, BreaksSignIns, meanwhile};

/// Keeps sessions under a name that nobody else knows them by, so that no change ends them.
pub(crate) struct SessionsSurviveChanges;

impl BreaksSessions for SessionsSurviveChanges {
    async fn begin(store: &MemoryStore, session: &Session, former: Option<&TokenDigest>) -> Answer<()> {
        let mut disguised = session.clone();
        let profile = &session.connection.profile;
        disguised.connection.profile =
            SocialProfile::new(profile.issuer(), &format!("!{}", profile.subject())).unwrap();
        Sessions::begin(store, &disguised, former).await
    }

    async fn find(store: &MemoryStore, digest: &TokenDigest) -> Answer<Option<Session>> {
        let found = Sessions::find(store, digest).await?;
        Ok(found.map(|mut session| {
            let profile = &session.connection.profile;
            session.connection.profile =
                SocialProfile::new(profile.issuer(), &profile.subject()[1..]).unwrap();
            session
        }))
    }
}

/// Says that it has ended.
pub(crate) struct SessionOutlivesItsEnd;

impl BreaksSessions for SessionOutlivesItsEnd {
    async fn end(_: &MemoryStore, _: &TokenDigest) -> Answer<()> {
        Ok(())
    }
}

/// Leaves the session that the browser had.
pub(crate) struct FormerSessionKept;

impl BreaksSessions for FormerSessionKept {
    async fn begin(store: &MemoryStore, session: &Session, _: Option<&TokenDigest>) -> Answer<()> {
        Sessions::begin(store, session, None).await
    }
}

/// Ends the one before it knows whether there will be another.
pub(crate) struct FormerSessionEndedFirst;

impl BreaksSessions for FormerSessionEndedFirst {
    async fn begin(store: &MemoryStore, session: &Session, former: Option<&TokenDigest>) -> Answer<()> {
        if let Some(former) = former {
            Sessions::end(store, former).await?;
        }
        Sessions::begin(store, session, None).await
    }
}

/// Writes whatever idle end comes.
pub(crate) struct IdleEndMovesBack;

impl BreaksSessions for IdleEndMovesBack {
    async fn touch(store: &MemoryStore, digest: &TokenDigest, idle_until: Timestamp) -> Answer<()> {
        if let Some(session) = Sessions::find(store, digest).await? {
            let moved = Session {
                idle_until,
                ..session
            };
            Sessions::end(store, digest).await?;
            Sessions::begin(store, &moved, None).await?;
        }
        Ok(())
    }
}

/// Reads a session, and writes it back later.
pub(crate) struct TouchBringsBack;

impl BreaksSessions for TouchBringsBack {
    async fn touch(store: &MemoryStore, digest: &TokenDigest, idle_until: Timestamp) -> Answer<()> {
        let Some(session) = Sessions::find(store, digest).await? else {
            return Ok(());
        };
        meanwhile().await;
        let moved = Session {
            idle_until,
            ..session
        };
        Sessions::end(store, digest).await?;
        Sessions::begin(store, &moved, None).await
    }
}

/// Finds a session by its value, under whatever pepper.
pub(crate) struct SessionPepperIgnored;

impl BreaksSessions for SessionPepperIgnored {
    async fn find(store: &MemoryStore, digest: &TokenDigest) -> Answer<Option<Session>> {
        let usual = TokenDigest {
            pepper: symbolon_contract::sample::key_id("pepper01"),
            ..*digest
        };
        Sessions::find(store, &usual).await
    }
}

/// Forgets sessions a moment late.
pub(crate) struct SessionsForgottenLate;

impl BreaksSessions for SessionsForgottenLate {
    async fn forget(store: &MemoryStore, now: Timestamp) -> Answer<u64> {
        Sessions::forget(store, now.plus_millis(-1)).await
    }
}

/// Reads a sign-in without taking it out.
pub(crate) struct SignInFoundTwice;

impl BreaksSignIns for SignInFoundTwice {
    async fn finish(
        store: &MemoryStore,
        state: &TokenDigest,
        browser: &TokenDigest,
        now: Timestamp,
    ) -> Answer<Option<PendingSignIn>> {
        let found = SignIns::finish(store, state, browser, now).await?;
        if let Some(sign_in) = &found {
            SignIns::begin(store, sign_in, now).await?;
        }
        Ok(found)
    }
}

/// Takes the state for enough.
pub(crate) struct AnyBrowserFinishes;

impl BreaksSignIns for AnyBrowserFinishes {
    async fn begin(store: &MemoryStore, sign_in: &PendingSignIn, now: Timestamp) -> Answer<()> {
        let anybodys = PendingSignIn {
            browser: sign_in.state,
            ..sign_in.clone()
        };
        SignIns::begin(store, &anybodys, now).await
    }

    async fn finish(
        store: &MemoryStore,
        state: &TokenDigest,
        browser: &TokenDigest,
        now: Timestamp,
    ) -> Answer<Option<PendingSignIn>> {
        let found = SignIns::finish(store, state, state, now).await?;
        Ok(found.map(|sign_in| PendingSignIn {
            browser: *browser,
            ..sign_in
        }))
    }
}

/// Takes out a sign-in for whoever asks, and looks at the browser afterwards.
pub(crate) struct AnotherBrowserBurns;

impl BreaksSignIns for AnotherBrowserBurns {
    async fn begin(store: &MemoryStore, sign_in: &PendingSignIn, now: Timestamp) -> Answer<()> {
        let twin = PendingSignIn {
            state: twin_of(sign_in.state),
            browser: sign_in.state,
            ..sign_in.clone()
        };
        SignIns::begin(store, &twin, now).await?;
        SignIns::begin(store, sign_in, now).await
    }

    async fn finish(
        store: &MemoryStore,
        state: &TokenDigest,
        browser: &TokenDigest,
        now: Timestamp,
    ) -> Answer<Option<PendingSignIn>> {
        // The twin is there for the first who comes, whoever that is.
        match SignIns::finish(store, &twin_of(*state), state, now).await? {
            Some(_) => SignIns::finish(store, state, browser, now).await,
            None => Ok(None),
        }
    }
}

fn twin_of(state: TokenDigest) -> TokenDigest {
    let mut twin = state;
    twin.bytes.reverse();
    twin
}

/// Never looks at the clock.
pub(crate) struct SignInNeverExpires;

impl BreaksSignIns for SignInNeverExpires {
    async fn finish(
        store: &MemoryStore,
        state: &TokenDigest,
        browser: &TokenDigest,
        _: Timestamp,
    ) -> Answer<Option<PendingSignIn>> {
        SignIns::finish(store, state, browser, Timestamp::MIN).await
    }
}

/// Knows no tokens: there is no limit, and nothing goes with them.
pub(crate) struct SignInsKnowNoToken;

impl BreaksSignIns for SignInsKnowNoToken {
    async fn begin(store: &MemoryStore, sign_in: &PendingSignIn, now: Timestamp) -> Answer<()> {
        let tokenless = PendingSignIn {
            purpose: SignInPurpose::Recipient(None),
            ..sign_in.clone()
        };
        SignIns::begin(store, &tokenless, now).await
    }
}

/// Keeps that somebody connects an account, and takes it for a sign-in.
pub(crate) struct SignInPurposeMistaken;

impl BreaksSignIns for SignInPurposeMistaken {
    async fn begin(store: &MemoryStore, sign_in: &PendingSignIn, now: Timestamp) -> Answer<()> {
        let mut kept = sign_in.clone();
        if let SignInPurpose::Administrator(AdministratorPurpose::Connect(_)) = kept.purpose {
            kept.purpose = SignInPurpose::Administrator(AdministratorPurpose::SignIn);
        }
        SignIns::begin(store, &kept, now).await
    }
}
