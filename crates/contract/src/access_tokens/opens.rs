//! Counts of opened links.

use symbolon_domain::access_token::AccessToken;

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::now,
    scene::{Scene, ok},
};

/// Counts add up, and the earliest instant stays, whichever came first; nothing else changes.
pub async fn opens_add_up_and_the_first_stays<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, other) = (scene.recipient().await, scene.recipient().await);
    let mut wanted = new.token.clone();
    for (count, millis, first) in [(3, 50, 50), (1, 70, 50), ((1 << 40) + 1, 20, 20), (1, 30, 20)] {
        let opens = [(new.token.id, count, now().plus_millis(millis))];
        ok(scene.access.record_opens(&opens).await);
        wanted = AccessToken {
            opens: wanted.opens + count,
            first_opened_at: Some(now().plus_millis(first)),
            ..wanted
        };
        assert_eq!(scene.dossier(&new.token).await.token, wanted);
    }
    assert_eq!(scene.dossier(&other.token).await.token, other.token);
}

/// One batch counts many tokens, replaced ones too, and passes over those that are not kept; an empty one does nothing.
pub async fn one_batch_counts_many_tokens<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut tokens = Vec::new();
    for _ in 0..20 {
        tokens.push(scene.recipient_on(&template).await.token);
    }
    for token in tokens.iter().take(2) {
        scene.replaced(token).await;
    }
    let mut opens: Vec<_> = tokens.iter().map(|token| (token.id, 2, now())).collect();
    let unknown = scene.samples.new_recipient(&template).token;
    opens.insert(7, (unknown.id, 5, now()));
    ok(scene.access.record_opens(&opens).await);
    ok(scene.access.record_opens(&[]).await);
    for token in &tokens {
        let kept = scene.dossier(token).await.token;
        assert_eq!((kept.opens, kept.first_opened_at), (2, Some(now())));
    }
    assert_eq!(scene.found(&unknown).await, None);
}

/// Of many batches at once none is lost.
pub async fn no_open_of_many_is_lost<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    race(RIVALS, |rival| {
        let (scene, id) = (scene.clone(), new.token.id);
        async move {
            let at = now().plus_millis(i64::try_from(rival).unwrap_or_default());
            ok(scene.access.record_opens(&[(id, 2, at)]).await);
        }
    })
    .await;
    let kept = scene.dossier(&new.token).await.token;
    assert_eq!((kept.opens, kept.first_opened_at), (2 * RIVALS, Some(now())));
}
