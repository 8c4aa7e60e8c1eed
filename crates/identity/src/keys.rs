//! The keys that a provider signs with.

use std::collections::HashMap;

use openidconnect::{JsonWebKeySet, core::CoreJsonWebKey};
use serde_json::Value;
use symbolon_domain::port::sign_in::SignInError;
use url::Url;

use crate::{
    issuer::IssuerRule,
    web::{Party, Web},
};

/// A key set. Keys of kinds that are not understood are left out of it.
pub(crate) struct Keys {
    pub(crate) set: JsonWebKeySet<CoreJsonWebKey>,
    /// By the keys' ids: Microsoft notes at each key whose tokens it may sign.
    issuers: HashMap<String, IssuerRule>,
}

/// Asks the provider.
pub(crate) async fn fetch(web: &Web, url: &Url) -> Result<Keys, SignInError> {
    let answer = web.get(Party::Keys, url).await?;
    if answer.status != 200 {
        return Err(SignInError::Unreachable(format!(
            "its key set is not there (HTTP {})",
            answer.status
        )));
    }
    Keys::read(&answer.body).ok_or_else(|| SignInError::Unreachable("its key set cannot be read".into()))
}

impl Keys {
    /// Reads a JWK set.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let set = serde_json::from_slice(body).ok()?;
        let document: Value = serde_json::from_slice(body).ok()?;
        let issuers = document
            .get("keys")?
            .as_array()?
            .iter()
            .filter_map(|key| {
                let id = key.get("kid")?.as_str()?;
                Some((id.to_owned(), IssuerRule::of(key.get("issuer")?.as_str()?)))
            })
            .collect();
        Some(Self { set, issuers })
    }

    /// Whether the key may sign for the issuer: where nothing is noted at it, it may.
    pub(crate) fn signs_for(&self, key: Option<&str>, issuer: &str) -> bool {
        key.and_then(|key| self.issuers.get(key))
            .is_none_or(|rule| rule.admits(issuer))
    }
}
