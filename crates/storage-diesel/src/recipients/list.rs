//! Lists of recipients.
//!
//! A page is three statements in one snapshot: how many there are, and which of them are on the page, each from a narrow
//! index; then what is known of these few. One statement for all of it would join and sort every recipient there is. How many
//! there are in a list without a filter, and where its pages begin, [`lists`] says.

mod by_mail;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use diesel::{
    define_sql_function,
    dsl::{auto_type, sql},
    prelude::*,
    sql_types::{Bool, Nullable},
};
use symbolon_domain::{
    access_token::Dossier,
    id::RecipientId,
    mail::MailState,
    page::{Page, PageRequest},
    port::recipients::{Beside, RecipientFilter, RecipientKey, RecipientOrder, RecipientState},
    search::Search,
    social_profile::SocialProfile,
    time::Timestamp,
};

use super::few::{OF_A_PAGE, Shown, few};
use crate::{
    connection::{AnyConnection, MultiBackend},
    dossiers,
    lists::{self, List},
    paging::{limit, offset},
    schema::{access_tokens as token, mails as mail, recipient_words as having, recipients as recipient},
    transaction::snapshot,
    types::{At, Id, Key},
};

pub(super) type People = recipient::BoxedQuery<'static, MultiBackend>;

pub(super) fn list(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    order: RecipientOrder,
    request: PageRequest,
) -> QueryResult<Page<Dossier>> {
    snapshot(connection, |connection| {
        if let Some(list) = cut_list(filter, order) {
            let sections = lists::read(connection, organization, list)?;
            let place = sections.place(offset(request), order.is_falling);
            let ids = ordered(beyond_sections(shown(organization, filter), order, place), order)
                .limit(limit(request))
                .offset(place.rest)
                .select(recipient::id)
                .load(connection)?;
            return page(connection, request, sections.total(), &ids);
        }
        let are_sets_quick = are_sets_quick(connection);
        let few = few(connection, organization, filter, OF_A_PAGE)?;
        let shown = || among(organization, filter, few.clone(), order.key, are_sets_quick);
        let total = shown().count().get_result(connection)?;
        let ids = ordered(shown(), order)
            .limit(limit(request))
            .offset(offset(request))
            .select(recipient::id)
            .load(connection)?;
        page(connection, request, total, &ids)
    })
}

/// The list that a filter shows in this order, if it is one that is cut.
fn cut_list(filter: &RecipientFilter, order: RecipientOrder) -> Option<List> {
    let everybody = RecipientFilter {
        template: filter.template,
        ..RecipientFilter::default()
    };
    let is_cut = order.key == RecipientKey::CreatedAt && *filter == everybody;
    let list = filter
        .template
        .map_or(List::Recipients, |template| List::OnTemplate(template.into()));
    is_cut.then_some(list)
}

/// Those who come after the sections of a list that are passed over.
fn beyond_sections(shown: People, order: RecipientOrder, place: lists::Place) -> People {
    match place.from.map(|from| At(Timestamp::from_millis(from))) {
        None => shown,
        Some(from) if order.is_falling => shown.filter(recipient::created_at.lt(from)),
        Some(from) => shown.filter(recipient::created_at.ge(from)),
    }
}

pub(super) fn walk(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    after: Option<(At, Key)>,
    limit: u32,
) -> QueryResult<Vec<Dossier>> {
    let order = RecipientOrder {
        key: RecipientKey::CreatedAt,
        is_falling: false,
    };
    snapshot(connection, |connection| {
        let mut rest = sought(connection, organization, filter, order.key)?;
        if let Some((added, id)) = after {
            let is_later = recipient::created_at.gt(added);
            let is_next = recipient::created_at.eq(added).and(recipient::id.gt(id));
            // The first condition says nothing new; it is what a database can look up in an index.
            rest = rest
                .filter(recipient::created_at.ge(added))
                .filter(is_later.or(is_next));
        }
        let ids = ordered(rest, order)
            .limit(limit.into())
            .select(recipient::id)
            .load(connection)?;
        in_order(connection, &ids)
    })
}

