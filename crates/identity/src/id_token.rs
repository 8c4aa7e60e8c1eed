//! Judging an ID token, by OpenID Connect Core 1.0, section 3.1.3.7.

use std::time::{Duration, SystemTime};

use openidconnect::{
    AdditionalClaims, ClaimsVerificationError, ClientId, IdToken, IdTokenVerifier, IssuerUrl,
    JsonWebKey as _, Nonce, SignatureVerificationError,
    core::{CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm as Alg},
};
use serde::{Deserialize, Serialize};
use symbolon_domain::time::Timestamp;

use crate::{issuer::IssuerRule, keys::Keys};

/// How far the clocks of a provider and of this service may be apart, in seconds.
const LEEWAY: i64 = 60;
/// How old a token may be, in seconds: far older than any code lives, and Microsoft backdates by five minutes.
const OLDEST: i64 = 60 * 60;

/// The methods that are accepted: signatures by a key that only the provider has. Never `none`, and never `HS…`, whose
/// key this service would have as well.
const METHODS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

type Token = IdToken<Extra, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, Alg>;

/// Claims beyond the standard's.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Extra {
    /// Microsoft's directory.
    tid: Option<String>,
}

impl AdditionalClaims for Extra {}

/// What an ID token has to be.
pub(crate) struct Expectation<'a> {
    pub(crate) issuer: &'a IssuerRule,
    pub(crate) client_id: &'a str,
    pub(crate) nonce: &'a str,
    /// Whether the provider repeats the nonce at all.
    pub(crate) repeats_nonce: bool,
    pub(crate) now: Timestamp,
}

/// What a good ID token says.
pub(crate) struct Person {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) mail: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) authenticated_at: Option<Timestamp>,
}

/// Why an ID token is not believed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// It is signed by a key that is not in the set.
    UnknownKey,
    /// It is not good.
    Bad(&'static str),
}

/// Judges the token.
pub(crate) fn verify(text: &str, keys: &Keys, expected: &Expectation<'_>) -> Result<Person, Doubt> {
    let token: Token = text
        .parse()
        .map_err(|_| Doubt::Bad("its ID token cannot be read"))?;
    let anybody = IssuerUrl::new("https://issuer.invalid".to_owned())
        .map_err(|_| Doubt::Bad("its ID token cannot be judged"))?;
    let now = expected.now;
    let verifier = IdTokenVerifier::new_public_client(
        ClientId::new(expected.client_id.to_owned()),
        anybody,
        keys.set.clone(),
    )
    .set_allowed_algs(METHODS)
    // Judged below by the rule, which knows of tenants too.
    .require_issuer_match(false)
    // Judged below: other audiences are fine as long as the token was made for this one.
    .set_other_audience_verifier_fn(|_| true)
    .set_time_fn(move || instant(now.plus_seconds(-LEEWAY)).into())
    .set_issue_time_verifier_fn(move |at| {
        let age = now.as_millis() / 1_000 - at.timestamp();
        (-LEEWAY..=OLDEST)
            .contains(&age)
            .then_some(())
            .ok_or_else(String::new)
    });

    let claims = token
        .claims(&verifier, |nonce: Option<&Nonce>| expected.judge_nonce(nonce))
        .map_err(|error| doubt(&error))?;

    let issuer = claims.issuer().as_str();
    let tenant = claims.additional_claims().tid.as_deref();
    if !expected.issuer.admits_token(issuer, tenant) {
        return Err(Doubt::Bad("its ID token is of another issuer"));
    }
    let key = token.signing_key(&verifier).ok().and_then(|key| key.key_id());
    if !keys.signs_for(key.map(|id| id.as_str()), issuer) {
        return Err(Doubt::Bad("its ID token is signed by a key of another issuer"));
    }
    let made_for = claims.authorized_party().map(|party| party.as_str());
    if made_for.is_some_and(|party| party != expected.client_id)
        || (made_for.is_none() && claims.audiences().len() > 1)
    {
        return Err(Doubt::Bad("its ID token was made for another client"));
    }
    Ok(Person {
        issuer: issuer.to_owned(),
        subject: claims.subject().as_str().to_owned(),
        mail: claims.email().map(|mail| mail.as_str().to_owned()),
        name: claims
            .name()
            .and_then(|names| {
                names
                    .get(None)
                    .or_else(|| names.iter().next().map(|(_, name)| name))
            })
            .map(|name| name.as_str().to_owned()),
        authenticated_at: claims
            .auth_time()
            .map(|at| Timestamp::from_millis(at.timestamp_millis())),
    })
}

impl Expectation<'_> {
    /// The nonce of this sign-in; none at all only where the provider is known to repeat none.
    fn judge_nonce(&self, nonce: Option<&Nonce>) -> Result<(), String> {
        use openidconnect::NonceVerifier as _;

        if nonce.is_none() && !self.repeats_nonce {
            return Ok(());
        }
        // Compared as digests, in constant time.
        (&Nonce::new(self.nonce.to_owned())).verify(nonce)
    }
}

/// The error without its text, which quotes the token.
fn doubt(error: &ClaimsVerificationError) -> Doubt {
    use ClaimsVerificationError as E;
    use SignatureVerificationError as S;

    match error {
        E::SignatureVerification(S::NoMatchingKey) => Doubt::UnknownKey,
        E::SignatureVerification(S::DisallowedAlg(_) | S::NoSignature | S::UnsupportedAlg(_)) => {
            Doubt::Bad("its ID token is signed by a method that is not accepted")
        }
        E::SignatureVerification(_) => Doubt::Bad("the signature of its ID token is not good"),
        E::Expired(_) => Doubt::Bad("its ID token is expired, or issued at an impossible time"),
        E::InvalidAudience(_) => Doubt::Bad("its ID token is for another client"),
        E::InvalidNonce(_) => Doubt::Bad("its ID token is of another sign-in"),
        _ => Doubt::Bad("its ID token is not good"),
    }
}

fn instant(at: Timestamp) -> SystemTime {
    let millis = u64::try_from(at.as_millis()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

#[cfg(test)]
mod tests;
