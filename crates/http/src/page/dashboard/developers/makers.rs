//! Who made authorization tokens, by the activity log and by what they are called now.

use std::collections::HashMap;

use symbolon_domain::{
    activity::{
        Actor,
        names::{Mentioned, Names},
    },
    authorization_token::AuthorizationToken,
    id::AuthorizationTokenId,
};

use super::{ending_of, present};
use crate::page::{dashboard::desk::Desk, fault::PageFault};

/// Who made some tokens: however many they are, the store is asked as often.
pub(super) struct Makers {
    actors: HashMap<AuthorizationTokenId, Actor>,
    names: Names,
}

impl Makers {
    pub(super) async fn of(desk: &Desk, tokens: &[&AuthorizationToken]) -> Result<Self, PageFault> {
        let organization = desk.administrator.member.organization.id;
        let log = &desk.state.ports.activity;
        let ids: Vec<_> = tokens.iter().map(|token| token.id).collect();
        let actors = log.makers(organization, &ids).await?;
        let mut mentioned = Mentioned::default();
        for actor in actors.values() {
            match actor {
                Actor::Token(id) => mentioned.tokens.extend([*id]),
                Actor::Administrator(id) => mentioned.administrators.extend([*id]),
                Actor::Operator | Actor::Recipient => {}
            }
        }
        let names = log.names(organization, &mentioned).await?;
        Ok(Self { actors, names })
    }

    /// Who made this one, as in "created by".
    pub(super) fn called(&self, token: &AuthorizationToken) -> String {
        match self.actors.get(&token.id) {
            Some(Actor::Administrator(id)) => {
                let name = self.names.administrators.get(id);
                name.map_or_else(|| "a former administrator".to_owned(), Clone::clone)
            }
            // It rotated itself away for this one.
            Some(Actor::Token(id)) if Some(*id) == token.rotated_from => "the token before it".to_owned(),
            Some(Actor::Token(id)) => match self.names.tokens.get(id) {
                Some(Some(description)) => format!("the token {}", present::quoted(description)),
                Some(None) => format!("the token that ends in {}", ending_of(*id)),
                None => "another token".to_owned(),
            },
            Some(Actor::Operator | Actor::Recipient) | None => "the operator".to_owned(),
        }
    }
}