pub(super) fn browse(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    order: RecipientOrder,
    beside: Option<Beside>,
    limit: u32,
) -> QueryResult<Vec<Dossier>> {
    snapshot(connection, |connection| {
        let (place, is_backward) = match beside {
            None => (None, false),
            Some(Beside::After(id)) => (place(connection, organization, id)?, false),
            Some(Beside::Before(id)) => {
                let place = place(connection, organization, id)?;
                let is_backward = place.is_some();
                (place, is_backward)
            }
        };
        let order = RecipientOrder {
            is_falling: order.is_falling != is_backward,
            ..order
        };
        let part = Part {
            organization,
            filter,
            order,
            place,
            limit: limit.into(),
        };
        let few = few(connection, organization, filter, OF_A_PAGE)?;
        let by_mail = match &few {
            Shown::Having(holders) if order.key == RecipientKey::Mail => {
                by_mail::first(connection, &part, holders)?
            }
            _ => None,
        };
        let mut ids = match by_mail {
            Some(ids) => ids,
            None => part.first(connection, few)?,
        };
        if is_backward {
            ids.reverse();
        }
        in_order(connection, &ids)
    })
}

/// What is shown of a list at once.
struct Part<'a> {
    organization: Key,
    filter: &'a RecipientFilter,
    order: RecipientOrder,
    /// Beyond whom it begins.
    place: Option<Place>,
    limit: i64,
}

impl Part<'_> {
    /// The first of those who may be shown.
    fn first(&self, connection: &mut AnyConnection, few: Shown) -> QueryResult<Vec<Key>> {
        let sets = are_sets_quick(connection);
        let mut shown = among(self.organization, self.filter, few, self.order.key, sets);
        if let Some(place) = &self.place {
            shown = beyond(shown, self.order, place.clone());
        }
        ordered(shown, self.order)
            .limit(self.limit)
            .select(recipient::id)
            .load(connection)
    }
}

/// What a recipient is ordered by.
type Place = (At, At, String, Key);

fn place(connection: &mut AnyConnection, organization: Key, id: RecipientId) -> QueryResult<Option<Place>> {
    recipient::table
        .find(Key::from(id))
        .filter(recipient::organization_id.eq(organization))
        .select((
            recipient::created_at,
            recipient::issued_at,
            recipient::mail,
            recipient::id,
        ))
        .get_result(connection)
        .optional()
}

/// Those that an order puts after a place. The first condition of each says nothing new; it is what a database can look up
/// in an index.
fn beyond(shown: People, order: RecipientOrder, (added, issued, mail, id): Place) -> People {
    macro_rules! beyond {
        ($column:expr, $value:expr) => {
            if order.is_falling {
                shown.filter($column.le($value.clone())).filter(
                    $column
                        .lt($value.clone())
                        .or($column.eq($value).and(recipient::id.lt(id))),
                )
            } else {
                shown.filter($column.ge($value.clone())).filter(
                    $column
                        .gt($value.clone())
                        .or($column.eq($value).and(recipient::id.gt(id))),
                )
            }
        };
    }
    match order.key {
        RecipientKey::CreatedAt => beyond!(recipient::created_at, added),
        RecipientKey::IssuedAt => beyond!(recipient::issued_at, issued),
        RecipientKey::Mail => beyond!(recipient::mail, mail),
    }
}

pub(super) fn held_by(
    connection: &mut AnyConnection,
    profile: &SocialProfile,
    request: PageRequest,
) -> QueryResult<Page<Dossier>> {
    let held = || held(profile.issuer(), profile.subject());
    snapshot(connection, |connection| {
        let total = held().count().get_result(connection)?;
        let ids = held()
            .order((token::bound_at.desc(), token::recipient_id.desc()))
            .limit(limit(request))
            .offset(offset(request))
            .select(token::recipient_id)
            .load(connection)?;
        page(connection, request, total, &ids)
    })
}

/// The page with what is known of each of these recipients, in their order.
fn page(
    connection: &mut AnyConnection,
    request: PageRequest,
    total: i64,
    ids: &[Key],
) -> QueryResult<Page<Dossier>> {
    Ok(Page {
        request,
        items: in_order(connection, ids)?,
        total_count: u64::try_from(total).unwrap_or(0),
    })
}

