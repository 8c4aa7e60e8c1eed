//! The token endpoint: a code becomes an ID token (RFC 6749, section 4.1.3; RFC 7636).

use std::time::{Duration, SystemTime};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use openidconnect::{
    AccessToken, Audience, ClientSecret, EmptyAdditionalClaims, EmptyExtraTokenFields, EndUserEmail,
    EndUserName, IssuerUrl, Nonce, StandardClaims, SubjectIdentifier,
    core::{
        CoreGenderClaim, CoreIdToken, CoreIdTokenClaims, CoreIdTokenFields, CoreJwsSigningAlgorithm,
        CoreTokenResponse, CoreTokenType,
    },
};
use symbolon_domain::time::Timestamp;
use url::form_urlencoded;

use super::{Demonstration, codes::Code, key};
use crate::client::challenge;

/// How long an ID token is good, in seconds.
const LIFE_SECONDS: i64 = 300;

/// Why a code is not redeemed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefusal {
    /// Not by the one client, or with a wrong secret.
    InvalidClient,
    /// Something is missing.
    InvalidRequest,
    /// Something else than a code was to be redeemed.
    UnsupportedGrantType,
    /// The code is unknown, used, expired, or not this client's to use.
    InvalidGrant,
    /// The provider is in trouble.
    ServerError,
}

impl TokenRefusal {
    /// The error code, as the standard has it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidClient => "invalid_client",
            Self::InvalidRequest => "invalid_request",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidGrant => "invalid_grant",
            Self::ServerError => "server_error",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidClient => 401,
            Self::InvalidRequest | Self::UnsupportedGrantType | Self::InvalidGrant => 400,
            Self::ServerError => 500,
        }
    }
}

impl Demonstration {
    /// Redeems a code: takes the `Authorization` header and the form of the body, and answers in JSON.
    ///
    /// A code is used up by the attempt, also by one that fails.
    ///
    /// # Errors
    /// [`TokenRefusal`].
    pub fn redeem(&self, authorization: Option<&str>, form: &[u8]) -> Result<String, TokenRefusal> {
        if !authorization
            .and_then(credentials)
            .is_some_and(|shown| self.is_client(shown))
        {
            return Err(TokenRefusal::InvalidClient);
        }
        let field = |name: &str| {
            form_urlencoded::parse(form)
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
                .ok_or(TokenRefusal::InvalidRequest)
        };
        if field("grant_type")? != "authorization_code" {
            return Err(TokenRefusal::UnsupportedGrantType);
        }
        let now = self.clock.now();
        let code = self
            .codes
            .take(&field("code")?, now)
            .ok_or(TokenRefusal::InvalidGrant)?;
        let proved = challenge(&field("code_verifier")?).map_err(|_| TokenRefusal::InvalidGrant)?;
        if proved != code.request.challenge || field("redirect_uri")? != self.client.redirect_uri {
            return Err(TokenRefusal::InvalidGrant);
        }
        self.answer(code, now).ok_or(TokenRefusal::ServerError)
    }

    fn is_client(&self, (identifier, secret): (String, String)) -> bool {
        let expected = ClientSecret::new(self.client.secret.expose().to_owned());
        // Compared as digests, in constant time.
        identifier == self.client.identifier && ClientSecret::new(secret) == expected
    }

    /// The ID token, and an access token that opens nothing, for there is nothing else to tell.
    fn answer(&self, code: Code, now: Timestamp) -> Option<String> {
        let person = code.person;
        let about: StandardClaims<CoreGenderClaim> =
            StandardClaims::new(SubjectIdentifier::new(person.subject.to_owned()))
                .set_name(Some(EndUserName::new(person.name.to_owned()).into()))
                .set_email(Some(EndUserEmail::new(person.mail.to_owned())))
                .set_email_verified(Some(true));
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(self.issuer.clone()).ok()?,
            vec![Audience::new(self.client.identifier.clone())],
            instant(now.plus_seconds(LIFE_SECONDS)).into(),
            instant(now).into(),
            about,
            EmptyAdditionalClaims {},
        )
        .set_nonce(code.request.nonce.map(Nonce::new))
        // It remembers nobody: who comes has just said who they are.
        .set_auth_time(Some(instant(now).into()));
        let access = AccessToken::new(key::random_text(self.entropy.as_ref()).ok()?);
        let algorithm = CoreJwsSigningAlgorithm::EdDsa;
        let token = CoreIdToken::new(claims, &self.key, algorithm, Some(&access), None).ok()?;
        let fields = CoreIdTokenFields::new(Some(token), EmptyExtraTokenFields {});
        serde_json::to_string(&CoreTokenResponse::new(access, CoreTokenType::Bearer, fields)).ok()
    }
}

/// User name and password of HTTP Basic, decoded as RFC 6749, section 2.3.1, wants it.
fn credentials(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((decoded(user)?, decoded(password)?))
}

fn decoded(text: &str) -> Option<String> {
    // A lone name of a form is decoded like any other part of it.
    let (name, value) = form_urlencoded::parse(text.as_bytes()).next()?;
    value.is_empty().then(|| name.into_owned())
}

fn instant(at: Timestamp) -> SystemTime {
    let millis = u64::try_from(at.as_millis()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}
