//! A sign-in provider that says what a test has it say, and checks what it is told.

use std::sync::Mutex;

use async_trait::async_trait;
use symbolon_domain::{
    activity::RequestOrigin,
    id::AccessTokenId,
    port::{
        Ports,
        sign_in::{Callback, Handshake, Provider, SignIn, SignInError, Vouching},
    },
    secret::{BrowserSecret, SessionSecret, SignInSecret},
    service::{
        begin_sign_in::BeginSignIn,
        enter::SignedIn,
        finish_sign_in::{FinishSignIn, FinishSignInError, Finished},
    },
    sign_in::{Audience, SignInPurpose},
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
};

/// Who comes back from it.
pub(crate) struct Providers {
    answer: Result<Connection, SignInError>,
    begun: Mutex<Vec<Handshake>>,
}

impl Providers {
    /// Signs in the subject of this name.
    pub(crate) fn of(subject: &str) -> Self {
        Self {
            answer: Ok(connection(subject)),
            begun: Mutex::default(),
        }
    }

    /// Signs in nobody.
    pub(crate) fn failing(error: SignInError) -> Self {
        Self {
            answer: Err(error),
            begun: Mutex::default(),
        }
    }
}

pub(crate) fn provider() -> ProviderId {
    ProviderId::parse("people").unwrap()
}

pub(crate) fn connection(subject: &str) -> Connection {
    Connection {
        provider: provider(),
        profile: SocialProfile::new("https://people.example", subject).unwrap(),
        hint: ProfileHint::of(None, Some(subject)),
    }
}

#[async_trait]
impl SignIn for Providers {
    async fn providers(&self, _: Audience) -> Vec<Provider> {
        vec![Provider {
            id: provider(),
            label: "People".to_owned(),
            origins: Vec::new(),
        }]
    }

    fn serves(&self, provider: &ProviderId, audience: Audience) -> bool {
        audience == Audience::Recipients && *provider == self::provider()
    }

    fn label(&self, provider: &ProviderId) -> Option<String> {
        (*provider == self::provider()).then(|| "People".to_owned())
    }

    async fn start(
        &self,
        provider: &ProviderId,
        handshake: &Handshake,
        max_age: Option<i64>,
    ) -> Result<String, SignInError> {
        assert_eq!(max_age, None, "recipients may have authenticated at any time");
        if *provider != self::provider() {
            return Err(SignInError::UnknownProvider);
        }
        let Handshake {
            state,
            nonce,
            verifier,
        } = handshake;
        assert!(state != nonce && nonce != verifier && verifier != state);
        assert!((43..=128).contains(&verifier.len()), "as PKCE has it");
        self.begun.lock().unwrap().push(handshake.clone());
        Ok(format!("https://people.example/authorize?state={state}"))
    }

    async fn finish(
        &self,
        _: &ProviderId,
        handshake: &Handshake,
        callback: &Callback,
    ) -> Result<Vouching, SignInError> {
        assert_eq!(callback.code, "code");
        let begun = self.begun.lock().unwrap();
        let is_known = begun.iter().any(|begun| {
            (&begun.state, &begun.nonce, &begun.verifier)
                == (&handshake.state, &handshake.nonce, &handshake.verifier)
        });
        assert!(is_known, "nonce and verifier are those of the start");
        self.answer.clone().map(|connection| Vouching {
            connection,
            authenticated_at: None,
        })
    }
}

/// A browser that was sent to the provider.
pub(crate) struct Away {
    pub(crate) state: SignInSecret,
    pub(crate) browser: BrowserSecret,
}

/// Sends a browser to the provider.
pub(crate) async fn begin(ports: &Ports, providers: &Providers, token: Option<AccessTokenId>) -> Away {
    let begun = BeginSignIn {
        provider: &provider(),
        purpose: SignInPurpose::Recipient(token),
        browser: None,
    };
    let begun = begun.run(ports, providers).await.unwrap();
    let (_, state) = begun.location.split_once("state=").unwrap();
    Away {
        state: SignInSecret::parse(state).unwrap(),
        browser: begun.browser,
    }
}

impl Away {
    /// The browser comes back with a code.
    pub(crate) async fn back(
        &self,
        ports: &Ports,
        providers: &Providers,
    ) -> Result<SignedIn, FinishSignInError> {
        self.back_to(ports, providers, &provider(), None).await
    }

    /// The same, to the redirect URI of this provider, with a session that it had.
    pub(crate) async fn back_to(
        &self,
        ports: &Ports,
        providers: &Providers,
        provider: &ProviderId,
        former: Option<&SessionSecret>,
    ) -> Result<SignedIn, FinishSignInError> {
        let callback = Callback {
            code: "code".to_owned(),
            issuer: None,
        };
        let finish = FinishSignIn {
            provider,
            state: &self.state,
            browser: &self.browser,
            callback: Some(&callback),
        };
        let Finished::Recipient(returned) = finish.run(ports, providers).await? else {
            panic!("a recipient has begun it");
        };
        let origin = RequestOrigin::default();
        Ok(returned.enter(ports, former, &origin).await?)
    }
}

/// The whole of it: somebody with this subject comes for a token.
pub(crate) async fn signed_in(ports: &Ports, subject: &str, token: Option<AccessTokenId>) -> SignedIn {
    let providers = Providers::of(subject);
    let away = begin(ports, &providers, token).await;
    away.back(ports, &providers).await.unwrap()
}
