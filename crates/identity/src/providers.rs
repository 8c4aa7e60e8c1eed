//! The providers that are configured, as the domain's [`SignIn`].

use std::{collections::HashSet, sync::Arc, time::Duration};

use async_trait::async_trait;
use symbolon_domain::{
    port::{
        clock::Clock,
        sign_in::{Callback, Handshake, Provider, SignIn, SignInError, Vouching},
    },
    sign_in::Audience,
    social_profile::ProviderId,
};
use url::Url;

use crate::{
    client::{Client, Protocol},
    open_id::OpenId,
    plain::Plain,
    settings::{ProviderSettings, SettingsError},
    web::{PATIENCE, Web},
};

/// Signs people in with the configured providers.
///
/// Each is asked for its metadata when it is first needed, and once a day from then on. Every exchange takes 5 seconds
/// at most, a whole sign-in 10. Nothing that a provider hands out is kept or logged.
pub struct Providers {
    all: Vec<Entry>,
    patience: Duration,
}

/// One provider.
#[derive(Clone)]
enum Entry {
    OpenId(Arc<OpenId>),
    Plain(Arc<Plain>),
}

impl Providers {
    /// The providers in the order of the settings. The redirect URI of each is
    /// `{public address}/sign-in/{id}/callback`.
    ///
    /// Installs *ring* as the process's cryptography for TLS, unless something is installed already.
    ///
    /// # Errors
    /// [`SettingsError`] says which provider's settings are wrong, and what to do.
    pub fn new(
        settings: Vec<ProviderSettings>,
        public_address: &Url,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, SettingsError> {
        if !matches!(public_address.scheme(), "http" | "https") || public_address.host().is_none() {
            return Err(SettingsError::PublicAddress);
        }
        let resolved = settings
            .into_iter()
            .map(|settings| settings.resolve(public_address))
            .collect::<Result<Vec<_>, _>>()?;
        Self::of(resolved, clock, PATIENCE)
    }

    pub(crate) fn of(
        resolved: Vec<(Client, Protocol)>,
        clock: &Arc<dyn Clock>,
        patience: Duration,
    ) -> Result<Self, SettingsError> {
        let mut all = Vec::with_capacity(resolved.len());
        if !resolved.is_empty() {
            refuse_twins(resolved.iter().map(|(client, _)| &client.id))?;
            let needs_authorities = resolved.iter().any(|(_, protocol)| protocol.uses_tls());
            let web = Web::new(needs_authorities, patience)?;
            all.extend(
                resolved
                    .into_iter()
                    .map(|(client, protocol)| Entry::new(client, protocol, web.clone(), clock)),
            );
        }
        Ok(Self { all, patience })
    }

    /// Whether the provider can be asked, and says all that is needed of it. Nobody is signed in; the client id and the
    /// secret are not tried, for only a person's sign-in can.
    ///
    /// # Errors
    /// [`SignInError::UnknownProvider`], [`SignInError::Unreachable`] or [`SignInError::Misconfigured`].
    pub async fn check(&self, provider: &ProviderId) -> Result<(), SignInError> {
        match self.find(provider)? {
            Entry::OpenId(open_id) => self.in_time(open_id.check()).await,
            // Its addresses are constants, and none of them answers without a sign-in.
            Entry::Plain(_) => Ok(()),
        }
    }

    /// What to register with each provider: its redirect URI, in the order of the settings.
    pub fn redirect_uris(&self) -> impl Iterator<Item = (&ProviderId, &str)> {
        self.all
            .iter()
            .map(|entry| (&entry.client().id, entry.client().redirect_uri.as_str()))
    }

    fn find(&self, provider: &ProviderId) -> Result<&Entry, SignInError> {
        self.all
            .iter()
            .find(|entry| entry.client().id == *provider)
            .ok_or(SignInError::UnknownProvider)
    }

    /// Several exchanges may follow one another, but not without end.
    async fn in_time<T>(&self, work: impl Future<Output = Result<T, SignInError>>) -> Result<T, SignInError> {
        tokio::time::timeout(self.patience * 2, work)
            .await
            .unwrap_or_else(|_| Err(SignInError::Unreachable("it does not answer in time".into())))
    }
}

#[async_trait]
impl SignIn for Providers {
    async fn providers(&self, audience: Audience) -> Vec<Provider> {
        let offered = || self.all.iter().filter(|entry| entry.client().serves(audience));
        // All at once: the slowest decides how long it takes.
        let asked: Vec<_> = offered()
            .map(|entry| tokio::spawn(entry.clone().origins()))
            .collect();
        let mut providers = Vec::with_capacity(asked.len());
        for (entry, origins) in offered().zip(asked) {
            let client = entry.client();
            providers.push(Provider {
                id: client.id.clone(),
                label: client.label.clone(),
                origins: origins.await.unwrap_or_default(),
            });
        }
        providers
    }

    fn serves(&self, provider: &ProviderId, audience: Audience) -> bool {
        self.find(provider)
            .is_ok_and(|entry| entry.client().serves(audience))
    }

    fn label(&self, provider: &ProviderId) -> Option<String> {
        self.find(provider).ok().map(|entry| entry.client().label.clone())
    }

    async fn start(
        &self,
        provider: &ProviderId,
        handshake: &Handshake,
        max_age: Option<i64>,
    ) -> Result<String, SignInError> {
        match self.find(provider)? {
            Entry::OpenId(open_id) => self.in_time(open_id.start(handshake, max_age)).await,
            Entry::Plain(plain) => plain.start(handshake),
        }
    }

    async fn finish(
        &self,
        provider: &ProviderId,
        handshake: &Handshake,
        callback: &Callback,
    ) -> Result<Vouching, SignInError> {
        match self.find(provider)? {
            Entry::OpenId(open_id) => self.in_time(open_id.finish(handshake, callback)).await,
            Entry::Plain(plain) => self.in_time(plain.finish(handshake, callback)).await,
        }
    }
}

impl Entry {
    fn new(client: Client, protocol: Protocol, web: Web, clock: &Arc<dyn Clock>) -> Self {
        match protocol {
            Protocol::OpenId(discovery) => Self::OpenId(Arc::new(OpenId::new(client, discovery, web, clock))),
            Protocol::Plain(protocol) => Self::Plain(Arc::new(Plain::new(client, protocol, web))),
        }
    }

    fn client(&self) -> &Client {
        match self {
            Self::OpenId(open_id) => &open_id.client,
            Self::Plain(plain) => &plain.client,
        }
    }

    async fn origins(self) -> Vec<String> {
        match self {
            Self::OpenId(open_id) => open_id.origins().await,
            Self::Plain(plain) => plain.origins(),
        }
    }
}

fn refuse_twins<'a>(ids: impl Iterator<Item = &'a ProviderId>) -> Result<(), SettingsError> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(SettingsError::Twice(id.to_string()));
        }
    }
    Ok(())
}
