//! Names that clients give to requests, so that they can ask again.

use symbolon_domain::{
    id::AuthorizationTokenId,
    port::recipients::{IssueRequest, Issuing, NewRecipient},
    template::Template,
};

use crate::{
    Fixture,
    sample::{Samples, idempotency_key, now},
    scene::{Scene, Stage, ok},
};

/// What was issued under a name is found under it, in the order of places, as it was given.
pub async fn what_was_issued_under_a_name_is_found_by_place<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, caller) = (scene.template().await, scene.token().await);
    let request = scene.samples.issue_request(caller.id, "key");
    let mut wanted = Vec::new();
    for place in [7, 0, u32::MAX, 3, 1 << 31] {
        let request = IssueRequest {
            place,
            ..request.clone()
        };
        let new = named(&scene.samples, &template, &request);
        scene.keep_recipient(&new).await;
        wanted.push((request, new.recipient.id));
    }
    wanted.sort_by_key(|(request, _)| request.place);
    assert_eq!(issued(&scene, caller.id, "key").await, wanted);
}

/// A name is its caller's, to the letter; nothing is found under another, nor where no name was given.
pub async fn a_name_is_its_callers<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (one, other) = (scene.token().await, scene.token().await);
    scene.recipient_on(&template).await;
    let mut wanted = Vec::new();
    for (caller, key) in [(&one, "key"), (&other, "key"), (&one, "Key"), (&one, "key2")] {
        let request = scene.samples.issue_request(caller.id, key);
        let new = named(&scene.samples, &template, &request);
        scene.keep_recipient(&new).await;
        wanted.push((request, new.recipient.id));
    }
    for (request, id) in wanted {
        let found = issued(&scene, request.caller, request.key.as_str()).await;
        assert_eq!(found, [(request, id)]);
    }
    for key in ["KEY", "ke", "k%", "nothing"] {
        assert_eq!(issued(&scene, one.id, key).await, []);
    }
}

/// What is refused keeps no name, and leaves it free.
pub async fn what_is_refused_keeps_no_name<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, caller) = (scene.template().await, scene.token().await);
    let kept = scene.recipient_on(&template).await;
    let request = scene.samples.issue_request(caller.id, "key");
    let mut duplicate = named(&scene.samples, &template, &request);
    duplicate.recipient.mail = kept.recipient.mail.clone();
    let outcome = scene.issue(&duplicate).await;
    assert_eq!(outcome, Issuing::Duplicate(kept.recipient.id));
    assert_eq!(issued(&scene, caller.id, "key").await, []);
    let new = named(&scene.samples, &template, &request);
    assert_eq!(scene.issue(&new).await, Issuing::Issued);
}

/// A name that was given to another request, or a place that is filled, is taken; nothing is written. Of the same request
/// other places are free, and a duplicate is told first.
pub async fn a_name_is_given_to_one_request<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, caller) = (scene.template().await, scene.token().await);
    let request = scene.samples.issue_request(caller.id, "key");
    let first = named(&scene.samples, &template, &request);
    scene.keep_recipient(&first).await;
    let other = IssueRequest {
        place: 1,
        ..scene.samples.issue_request(caller.id, "key")
    };
    let before = scene.shown().await;
    for taken in [&request, &other] {
        let mut new = named(&scene.samples, &template, taken);
        assert_eq!(scene.issue(&new).await, Issuing::KeyTaken);
        new.recipient.mail = first.recipient.mail.clone();
        let duplicate = Issuing::Duplicate(first.recipient.id);
        assert_eq!(scene.issue(&new).await, duplicate);
    }
    assert_eq!(scene.shown().await, before);
    let next = IssueRequest { place: 1, ..request };
    let new = named(&scene.samples, &template, &next);
    assert_eq!(scene.issue(&new).await, Issuing::Issued);
}

/// The name of what was deleted is forgotten with it.
pub async fn deletion_forgets_the_name<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, caller) = (scene.template().await, scene.token().await);
    let request = scene.samples.issue_request(caller.id, "key");
    let next = IssueRequest {
        place: 1,
        ..request.clone()
    };
    let news = [&request, &next].map(|request| named(&scene.samples, &template, request));
    for new in &news {
        scene.keep_recipient(new).await;
    }
    let [gone, kept] = news;
    scene.remove(&gone).await;
    let found = issued(&scene, caller.id, "key").await;
    assert_eq!(found, [(next, kept.recipient.id)]);
    // The caller may be gone as well: what was issued stays.
    scene.revoke(&caller, now()).await;
    assert_eq!(issued(&scene, caller.id, "key").await.len(), 1);
}

pub(super) fn named(samples: &Samples, template: &Template, request: &IssueRequest) -> NewRecipient {
    NewRecipient {
        request: Some(request.clone()),
        ..samples.new_recipient(template)
    }
}

pub(super) async fn issued(
    stage: &Stage,
    caller: AuthorizationTokenId,
    key: &str,
) -> Vec<(IssueRequest, symbolon_domain::id::RecipientId)> {
    ok(stage.recipients.issued_under(caller, &idempotency_key(key)).await)
}
