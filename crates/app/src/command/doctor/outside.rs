//! What the service needs of others: a mail server, and sign-in providers.

use std::sync::Arc;

use symbolon_domain::{
    port::{clock::Clock, sign_in::SignIn as _},
    sign_in::Audience,
    social_profile::ProviderId,
};
use symbolon_http::PublicUrl;
use symbolon_identity::Providers;

use super::Finding;
use crate::{
    assembly::public_url, clock::SystemClock, command::DEFAULT_LISTEN, failure::Failure, options::Options,
    post, providers,
};

pub(super) async fn look(options: &Options, findings: &mut Vec<Finding>) {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    match configured(options, &clock) {
        Ok((public_url, providers)) => {
            look_at_providers(&providers, findings).await;
            look_at_mail_server(options, &public_url, &providers, clock, findings).await;
        }
        Err(failure) => findings.push(Finding::bad(
            "sign-in providers",
            failure.to_string(),
            "correct [[sign_in]] in the file that --config names, or SYMBOLON_SIGN_IN",
        )),
    }
}

fn configured(options: &Options, clock: &Arc<dyn Clock>) -> Result<(PublicUrl, Providers), Failure> {
    let public_url = public_url(options, DEFAULT_LISTEN)?;
    let providers = providers::of(providers::configured(options)?, &public_url, clock)?;
    Ok((public_url, providers))
}

async fn look_at_providers(providers: &Providers, findings: &mut Vec<Finding>) {
    const NAME: &str = "sign-in provider";
    let all: Vec<_> = providers.redirect_uris().collect();
    if !all
        .iter()
        .any(|(id, _)| providers.serves(id, Audience::Recipients))
    {
        findings.push(Finding::attention(
            NAME,
            "none is configured for recipients, so none of them can open a credential",
            "add [[sign_in]] to the file that --config names; docs/OPERATIONS.md has an example for each provider",
        ));
    }
    for (id, redirect_uri) in all {
        let whom = for_whom(providers, id);
        findings.push(match providers.check(id).await {
            Ok(()) => Finding::good(
                NAME,
                format!("{id} answers, for {whom}; its redirect URI is {redirect_uri}"),
            ),
            Err(error) => Finding::bad(
                NAME,
                format!("{id}: {error}"),
                "compare the provider's settings with what it shows, and try to reach it from this machine",
            ),
        });
    }
}

/// Whom a provider is configured for, in words.
fn for_whom(providers: &Providers, id: &ProviderId) -> &'static str {
    let serves = |audience| providers.serves(id, audience);
    match (serves(Audience::Recipients), serves(Audience::Administrators)) {
        (true, true) => "recipients and administrators",
        (_, true) => "administrators",
        _ => "recipients",
    }
}

async fn look_at_mail_server(
    options: &Options,
    public_url: &PublicUrl,
    providers: &Providers,
    clock: Arc<dyn Clock>,
    findings: &mut Vec<Finding>,
) {
    const NAME: &str = "mail server";
    findings.push(match post::smtp_mailer(options, public_url, providers, clock) {
        Ok(None) => Finding::attention(
            NAME,
            "none is configured, so mail waits",
            "name one with --smtp, such as smtps://user@mail.example.org",
        ),
        Ok(Some(mailer)) => match mailer.check().await {
            Ok(()) => Finding::good(NAME, "it answers, and lets this service in"),
            Err(error) => Finding::bad(
                NAME,
                error.to_string(),
                "correct --smtp or its password; until then mail waits and is tried again",
            ),
        },
        Err(failure) => Finding::bad(NAME, failure.to_string(), "correct --smtp"),
    });
}
