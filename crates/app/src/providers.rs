//! The sign-in providers that an operator has configured: `[[sign_in]]` in the TOML file, or the same as a JSON list in
//! `SYMBOLON_SIGN_IN`, which beats the file.

mod written;

use std::{fs, sync::Arc};

use symbolon_domain::port::clock::Clock;
use symbolon_http::PublicUrl;
use symbolon_identity::{ClientSecret, ProviderSettings, Providers};

use crate::{assembly::environment, failure::Failure, options::Options};

/// Where the list is looked for before the file.
const VARIABLE: &str = "SYMBOLON_SIGN_IN";

/// Providers with these settings.
pub(crate) fn of(
    settings: Vec<ProviderSettings>,
    public_url: &PublicUrl,
    clock: &Arc<dyn Clock>,
) -> Result<Providers, Failure> {
    let settings = settings
        .into_iter()
        .map(with_secret)
        .collect::<Result<Vec<_>, _>>()?;
    Providers::new(settings, &public_url.at(""), clock)
        .map_err(|error| Failure::usage(format!("sign-in providers: {error}")))
}

/// The configured providers; none is a good answer too.
pub(crate) fn configured(options: &Options) -> Result<Vec<ProviderSettings>, Failure> {
    if let Some(json) = environment(VARIABLE) {
        // What is wrong with it may be a secret, so nothing of it is repeated.
        return serde_json::from_str(&json).map_err(|error| {
            Failure::usage(format!(
                "{VARIABLE}: not a JSON list of providers (line {}, column {})",
                error.line(),
                error.column()
            ))
        });
    }
    let Some(path) = &options.config else {
        return Ok(Vec::new());
    };
    let wrong = |reason: &dyn std::fmt::Display| Failure::usage(format!("{}: {reason}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| wrong(&error))?;
    written::read(&text).map_err(|reason| wrong(&reason))
}

fn with_secret(settings: ProviderSettings) -> Result<ProviderSettings, Failure> {
    let Some(path) = settings.secret_file() else {
        return Ok(settings);
    };
    let secret = fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("client_secret_file {}: {error}", path.display())))?;
    let secret = ClientSecret::new(&secret);
    Ok(settings.with_secret(secret))
}
