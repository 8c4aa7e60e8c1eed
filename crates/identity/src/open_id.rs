//! A provider that speaks OpenID Connect: code flow, state, nonce, PKCE, and the `iss` parameter of RFC 9207.

use std::sync::Arc;

use symbolon_domain::{
    port::{
        clock::Clock,
        sign_in::{Callback, Handshake, SignInError, Vouching},
    },
    social_profile::{Connection, ProfileHint, SocialProfile},
};

use crate::{
    client::{Client, Discovery},
    code::{self, Grant},
    id_token::{self, Doubt, Expectation, Person},
    issuer::IssuerRule,
    keys::{self, Keys},
    metadata::{self, Metadata},
    shelf::Shelf,
    user::{self, Words},
    web::Web,
};

/// One OpenID provider, and what is kept of it.
pub(crate) struct OpenId {
    pub(crate) client: Client,
    discovery: Arc<Discovery>,
    web: Web,
    clock: Arc<dyn Clock>,
    metadata: Shelf<Metadata>,
    keys: Shelf<Keys>,
}

impl OpenId {
    /// The provider; it is not asked yet.
    pub(crate) fn new(client: Client, discovery: Discovery, web: Web, clock: &Arc<dyn Clock>) -> Self {
        Self {
            client,
            discovery: Arc::new(discovery),
            web,
            clock: Arc::clone(clock),
            metadata: Shelf::new(Arc::clone(clock)),
            keys: Shelf::new(Arc::clone(clock)),
        }
    }

    /// The origins on the way. While it cannot be asked, the place where its metadata is stands for its authorization
    /// endpoint: mostly they are one, and a page drawn at such a moment then has a button that works a moment later.
    pub(crate) async fn origins(&self) -> Vec<String> {
        match self.metadata().await {
            Ok(metadata) => self.client.origins(&metadata.endpoints.authorization),
            Err(_) => self.client.origins(&self.discovery.document),
        }
    }

    /// Where to send the browser.
    pub(crate) async fn start(
        &self,
        handshake: &Handshake,
        max_age: Option<i64>,
    ) -> Result<String, SignInError> {
        let metadata = self.metadata().await?;
        self.client
            .authorization_address(&metadata.endpoints, handshake, max_age)
    }

    /// Whether the metadata is whole, and there are keys.
    pub(crate) async fn check(&self) -> Result<(), SignInError> {
        let metadata = self.metadata().await?;
        let keys = self.keys(&metadata).await?;
        if keys.set.keys().is_empty() {
            return Err(SignInError::Misconfigured(
                "its key set has no key that is understood".into(),
            ));
        }
        Ok(())
    }

    /// Who it was, and since when.
    pub(crate) async fn finish(
        &self,
        handshake: &Handshake,
        callback: &Callback,
    ) -> Result<Vouching, SignInError> {
        let metadata = self.metadata().await?;
        self.judge_issuer(callback, &metadata)?;
        let style = self.client.auth_style.unwrap_or(metadata.auth_style);
        let endpoint = &metadata.endpoints.token;
        let grant = code::redeem(&self.web, &self.client, endpoint, style, handshake, callback).await?;
        let id_token = grant
            .id_token
            .as_ref()
            .ok_or_else(|| SignInError::Invalid("no ID token came with the code".into()))?;
        let person = self.person(id_token, &metadata, handshake).await?;
        // Where every tenant is an issuer of its own, only the ID token says which one the callback had to name.
        if matches!(self.discovery.callback_issuer, IssuerRule::PerTenant(..))
            && callback
                .issuer
                .as_ref()
                .is_some_and(|issuer| *issuer != person.issuer)
        {
            return Err(SignInError::Invalid(
                "the callback is of another issuer than the ID token".into(),
            ));
        }
        let profile = SocialProfile::new(&person.issuer, &person.subject)
            .ok_or_else(|| SignInError::Invalid("its ID token names nobody".into()))?;
        let authenticated_at = person.authenticated_at;
        let words = self.words(person, &metadata, &grant).await;
        Ok(Vouching {
            connection: Connection {
                provider: self.client.id.clone(),
                profile,
                hint: ProfileHint::of(words.mail.as_deref(), words.name.as_deref()),
            },
            authenticated_at,
        })
    }

    /// RFC 9207: a callback that says whose it is must be this provider's, and where the provider always says it,
    /// silence is somebody else's.
    fn judge_issuer(&self, callback: &Callback, metadata: &Metadata) -> Result<(), SignInError> {
        match &callback.issuer {
            Some(issuer) if self.discovery.callback_issuer.admits(issuer) => Ok(()),
            Some(_) => Err(SignInError::Invalid("the callback is of another issuer".into())),
            None if metadata.sends_issuer => Err(SignInError::Invalid("the callback names no issuer".into())),
            None => Ok(()),
        }
    }

    /// Who the ID token says it is. A key that is not known may be new: the set is asked for again, once a minute.
    async fn person(
        &self,
        token: &str,
        metadata: &Metadata,
        handshake: &Handshake,
    ) -> Result<Person, SignInError> {
        let keys = self.keys(metadata).await?;
        let mut judged = self.verify(token, &keys, handshake);
        if matches!(judged, Err(Doubt::UnknownKey))
            && let Some(keys) = self.keys.renew(&keys, self.fetch_keys(metadata)).await?
        {
            judged = self.verify(token, &keys, handshake);
        }
        judged.map_err(|doubt| {
            SignInError::Invalid(match doubt {
                Doubt::UnknownKey => "its ID token is signed by a key that it does not publish".into(),
                Doubt::Bad(reason) => reason.into(),
            })
        })
    }

    fn verify(&self, token: &str, keys: &Keys, handshake: &Handshake) -> Result<Person, Doubt> {
        let expected = Expectation {
            issuer: &self.discovery.token_issuer,
            client_id: &self.client.identifier,
            nonce: &handshake.nonce,
            repeats_nonce: self.client.nonce,
            now: self.clock.now(),
        };
        id_token::verify(token, keys, &expected)
    }

    /// What the ID token says in words, or else the user endpoint.
    async fn words(&self, person: Person, metadata: &Metadata, grant: &Grant) -> Words {
        if person.mail.is_none()
            && person.name.is_none()
            && let (Some(endpoint), Some(token)) = (&metadata.endpoints.user, &grant.access_token)
        {
            return user::words(&self.web, endpoint, token, &person.subject).await;
        }
        Words {
            mail: person.mail,
            name: person.name,
        }
    }

    async fn metadata(&self) -> Result<Arc<Metadata>, SignInError> {
        let (web, discovery, id) = (
            self.web.clone(),
            Arc::clone(&self.discovery),
            self.client.id.clone(),
        );
        let fetch = async move {
            let fetched = metadata::fetch(&web, &discovery).await;
            if let Err(error) = &fetched {
                // Once per attempt: a page that only lists the providers has nobody to tell.
                tracing::warn!(provider = %id, %error, "the metadata of a sign-in provider cannot be used");
            }
            fetched
        };
        self.metadata.get(fetch).await
    }

    async fn keys(&self, metadata: &Metadata) -> Result<Arc<Keys>, SignInError> {
        self.keys.get(self.fetch_keys(metadata)).await
    }

    fn fetch_keys(
        &self,
        metadata: &Metadata,
    ) -> impl Future<Output = Result<Keys, SignInError>> + Send + 'static + use<> {
        let (web, url) = (self.web.clone(), metadata.keys.clone());
        async move { keys::fetch(&web, &url).await }
    }
}
