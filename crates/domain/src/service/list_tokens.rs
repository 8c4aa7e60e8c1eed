//! Which tokens are there? Those that may do no more than who asks.

use super::{
    Fault,
    caller::Authority,
    reveal::{ShownToken, reveal},
};
use crate::{
    authorization_token::TokenStates,
    page::{Page, PageRequest},
    port::Ports,
};

/// Lists an organization's tokens, newest first.
///
/// Only tokens whose permissions are a subset of the caller's are shown and counted: a read-only caller sees the
/// read-only ones.
#[derive(Debug)]
pub struct ListTokens<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which states are wanted.
    pub states: TokenStates,
    /// Which page is wanted.
    pub page: PageRequest,
}

impl ListTokens<'_> {
    /// The page.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Page<ShownToken>, Fault> {
        let now = ports.clock.now();
        let filter = self.authority.filter(self.states);
        let organization = self.authority.organization().id;
        let page = ports.tokens.list(organization, filter, self.page, now).await?;
        Ok(Page {
            request: page.request,
            total_count: page.total_count,
            items: reveal(ports, self.authority, page.items, now).await?,
        })
    }
}
