//! From what is written down to what is done: settings and preset become a [`Client`] and what its provider speaks.

use symbolon_domain::{sign_in::Audience, social_profile::ProviderId};
use url::Url;

use super::{ProviderSettings, SettingsError};
use crate::{
    address,
    client::{Client, Discovery, Endpoints, PlainProtocol, Protocol},
    issuer::{self, IssuerRule},
    preset::{self, Preset, Quirks},
};

/// Where personal Microsoft accounts live, by <https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference>.
const MICROSOFT_CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

type Problem = &'static str;

impl ProviderSettings {
    /// Reads the settings; the redirect URI is below the public address.
    pub(crate) fn resolve(self, public: &Url) -> Result<(Client, Protocol), SettingsError> {
        let name = self.name();
        self.resolved(public)
            .map_err(|problem| SettingsError::Provider { name, problem })
    }

    fn resolved(self, public: &Url) -> Result<(Client, Protocol), Problem> {
        let id = ProviderId::parse(&self.name()).ok_or(
            "needs an `id` of 1 to 32 lower-case letters, digits and hyphens (or a `preset`, whose name it then takes)",
        )?;
        let quirks = self.preset.map_or(&preset::STANDARD, Preset::quirks);
        let issuer = self.issuer_address(quirks)?;
        let protocol = match quirks.protocol {
            preset::Protocol::OpenId => Protocol::OpenId(self.discovery(&issuer)?),
            preset::Protocol::Plain(plain) => Protocol::Plain(self.plain(plain, &issuer)?),
        };
        if self.client_id.is_empty() || !is_visible(&self.client_id) {
            return Err("needs the `client_id` that the provider gave this service");
        }
        let secret = match (self.client_secret, self.client_secret_file) {
            (Some(_), Some(_)) => return Err("takes `client_secret` or `client_secret_file`, not both"),
            (Some(secret), None) if !secret.is_empty() => secret,
            _ => {
                return Err(
                    "needs the secret that the provider gave this service: name its `client_secret_file`",
                );
            }
        };
        let label = match (self.label, quirks.label) {
            (Some(label), _) => label,
            (None, "") => issuer.host_str().unwrap_or_default().to_owned(),
            (None, label) => label.to_owned(),
        };
        if label.trim().is_empty() || label.chars().count() > 100 || label.chars().any(char::is_control) {
            return Err("needs a `label` of 1 to 100 characters");
        }
        let mut scopes = self
            .scopes
            .unwrap_or_else(|| quirks.scopes.iter().map(|&scope| scope.to_owned()).collect());
        if !scopes.iter().all(|scope| is_visible(scope) && !scope.is_empty()) {
            return Err("needs `scopes` without spaces: write a list, such as [\"profile\", \"email\"]");
        }
        if matches!(protocol, Protocol::OpenId(_)) && !scopes.iter().any(|scope| scope == "openid") {
            scopes.insert(0, "openid".to_owned());
        }
        let mut origins: Vec<String> = quirks.origins.iter().map(|&origin| origin.to_owned()).collect();
        for origin in &self.origins {
            let origin = address::parse(origin).ok_or("needs `origins` such as https://login.example.org")?;
            origins.push(origin.origin().ascii_serialization());
        }
        // Whoever has somebody's account there has their dashboard: that is for the operator to decide, and never a default.
        let audiences: Vec<_> = [
            (Audience::Recipients, self.recipients.unwrap_or(true)),
            (Audience::Administrators, self.administrators.unwrap_or(false)),
        ]
        .into_iter()
        .filter_map(|(audience, is_served)| is_served.then_some(audience))
        .collect();
        if audiences.is_empty() {
            return Err("is for nobody: write `administrators = true`, or leave `recipients` out");
        }
        let client = Client {
            redirect_uri: redirect_uri(public, &id),
            id,
            label,
            audiences,
            identifier: self.client_id,
            secret,
            scopes: scopes.join(" "),
            pkce: self.pkce.unwrap_or(quirks.pkce),
            nonce: self.nonce.unwrap_or(quirks.nonce),
            auth_style: self.auth_style.or(quirks.auth_style),
            origins,
        };
        Ok((client, protocol))
    }

