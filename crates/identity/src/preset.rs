//! The table of providers: what each wants to hear, and what it leaves out.
//!
//! Every departure from the standards is a value here, and none is a branch elsewhere.

use serde::Deserialize;

/// How this service shows its secret to a token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuthStyle {
    /// In the `Authorization` header (`client_secret_basic`).
    Basic,
    /// In the body (`client_secret_post`).
    Post,
}

/// A provider that is known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// Google.
    Google,
    /// LinkedIn, the product "Sign In with LinkedIn using OpenID Connect".
    LinkedIn,
    /// GitHub, and GitHub Enterprise Server.
    GitHub,
    /// Microsoft: work, school and personal accounts.
    Microsoft,
    /// Facebook.
    Facebook,
}

/// What is peculiar to a provider.
#[derive(Debug)]
pub(crate) struct Quirks {
    /// What people call it; empty for its host.
    pub(crate) label: &'static str,
    /// The issuer, where it is the same for everybody.
    pub(crate) issuer: &'static str,
    /// How it says who somebody is.
    pub(crate) protocol: Protocol,
    /// Whether it takes a PKCE challenge.
    pub(crate) pkce: bool,
    /// Whether its ID tokens repeat the nonce.
    pub(crate) nonce: bool,
    /// How it wants the secret; `None` for what its metadata says.
    pub(crate) auth_style: Option<AuthStyle>,
    /// What is asked for.
    pub(crate) scopes: &'static [&'static str],
    /// Where a browser may be redirected to besides the authorization endpoint.
    pub(crate) origins: &'static [&'static str],
}

/// How a provider says who somebody is.
#[derive(Debug)]
pub(crate) enum Protocol {
    /// By a signed ID token; the addresses are found by discovery.
    OpenId,
    /// By an answer of its API to the bearer of a fresh access token. `{issuer}` stands for the issuer.
    Plain(&'static Plain),
}

/// The addresses and the answer of a provider that speaks plain OAuth 2.0.
#[derive(Debug)]
pub(crate) struct Plain {
    pub(crate) authorization: &'static str,
    pub(crate) token: &'static str,
    pub(crate) user: &'static str,
    /// The same where the operator named another issuer; `None` where there is only one such provider.
    pub(crate) user_elsewhere: Option<&'static str>,
    /// The `iss` parameter of its callbacks, where it sends one.
    pub(crate) callback_issuer: &'static str,
    /// Whether `id` is a number in JSON; otherwise it is a text of digits.
    pub(crate) number: bool,
}

const OPEN_ID: &[&str] = &["openid", "profile", "email"];

impl Preset {
    /// Its name in configurations.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::LinkedIn => "linkedin",
            Self::GitHub => "github",
            Self::Microsoft => "microsoft",
            Self::Facebook => "facebook",
        }
    }

    /// Its row of the table.
    pub(crate) fn quirks(self) -> &'static Quirks {
        match self {
            Self::Google => &GOOGLE,
            Self::LinkedIn => &LINKEDIN,
            Self::GitHub => &GITHUB,
            Self::Microsoft => &MICROSOFT,
            Self::Facebook => &FACEBOOK,
        }
    }
}

/// Any certified OpenID provider: nothing is peculiar.
pub(crate) static STANDARD: Quirks = Quirks {
    label: "",
    issuer: "",
    protocol: Protocol::OpenId,
    pkce: true,
    nonce: true,
    auth_style: None,
    scopes: OPEN_ID,
    origins: &[],
};

/// By <https://developers.google.com/identity/openid-connect/openid-connect> and its discovery document: everything as
/// in the standard.
static GOOGLE: Quirks = Quirks {
    label: "Google",
    issuer: "https://accounts.google.com",
    protocol: Protocol::OpenId,
    pkce: true,
    nonce: true,
    auth_style: Some(AuthStyle::Post),
    scopes: OPEN_ID,
    origins: &[],
};

/// By <https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2>.
///
/// - The issuer is `https://www.linkedin.com/oauth` in the discovery document and in ID tokens (until 2024 it was the
///   bare host: keycloak/keycloak#28686, openiddict/openiddict-core#2162).
/// - ID tokens never repeat a nonce (linkedin-developers/linkedin-api-js-client#34, authlib/authlib#763).
/// - A `code_verifier` makes the token endpoint answer `invalid_client`, unless LinkedIn has enabled PKCE for the
///   application (nextauthjs/next-auth#8831, directus/directus#23645). Who has that can set `pkce = true`.
/// - The secret goes into the body.
static LINKEDIN: Quirks = Quirks {
    label: "LinkedIn",
    issuer: "https://www.linkedin.com/oauth",
    protocol: Protocol::OpenId,
    pkce: false,
    nonce: false,
    auth_style: Some(AuthStyle::Post),
    scopes: OPEN_ID,
    origins: &[],
};

/// By <https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc>. The issuer depends on the tenant
/// (`settings.rs`); personal accounts sign in at `login.live.com`.
static MICROSOFT: Quirks = Quirks {
    label: "Microsoft",
    issuer: "https://login.microsoftonline.com",
    protocol: Protocol::OpenId,
    pkce: true,
    nonce: true,
    auth_style: Some(AuthStyle::Post),
    scopes: OPEN_ID,
    origins: &["https://login.live.com"],
};

/// By <https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps>: plain OAuth 2.0.
///
/// - PKCE (S256 only) since July 2025; the secret goes into the body.
/// - The token endpoint reports errors with status 200.
/// - The subject is the numeric `id`; a `login` can be given up and taken by somebody else.
/// - Without any scope it tells the name and the public mail address, which is all that a hint needs.
/// - Callbacks carry `iss=https://github.com/login/oauth` since 2026, though not throughout (nextauthjs/next-auth#13410,
///   langfuse/langfuse#13091). People are known by `https://github.com` all the same.
static GITHUB: Quirks = Quirks {
    label: "GitHub",
    issuer: "https://github.com",
    protocol: Protocol::Plain(&Plain {
        authorization: "{issuer}/login/oauth/authorize",
        token: "{issuer}/login/oauth/access_token",
        user: "https://api.github.com/user",
        user_elsewhere: Some("{issuer}/api/v3/user"),
        callback_issuer: "{issuer}/login/oauth",
        number: true,
    }),
    pkce: true,
    nonce: false,
    auth_style: Some(AuthStyle::Post),
    scopes: &[],
    origins: &[],
};

/// By <https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow>: plain OAuth 2.0.
///
/// There is a discovery document, but it names no token endpoint (nextauthjs/next-auth#4608), and Facebook calls the
/// code flow with ID tokens "still in testing"; the Graph API is what its own documentation builds on. Addresses
/// without a version stand for the oldest that is still served, so that this service does not age. Phones are
/// redirected to `m.facebook.com`. "Require App Secret" has to stay off in the application's settings.
static FACEBOOK: Quirks = Quirks {
    label: "Facebook",
    issuer: "https://www.facebook.com",
    protocol: Protocol::Plain(&Plain {
        authorization: "{issuer}/dialog/oauth",
        token: "https://graph.facebook.com/oauth/access_token",
        user: "https://graph.facebook.com/me?fields=id,name,email",
        user_elsewhere: None,
        callback_issuer: "{issuer}",
        number: false,
    }),
    pkce: true,
    nonce: false,
    auth_style: Some(AuthStyle::Post),
    scopes: &["public_profile", "email"],
    origins: &["https://m.facebook.com"],
};
