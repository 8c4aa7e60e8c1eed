//! One token by its id, retired ones included.

use super::{
    Fault,
    caller::Authority,
    reveal::{ShownToken, reveal},
};
use crate::{authorization_token::AuthorizationToken, id::AuthorizationTokenId, port::Ports};

/// Shows a token.
#[derive(Debug)]
pub struct ShowToken<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which token.
    pub id: AuthorizationTokenId,
}

impl ShowToken<'_> {
    /// The token, unless there is none, another organization has it, or it may do more than who asks: the three
    /// cannot be told apart.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Option<ShownToken>, Fault> {
        let now = ports.clock.now();
        let Some(token) = find_visible(ports, self.authority, self.id).await? else {
            return Ok(None);
        };
        Ok(reveal(ports, self.authority, vec![token], now).await?.pop())
    }
}

/// The token, if it is within the authority.
pub(super) async fn find_visible(
    ports: &Ports,
    authority: Authority<'_>,
    id: AuthorizationTokenId,
) -> Result<Option<AuthorizationToken>, Fault> {
    let found = ports.tokens.find(authority.organization().id, id).await?;
    // Permissions never change, so what is judged here still holds when the token is changed.
    Ok(found.filter(|token| token.permissions.is_subset_of(authority.permissions())))
}