    fn issuer_address(&self, quirks: &Quirks) -> Result<Url, Problem> {
        let text = match (&self.issuer, quirks.issuer) {
            (Some(issuer), _) => issuer,
            (None, "") => return Err("needs a `preset` or an `issuer`"),
            (None, issuer) => issuer,
        };
        address::parse(text).filter(|url| url.query().is_none()).ok_or(
            "needs an `issuer` that begins with https:// (http:// on this machine only) and has no ? or #",
        )
    }

    fn discovery(&self, issuer: &Url) -> Result<Discovery, Problem> {
        let microsoft = self.preset == Some(Preset::Microsoft);
        if !microsoft && self.tenant.is_some() {
            return Err("takes no `tenant`: that is for the preset microsoft");
        }
        if let Some(issuer) = &self.token_issuer
            && address::parse(&issuer.replace("{tenantid}", "tenant")).is_none()
        {
            return Err("needs a `token_issuer` that begins with https://");
        }
        // What the operator wrote counts, and not what a parser makes of it: issuers are compared byte for byte.
        let written = match (&self.issuer, self.preset) {
            (Some(issuer), _) => issuer.as_str(),
            (None, Some(preset)) => preset.quirks().issuer,
            (None, None) => issuer.as_str(),
        };
        let (place, stated) = if microsoft {
            microsoft_issuers(
                written.trim_end_matches('/'),
                self.tenant.as_deref().unwrap_or("common"),
            )?
        } else {
            (written.to_owned(), written.to_owned())
        };
        let document = format!("{}/.well-known/openid-configuration", place.trim_end_matches('/'));
        Ok(Discovery {
            document: address::parse(&document).ok_or("needs an `issuer` that is an address")?,
            callback_issuer: IssuerRule::of(&stated),
            token_issuer: IssuerRule::of(self.token_issuer.as_deref().unwrap_or(&stated)),
            issuer: stated,
        })
    }

    fn plain(&self, plain: &'static preset::Plain, issuer: &Url) -> Result<PlainProtocol, Problem> {
        if self.tenant.is_some() || self.nonce.is_some() || self.token_issuer.is_some() {
            return Err("takes no `tenant`, `nonce` or `token_issuer`: it has no ID tokens");
        }
        let user = match (&self.issuer, plain.user_elsewhere) {
            (None, _) => plain.user,
            (Some(_), Some(elsewhere)) => elsewhere,
            (Some(_), None) => return Err("takes no `issuer`: there is only one such provider"),
        };
        let issuer = issuer.as_str().trim_end_matches('/');
        let fill = |template: &str| template.replace("{issuer}", issuer);
        let read =
            |template: &str| address::parse(&fill(template)).ok_or("needs an `issuer` that is an address");
        Ok(PlainProtocol {
            endpoints: Endpoints {
                authorization: read(plain.authorization)?,
                token: read(plain.token)?,
                user: read(user)?,
            },
            callback_issuer: fill(plain.callback_issuer),
            issuer: issuer.to_owned(),
            number: plain.number,
        })
    }
}

/// Where Microsoft's metadata is for a tenant, and which issuer it states.
///
/// `common` and `organizations` speak for many directories. Their metadata states a template, and each directory is an
/// issuer of its own; nobody but the directory can make tokens of its issuer, so that a person of one directory is
/// never taken for a person of another.
fn microsoft_issuers(cloud: &str, tenant: &str) -> Result<(String, String), Problem> {
    let stated = match tenant {
        "common" | "organizations" => "{tenantid}",
        "consumers" => MICROSOFT_CONSUMERS,
        id if issuer::is_tenant_id(id) => id,
        _ => {
            return Err(
                "needs a `tenant` that is common, organizations, consumers, or the directory's id (a UUID in lower case)",
            );
        }
    };
    Ok((format!("{cloud}/{tenant}/v2.0"), format!("{cloud}/{stated}/v2.0")))
}

fn redirect_uri(public: &Url, id: &ProviderId) -> String {
    let base = public.as_str().trim_end_matches('/');
    format!("{base}/sign-in/{id}/callback")
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}
