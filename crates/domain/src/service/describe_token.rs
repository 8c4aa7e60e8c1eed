//! Changing what a token is said to be for.

use super::{Fault, caller::Authority, show_token::find_visible};
use crate::{
    activity::{About, Action},
    id::AuthorizationTokenId,
    port::{Ports, authorization_tokens::TokenChange},
    text::Description,
};

/// Sets or clears a live token's description.
#[derive(Debug)]
pub struct DescribeToken<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which token.
    pub id: AuthorizationTokenId,
    /// What it is for; `None` clears it.
    pub description: Option<Description>,
}

impl DescribeToken<'_> {
    /// What became of it. A token outside the authority is [`TokenChange::Absent`].
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
            .entry(ports, Action::TokenDescribed, About::token(token.id), now)?;
        let description = self.description.as_ref();
        Ok(ports
            .tokens
            .describe(token.organization, token.id, description, &entry, now)
            .await?)
    }
}
