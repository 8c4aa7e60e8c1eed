//! This service as the client of one provider: all that is known before the provider is asked.

use openidconnect::{PkceCodeChallenge, PkceCodeVerifier};
use symbolon_domain::{
    port::sign_in::{Handshake, SignInError},
    sign_in::Audience,
    social_profile::ProviderId,
};
use url::Url;

use crate::{client_secret::ClientSecret, issuer::IssuerRule, preset::AuthStyle};

/// What every provider needs, whatever it speaks.
pub(crate) struct Client {
    pub(crate) id: ProviderId,
    pub(crate) label: String,
    /// Whom it is for.
    pub(crate) audiences: Vec<Audience>,
    /// Its client id.
    pub(crate) identifier: String,
    pub(crate) secret: ClientSecret,
    pub(crate) redirect_uri: String,
    /// Separated by spaces; empty for none.
    pub(crate) scopes: String,
    pub(crate) pkce: bool,
    pub(crate) nonce: bool,
    /// `None` for what the metadata says.
    pub(crate) auth_style: Option<AuthStyle>,
    /// Besides the authorization endpoint's.
    pub(crate) origins: Vec<String>,
}

/// How the provider says who somebody is.
pub(crate) enum Protocol {
    /// By a signed ID token.
    OpenId(Discovery),
    /// By an answer of its API.
    Plain(PlainProtocol),
}

/// Where to find out about an OpenID provider, and whom to believe.
pub(crate) struct Discovery {
    pub(crate) document: Url,
    /// What the document has to say, literally.
    pub(crate) issuer: String,
    pub(crate) callback_issuer: IssuerRule,
    pub(crate) token_issuer: IssuerRule,
}

/// A provider without ID tokens.
pub(crate) struct PlainProtocol {
    pub(crate) endpoints: Endpoints<Url>,
    /// Whom people are known by.
    pub(crate) issuer: String,
    pub(crate) callback_issuer: String,
    /// Whether `id` is a number in JSON.
    pub(crate) number: bool,
}

/// The addresses of a provider; not every one has a user endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoints<User = Option<Url>> {
    /// Where the browser goes.
    pub(crate) authorization: Url,
    /// Where the code is redeemed.
    pub(crate) token: Url,
    /// Where the person's name and mail address are.
    pub(crate) user: User,
}

impl Protocol {
    /// Whether the provider is found over TLS; otherwise it is on this machine.
    pub(crate) fn uses_tls(&self) -> bool {
        let address = match self {
            Self::OpenId(discovery) => &discovery.document,
            Self::Plain(plain) => &plain.endpoints.token,
        };
        address.scheme() == "https"
    }
}

impl Client {
    /// Whether it is configured for these people.
    pub(crate) fn serves(&self, audience: Audience) -> bool {
        self.audiences.contains(&audience)
    }

    /// Where to send the browser.
    pub(crate) fn authorization_address<User>(
        &self,
        endpoints: &Endpoints<User>,
        handshake: &Handshake,
        max_age: Option<i64>,
    ) -> Result<String, SignInError> {
        let mut address = endpoints.authorization.clone();
        {
            let mut query = address.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.identifier)
                .append_pair("redirect_uri", &self.redirect_uri)
                .append_pair("state", &handshake.state);
            if !self.scopes.is_empty() {
                query.append_pair("scope", &self.scopes);
            }
            if self.nonce {
                query.append_pair("nonce", &handshake.nonce);
            }
            if self.pkce {
                query
                    .append_pair("code_challenge", &challenge(&handshake.verifier)?)
                    .append_pair("code_challenge_method", "S256");
            }
            if let Some(max_age) = max_age {
                query.append_pair("max_age", &max_age.to_string());
            }
            // The same once more: there are providers that hear only one of the two.
            if max_age == Some(0) {
                query.append_pair("prompt", "login");
            }
        }
        Ok(address.into())
    }

    /// The origins that a browser visits on the way, of which this address is the first.
    pub(crate) fn origins(&self, first: &Url) -> Vec<String> {
        let mut origins = vec![first.origin().ascii_serialization()];
        for origin in &self.origins {
            if !origins.contains(origin) {
                origins.push(origin.clone());
            }
        }
        origins
    }
}

/// The S256 challenge of a verifier.
pub(crate) fn challenge(verifier: &str) -> Result<String, SignInError> {
    let fits = (43..=128).contains(&verifier.len())
        && verifier
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    if !fits {
        return Err(SignInError::Invalid(
            "the PKCE verifier is not 43 to 128 unreserved characters".into(),
        ));
    }
    let verifier = PkceCodeVerifier::new(verifier.to_owned());
    Ok(PkceCodeChallenge::from_code_verifier_sha256(&verifier)
        .as_str()
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636() {
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn a_verifier_that_could_be_guessed_is_refused() {
        for verifier in [
            "",
            &"a".repeat(42),
            &"a".repeat(129),
            &" ".repeat(43),
            &"é".repeat(43),
        ] {
            assert!(
                matches!(challenge(verifier), Err(SignInError::Invalid(_))),
                "{verifier}"
            );
        }
    }
}
