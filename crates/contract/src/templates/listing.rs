//! Lists: their order and their pages.

use std::cmp::Reverse;

use symbolon_domain::{page::PageRequest, template::Template};

use crate::{
    Fixture,
    pages::{page_of, past_seven, within_seven},
    sample::now,
    scene::{Scene, Stage, ok},
};

/// An organization without templates has an empty list, and so has one that is not kept.
pub async fn an_organization_without_templates_lists_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for owner in [scene.owner.id, scene.samples.organization().id] {
        for request in [PageRequest::default(), PageRequest::new(u64::MAX, 100)] {
            let page = ok(scene.templates.list(owner, request).await);
            assert_eq!(page, page_of(&[], request));
        }
    }
}

/// Newest first; of templates of one instant the greater id first, in whichever order they came.
pub async fn the_list_is_newest_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let templates = keep(&scene, &[5, 0, 5, 9, 5, -3, 5, 9, 0, 5, 7]).await;
    let page = ok(scene.templates.list(scene.owner.id, PageRequest::default()).await);
    assert_eq!(page.items, templates);
}

/// Paused templates stay in the list, in their place.
pub async fn the_list_includes_paused_templates<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut templates = keep(&scene, &[0, 1, 2]).await;
    for template in templates.iter_mut().take(2) {
        scene.pause(template, now()).await;
        template.paused_at = Some(now());
    }
    let page = ok(scene.templates.list(scene.owner.id, PageRequest::default()).await);
    assert_eq!((page.items, page.total_count), (templates, 3));
}

/// A list shows the templates of one organization, and counts them only.
pub async fn the_list_shows_one_organization<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let ours = scene.template().await;
    let theirs = scene.template_of(other.id).await;
    for (owner, template) in [(scene.owner.id, ours), (other.id, theirs)] {
        let page = ok(scene.templates.list(owner, PageRequest::default()).await);
        assert_eq!((page.items, page.total_count), (vec![template], 1));
    }
}

/// All pages together are the list, each item on one of them, and every page says how long the whole is.
pub async fn pages_cut_the_list_without_gap_or_overlap<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let templates = keep(&scene, &[3, 1, 3, 2, 3, 1, 0]).await;
    for request in within_seven() {
        let page = ok(scene.templates.list(scene.owner.id, request).await);
        assert_eq!(page, page_of(&templates, request), "{request:?}");
    }
}

/// Past the end there is nothing, however far, and it still says how long the whole is.
pub async fn a_page_past_the_end_is_empty_and_still_counts<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let templates = keep(&scene, &[3, 1, 3, 2, 3, 1, 0]).await;
    for request in past_seven() {
        let page = ok(scene.templates.list(scene.owner.id, request).await);
        assert_eq!(page, page_of(&templates, request), "{request:?}");
        assert_eq!((page.items.len(), page.total_count), (0, 7), "{request:?}");
    }
}

/// Templates made so many milliseconds after [`now`], in the order of the list.
async fn keep(stage: &Stage, made: &[i64]) -> Vec<Template> {
    let mut templates = Vec::new();
    for millis in made {
        let template = Template {
            created_at: now().plus_millis(*millis),
            ..stage.samples.template(stage.owner.id)
        };
        stage.keep_template(&template).await;
        templates.push(template);
    }
    templates.sort_by_key(|template| Reverse((template.created_at, template.id)));
    templates
}
