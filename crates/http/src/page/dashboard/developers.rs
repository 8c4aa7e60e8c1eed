//! Developers: the authorization tokens of the organization.

pub(super) mod describe;
pub(super) mod list;
pub(super) mod made;
mod makers;
pub(super) mod new;
mod present;
pub(super) mod reveal;
pub(super) mod revoke;
pub(super) mod rotate;
pub(super) mod show;

use symbolon_domain::{
    authorization_token::{AuthorizationToken, TokenFilter, TokenStates},
    id::AuthorizationTokenId,
    page::PageRequest,
    permissions::Permissions,
    service::show_token::ShowToken,
};

pub(super) use self::present::ending_of;
use super::desk::Desk;
use crate::{
    page::fault::PageFault,
    view::dashboard::{Alert, Outcome, paths},
};

/// Within so many days before its expiry every page warns of a token.
const WARNED_DAYS: i64 = 14;

/// The address of a token's page.
fn page_of(id: AuthorizationTokenId) -> String {
    format!("{}/{id}", paths::DEVELOPERS)
}

/// The same, with what was done.
fn page_after(id: AuthorizationTokenId, outcome: Outcome) -> String {
    format!("{}?done={}", page_of(id), outcome.code())
}

/// The token that the address names, retired or not.
async fn named(desk: &Desk, path: &str) -> Result<AuthorizationToken, PageFault> {
    let id = AuthorizationTokenId::parse(path).ok_or(PageFault::NotFound)?;
    let showing = ShowToken {
        authority: desk.authority(),
        id,
    };
    let shown = showing.run(&desk.state.ports).await?;
    Ok(shown.ok_or(PageFault::NotFound)?.token)
}

/// What every page warns of: tokens that expire soon.
pub(super) async fn alerts(desk: &Desk) -> Result<Vec<Alert>, PageFault> {
    let now = desk.now();
    let filter = TokenFilter {
        visible_to: Permissions::ALL,
        states: TokenStates::Live,
    };
    let organization = desk.administrator.member.organization.id;
    let live = desk
        .state
        .ports
        .tokens
        .list(
            organization,
            filter,
            PageRequest::new(1, PageRequest::MAX_PER),
            now,
        )
        .await?;
    let horizon = now.plus_seconds(WARNED_DAYS * 24 * 60 * 60);
    let soon: Vec<_> = live
        .items
        .iter()
        .filter(|token| !token.expires_at.is_ahead_of(horizon))
        .collect();
    let Some(last) = soon.iter().map(|token| token.expires_at).max() else {
        return Ok(Vec::new());
    };
    let millis = last.as_millis().saturating_sub(now.as_millis());
    Ok(vec![Alert::TokensExpire {
        count: u64::try_from(soon.len()).unwrap_or(u64::MAX),
        days: u64::try_from(millis).unwrap_or(0).div_ceil(24 * 60 * 60 * 1_000),
    }])
}
