//! Lists: their order and their pages.

use symbolon_domain::{organization::Organization, page::PageRequest};

use crate::{
    Fixture,
    pages::{page_of, past_seven, within_seven},
    sample::now,
    scene::{Scene, ok},
};

/// An empty store has an empty list.
pub async fn an_empty_store_lists_nothing<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    for request in [PageRequest::default(), PageRequest::new(u64::MAX, 100)] {
        let page = ok(scene.organizations.list(request).await);
        assert_eq!(page, page_of(&[], request));
    }
}

/// Oldest first; of organizations of one instant the smaller id first, in whichever order they came.
pub async fn the_list_is_oldest_first<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let organizations = keep(&scene, &[5, 0, 5, 9, 5, -3, 5, 9, 0, 5, 7]).await;
    let page = ok(scene.organizations.list(PageRequest::default()).await);
    assert_eq!(page.items, organizations);
}

/// Cancelled organizations stay in the list, in their place.
pub async fn the_list_includes_cancelled_organizations<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let mut organizations = keep(&scene, &[0, 1, 2]).await;
    for organization in organizations.iter_mut().take(2) {
        scene.cancel(organization.id, now()).await;
        organization.cancelled_at = Some(now());
    }
    let page = ok(scene.organizations.list(PageRequest::default()).await);
    assert_eq!((page.items, page.total_count), (organizations, 3));
}

/// All pages together are the list, each item on one of them, and every page says how long the whole is.
pub async fn pages_cut_the_list_without_gap_or_overlap<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let organizations = keep(&scene, &[3, 1, 3, 2, 3, 1, 0]).await;
    for request in within_seven() {
        let page = ok(scene.organizations.list(request).await);
        assert_eq!(page, page_of(&organizations, request), "{request:?}");
    }
}

/// Past the end there is nothing, however far, and it still says how long the whole is.
pub async fn a_page_past_the_end_is_empty_and_still_counts<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let organizations = keep(&scene, &[3, 1, 3, 2, 3, 1, 0]).await;
    for request in past_seven() {
        let page = ok(scene.organizations.list(request).await);
        assert_eq!(page, page_of(&organizations, request), "{request:?}");
        assert_eq!((page.items.len(), page.total_count), (0, 7), "{request:?}");
    }
}

/// Organizations made so many milliseconds after [`now`], in the order of the list.
async fn keep<F: Fixture>(scene: &Scene<F>, made: &[i64]) -> Vec<Organization> {
    let mut organizations = Vec::new();
    for millis in made {
        let organization = Organization {
            created_at: now().plus_millis(*millis),
            ..scene.samples.organization()
        };
        scene.keep_organization(&organization).await;
        organizations.push(organization);
    }
    organizations.sort_by_key(|organization| (organization.created_at, organization.id));
    organizations
}
