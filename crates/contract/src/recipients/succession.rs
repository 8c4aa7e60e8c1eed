//! A credential in another's place.

use symbolon_domain::{
    access_token::AccessToken,
    activity::Action,
    port::recipients::{Issuing, NewRecipient, Succession},
    recipient::Recipient,
    template::Template,
};

use crate::{
    Fixture,
    sample::{now, revocation},
    scene::{Scene, Stage, ok},
};

/// The old credential is revoked and the new one issued, on the same template and to the same address, with both entries,
/// first the one and then the other.
pub async fn a_successor_takes_the_place_of_a_credential<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let (old, bystander) = (
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
    );
    scene.claim_for(&old).await;
    scene.request_reset(&old.token).await;
    let before = scene.dossier_of(&old).await;
    let log = scene.log().await;
    let new = successor(&scene, &template, &old);
    let entry = scene.samples.entry(scene.owner.id, Action::CredentialRevoked);
    let revoked = revocation(now());
    let id = old.recipient.id;
    let outcome = scene
        .recipients
        .succeed(scene.owner.id, id, &revoked, &entry, &new);
    assert_eq!(ok(outcome.await), Succession::Succeeded);

    let after = scene.dossier_of(&old).await;
    let recipient = Recipient {
        revocation: Some(revoked),
        ..before.recipient
    };
    let token = AccessToken {
        reset_request: None,
        ..before.token
    };
    assert_eq!((after.recipient, after.token), (recipient, token));
    let kept = scene.dossier_of(&new).await;
    assert_eq!((&kept.recipient, &kept.token), (&new.recipient, &new.token));
    assert_eq!(scene.mails(&new).await, Vec::from_iter(new.mail));
    assert_eq!(scene.log().await, [log, vec![entry, new.entry]].concat());
    let bystander_kept = scene.dossier_of(&bystander).await.recipient;
    assert_eq!(bystander_kept, bystander.recipient);
}

/// It can be on another template, where the address is free.
pub async fn a_successor_can_be_on_another_template<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (old, template) = (scene.recipient().await, scene.template().await);
    let new = successor(&scene, &template, &old);
    assert_eq!(scene.succeed(&old, &new).await, Succession::Succeeded);
    assert_eq!(scene.dossier_of(&new).await.template, template);
}

/// What is revoked already has no successor; nothing is written.
pub async fn a_revoked_credential_is_not_succeeded<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let old = scene.recipient_on(&template).await;
    scene.revoke_credential(&old, now()).await;
    let new = successor(&scene, &template, &old);
    leaves_everything(&scene, &old, &new, Succession::AlreadyRevoked).await;
}

/// A successor that cannot be issued leaves everything as it was: the old credential is not revoked.
pub async fn a_successor_that_cannot_be_issued_leaves_everything<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, other) = (scene.template().await, scene.template().await);
    let foreign = scene.template_of(scene.organization().await.id).await;
    let old = scene.recipient_on(&template).await;
    let rival = scene.samples.new_for(successor(&scene, &other, &old).recipient);
    scene.keep_recipient(&rival).await;

    let duplicate = successor(&scene, &other, &old);
    let reason = Issuing::Duplicate(rival.recipient.id);
    leaves_everything(&scene, &old, &duplicate, Succession::NotIssued(reason)).await;
    let absent = Succession::NotIssued(Issuing::TemplateAbsent);
    let missing = scene.samples.template(scene.owner.id);
    let misplaced = Template {
        organization: scene.owner.id,
        ..foreign
    };
    for template in [&missing, &misplaced] {
        let new = successor(&scene, template, &old);
        leaves_everything(&scene, &old, &new, absent).await;
    }
    // Somebody else's address is taken, even where one's own would be free.
    let bystander = scene.recipient_on(&template).await;
    let mut new = successor(&scene, &template, &old);
    new.recipient.mail = bystander.recipient.mail.clone();
    let reason = Issuing::Duplicate(bystander.recipient.id);
    leaves_everything(&scene, &old, &new, Succession::NotIssued(reason)).await;

    scene.cancel(scene.owner.id, now()).await;
    let closed = Succession::NotIssued(Issuing::OrganizationCancelled);
    let new = successor(&scene, &template, &old);
    leaves_everything(&scene, &old, &new, closed).await;
}

/// For another organization a recipient is absent, as one who is not kept is for their own; nothing is written anywhere.
pub async fn a_foreign_credential_is_not_succeeded<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let template = scene.template().await;
    let old = scene.recipient_on(&template).await;
    let nobody = scene.samples.new_recipient(&template);
    let new = successor(&scene, &template, &old);
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    let entry = scene.samples.entry(other.id, Action::CredentialRevoked);
    let revoked = revocation(now());
    let foreign = scene
        .recipients
        .succeed(other.id, old.recipient.id, &revoked, &entry, &new);
    assert_eq!(ok(foreign.await), Succession::Absent);
    leaves_everything(&scene, &nobody, &new, Succession::Absent).await;
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
}

async fn leaves_everything(stage: &Stage, old: &NewRecipient, new: &NewRecipient, reason: Succession) {
    let before = stage.shown().await;
    assert_eq!(stage.succeed(old, new).await, reason);
    assert_eq!(stage.shown().await, before, "{reason:?}");
    assert_eq!(stage.found(&new.token).await, None);
}

/// Who would take the place of a recipient on this template.
pub(super) fn successor(stage: &Stage, template: &Template, old: &NewRecipient) -> NewRecipient {
    let recipient = Recipient {
        mail: old.recipient.mail.clone(),
        ..stage.samples.recipient(template)
    };
    stage.samples.new_for(recipient)
}
