//! What a value leads to.

use symbolon_domain::{
    access_token::Dossier,
    mail::{MailKind, MailState},
    port::outbox::Attempt,
};

use crate::{
    Fixture,
    sample::{key_id, now},
    scene::{Scene, ok},
};

/// A token is found with its issuer, its template, its recipient, and what became of its mail.
pub async fn a_token_is_found_with_everything_around_it<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let new = scene.recipient_on(&template).await;
    scene.recipient().await;
    let wanted = Dossier {
        organization: scene.owner.clone(),
        template,
        recipient: new.recipient.clone(),
        token: new.token.clone(),
        mail: Some(MailState::Pending),
    };
    assert_eq!(scene.dossier(&new.token).await, wanted);
    assert_eq!(scene.dossier_of(&new).await, wanted);
    assert_eq!(
        ok(scene.recipients.find_by_id(new.recipient.id).await),
        Some(wanted)
    );
}

/// A digest that differs in one bit, or in its pepper, finds nothing; nor does an id that is not kept.
pub async fn a_digest_that_differs_anywhere_finds_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    for place in 0..32 {
        let mut digest = new.token.digest;
        if let Some(byte) = digest.bytes.get_mut(place) {
            *byte ^= 1;
        }
        assert_eq!(ok(scene.access.find_by_digest(&digest).await), None);
    }
    let mut digest = new.token.digest;
    digest.pepper = key_id("pepper02");
    assert_eq!(ok(scene.access.find_by_digest(&digest).await), None);
    let unknown = scene.samples.access_token(&new.recipient);
    assert_eq!(scene.found(&unknown).await, None);
}

/// Authorization tokens and access tokens do not find each other.
pub async fn an_authorization_token_finds_no_access_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (token, new) = (scene.token().await, scene.recipient().await);
    assert_eq!(ok(scene.access.find_by_digest(&token.digest).await), None);
    let found = ok(scene.tokens.find_by_digest(&new.token.digest).await);
    assert_eq!(found, None);
}

/// A replaced token is still found, with what became of its own mail; its recipient is found with the new one.
pub async fn a_replaced_token_is_still_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    settle(&scene, &new, &Attempt::Sent { at: now() }).await;
    let successor = scene.replaced(&new.token).await;
    let old = scene.dossier(&new.token).await;
    assert_eq!((old.token.id, old.mail), (new.token.id, Some(MailState::Sent)));
    let current = scene.dossier(&successor).await;
    assert_eq!(
        (&current.token, current.mail),
        (&successor, Some(MailState::Pending))
    );
    assert_eq!(scene.dossier_of(&new).await, current);
}

/// Of several mails the latest that carries the link is told of; mails without the link are not.
pub async fn what_became_of_the_latest_link_is_told<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut unmailed = scene.samples.new_recipient(&template);
    unmailed.mail = None;
    scene.keep_recipient(&unmailed).await;
    assert_eq!(scene.dossier(&unmailed.token).await.mail, None);
    scene.claim_for(&unmailed).await;
    assert_eq!(scene.mail_kinds(&unmailed).await, [MailKind::Claimed]);
    assert_eq!(scene.dossier(&unmailed.token).await.mail, None);

    let new = scene.recipient_on(&template).await;
    let failure = "it bounced".to_owned();
    settle(&scene, &new, &Attempt::Failed { failure }).await;
    let told = scene.dossier(&new.token).await.mail;
    assert_eq!(told, Some(MailState::Failed));
    scene.mail_again(&new.token, now().plus_seconds(60)).await;
    let told = scene.dossier(&new.token).await.mail;
    assert_eq!(told, Some(MailState::Pending));
}

/// Settles the mail that came with the issue.
async fn settle(
    stage: &crate::scene::Stage,
    new: &symbolon_domain::port::recipients::NewRecipient,
    attempt: &Attempt,
) {
    if let Some(mail) = &new.mail {
        ok(stage.outbox.settle(mail.id, attempt).await);
    }
}
