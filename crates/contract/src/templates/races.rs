//! What holds however many ask at once.

use symbolon_domain::{
    activity::Action,
    port::{
        recipients::Issuing,
        templates::{TemplateChange, TemplateRemoval},
    },
    template::{TemplateEdit, Validity},
    text::TemplateName,
};

use super::keeping::stored;
use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::now,
    scene::{Scene, count_of, ok},
};

/// Meetings of two, so that both orders and what lies between them come up.
const ROUNDS: u64 = 20;

/// Of two edits at once that name different things both hold.
pub async fn edits_of_different_things_at_once_both_hold<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let template = scene.template().await;
        let rename = TemplateEdit {
            name: TemplateName::parse("Another name").ok(),
            ..TemplateEdit::default()
        };
        let limit = TemplateEdit {
            validity: Some(Validity::from_days(7).ok()),
            ..TemplateEdit::default()
        };
        let wanted = limit.apply(&rename.apply(&template));
        let changes = duel_in_round(
            round,
            {
                let (scene, template) = (scene.clone(), template.clone());
                async move { scene.edit(&template, &rename).await }
            },
            {
                let (scene, template) = (scene.clone(), template.clone());
                async move { scene.edit(&template, &limit).await }
            },
        )
        .await;
        assert_eq!(changes, (TemplateChange::Changed, TemplateChange::Changed));
        assert_eq!(stored(&scene, &wanted).await, Some(wanted));
    }
}

/// Of 64 pauses one pauses, and its instant stays; of 64 resumptions one resumes.
pub async fn pausing_and_resuming_happen_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let pauses = race(RIVALS, |rival| {
        let (scene, template) = (scene.clone(), template.clone());
        async move {
            let at = now().plus_millis(i64::try_from(rival).unwrap_or_default());
            let change = scene.pause(&template, at).await;
            (change == TemplateChange::Changed).then_some(at)
        }
    })
    .await;
    let instants: Vec<_> = pauses.into_iter().flatten().collect();
    let kept = stored(&scene, &template).await.and_then(|kept| kept.paused_at);
    assert_eq!(
        instants,
        Vec::from_iter(kept),
        "one pauses, and its instant stays"
    );
    assert_eq!(scene.logged(Action::TemplatePaused).await, 1);

    let resumptions = race(RIVALS, |_| {
        let (scene, template) = (scene.clone(), template.clone());
        async move { scene.resume(&template).await }
    })
    .await;
    assert_eq!(count_of(&resumptions, &TemplateChange::Changed), 1);
    assert_eq!(count_of(&resumptions, &TemplateChange::Unchanged), RIVALS - 1);
    assert_eq!(scene.logged(Action::TemplateResumed).await, 1);
}

/// Of a removal and an issue one succeeds: no credential is left without its template.
pub async fn removal_and_issue_never_both_succeed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let template = scene.template().await;
        let new = scene.samples.new_recipient(&template);
        let outcomes = duel_in_round(
            round,
            {
                let (scene, template) = (scene.clone(), template.clone());
                async move { scene.remove_template(&template).await }
            },
            {
                let (scene, new) = (scene.clone(), new.clone());
                async move { scene.issue(&new).await }
            },
        )
        .await;
        let found = ok(scene.recipients.find_by_id(new.recipient.id).await);
        match outcomes {
            (TemplateRemoval::Removed, Issuing::TemplateAbsent) => {
                assert_eq!(found, None);
                assert_eq!(stored(&scene, &template).await, None);
            }
            (TemplateRemoval::HasRecipients, Issuing::Issued) => {
                assert_eq!(found.map(|found| found.template), Some(template));
            }
            both => panic!("one of the two succeeds, and the other says why not: {both:?}"),
        }
    }
}
