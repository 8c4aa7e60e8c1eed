//! Flaws in lists of recipients, and of what a profile holds.

use std::{cmp::Reverse, collections::BTreeSet};

use symbolon_domain::{
    access_token::Dossier,
    id::{OrganizationId, RecipientId},
    page::{Page, PageRequest},
    port::recipients::{RecipientFilter, RecipientKey, RecipientOrder, Recipients},
    recipient::Recipient,
    search::Search,
    social_profile::SocialProfile,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksRecipients};

/// The page of what a search of another kind shows.
async fn search(
    store: &MemoryStore,
    organization: OrganizationId,
    filter: &RecipientFilter,
    order: RecipientOrder,
    page: PageRequest,
    finds: impl Fn(&Recipient, &str) -> bool + Send,
) -> Answer<Page<Dossier>> {
    let unsearched = RecipientFilter {
        query: None,
        ..filter.clone()
    };
    let all = PageRequest::new(1, 100);
    let mut found = Recipients::list(store, organization, &unsearched, order, all)
        .await?
        .items;
    if let Some(query) = &filter.query {
        found.retain(|dossier| finds(&dossier.recipient, query));
    }
    let offset = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let per = usize::try_from(page.per()).unwrap();
    Ok(Page {
        request: page,
        total_count: u64::try_from(found.len()).unwrap(),
        items: found.into_iter().skip(offset).take(per).collect(),
    })
}

/// All that a search looks at, as it was written.
fn texts(recipient: &Recipient) -> Vec<String> {
    let id = recipient.external_id.as_ref().map(ToString::to_string);
    [Some(recipient.name()), Some(recipient.mail.to_string()), id]
        .into_iter()
        .flatten()
        .collect()
}

/// The words that are looked for, if there are any.
fn sought(query: &str) -> Vec<String> {
    match Search::of(query) {
        Search::Words(words) => words,
        Search::Everybody | Search::Nobody => Vec::new(),
    }
}

/// Writes, for each flaw, what its search finds.
macro_rules! searches {
    ($($(#[$doc:meta])* $flaw:ident: $finds:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksRecipients for $flaw {
            async fn list(
                store: &MemoryStore,
                organization: OrganizationId,
                filter: &RecipientFilter,
                order: RecipientOrder,
                page: PageRequest,
            ) -> Answer<Page<Dossier>> {
                search(store, organization, filter, order, page, $finds).await
            }
        }
    )*};
}

searches! {
    /// Finds parts of words too.
    PartsFound: |recipient, query| match Search::of(query) {
        Search::Words(sought) => sought.iter().all(|part| recipient.words().iter().any(|word| word.contains(part))),
        search => search.finds(&recipient.words()),
    };
    /// Finds whole words only.
    WholeWordsOnly: |recipient, query| match Search::of(query) {
        Search::Words(sought) => sought.iter().all(|word| recipient.words().contains(word)),
        search => search.finds(&recipient.words()),
    };
    /// Is content with one of the words.
    OneWordIsEnough: |recipient, query| {
        let words = recipient.words();
        sought(query).iter().any(|word| Search::of(word).finds(&words)) || query.trim().is_empty()
    };
    /// Takes what has no word for nothing typed.
    NoWordIsEverybody: |recipient, query| {
        sought(query).is_empty() || Search::of(query).finds(&recipient.words())
    };
    /// Folds ASCII only.
    AsciiFolded: |recipient, query| {
        let words: BTreeSet<_> = texts(recipient).iter()
            .flat_map(|text| text.to_ascii_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>())
            .collect();
        Search::of(query).finds(&words)
    };
    /// Looks at names only.
    NamesOnly: |recipient, query| {
        let names = Search::of(&recipient.name());
        let Search::Words(names) = names else { return query.trim().is_empty() };
        Search::of(query).finds(&names.into_iter().collect())
    };
    /// Compares long words to their ends.
    EveryLetterCounts: |recipient, query| {
        Search::of(query).finds(&recipient.words())
            && (query.len() < 65 || query.contains(' ') || texts(recipient).iter().any(|text| text.contains(query)))
    };
}

/// Cuts the page first, and takes away what does not fit afterwards.
pub(crate) struct PeopleFilteredAfterwards;

impl BreaksRecipients for PeopleFilteredAfterwards {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: &RecipientFilter,
        order: RecipientOrder,
        page: PageRequest,
    ) -> Answer<Page<Dossier>> {
        let everybody = RecipientFilter::default();
        let mut shown = Recipients::list(store, organization, &everybody, order, page).await?;
        if let Some(state) = filter.state {
            shown.items.retain(|dossier| dossier.state() == state);
        }
        let counted = Recipients::list(store, organization, filter, order, page).await?;
        shown.total_count = counted.total_count;
        Ok(shown)
    }
}

