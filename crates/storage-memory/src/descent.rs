//! Which authorization tokens came out of which.

use std::collections::HashSet;

use symbolon_domain::{
    authorization_token::AuthorizationToken,
    id::{AuthorizationTokenId, OrganizationId},
};

use crate::state::State;

impl State {
    /// What came out of a token of this organization, in the order in which it was made.
    pub(crate) fn descendants(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Vec<&AuthorizationToken> {
        let mut line = HashSet::from([id]);
        loop {
            let children: Vec<_> = self
                .tokens
                .values()
                .filter(|token| token.organization == organization && !line.contains(&token.id))
                .filter(|token| {
                    let mut parents = [token.created_by, token.rotated_from].into_iter().flatten();
                    parents.any(|parent| line.contains(&parent))
                })
                .map(|token| token.id)
                .collect();
            if children.is_empty() {
                break;
            }
            line.extend(children);
        }
        line.remove(&id);
        let mut descendants: Vec<_> = line.iter().filter_map(|id| self.tokens.get(id)).collect();
        descendants.sort_by_key(|token| (token.created_at, token.id));
        descendants
    }
}
