//! A provider that speaks plain OAuth 2.0: its API says whose access token it is.

use symbolon_domain::{
    port::sign_in::{Callback, Handshake, SignInError, Vouching},
    social_profile::{Connection, ProfileHint, SocialProfile},
};

use crate::{
    client::{Client, PlainProtocol},
    code,
    preset::AuthStyle,
    user,
    web::Web,
};

/// One such provider.
pub(crate) struct Plain {
    pub(crate) client: Client,
    protocol: PlainProtocol,
    web: Web,
}

impl Plain {
    /// The provider. There is nothing to ask it for beforehand.
    pub(crate) fn new(client: Client, protocol: PlainProtocol, web: Web) -> Self {
        Self {
            client,
            protocol,
            web,
        }
    }

    /// The origins on the way.
    pub(crate) fn origins(&self) -> Vec<String> {
        self.client.origins(&self.protocol.endpoints.authorization)
    }

    /// Where to send the browser.
    pub(crate) fn start(&self, handshake: &Handshake) -> Result<String, SignInError> {
        // There is nothing to ask of it about when.
        self.client
            .authorization_address(&self.protocol.endpoints, handshake, None)
    }

    /// Who it was.
    pub(crate) async fn finish(
        &self,
        handshake: &Handshake,
        callback: &Callback,
    ) -> Result<Vouching, SignInError> {
        let PlainProtocol { endpoints, .. } = &self.protocol;
        if callback
            .issuer
            .as_ref()
            .is_some_and(|issuer| *issuer != self.protocol.callback_issuer)
        {
            return Err(SignInError::Invalid("the callback is of another issuer".into()));
        }
        let style = self.client.auth_style.unwrap_or(AuthStyle::Post);
        let grant = code::redeem(
            &self.web,
            &self.client,
            &endpoints.token,
            style,
            handshake,
            callback,
        )
        .await?;
        let token = grant
            .access_token
            .ok_or_else(|| SignInError::Invalid("no access token came with the code".into()))?;
        let (subject, words) =
            user::subject(&self.web, &endpoints.user, &token, self.protocol.number).await?;
        let profile = SocialProfile::new(&self.protocol.issuer, &subject)
            .ok_or_else(|| SignInError::Invalid("its user endpoint names nobody".into()))?;
        Ok(Vouching {
            connection: Connection {
                provider: self.client.id.clone(),
                profile,
                hint: ProfileHint::of(words.mail.as_deref(), words.name.as_deref()),
            },
            // An access token says nothing about when.
            authenticated_at: None,
        })
    }
}