/// What is known of each of these recipients, in their order.
pub(crate) fn in_order(connection: &mut AnyConnection, ids: &[Key]) -> QueryResult<Vec<Dossier>> {
    let mut found: HashMap<_, _> = dossiers::of_recipients(connection, ids)?
        .into_iter()
        .map(|dossier| (Key::from(dossier.recipient.id), dossier))
        .collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The tokens that are bound to a profile. That `bound_at` is not null follows, and lets the index be used.
#[auto_type(no_type_alias)]
fn held<'a>(issuer: &'a str, subject: &'a str) -> _ {
    token::table
        .filter(token::bound_issuer.eq(issuer))
        .filter(token::bound_subject.eq(subject))
        .filter(token::bound_at.is_not_null())
        .filter(token::replaced_at.is_null())
}

/// The recipients that a list in this order shows, looked for among the few that there are, where there are few.
fn sought(
    connection: &mut AnyConnection,
    organization: Key,
    filter: &RecipientFilter,
    key: RecipientKey,
) -> QueryResult<People> {
    let are_sets_quick = are_sets_quick(connection);
    let few = few(connection, organization, filter, OF_A_PAGE)?;
    Ok(among(organization, filter, few, key, are_sets_quick))
}

/// Whether a set of those with a word can be left to the database, which looks up in it whoever is next. PostgreSQL takes it
/// for a table to be joined, and in a way that takes seconds where it has no statistics yet.
pub(super) fn are_sets_quick(connection: &AnyConnection) -> bool {
    matches!(connection, AnyConnection::Sqlite(_))
}

/// The recipients that a list shows, of whom it is known who they may be.
pub(super) fn among(
    organization: Key,
    filter: &RecipientFilter,
    few: Shown,
    key: RecipientKey,
    are_sets_quick: bool,
) -> People {
    match few {
        Shown::Few(ids) => {
            let these = recipient::table.filter(recipient::id.eq_any(ids));
            conditions(of_these(these.into_boxed(), organization, filter), filter)
        }
        Shown::Having(holders) if are_sets_quick => {
            let having = holders.entries(organization).select(having::recipient_id);
            if key == RecipientKey::Mail {
                // By mail address who have a word in common stand together, far from where a list begins: they are sorted
                // rather than everybody read.
                let these = recipient::table.filter(recipient::id.eq_any(having));
                conditions(of_these(these.into_boxed(), organization, filter), filter)
            } else {
                // Written so that no index is looked up by it, but the next in the list is looked up in it.
                shown(organization, filter).filter(sql::<Id>("COALESCE(recipients.id, NULL)").eq_any(having))
            }
        }
        Shown::Having(_) | Shown::Anybody => shown(organization, filter),
    }
}

/// Some recipients, if they are of this organization and on the template of the filter. Both are written so that no index is
/// looked up by them: SQLite would take it for a shorter way than the ids are.
fn of_these(these: People, organization: Key, filter: &RecipientFilter) -> People {
    let these = these
        .filter(sql::<Bool>("COALESCE(recipients.organization_id, NULL) = ").bind::<Id, _>(organization));
    match filter.template {
        None => these,
        Some(template) => these.filter(
            sql::<Bool>("COALESCE(recipients.template_id, NULL) = ").bind::<Id, _>(Key::from(template)),
        ),
    }
}

/// The recipients that a list shows, whatever page of it.
fn shown(organization: Key, filter: &RecipientFilter) -> People {
    let mut shown = recipient::table
        .filter(recipient::organization_id.eq(organization))
        .into_boxed();
    if let Some(template) = filter.template {
        shown = shown.filter(recipient::template_id.eq(Key::from(template)));
    }
    conditions(shown, filter)
}

