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

use futures_util::{TryFutureExt as _, future::try_join3};
use symbolon_domain::{
    activity::Action,
    authorization_token::{AuthorizationToken, TokenFilter, TokenStates},
    id::AuthorizationTokenId,
    page::PageRequest,
    permissions::Permissions,
    port::activity::ActivityFilter,
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
/// For how long the use of a token that was rotated away is told on every page.
const REUSE_NEWS_DAYS: i64 = 7;

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

/// What every page warns of: tokens that expire soon or are used after they were rotated away, and mail that could not be
/// delivered.
pub(super) async fn alerts(desk: &Desk) -> Result<Vec<Alert>, PageFault> {
    let organization = desk.administrator.member.organization.id;
    let tallies = desk.state.ports.tallies.of_organization(organization);
    let (numbers, reuse, expiry) = try_join3(tallies.err_into(), reuse(desk), expiry(desk)).await?;
    let failed = (numbers.mail_failed > 0).then_some(Alert::MailFailed {
        count: numbers.mail_failed,
    });
    let alerts = [reuse, expiry, failed];
    Ok(alerts.into_iter().flatten().collect())
}

/// The last time that a token was used after it was rotated away, while that is news.
async fn reuse(desk: &Desk) -> Result<Option<Alert>, PageFault> {
    let organization = desk.administrator.member.organization.id;
    let ports = &desk.state.ports;
    let filter = ActivityFilter {
        actions: Some(vec![Action::TokenReuseDetected]),
        ..ActivityFilter::default()
    };
    let news = desk.now().plus_seconds(-REUSE_NEWS_DAYS * 24 * 60 * 60);
    let last = ports.activity.look_back(organization, &filter, None, 1).await?;
    let last = last.first().filter(|(_, entry)| entry.at.is_ahead_of(news));
    let Some(id) = last.and_then(|(_, entry)| entry.about.token) else {
        return Ok(None);
    };
    let token = ports.tokens.find(organization, id).await?;
    Ok(token.map(|token| Alert::RotatedTokenUsed {
        id: token.id.to_string(),
        description: token.description.map(|description| description.to_string()),
    }))
}

async fn expiry(desk: &Desk) -> Result<Option<Alert>, PageFault> {
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
        return Ok(None);
    };
    let millis = last.as_millis().saturating_sub(now.as_millis());
    Ok(Some(Alert::TokensExpire {
        count: u64::try_from(soon.len()).unwrap_or(u64::MAX),
        days: u64::try_from(millis).unwrap_or(0).div_ceil(24 * 60 * 60 * 1_000),
    }))
}
