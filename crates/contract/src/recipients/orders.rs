//! The order of lists, and their pages.

use std::cmp::Ordering;

use symbolon_domain::{
    access_token::Dossier,
    page::{Page, PageRequest},
    port::recipients::{RecipientFilter, RecipientKey, RecipientOrder, RecipientState},
    recipient::Recipient,
};

use crate::{
    Fixture,
    pages::{page_of, past_seven, within_seven},
    sample::{mail_address, now},
    scene::{Scene, Stage, ok},
};

/// An organization without recipients lists nothing, and so does one that is not kept.
pub async fn an_organization_without_recipients_lists_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let filter = RecipientFilter::default();
    for owner in [scene.owner.id, scene.samples.organization().id] {
        for request in [PageRequest::default(), PageRequest::new(u64::MAX, 100)] {
            for order in orders() {
                let page = ok(scene.recipients.list(owner, &filter, order, request).await);
                assert_eq!(page, page_of(&[], request));
            }
        }
    }
}

/// By each key, rising and falling; equal ones follow by id in the same direction; addresses by their bytes, so that
/// capitals come first.
pub async fn every_order_is_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let all = keep_seven(&scene).await;
    for order in orders() {
        let page = list(&scene, order, PageRequest::default()).await;
        assert_eq!(page.items, in_order(&all, order), "{order:?}");
    }
}

/// All pages together are the list, each item on one of them, and every page says how long the whole is.
pub async fn pages_cut_every_list_without_gap_or_overlap<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let all = keep_seven(&scene).await;
    for order in orders() {
        let all = in_order(&all, order);
        for request in within_seven() {
            let page = list(&scene, order, request).await;
            assert_eq!(page, page_of(&all, request), "{order:?} {request:?}");
        }
    }
}

/// Past the end there is nothing, however far, and it still says how long the whole is.
pub async fn a_page_past_the_end_is_empty_and_still_counts<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    keep_seven(&scene).await;
    for request in past_seven() {
        let page = list(&scene, RecipientOrder::default(), request).await;
        assert_eq!((page.items.len(), page.total_count), (0, 7), "{request:?}");
    }
}

/// What is filtered is filtered before it is cut and counted.
pub async fn pages_are_cut_after_the_filter<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut shown = Vec::new();
    for (place, dossier) in keep_seven(&scene).await.into_iter().enumerate() {
        if place % 2 == 0 {
            let connection = scene.samples.connection();
            scene.claim(&dossier.token, &connection, now()).await;
            shown.push(scene.dossier(&dossier.token).await);
        }
    }
    let filter = RecipientFilter {
        state: Some(RecipientState::Accepted),
        ..RecipientFilter::default()
    };
    for order in orders() {
        let shown = in_order(&shown, order);
        for request in [
            PageRequest::new(1, 1),
            PageRequest::new(2, 3),
            PageRequest::new(1, 100),
        ] {
            let page = scene.recipients.list(scene.owner.id, &filter, order, request);
            assert_eq!(ok(page.await), page_of(&shown, request), "{order:?} {request:?}");
        }
    }
}

/// Every order there is.
fn orders() -> impl Iterator<Item = RecipientOrder> {
    RecipientKey::ALL
        .into_iter()
        .flat_map(|key| [false, true].map(|is_falling| RecipientOrder { key, is_falling }))
}

async fn list(stage: &Stage, order: RecipientOrder, request: PageRequest) -> Page<Dossier> {
    let filter = RecipientFilter::default();
    ok(stage
        .recipients
        .list(stage.owner.id, &filter, order, request)
        .await)
}

/// Seven recipients, with equal instants and addresses among them, of different templates.
pub(super) async fn keep_seven(stage: &Stage) -> Vec<Dossier> {
    let mut dossiers = Vec::new();
    for (created, issued, mail) in [
        (3, -5, "b@example.org"),
        (1, 9, "B@example.org"),
        (3, 0, "a.b@example.org"),
        (2, 9, "a-b@example.org"),
        (3, -5, "b@example.org"),
        (1, 9, "_@example.org"),
        (0, 9, "b@example.org"),
    ] {
        let template = stage.template().await;
        let recipient = Recipient {
            created_at: now().plus_millis(created),
            issued_at: now().plus_millis(issued),
            mail: mail_address(mail),
            ..stage.samples.recipient(&template)
        };
        let new = stage.samples.new_for(recipient);
        stage.keep_recipient(&new).await;
        dossiers.push(stage.dossier_of(&new).await);
    }
    dossiers
}

fn in_order(dossiers: &[Dossier], order: RecipientOrder) -> Vec<Dossier> {
    let mut dossiers = dossiers.to_vec();
    dossiers.sort_by(|one, other| {
        let (one, other) = (&one.recipient, &other.recipient);
        let by_key: Ordering = match order.key {
            RecipientKey::CreatedAt => one.created_at.cmp(&other.created_at),
            RecipientKey::IssuedAt => one.issued_at.cmp(&other.issued_at),
            RecipientKey::Mail => one.mail.as_str().as_bytes().cmp(other.mail.as_str().as_bytes()),
        };
        by_key.then(one.id.cmp(&other.id))
    });
    if order.is_falling {
        dossiers.reverse();
    }
    dossiers
}
