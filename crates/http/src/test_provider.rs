//! A sign-in provider for tests of the pages: the code that comes back is the subject, with a mail address and an issuer
//! behind it where those matter, as in `ada~ada@example.org~https://other.example`. What a real provider does wrong is
//! tried in `symbolon-identity`, and with a real browser.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use symbolon_domain::{
    port::sign_in::{Callback, Handshake, Provider, SignIn, SignInError, Vouching},
    sign_in::Audience,
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
    time::Timestamp,
};

/// Is for recipients and for administrators until a test says otherwise.
#[derive(Default)]
pub(crate) struct TestProvider {
    closed_to_recipients: AtomicBool,
    closed_to_administrators: AtomicBool,
    authenticated_at: Mutex<Option<Timestamp>>,
}

impl TestProvider {
    /// Is not for these people from now on.
    pub(crate) fn close_to(&self, audience: Audience) {
        self.closed(audience).store(true, Ordering::SeqCst);
    }

    /// Says from now on that everybody authenticated at this instant, or does not say when.
    pub(crate) fn say_when(&self, at: Option<Timestamp>) {
        *self.authenticated_at.lock().unwrap() = at;
    }

    const fn closed(&self, audience: Audience) -> &AtomicBool {
        match audience {
            Audience::Recipients => &self.closed_to_recipients,
            Audience::Administrators => &self.closed_to_administrators,
        }
    }
}

/// The provider's name.
pub(crate) const PROVIDER: &str = "example";

/// A code for which the provider cannot be reached.
pub(crate) const UNREACHABLE: &str = "unreachable";
/// A code that proves nothing.
pub(crate) const INVALID: &str = "invalid";

#[async_trait]
impl SignIn for TestProvider {
    async fn providers(&self, audience: Audience) -> Vec<Provider> {
        let all = [Provider {
            id: ProviderId::parse(PROVIDER).unwrap(),
            label: "Example".to_owned(),
            origins: vec!["https://provider.example".to_owned()],
        }];
        let open = all.into_iter().filter(|one| self.serves(&one.id, audience));
        open.collect()
    }

    fn serves(&self, provider: &ProviderId, audience: Audience) -> bool {
        provider.as_str() == PROVIDER && !self.closed(audience).load(Ordering::SeqCst)
    }

    fn label(&self, provider: &ProviderId) -> Option<String> {
        (provider.as_str() == PROVIDER).then(|| "Example".to_owned())
    }

    async fn start(
        &self,
        provider: &ProviderId,
        handshake: &Handshake,
        max_age: Option<i64>,
    ) -> Result<String, SignInError> {
        let age = max_age.map_or_else(String::new, |seconds| format!("max_age={seconds}&"));
        match provider.as_str() {
            PROVIDER => Ok(format!(
                "https://provider.example/authorize?{age}state={}",
                handshake.state
            )),
            _ => Err(SignInError::UnknownProvider),
        }
    }

    async fn finish(
        &self,
        provider: &ProviderId,
        handshake: &Handshake,
        callback: &Callback,
    ) -> Result<Vouching, SignInError> {
        assert_ne!(handshake.nonce, handshake.verifier);
        match callback.code.as_str() {
            UNREACHABLE => Err(SignInError::Unreachable("it does not answer".to_owned())),
            INVALID => Err(SignInError::Invalid("the nonce is another".to_owned())),
            code => {
                let mut parts = code.split('~');
                let subject = parts.next().unwrap_or_default();
                let mail = parts
                    .next()
                    .map_or_else(|| format!("{subject}@example.org"), str::to_owned);
                let issuer = parts.next().unwrap_or("https://provider.example");
                Ok(Vouching {
                    connection: Connection {
                        provider: provider.clone(),
                        profile: SocialProfile::new(issuer, subject).unwrap(),
                        hint: ProfileHint::of(Some(&mail), None),
                    },
                    authenticated_at: *self.authenticated_at.lock().unwrap(),
                })
            }
        }
    }
}
