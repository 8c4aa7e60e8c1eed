//! `GET /dashboard/developers/{id}`: one token, where it comes from, and what came out of it.

use std::collections::HashMap;

use actix_web::{HttpResponse, web::Path};
use symbolon_domain::{
    administrator::Right,
    authorization_token::{AuthorizationToken, Standing},
    id::AuthorizationTokenId,
    organization::RevealPolicy,
    secret::TokenSecret,
};

use super::{makers::Makers, named, present};
use crate::{
    page::{dashboard::desk::Desk, fault::PageFault, respond::scripted_page},
    view::dashboard::{Descendant, Field, Section, Since, TokenPage, TokenValue},
};

pub(crate) async fn show(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let token = named(&desk, &path).await?;
    token_page(&desk, &token, None, None).await
}

/// The page of a token, with its value where that is shown, and its description as it was typed where that is wrong.
pub(super) async fn token_page(
    desk: &Desk,
    token: &AuthorizationToken,
    secret: Option<&TokenSecret>,
    describe: Option<Field>,
) -> Result<HttpResponse, PageFault> {
    let now = desk.now();
    let tokens = &desk.state.ports.tokens;
    let family = tokens.descendants(token.organization, token.id).await?;
    let rotated_from = match token.rotated_from {
        Some(id) => tokens.find(token.organization, id).await?,
        None => None,
    };
    let rotated_to = family.iter().find(|one| one.rotated_from == Some(token.id));
    scripted_page(&TokenPage {
        frame: desk.frame(Section::Developers).await?,
        id: token.id.to_string(),
        description: present::description(token),
        ending: present::ending(token),
        state: present::state(token, now),
        permissions: present::permissions(token.permissions),
        created: Since::of(token.created_at, now),
        made_by: Makers::of(desk, &[token]).await?.called(token),
        expires: present::expiry(token, now),
        closed: token.revoked_at.or(token.rotated_at).map(|at| Since::of(at, now)),
        last_used: present::last_used(token, now),
        reuse: present::reuse(token),
        rotated_from: rotated_from.as_ref().map(|one| present::link(one, now)),
        rotated_to: rotated_to.map(|one| present::link(one, now)),
        descendants: tree(token.id, &family)
            .into_iter()
            .map(|(one, depth)| Descendant {
                token: present::link(one, now),
                depth,
            })
            .collect(),
        value: value(desk, token, secret),
        describe: describe.unwrap_or_else(|| Field::of(present::description(token).unwrap_or_default())),
        may_act: desk.may(Right::Work),
    })
}

fn value(desk: &Desk, token: &AuthorizationToken, secret: Option<&TokenSecret>) -> TokenValue {
    if let Some(secret) = secret {
        return TokenValue::Shown {
            value: secret.expose().to_owned(),
            curl: present::curl(token, secret.expose(), &desk.state),
        };
    }
    let policy = desk.administrator.member.organization.reveal_policy;
    let is_kept = policy == RevealPolicy::Always
        && token.sealed.is_some()
        && token.own_standing(desk.now()) == Standing::Live;
    match (is_kept, desk.may(Right::Reveal)) {
        (false, _) => TokenValue::NotKept,
        (true, true) => TokenValue::Hidden,
        (true, false) => TokenValue::NotForYou,
    }
}

/// What came out of a token, in the order of the tree: each after what it came out of, with how far down.
fn tree(root: AuthorizationTokenId, family: &[AuthorizationToken]) -> Vec<(&AuthorizationToken, u8)> {
    let mut children: HashMap<AuthorizationTokenId, Vec<&AuthorizationToken>> = HashMap::new();
    for token in family {
        // A successor stands below what it succeeded.
        if let Some(parent) = token.rotated_from.or(token.created_by) {
            children.entry(parent).or_default().push(token);
        }
    }
    let mut ordered = Vec::with_capacity(family.len());
    let mut open: Vec<(AuthorizationTokenId, u8)> = vec![(root, 0)];
    let mut depths: HashMap<AuthorizationTokenId, u8> = HashMap::new();
    while let Some((parent, depth)) = open.pop() {
        let below = depth.saturating_add(1);
        for token in children.remove(&parent).into_iter().flatten().rev() {
            depths.insert(token.id, below);
            open.push((token.id, below));
        }
        if let Some(token) = family.iter().find(|token| token.id == parent)
            && let Some(depth) = depths.get(&parent)
        {
            ordered.push((token, *depth));
        }
    }
    ordered
}