/// Writes, for each flaw, how it orders what it shows.
macro_rules! misorders {
    ($($(#[$doc:meta])* $flaw:ident: $misorder:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksRecipients for $flaw {
            async fn list(
                store: &MemoryStore,
                organization: OrganizationId,
                filter: &RecipientFilter,
                order: RecipientOrder,
                page: PageRequest,
            ) -> Answer<Page<Dossier>> {
                let mut shown = Recipients::list(store, organization, filter, order, page).await?;
                let misorder: fn(&mut Vec<Dossier>, RecipientOrder) = $misorder;
                misorder(&mut shown.items, order);
                Ok(shown)
            }
        }
    )*};
}

misorders! {
    /// Orders equal ones rising, whichever way it goes.
    PeopleTiesRising: |items, order| if order.is_falling {
        items.sort_by_key(|dossier| dossier.recipient.id);
        items.sort_by_key(|dossier| Reverse(match order.key {
            RecipientKey::CreatedAt => dossier.recipient.created_at.to_string(),
            RecipientKey::IssuedAt => dossier.recipient.issued_at.to_string(),
            RecipientKey::Mail => dossier.recipient.mail.to_string(),
        }));
    };
    /// Orders addresses as a dictionary does.
    DictionaryOrder: |items, order| if order.key == RecipientKey::Mail {
        let letters = |dossier: &Dossier| -> String {
            dossier.recipient.mail.as_str().to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
        };
        items.sort_by(|a, b| {
            let rising = letters(a).cmp(&letters(b)).then(a.recipient.id.cmp(&b.recipient.id));
            if order.is_falling { rising.reverse() } else { rising }
        });
    };
}

/// Counts the items of the page.
pub(crate) struct PeoplePageCounted;

impl BreaksRecipients for PeoplePageCounted {
    async fn list(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: &RecipientFilter,
        order: RecipientOrder,
        page: PageRequest,
    ) -> Answer<Page<Dossier>> {
        let mut shown = Recipients::list(store, organization, filter, order, page).await?;
        shown.total_count = u64::try_from(shown.items.len()).unwrap();
        Ok(shown)
    }
}

/// Writes, for each flaw, how it walks.
macro_rules! miswalks {
    ($($(#[$doc:meta])* $flaw:ident: $miswalk:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksRecipients for $flaw {
            async fn walk(
                store: &MemoryStore,
                organization: OrganizationId,
                filter: &RecipientFilter,
                after: Option<(Timestamp, RecipientId)>,
                limit: u32,
            ) -> Answer<Vec<Dossier>> {
                let all = Recipients::walk(store, organization, filter, None, u32::MAX).await?;
                let miswalk: fn(&Dossier, (Timestamp, RecipientId)) -> bool = $miswalk;
                let limit = usize::try_from(limit).unwrap();
                let is_ahead = |dossier: &Dossier| after.is_none_or(|after| miswalk(dossier, after));
                Ok(all.into_iter().filter(is_ahead).take(limit).collect())
            }
        }
    )*};
}

miswalks! {
    /// Leaves out who was added at the same instant.
    WalkByInstant: |dossier, (instant, _)| dossier.recipient.created_at > instant;
    /// Goes by id alone.
    WalkById: |dossier, (_, id)| dossier.recipient.id > id;
}

/// Cuts a step before it filters.
pub(crate) struct WalkCutFirst;

impl BreaksRecipients for WalkCutFirst {
    async fn walk(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: &RecipientFilter,
        after: Option<(Timestamp, RecipientId)>,
        limit: u32,
    ) -> Answer<Vec<Dossier>> {
        let all = RecipientFilter::default();
        let mut step = Recipients::walk(store, organization, &all, after, limit).await?;
        step.retain(|dossier| filter.state.is_none_or(|state| dossier.state() == state));
        Ok(step)
    }
}

/// Goes on after a recipient who has to be there.
pub(crate) struct WalkFromSomebody;

impl BreaksRecipients for WalkFromSomebody {
    async fn walk(
        store: &MemoryStore,
        organization: OrganizationId,
        filter: &RecipientFilter,
        after: Option<(Timestamp, RecipientId)>,
        limit: u32,
    ) -> Answer<Vec<Dossier>> {
        let from = match after {
            Some((_, id)) if Recipients::find(store, organization, id).await?.is_none() => None,
            other => other,
        };
        Recipients::walk(store, organization, filter, from, limit).await
    }
}

/// Writes, for each flaw, how it shows what a profile holds.
macro_rules! misholds {
    ($($(#[$doc:meta])* $flaw:ident: $mishold:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksRecipients for $flaw {
            async fn held_by(
                store: &MemoryStore,
                profile: &SocialProfile,
                page: PageRequest,
            ) -> Answer<Page<Dossier>> {
                let mut held = Recipients::held_by(store, profile, page).await?;
                let mishold: fn(&mut Page<Dossier>) = $mishold;
                mishold(&mut held);
                Ok(held)
            }
        }
    )*};
}

misholds! {
    /// Orders by when they were added.
    HoldingsByCreation: |held| held.items.sort_by_key(|held| (held.recipient.created_at, held.recipient.id));
    /// Shows what is good only.
    ClosedHoldingsHidden: |held| {
        held.items.retain(|held| held.token.revoked_at.is_none() && held.recipient.revocation.is_none());
        held.total_count = u64::try_from(held.items.len()).unwrap();
    };
}
