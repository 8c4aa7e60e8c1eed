//! A sign-in provider for tests of the pages: the code that comes back is the subject, with a mail address and an issuer
//! behind it where those matter, as in `ada~ada@example.org~https://other.example`. What a real provider does wrong is
//! tried in `symbolon-identity`, and with a real browser.

use async_trait::async_trait;
use symbolon_domain::{
    port::sign_in::{Callback, Handshake, Provider, SignIn, SignInError},
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
};

pub(crate) struct TestProvider;

/// The provider's name.
pub(crate) const PROVIDER: &str = "example";

/// A code for which the provider cannot be reached.
pub(crate) const UNREACHABLE: &str = "unreachable";
/// A code that proves nothing.
pub(crate) const INVALID: &str = "invalid";

#[async_trait]
impl SignIn for TestProvider {
    async fn providers(&self) -> Vec<Provider> {
        vec![Provider {
            id: ProviderId::parse(PROVIDER).unwrap(),
            label: "Example".to_owned(),
            origins: vec!["https://provider.example".to_owned()],
        }]
    }

    fn label(&self, provider: &ProviderId) -> Option<String> {
        (provider.as_str() == PROVIDER).then(|| "Example".to_owned())
    }

    async fn start(&self, provider: &ProviderId, handshake: &Handshake) -> Result<String, SignInError> {
        match provider.as_str() {
            PROVIDER => Ok(format!(
                "https://provider.example/authorize?state={}",
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
    ) -> Result<Connection, SignInError> {
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
                Ok(Connection {
                    provider: provider.clone(),
                    profile: SocialProfile::new(issuer, subject).unwrap(),
                    hint: ProfileHint::of(Some(&mail), None),
                })
            }
        }
    }
}
