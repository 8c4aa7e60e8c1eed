//! One token by its id, retired ones included.

use super::{
    Fault,
    caller::Authority,
    reveal::{ShownToken, reveal, reveal_one},
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

/// Shows a token with its value, to somebody in the dashboard who asks for this very one.
#[derive(Debug)]
pub struct RevealToken<'a> {
    /// Who asks; their role was asked before.
    pub authority: Authority<'a>,
    /// Which token.
    pub id: AuthorizationTokenId,
}

impl RevealToken<'_> {
    /// The token, with its value if it is live and the reveal policy allows it; that is recorded before it is shown. `None`
    /// as for [`ShowToken`].
    ///
    /// # Errors
    /// Where nothing can be said, or the value could not be recorded as shown.
    pub async fn run(self, ports: &Ports) -> Result<Option<ShownToken>, Fault> {
        let now = ports.clock.now();
        let Some(token) = find_visible(ports, self.authority, self.id).await? else {
            return Ok(None);
        };
        reveal_one(ports, self.authority, token, now).await
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
