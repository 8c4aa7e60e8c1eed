//! Ending a token.

use super::{Fault, caller::Authority, show_token::find_visible};
use crate::{
    activity::{About, Action},
    id::AuthorizationTokenId,
    port::{
        Ports,
        authorization_tokens::{TokenChange, TreeRevocation},
    },
};

/// Revokes a token: from the answer on it is refused everywhere. A caller may revoke its own.
#[derive(Debug)]
pub struct RevokeToken<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which token.
    pub id: AuthorizationTokenId,
}

/// Revokes a token with every token that came out of it, however far down: what somebody who stole it has made with it, too.
#[derive(Debug)]
pub struct RevokeTree<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which token.
    pub id: AuthorizationTokenId,
}

/// How often it is begun anew because another token was made meanwhile.
const PATIENCE: u32 = 20;

impl RevokeTree<'_> {
    /// What became of it. From the answer on none of them is served anywhere.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<TreeRevocation, Fault> {
        let now = ports.clock.now();
        let organization = self.authority.organization().id;
        for _ in 0..PATIENCE {
            let Some(root) = find_visible(ports, self.authority, self.id).await? else {
                return Ok(TreeRevocation::Absent);
            };
            let descendants = ports.tokens.descendants(organization, self.id).await?;
            let entries = std::iter::once(&root)
                .chain(&descendants)
                .filter(|token| token.own_standing(now).is_served())
                .map(|token| {
                    let about = About::token(token.id);
                    self.authority.entry(ports, Action::TokenRevoked, about, now)
                })
                .collect::<Result<Vec<_>, _>>()?;
            match ports
                .tokens
                .revoke_tree(organization, self.id, &entries, now)
                .await?
            {
                TreeRevocation::Overtaken => {}
                done => return Ok(done),
            }
        }
        Ok(TreeRevocation::Overtaken)
    }
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
