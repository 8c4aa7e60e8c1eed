//! Flaws in looking back at the log.

use std::cmp::Reverse;

use symbolon_domain::{
    activity::{ActivityEntry, Actor},
    id::OrganizationId,
    port::activity::{ActivityFilter, ActivityLog, LogPlace, LogSide},
};
use symbolon_storage_memory::MemoryStore;

use crate::{
    flaw::{Answer, BreaksActivityLog},
    roster::organizations,
};

type Found = Vec<(LogPlace, ActivityEntry)>;

/// Writes, for each flaw, how it looks back.
macro_rules! misremembers {
    ($($(#[$doc:meta])* $flaw:ident:
        |$store:ident, $organization:ident, $filter:ident, $side:ident, $limit:ident| $found:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksActivityLog for $flaw {
            async fn look_back(
                $store: &MemoryStore,
                $organization: OrganizationId,
                $filter: &ActivityFilter,
                $side: Option<LogSide>,
                $limit: u32,
            ) -> Answer<Found> {
                $found
            }
        }
    )*};
}

/// As the adapter remembers it.
async fn kept(
    store: &MemoryStore,
    organization: OrganizationId,
    filter: &ActivityFilter,
    side: Option<LogSide>,
    limit: u32,
) -> Answer<Found> {
    ActivityLog::look_back(store, organization, filter, side, limit).await
}

/// The first of these.
fn first(mut found: Found, limit: u32) -> Found {
    found.truncate(usize::try_from(limit).unwrap());
    found
}

misremembers! {
    /// Begins with the oldest.
    OldestEntryFirst: |store, organization, filter, side, limit| {
        let mut found = kept(store, organization, filter, side, u32::MAX).await?;
        found.reverse();
        Ok(first(found, limit))
    };
    /// Begins with the latest instant.
    HistoryByInstant: |store, organization, filter, side, limit| {
        let mut found = kept(store, organization, filter, side, u32::MAX).await?;
        found.sort_by_key(|(place, entry)| Reverse((entry.at, *place)));
        Ok(first(found, limit))
    };
    /// Shows the last entry of a step once more.
    PlaceInclusive: |store, organization, filter, side, limit| {
        let side = side.map(|side| match side {
            LogSide::Before(place) => LogSide::Before(LogPlace(place.0 + 1)),
            after @ LogSide::After(_) => after,
        });
        kept(store, organization, filter, side, limit).await
    };
    /// Shows what stands at a place with what was appended after it.
    NewerInclusive: |store, organization, filter, side, limit| {
        let side = side.map(|side| match side {
            LogSide::After(place) => LogSide::After(LogPlace(place.0.saturating_sub(1))),
            before @ LogSide::Before(_) => before,
        });
        kept(store, organization, filter, side, limit).await
    };
    /// Goes to the end of the log at once, and not to what is nearest.
    NewestForNearest: |store, organization, filter, side, limit| {
        let found = kept(store, organization, filter, side, u32::MAX).await?;
        Ok(first(found, limit))
    };
    /// Shows newer entries the nearest first.
    NewerTurnedRound: |store, organization, filter, side, limit| {
        let mut found = kept(store, organization, filter, side, limit).await?;
        if let Some(LogSide::After(_)) = side {
            found.reverse();
        }
        Ok(found)
    };
    /// Only ever looks back.
    NewerIsOlder: |store, organization, filter, side, limit| {
        let side = side.map(|side| match side {
            LogSide::After(place) | LogSide::Before(place) => LogSide::Before(place),
        });
        kept(store, organization, filter, side, limit).await
    };
    /// Stops where instants fall out of the days that were asked for.
    DaysInOnePiece: |store, organization, filter, side, limit| {
        let mut found = kept(store, organization, filter, side, limit).await?;
        let is_falling = |entries: &[(LogPlace, ActivityEntry)]| {
            entries.is_sorted_by(|(_, later), (_, earlier)| later.at >= earlier.at)
        };
        if filter.since.is_some() && !is_falling(&found) {
            found.truncate(1);
        }
        Ok(found)
    };
    /// Counts places from the end.
    PlacesFromTheEnd: |store, organization, filter, side, limit| {
        let found = kept(store, organization, filter, None, u32::MAX).await?;
        let places = (0..u64::MAX).rev().map(LogPlace);
        let renumbered = places.zip(found.into_iter().map(|(_, entry)| entry));
        let beside = renumbered.filter(|(place, _)| match side {
            None => true,
            Some(LogSide::Before(here)) => *place < here,
            Some(LogSide::After(here)) => *place > here,
        });
        Ok(first(beside.collect(), limit))
    };
    /// Takes so many, and shows those of them that pass.
    HistoryFilteredAfterwards: |store, organization, filter, side, limit| {
        let all = kept(store, organization, &ActivityFilter::default(), side, limit).await?;
        let passing = kept(store, organization, filter, side, u32::MAX).await?;
        Ok(passing.into_iter().filter(|found| all.contains(found)).collect())
    };
    /// Shows one more than it is asked for.
    OneMoreThanAsked: |store, organization, filter, side, limit| {
        kept(store, organization, filter, side, limit.saturating_add(1)).await
    };
    /// Shows no more than the last fifty.
    LastFiftyOnly: |store, organization, filter, side, limit| {
        kept(store, organization, filter, side, limit.min(50)).await
    };
    /// Shows every organization's entries.
    HistoryOfEverybody: |store, organization, filter, side, limit| {
        let mut found = kept(store, organization, filter, side, u32::MAX).await?;
        for other in organizations(store).await? {
            if other.id != organization {
                found.extend(kept(store, other.id, filter, side, u32::MAX).await?);
            }
        }
        found.sort_by_key(|(place, _)| Reverse(*place));
        Ok(first(found, limit))
    };
}

/// Writes, for each flaw, which filter it takes for the one it was given.
macro_rules! misfilters {
    ($($(#[$doc:meta])* $flaw:ident: |$filter:ident| $misfilter:expr;)*) => {
        misremembers! {$(
            $(#[$doc])*
            $flaw: |store, organization, given, side, limit| {
                let mut misread = given.clone();
                let misfilter: fn(&mut ActivityFilter) = |$filter| $misfilter;
                misfilter(&mut misread);
                kept(store, organization, &misread, side, limit).await
            };
        )*}
    };
}

misfilters! {
    /// Takes no actions for all.
    NoActionsAreAll: |filter| filter.actions = filter.actions.take().filter(|actions| !actions.is_empty());
    /// Looks for the first of several actions.
    OneActionOnly: |filter| {
        if let Some(actions) = &mut filter.actions {
            actions.truncate(1);
        }
    };
    /// Passes over who it was.
    ActorIgnored: |filter| filter.actor = None;
    /// Passes over on which template it was.
    TemplateIgnored: |filter| filter.template = None;
    /// Passes over to whom it was done.
    RecipientIgnored: |filter| filter.recipient = None;
    /// Begins a moment after the first instant.
    SinceExclusive: |filter| filter.since = filter.since.map(|since| since.plus_millis(1));
    /// Ends with the last instant.
    UntilInclusive: |filter| filter.until = filter.until.map(|until| until.plus_millis(1));
}

/// Writes, for each flaw, which of the entries it passes over.
macro_rules! overlooks {
    ($($(#[$doc:meta])* $flaw:ident: |$entry:ident, $filter:ident| $kept:expr;)*) => {
        misremembers! {$(
            $(#[$doc])*
            $flaw: |store, organization, $filter, side, limit| {
                let mut found = kept(store, organization, $filter, side, u32::MAX).await?;
                found.retain(|(_, $entry)| $kept);
                Ok(first(found, limit))
            };
        )*}
    };
}

overlooks! {
    /// Finds what an administrator did, and not what was done to them.
    DoneByThemOnly: |entry, filter| {
        filter.administrator.is_none_or(|id| entry.attribution.actor == Actor::Administrator(id))
    };
    /// Finds what was done to an administrator, and not what they did.
    DoneToThemOnly: |entry, filter| filter.administrator.is_none_or(|id| entry.about.administrator == Some(id));
    /// Finds what a token did, and not what was done to it.
    DoneWithItOnly: |entry, filter| {
        filter.token.is_none_or(|id| entry.attribution.actor == Actor::Token(id))
    };
    /// Finds a rotation for the token that was rotated away.
    SuccessorOverlooked: |entry, filter| {
        filter.token.is_none_or(|id| entry.attribution.actor == Actor::Token(id) || entry.about.token == Some(id))
    };
}
