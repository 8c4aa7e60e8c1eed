//! Sign-ins against a provider that the test plays: an honest one, and every hostile one that was thought of.

mod fake;
mod hostile_tokens;
mod keys;
mod mix_up;
mod open_id;
mod plain;
mod presets;
mod sign;
mod trouble;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use symbolon_domain::{
    port::{
        clock::Clock,
        sign_in::{Callback, Handshake, SignIn as _, SignInError, Vouching},
    },
    sign_in::Audience,
    social_profile::{Connection, ProviderId},
    time::Timestamp,
};
use url::Url;

use crate::{ClientSecret, ProviderSettings, Providers, tests::fake::Fake};

/// What time it is in the tests, in seconds.
const NOW: i64 = 1_800_000_000;

/// How long the tests wait for a provider that answers, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long they wait for one that is known to say nothing.
const IMPATIENCE: Duration = Duration::from_secs(1);

/// A clock that stands still until it is told otherwise.
struct TestClock(AtomicI64);

impl TestClock {
    fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A provider, and this service as its client.
struct Bench {
    fake: Fake,
    clock: Arc<TestClock>,
    providers: Providers,
    id: ProviderId,
}

impl Bench {
    /// An honest OpenID provider, and the settings that fit it.
    async fn open_id() -> Self {
        Self::of(|_| json!({})).await
    }

    /// The same with other settings; they may name the provider's address.
    async fn of(settings: impl FnOnce(&Fake) -> Value) -> Self {
        Self::patient(PATIENCE, settings).await
    }

    /// An honest OpenID provider that will say nothing at some point.
    async fn impatient() -> Self {
        Self::patient(IMPATIENCE, |_| json!({})).await
    }

    async fn patient(patience: Duration, settings: impl FnOnce(&Fake) -> Value) -> Self {
        let fake = Fake::start().await;
        let mut all = json!({ "client_id": "symbolon", "client_secret": "hush hush" });
        for (key, value) in settings(&fake).as_object().unwrap() {
            all[key] = value.clone();
        }
        if all.get("preset").is_none() {
            all["id"] = json!("idp");
            all["issuer"] = json!(fake.origin());
        }
        let settings: ProviderSettings = serde_json::from_value(all).unwrap();
        let public = Url::parse("https://symbolon.example.org/").unwrap();
        let resolved = settings.resolve(&public).unwrap();
        let id = resolved.0.id.clone();
        let clock = Arc::new(TestClock(AtomicI64::new(NOW * 1_000)));
        let as_port: Arc<dyn Clock> = clock.clone();
        let providers = Providers::of(vec![resolved], &as_port, patience).unwrap();
        fake.be_honest();
        Self {
            fake,
            clock,
            providers,
            id,
        }
    }

    /// What an honest ID token claims.
    fn claims(&self) -> Value {
        json!({
            "iss": self.fake.origin(),
            "aud": "symbolon",
            "sub": "subject-1",
            "nonce": handshake().nonce,
            "iat": NOW,
            "exp": NOW + 300,
            "email": "ada@example.org",
            "name": "Ada Lovelace",
        })
    }

    /// Lets the provider answer with an ID token of these claims, well signed.
    fn answer_claims(&self, claims: &Value) {
        self.answer_token(&sign::eddsa("key-1", claims));
    }

    /// Lets the provider answer with this ID token.
    fn answer_token(&self, token: &str) {
        self.fake.answer(
            "/token",
            200,
            &json!({ "access_token": "at-1", "token_type": "Bearer", "id_token": token }),
        );
    }

    async fn start(&self) -> Result<Url, SignInError> {
        self.start_within(None).await
    }

    /// The address for an authentication that is at most so old.
    async fn start_within(&self, max_age: Option<i64>) -> Result<Url, SignInError> {
        let address = self.providers.start(&self.id, &handshake(), max_age).await?;
        Ok(Url::parse(&address).unwrap())
    }

    async fn finish(&self) -> Result<Connection, SignInError> {
        self.finish_as(None).await
    }

    /// Comes back with this `iss` parameter.
    async fn finish_as(&self, issuer: Option<&str>) -> Result<Connection, SignInError> {
        let vouching = self.vouched_as(issuer).await?;
        Ok(vouching.connection)
    }

    /// The same, with all that the provider says.
    async fn vouched_as(&self, issuer: Option<&str>) -> Result<Vouching, SignInError> {
        let callback = Callback {
            code: "code-1".to_owned(),
            issuer: issuer.map(str::to_owned),
        };
        self.providers.finish(&self.id, &handshake(), &callback).await
    }

    /// Finishes with an ID token of these claims.
    async fn finish_with(&self, claims: &Value) -> Result<Connection, SignInError> {
        self.answer_claims(claims);
        self.finish().await
    }
}

fn handshake() -> Handshake {
    Handshake {
        state: "state-1".to_owned(),
        nonce: "nonce-1".to_owned(),
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
    }
}

/// The reason of a refusal that proves nothing against the settings or the network.
#[track_caller]
fn invalid(result: Result<Connection, SignInError>) -> String {
    match result {
        Err(SignInError::Invalid(reason)) => reason,
        other => panic!("expected Invalid, got {other:?}"),
    }
}

#[test]
fn secrets_are_not_shown() {
    let settings: ProviderSettings =
        serde_json::from_value(json!({ "client_id": "symbolon", "client_secret": "hush hush" })).unwrap();
    let settings = settings.with_secret(ClientSecret::new("hush hush"));
    assert!(!format!("{settings:?}").contains("hush"));
}
