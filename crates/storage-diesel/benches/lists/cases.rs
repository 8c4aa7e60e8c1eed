//! Every query that a page of the dashboard makes.

use symbolon_domain::{
    access_token::Dossier,
    authorization_token::{TokenFilter, TokenStates},
    id::RecipientId,
    mail::MailState,
    page::{Page, PageRequest},
    permissions::Permissions,
    port::{
        StoreError,
        access_tokens::AccessTokens,
        activity::{ActivityFilter, ActivityLog},
        authorization_tokens::AuthorizationTokens,
        outbox::Outbox,
        recipients::{Beside, RecipientFilter, RecipientKey, RecipientOrder, RecipientState, Recipients},
        tallies::Tallies,
        templates::Templates,
    },
    text::MailAddress,
    time::Day,
};
use symbolon_storage_diesel::DieselStore;

use crate::{
    data::TEMPLATES,
    named::{added_at, organization, recipient, template},
    time,
};

/// One more than a page shows.
const LIMIT: u32 = 51;

pub(crate) async fn run(store: &DieselStore, count: i64) {
    overview(store, count).await;
    for (name, narrow) in [("all templates", None), ("one template", Some(template(7)))] {
        for (state, filter) in filters() {
            let filter = RecipientFilter {
                template: narrow,
                ..filter
            };
            lists(store, count, &format!("{name}, {state}"), &filter).await;
        }
    }
    for query in searches(count) {
        for narrow in [None, Some(template(7))] {
            let filter = RecipientFilter {
                template: narrow,
                query: Some(query.clone()),
                ..RecipientFilter::default()
            };
            let where_ = if narrow.is_some() { " on one template" } else { "" };
            lists(store, count, &format!("search {query:?}{where_}"), &filter).await;
        }
    }
}

fn filters() -> Vec<(&'static str, RecipientFilter)> {
    let any = RecipientFilter::default;
    let state = |state| RecipientFilter {
        state: Some(state),
        ..any()
    };
    let mail = |state| RecipientFilter {
        link_mail: Some(state),
        ..any()
    };
    vec![
        ("any state", any()),
        (
            "waiting",
            RecipientFilter {
                access_revoked: Some(false),
                ..state(RecipientState::Pending)
            },
        ),
        ("claimed", state(RecipientState::Accepted)),
        ("revoked", state(RecipientState::Revoked)),
        (
            "reset requested",
            RecipientFilter {
                reset_requested: Some(true),
                ..any()
            },
        ),
        (
            "access revoked",
            RecipientFilter {
                access_revoked: Some(true),
                ..any()
            },
        ),
        ("mail waiting", mail(MailState::Pending)),
        ("mail sent", mail(MailState::Sent)),
        ("mail failed", mail(MailState::Failed)),
        ("mail dropped (none)", mail(MailState::Dropped)),
    ]
}

fn searches(count: i64) -> Vec<String> {
    let number = count / 2 * 10 / 10;
    [
        "maria",
        "zebulon",
        "ma",
        "e",
        "gmail",
        "maria zebulon",
        "zebulon q",
        "qqqq",
        "maria schmidt",
        "gmail lukas",
        "web.de outlook.com",
        &format!("E-{}", number / 2 * 2),
    ]
    .map(str::to_owned)
    .to_vec()
}

async fn browse(
    store: &DieselStore,
    filter: &RecipientFilter,
    order: RecipientOrder,
    beside: Option<Beside>,
) -> Result<Vec<RecipientId>, StoreError> {
    let found = Recipients::browse(store, organization(), filter, order, beside, LIMIT).await?;
    Ok(found.into_iter().map(|dossier| dossier.recipient.id).collect())
}

async fn lists(store: &DieselStore, count: i64, name: &str, filter: &RecipientFilter) {
    for (sort, key, is_falling) in [
        ("newest", RecipientKey::CreatedAt, true),
        ("oldest", RecipientKey::CreatedAt, false),
        ("by mail", RecipientKey::Mail, false),
    ] {
        let order = RecipientOrder { key, is_falling };
        let middle = Beside::After(recipient(count / 2));
        let reverse = RecipientOrder {
            is_falling: !is_falling,
            ..order
        };
        let last = browse(store, &RecipientFilter::default(), reverse, None).await;
        let last = last.ok().and_then(|ids| ids.first().copied());
        for (page, beside) in [
            ("first", None),
            ("middle", Some(middle)),
            ("last", last.map(Beside::Before)),
        ] {
            let query = || browse(store, filter, order, beside);
            time(&format!("{name}, {sort}, {page} page"), Vec::len, query).await;
        }
    }
}

async fn overview(store: &DieselStore, count: i64) {
    let owner = organization();
    let page = PageRequest::new(1, 100);
    let today = Day::of(added_at(count));
    let templates: Vec<_> = (0..TEMPLATES).map(template).collect();
    let one = |_: &_| 1;
    time("numbers of the organization", one, || {
        store.of_organization(owner)
    })
    .await;
    time("numbers of its templates", Vec::len, || {
        store.of_templates(owner, &templates)
    })
    .await;
    time("claims by day", Vec::len, || {
        store.claims(owner, today.plus(-182))
    })
    .await;
    time("expiries by day", Vec::len, || {
        store.expiries(owner, today, today.plus(365))
    })
    .await;
    time(
        "templates",
        |page: &Page<_>| page.items.len(),
        || Templates::list(store, owner, page),
    )
    .await;
    let live = TokenFilter {
        visible_to: Permissions::ALL,
        states: TokenStates::Live,
    };
    time(
        "authorization tokens",
        |page: &Page<_>| page.items.len(),
        || AuthorizationTokens::list(store, owner, live, page, added_at(count)),
    )
    .await;
    time("waiting for a reset", Vec::len, || {
        store.waiting_for_reset(owner, None, 100)
    })
    .await;
    let somebody = recipient(count / 2);
    time(
        "one recipient",
        |found: &Option<Dossier>| usize::from(found.is_some()),
        || Recipients::find(store, owner, somebody),
    )
    .await;
    let fifty: Vec<_> = (0..50).map(|number| recipient(count / 2 + number)).collect();
    time("mail about fifty", Vec::len, || store.about(owner, &fifty)).await;
    let log = ActivityFilter::default();
    time("activity", Vec::len, || store.look_back(owner, &log, None, 50)).await;
    let of_one = ActivityFilter {
        recipient: Some(somebody),
        ..ActivityFilter::default()
    };
    time("activity about one", Vec::len, || {
        store.look_back(owner, &of_one, None, 50)
    })
    .await;
    let mails: Vec<_> = (0..1_000)
        .filter_map(|number| MailAddress::parse(&format!("maria.schmidt{number}@gmail.com")).ok())
        .collect();
    time("holders among a thousand", Vec::len, || {
        store.holders(owner, template(0), &mails)
    })
    .await;
    let any = RecipientFilter::default();
    let after = Some((added_at(count / 2), somebody));
    time("walk", Vec::len, || store.walk(owner, &any, after, 1_000)).await;
    time(
        "first page with a count (API)",
        |page: &Page<_>| page.items.len(),
        || {
            Recipients::list(
                store,
                owner,
                &any,
                RecipientOrder::default(),
                PageRequest::new(1, 50),
            )
        },
    )
    .await;
}
