//! Ending a token.

use super::{Fault, caller::Authority, show_token::find_visible};
use crate::{
    activity::{About, Action},
    id::AuthorizationTokenId,
    port::{Ports, authorization_tokens::TokenChange},
};

/// Revokes a token: from the answer on it is refused everywhere. A caller may revoke its own.
#[derive(Debug)]
pub struct RevokeToken<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which token.
    pub id: AuthorizationTokenId,
}

impl RevokeToken<'_> {
    /// What became of it. A token outside the authority is [`TokenChange::Absent`]; one that is already retired is
    /// [`TokenChange::Refused`], and is as dead as was asked for.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<TokenChange, Fault> {
        let now = ports.clock.now();
        let Some(token) = find_visible(ports, self.authority, self.id).await? else {
            return Ok(TokenChange::Absent);
        };
        let entry = self
            .authority
            .entry(ports, Action::TokenRevoked, About::token(token.id), now)?;
        Ok(ports
            .tokens
            .revoke(token.organization, token.id, &entry, now)
            .await?)
    }
}
