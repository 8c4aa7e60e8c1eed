//! Flaws in lists.

use symbolon_domain::{
    activity::ActivityEntry,
    authorization_token::{AuthorizationToken, TokenFilter, TokenStates},
    id::OrganizationId,
    organization::Organization,
    page::{Page, PageRequest},
    permissions::Permissions,
    port::{
        StoreError, activity::ActivityLog, authorization_tokens::AuthorizationTokens,
        organizations::Organizations,
    },
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksActivityLog, BreaksAuthorizationTokens, BreaksOrganizations, meanwhile};

/// The list as it is kept.
async fn kept(
    store: &MemoryStore,
    organization: OrganizationId,
    filter: TokenFilter,
    page: PageRequest,
    now: Timestamp,
) -> Answer<Page<AuthorizationToken>> {
    AuthorizationTokens::list(store, organization, filter, page, now).await
}

/// The same, seen with every permission.
fn unfiltered(filter: TokenFilter) -> TokenFilter {
    TokenFilter {
        visible_to: Permissions::ALL,
        ..filter
    }
}

/// Shows what may be seen, and counts what there is.
pub(crate) struct InvisibleCounted;

impl BreaksAuthorizationTokens for InvisibleCounted {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let all = kept(store, organization, unfiltered(filter), page, now).await?;
        let visible = kept(store, organization, filter, page, now).await?;
        Ok(Page {
            total_count: all.total_count,
            ..visible
        })
    }
}

/// Cuts the page first, and takes away what may not be seen afterwards.
pub(crate) struct FilteredAfterwards;

impl BreaksAuthorizationTokens for FilteredAfterwards {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let mut shown = kept(store, organization, unfiltered(filter), page, now).await?;
        shown
            .items
            .retain(|token| token.permissions.is_subset_of(filter.visible_to));
        shown.total_count = kept(store, organization, filter, page, now).await?.total_count;
        Ok(shown)
    }
}

/// Counts the items of the page.
pub(crate) struct PageCounted;

impl BreaksAuthorizationTokens for PageCounted {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let mut shown = kept(store, organization, filter, page, now).await?;
        shown.total_count = u64::try_from(shown.items.len()).unwrap();
        Ok(shown)
    }
}

/// Orders by the instant, and leaves the rest to chance.
pub(crate) struct TiesUnordered;

impl BreaksAuthorizationTokens for TiesUnordered {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let mut shown = kept(store, organization, filter, page, now).await?;
        shown.items.reverse();
        shown
            .items
            .sort_by_key(|token| std::cmp::Reverse(token.created_at));
        Ok(shown)
    }
}

impl BreaksOrganizations for TiesUnordered {
    async fn list(store: &MemoryStore, page: PageRequest) -> Answer<Page<Organization>> {
        let mut shown = Organizations::list(store, page).await?;
        shown.items.reverse();
        shown.items.sort_by_key(|organization| organization.created_at);
        Ok(shown)
    }
}

/// Asks a database for an offset that it cannot count.
pub(crate) struct OffsetOverflows;

fn signed(page: PageRequest) -> Answer<PageRequest> {
    match i64::try_from(page.offset()) {
        Ok(_) => Ok(page),
        Err(error) => Err(StoreError::because("the page lies too far off", error)),
    }
}

impl BreaksAuthorizationTokens for OffsetOverflows {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        kept(store, organization, filter, signed(page)?, now).await
    }
}

impl BreaksOrganizations for OffsetOverflows {
    async fn list(store: &MemoryStore, page: PageRequest) -> Answer<Page<Organization>> {
        Organizations::list(store, signed(page)?).await
    }
}

impl BreaksActivityLog for OffsetOverflows {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Answer<Page<ActivityEntry>> {
        ActivityLog::list(store, organization, signed(page)?).await
    }
}

/// Takes the count from the rows of the page, of which there are none.
pub(crate) struct NothingCountedPastTheEnd;

impl BreaksAuthorizationTokens for NothingCountedPastTheEnd {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let mut shown = kept(store, organization, filter, page, now).await?;
        if shown.items.is_empty() {
            shown.total_count = 0;
        }
        Ok(shown)
    }
}

/// Gives the last page to whoever asks for more.
pub(crate) struct LastPageRepeated;

impl BreaksAuthorizationTokens for LastPageRepeated {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let asked = kept(store, organization, filter, page, now).await?;
        let last = PageRequest::new(page.number().min(asked.total_pages()), page.per());
        kept(store, organization, filter, last, now).await
    }
}

/// Takes a token for live as long as it is served.
pub(crate) struct GraceIsLive;

impl BreaksAuthorizationTokens for GraceIsLive {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let states = TokenStates::All;
        let mut shown = kept(store, organization, TokenFilter { states, ..filter }, page, now).await?;
        if filter.states == TokenStates::Live
            && let Some(owner) = Organizations::find(store, organization).await?
        {
            shown
                .items
                .retain(|token| token.standing(&owner, now).is_served());
            shown.total_count = u64::try_from(shown.items.len()).unwrap();
        }
        Ok(shown)
    }
}

/// Reads which tokens there are, and then what became of each.
pub(crate) struct TwoSnapshots;

impl BreaksAuthorizationTokens for TwoSnapshots {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let shown = kept(store, organization, filter, page, now).await?;
        meanwhile().await;
        let mut items = Vec::new();
        for token in shown.items {
            items.extend(AuthorizationTokens::find(store, organization, token.id).await?);
        }
        if filter.states == TokenStates::Live {
            items.retain(|token| token.rotated_at.is_none());
        }
        Ok(Page { items, ..shown })
    }
}

/// Lists active organizations only.
pub(crate) struct CancelledHidden;

impl BreaksOrganizations for CancelledHidden {
    async fn list(store: &MemoryStore, page: PageRequest) -> Answer<Page<Organization>> {
        let mut shown = Organizations::list(store, page).await?;
        shown.items.retain(Organization::is_active);
        shown.total_count = u64::try_from(shown.items.len()).unwrap();
        Ok(shown)
    }
}

/// Shows no tokens of a cancelled organization as live.
pub(crate) struct NothingLiveWhenCancelled;

impl BreaksAuthorizationTokens for NothingLiveWhenCancelled {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: TokenFilter,
        page: PageRequest,
        now: Timestamp,
    ) -> Answer<Page<AuthorizationToken>> {
        let owner = Organizations::find(store, organization).await?;
        let mut shown = kept(store, organization, filter, page, now).await?;
        if filter.states == TokenStates::Live && !owner.is_some_and(|owner| owner.is_active()) {
            shown.items.clear();
            shown.total_count = 0;
        }
        Ok(shown)
    }
}
