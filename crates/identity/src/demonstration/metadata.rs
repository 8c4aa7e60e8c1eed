//! What the demonstration says of itself, by OpenID Connect Discovery 1.0.

use openidconnect::{
    AdditionalProviderMetadata, AuthUrl, IssuerUrl, JsonWebKeySetUrl, ProviderMetadata, ResponseTypes, Scope,
    TokenUrl,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};

/// Where people choose whom to be.
const AUTHORIZE: &str = "/authorize";
/// Where codes are redeemed.
const TOKEN: &str = "/token";
/// Where the key set is.
const KEYS: &str = "/jwks";

type Metadata = ProviderMetadata<
    Further,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What later standards have added.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Further {
    /// RFC 9207.
    authorization_response_iss_parameter_supported: bool,
    /// RFC 8414.
    code_challenge_methods_supported: Vec<String>,
}

impl AdditionalProviderMetadata for Further {}

/// The discovery document, in JSON.
pub(super) fn of(issuer: &str) -> Result<String, String> {
    let at = |path: &str| format!("{issuer}{path}");
    let wrong = |error: url::ParseError| error.to_string();
    let further = Further {
        authorization_response_iss_parameter_supported: true,
        code_challenge_methods_supported: vec!["S256".to_owned()],
    };
    let scopes = ["openid", "profile", "email"].map(|scope| Scope::new(scope.to_owned()));
    let claims = ["sub", "name", "email"].map(|claim| CoreClaimName::new(claim.to_owned()));
    let metadata = Metadata::new(
        IssuerUrl::new(issuer.to_owned()).map_err(wrong)?,
        AuthUrl::new(at(AUTHORIZE)).map_err(wrong)?,
        JsonWebKeySetUrl::new(at(KEYS)).map_err(wrong)?,
        vec![ResponseTypes::new(vec![CoreResponseType::Code])],
        vec![CoreSubjectIdentifierType::Public],
        vec![CoreJwsSigningAlgorithm::EdDsa],
        further,
    )
    .set_token_endpoint(Some(TokenUrl::new(at(TOKEN)).map_err(wrong)?))
    .set_scopes_supported(Some(scopes.to_vec()))
    .set_claims_supported(Some(claims.to_vec()))
    .set_grant_types_supported(Some(vec![CoreGrantType::AuthorizationCode]))
    .set_token_endpoint_auth_methods_supported(Some(vec![CoreClientAuthMethod::ClientSecretBasic]));
    serde_json::to_string(&metadata).map_err(|error| error.to_string())
}
