//! Finding and listing tokens.

use diesel::{dsl::count_star, prelude::*};
use symbolon_domain::{
    authorization_token::{AuthorizationToken, OwnedToken, Standing, TokenFilter, TokenStates},
    organization::Organization,
    page::{Page, PageRequest},
    permissions::Permissions,
    sealed::TokenDigest,
    time::Timestamp,
};

use crate::{
    connection::{AnyConnection, MultiBackend},
    lists::{self, List},
    paging::{self, limit, offset},
    row::{authorization_token::TokenRow, organization::OrganizationRow},
    schema::{authorization_tokens as token, organizations as organization},
    standing::unretired,
    transaction::snapshot,
    types::{At, Key},
};

fn owned((token, owner): (TokenRow, OrganizationRow)) -> QueryResult<OwnedToken> {
    Ok(OwnedToken {
        token: AuthorizationToken::try_from(token)?,
        owner: Organization::try_from(owner)?,
    })
}

/// One statement on two unique keys.
///
/// Each database has its own query: of one that is for either, the text is made anew each time.
fn by_digest(connection: &mut AnyConnection, digest: &TokenDigest) -> QueryResult<Option<OwnedToken>> {
    let found = token::table
        .inner_join(organization::table)
        .filter(token::digest.eq(digest.bytes.as_slice()))
        .filter(token::pepper_id.eq(digest.pepper.as_str()));
    match connection {
        AnyConnection::Sqlite(sqlite) => found
            .select((TokenRow::as_select(), OrganizationRow::as_select()))
            .get_result(sqlite),
        AnyConnection::Postgres(postgres) => found
            .select((TokenRow::as_select(), OrganizationRow::as_select()))
            .get_result(postgres),
    }
    .optional()?
    .map(owned)
    .transpose()
}

/// Those that there are of several, in no order: one statement where each would wait for the network.
pub(crate) fn by_digests(
    connection: &mut AnyConnection,
    digests: &[TokenDigest],
) -> QueryResult<Vec<OwnedToken>> {
    let AnyConnection::Postgres(postgres) = connection else {
        let all = |connection: &mut AnyConnection| {
            let found = digests.iter().map(|digest| by_digest(connection, digest));
            found.filter_map(Result::transpose).collect()
        };
        // Each of several in a transaction of its own would take its locks anew; one alone is a transaction anyway.
        return if digests.len() > 1 {
            snapshot(connection, all)
        } else {
            all(connection)
        };
    };
    let bytes: Vec<_> = digests.iter().map(|digest| digest.bytes.to_vec()).collect();
    let rows: Vec<(TokenRow, OrganizationRow)> = token::table
        .inner_join(organization::table)
        .filter(token::digest.eq_any(bytes))
        .select((TokenRow::as_select(), OrganizationRow::as_select()))
        .load(postgres)?;
    let found = rows.into_iter().map(owned).collect::<QueryResult<Vec<_>>>()?;
    let is_asked_for = |found: &OwnedToken| digests.contains(&found.token.digest);
    Ok(found.into_iter().filter(is_asked_for).collect())
}

/// One statement on two primary keys.
pub(super) fn by_id(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<OwnedToken>> {
    token::table
        .find(id)
        .inner_join(organization::table)
        .select((TokenRow::as_select(), OrganizationRow::as_select()))
        .get_result(connection)
        .optional()?
        .map(owned)
        .transpose()
}

pub(super) fn of_organization(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
) -> QueryResult<Option<AuthorizationToken>> {
    let row = token::table
        .find(id)
        .filter(token::organization_id.eq(organization))
        .select(TokenRow::as_select())
        .get_result(connection)
        .optional()?;
    Ok(row.map(AuthorizationToken::try_from).transpose()?)
}

/// The domain's judgement of a token of this organization, for those whose change came too late.
pub(super) fn standing(
    connection: &mut AnyConnection,
    organization: Key,
    id: Key,
    now: Timestamp,
) -> QueryResult<Option<Standing>> {
    let found = by_id(connection, id)?.filter(|found| Key::from(found.owner.id) == organization);
    Ok(found.map(|found| found.standing(now)))
}

/// The tokens of an organization that a list shows, whatever page of it.
fn shown(organization: Key, filter: TokenFilter, now: Timestamp) -> token::BoxedQuery<'static, MultiBackend> {
    let visible = filter
        .visible_to
        .subsets()
        .map(|permissions| i16::from(permissions.bits()));
    let query = token::table
        .filter(token::organization_id.eq(organization))
        .filter(token::permissions.eq_any(visible))
        .into_boxed();
    match filter.states {
        TokenStates::Live => query.filter(unretired(At(now))),
        TokenStates::All => query,
    }
}

pub(super) fn list(
    connection: &mut AnyConnection,
    organization: Key,
    filter: TokenFilter,
    request: PageRequest,
    now: Timestamp,
) -> QueryResult<Page<AuthorizationToken>> {
    if filter.states == TokenStates::All && filter.visible_to == Permissions::ALL {
        return list_all(connection, organization, request);
    }
    paging::page(
        connection,
        request,
        |connection| {
            shown(organization, filter, now)
                .order((token::created_at.desc(), token::id.desc()))
                .limit(limit(request))
                .offset(offset(request))
                .select((TokenRow::as_select(), count_star().over()))
                .load(connection)
        },
        |connection| shown(organization, filter, now).count().get_result(connection),
    )
}

/// A page of all tokens of an organization, however many have gone the way of tokens.
fn list_all(
    connection: &mut AnyConnection,
    organization: Key,
    request: PageRequest,
) -> QueryResult<Page<AuthorizationToken>> {
    snapshot(connection, |connection| {
        let sections = lists::read(connection, organization, List::Tokens)?;
        let place = sections.place(offset(request), true);
        let mut shown = token::table
            .filter(token::organization_id.eq(organization))
            .into_boxed();
        if let Some(before) = place.from {
            shown = shown.filter(token::created_at.lt(At(Timestamp::from_millis(before))));
        }
        let rows: Vec<TokenRow> = shown
            .order((token::created_at.desc(), token::id.desc()))
            .limit(limit(request))
            .offset(place.rest)
            .select(TokenRow::as_select())
            .load(connection)?;
        let tokens = rows.into_iter().map(AuthorizationToken::try_from);
        Ok(Page {
            request,
            items: tokens.collect::<Result<_, _>>()?,
            total_count: u64::try_from(sections.total()).unwrap_or(0),
        })
    })
}