/// Those of them who fulfil all that a filter asks for, but for the template.
fn conditions(mut shown: People, filter: &RecipientFilter) -> People {
    if let Some(mail) = &filter.mail {
        shown = shown.filter(recipient::mail.eq(mail.as_str().to_owned()));
    }
    let bound = current().filter(token::bound_at.is_not_null());
    shown = match filter.state {
        None => shown,
        Some(RecipientState::Revoked) => shown.filter(recipient::revoked_at.is_not_null()),
        Some(RecipientState::Accepted) => {
            if filter.template.is_none() {
                // Says nothing new; it is the condition of an index, in which those of a template do not stand together.
                shown = shown.filter(recipient::first_claimed_at.is_not_null());
            }
            shown
                .filter(recipient::revoked_at.is_null())
                .filter(diesel::dsl::exists(bound))
        }
        Some(RecipientState::Pending) => shown
            .filter(recipient::revoked_at.is_null())
            .filter(diesel::dsl::not(diesel::dsl::exists(bound))),
    };
    let asking = current().filter(token::reset_requested_at.is_not_null());
    shown = match filter.reset_requested {
        None => shown,
        Some(true) => shown.filter(diesel::dsl::exists(asking)),
        Some(false) => shown.filter(diesel::dsl::not(diesel::dsl::exists(asking))),
    };
    let revoked = current().filter(token::revoked_at.is_not_null());
    shown = match filter.access_revoked {
        None => shown,
        Some(true) => shown.filter(diesel::dsl::exists(revoked)),
        Some(false) => shown.filter(diesel::dsl::not(diesel::dsl::exists(revoked))),
    };
    if let Some(state) = filter.link_mail {
        if state != MailState::Sent {
            // Says nothing new; it is looked up in an index of the few mails that are not sent, before anything that costs
            // more. Compared with `true`, so that PostgreSQL asks it of whoever is next in the list: else it goes through
            // all of these mails first, however many they are.
            let unsent = mail::table
                .filter(mail::organization_id.eq(recipient::organization_id))
                .filter(mail::state.eq(state.name()))
                .filter(sql::<Bool>("mails.state <> 'sent'"))
                .filter(mail::recipient_id.eq(recipient::id));
            shown = shown.filter(diesel::dsl::exists(unsent).eq(true));
        }
        // The value, and not whether there is such a token, which PostgreSQL would find out of all tokens first; and within
        // a function, of which it expects that half of the recipients fulfil it. Where it expects few, it reads them all.
        let mailed = current()
            .limit(1)
            .select(dossiers::latest_mail(dossiers::kinds_with_link()))
            .single_value();
        shown = shown.filter(coalesce(mailed.eq(Some(state.name())), false));
    }
    match filter.query.as_deref().map(Search::of) {
        Some(Search::Words(sought)) => matching(shown, &sought),
        Some(Search::Nobody) => shown.filter(sql::<Bool>("1 = 0")),
        Some(Search::Everybody) | None => shown,
    }
}

define_sql_function! {
    /// The first of two that is known.
    fn coalesce(one: Nullable<Bool>, other: Bool) -> Bool;
}

/// The token of the recipient at hand that has not been replaced.
#[auto_type(no_type_alias)]
fn current() -> _ {
    token::table
        .filter(token::recipient_id.eq(recipient::id))
        .filter(token::organization_id.eq(recipient::organization_id))
        .filter(token::replaced_at.is_null())
}

/// Those who have all these words. The column has each after a space.
pub(super) fn matching(shown: People, sought: &[String]) -> People {
    sought.iter().fold(shown, |shown, word| {
        let begins = recipient::words.like(pattern(word)).escape('\\');
        shown.filter(begins.assume_not_null())
    })
}

/// What has a word that begins so, where nothing in it stands for anything else: addresses may have `%` and `_`.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("% ");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

pub(super) fn ordered(shown: People, order: RecipientOrder) -> People {
    match (order.key, order.is_falling) {
        (RecipientKey::CreatedAt, true) => shown.order((recipient::created_at.desc(), recipient::id.desc())),
        (RecipientKey::CreatedAt, false) => shown.order((recipient::created_at.asc(), recipient::id.asc())),
        (RecipientKey::IssuedAt, true) => shown.order((recipient::issued_at.desc(), recipient::id.desc())),
        (RecipientKey::IssuedAt, false) => shown.order((recipient::issued_at.asc(), recipient::id.asc())),
        (RecipientKey::Mail, true) => shown.order((recipient::mail.desc(), recipient::id.desc())),
        (RecipientKey::Mail, false) => shown.order((recipient::mail.asc(), recipient::id.asc())),
    }
}
