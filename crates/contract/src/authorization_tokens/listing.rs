//! Lists: their order, their pages, and what they show.

use std::cmp::Reverse;

use symbolon_domain::{
    authorization_token::{AuthorizationToken, TokenFilter, TokenStates},
    page::PageRequest,
    permissions::Permissions,
};

use crate::{
    Fixture,
    pages::{page_of, past_seven, within_seven},
    sample::{just_before, now},
    scene::{ALL, LIVE, Scene, count, ok},
    standings::{barely_live, in_grace, out_of_service},
};

/// Newest first; of tokens of one instant the greater id first, in whichever order they came.
pub async fn the_list_is_newest_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut tokens = Vec::new();
    for millis in [5, 0, 5, 9, 5, -3, 5, 9, 0, 5, 9, 7] {
        let token = AuthorizationToken {
            created_at: now().plus_millis(millis),
            ..scene.sample()
        };
        scene.keep(&token).await;
        tokens.push(token);
    }
    tokens.sort_by_key(newest_first);
    assert_eq!(scene.list(ALL, now()).await.items, tokens);
    assert_eq!(scene.list(LIVE, now()).await.items, tokens);
}

/// All pages together are the list, each item on one of them, and every page says how long the whole is.
pub async fn pages_cut_the_list_without_gap_or_overlap<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let tokens = seven(&scene).await;
    for request in within_seven() {
        for filter in [ALL, LIVE] {
            let page = scene.tokens.list(scene.owner.id, filter, request, now()).await;
            assert_eq!(ok(page), page_of(&tokens, request), "{request:?}");
        }
    }
}

/// Past the end there is nothing, however far, and it still says how long the whole is.
pub async fn a_page_past_the_end_is_empty_and_still_counts<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let tokens = seven(&scene).await;
    for request in past_seven() {
        for filter in [ALL, LIVE] {
            let page = ok(scene.tokens.list(scene.owner.id, filter, request, now()).await);
            assert_eq!(page, page_of(&tokens, request), "{request:?}");
            assert_eq!((page.items.len(), page.total_count), (0, 7), "{request:?}");
        }
    }
}

/// An organization's list shows its own tokens, and is empty where there is no such organization.
pub async fn the_list_shows_one_organization<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let other = scene.organization().await;
    let foreign = scene.samples.token(other.id);
    scene.keep(&foreign).await;
    let nobody = scene.samples.organization();
    for (organization, wanted) in [
        (scene.owner.id, vec![token]),
        (other.id, vec![foreign]),
        (nobody.id, vec![]),
    ] {
        for filter in [ALL, LIVE] {
            let page = PageRequest::default();
            let page = ok(scene.tokens.list(organization, filter, page, now()).await);
            assert_eq!((page.total_count, &page.items), (count(&wanted), &wanted));
        }
    }
}

/// A caller sees the tokens whose permissions are a subset of its own; the others are neither shown nor counted, also
/// where a page holds fewer than there are.
pub async fn what_is_not_visible_is_neither_shown_nor_counted<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut tokens = Vec::new();
    for permissions in Permissions::ALL.subsets().filter(|set| !set.is_empty()) {
        for expires_at in [now(), now().plus_millis(1)] {
            let token = AuthorizationToken {
                permissions,
                expires_at,
                ..scene.sample()
            };
            scene.keep(&token).await;
            tokens.push(token);
        }
    }
    tokens.sort_by_key(newest_first);

    for visible_to in Permissions::ALL.subsets() {
        for states in [TokenStates::Live, TokenStates::All] {
            let visible: Vec<_> = tokens
                .iter()
                .filter(|token| token.permissions.is_subset_of(visible_to))
                .filter(|token| states == TokenStates::All || token.expires_at.is_ahead_of(now()))
                .cloned()
                .collect();
            let filter = TokenFilter { visible_to, states };
            for request in [PageRequest::default(), PageRequest::new(2, 1)] {
                let page = scene.tokens.list(scene.owner.id, filter, request, now()).await;
                assert_eq!(ok(page), page_of(&visible, request), "{filter:?} {request:?}");
            }
        }
    }
}

/// A live token is shown as live up to its last instant, and not at its expiry.
pub async fn a_token_is_listed_as_live_until_it_expires<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = barely_live(&scene).await;
    let expires_at = token.expires_at;
    let last = just_before(expires_at);
    let wanted = [token];
    assert_eq!(scene.list(LIVE, last).await.items, wanted);
    for instant in [expires_at, expires_at.plus_seconds(1)] {
        let live = scene.list(LIVE, instant).await;
        assert_eq!((live.items, live.total_count), (vec![], 0));
        assert_eq!(scene.list(ALL, instant).await.items, wanted);
    }
}

/// Rotated, revoked and expired tokens, and those in their grace, are shown where all states are asked for, only.
pub async fn tokens_that_are_not_live_are_listed_among_all_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut retired = out_of_service(&scene).await;
    let grace = in_grace(&scene).await;
    retired.push((grace.clone(), scene.owned(&grace).await.standing(now())));

    let all = scene.list(ALL, now()).await;
    let live = scene.list(LIVE, now()).await;
    for (token, standing) in &retired {
        let stored = scene.stored(token).await;
        assert!(all.items.contains(&stored), "{standing:?}");
        let is_live = live.items.iter().any(|live| live.id == token.id);
        assert!(!is_live, "{standing:?}");
    }
    assert_eq!(live.total_count, count(&live.items));
    assert_eq!(all.total_count, live.total_count + count(&retired));
}

/// Which tokens an organization has does not depend on whether it is active.
pub async fn a_cancelled_organization_lists_its_tokens_as_before<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    scene.token().await;
    let rotated = scene.token().await;
    scene.rotated(&rotated).await;
    let before = (scene.list(LIVE, now()).await, scene.list(ALL, now()).await);
    scene.cancel(scene.owner.id, now()).await;
    let after = (scene.list(LIVE, now()).await, scene.list(ALL, now()).await);
    assert_eq!(after, before);
}

fn newest_first(token: &AuthorizationToken) -> impl Ord + use<> {
    Reverse((token.created_at, token.id))
}

/// Seven live tokens in the order of the list, some of one instant.
async fn seven<F: Fixture>(scene: &Scene<F>) -> Vec<AuthorizationToken> {
    let mut tokens = Vec::new();
    for millis in [3, 1, 3, 2, 3, 1, 0] {
        let token = AuthorizationToken {
            created_at: now().plus_millis(millis),
            ..scene.sample()
        };
        scene.keep(&token).await;
        tokens.push(token);
    }
    tokens.sort_by_key(newest_first);
    tokens
}
