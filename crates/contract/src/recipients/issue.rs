//! Issuing: each credential on its own, and what stands in its way.

use symbolon_domain::{
    activity::ActivityEntry,
    port::recipients::{Issuing, NewRecipient},
    recipient::Recipient,
    template::Template,
};

use crate::{
    Fixture,
    sample::{mail_address, now},
    scene::{Scene, ok},
};

/// The entry and the mail are the ones that were given, whole, and there is one of each; without a mail none is queued.
pub async fn issuing_appends_its_entry_and_queues_its_mail<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut log = scene.log().await;
    let mut silent = scene.samples.new_recipient(&template);
    silent.mail = None;
    for new in [scene.samples.new_recipient(&template), silent] {
        scene.keep_recipient(&new).await;
        log.push(new.entry.clone());
        assert_eq!(scene.log().await, log);
        assert_eq!(scene.mails(&new).await, Vec::from_iter(new.mail));
    }
}

/// One that is refused does not stop the others, wherever it stands, and each outcome stands in its place; what is refused
/// leaves nothing behind.
pub async fn one_that_is_refused_does_not_stop_the_others<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, foreign) = (
        scene.template().await,
        scene.template_of(scene.organization().await.id).await,
    );
    let kept = scene.recipient_on(&template).await;
    let fresh = || scene.samples.new_recipient(&template);
    let duplicate = scene.samples.new_for(addressed(&fresh(), &kept));
    let absent = scene
        .samples
        .new_recipient(&scene.samples.template(scene.owner.id));
    let misplaced = scene.samples.new_recipient(&Template {
        organization: scene.owner.id,
        ..foreign
    });
    let nobodys = scene
        .samples
        .new_recipient(&scene.samples.template(scene.samples.organization().id));
    let batch = [duplicate, fresh(), absent, fresh(), misplaced, nobodys, fresh()];
    let outcomes = ok(scene.recipients.issue(&batch).await);
    let wanted = [
        Issuing::Duplicate(kept.recipient.id),
        Issuing::Issued,
        Issuing::TemplateAbsent,
        Issuing::Issued,
        Issuing::TemplateAbsent,
        Issuing::OrganizationCancelled,
        Issuing::Issued,
    ];
    assert_eq!(outcomes, wanted);
    let log: Vec<ActivityEntry> = scene.log().await;
    for (new, outcome) in batch.iter().zip(outcomes) {
        let is_issued = outcome == Issuing::Issued;
        let found = ok(scene.recipients.find_by_id(new.recipient.id).await);
        assert_eq!(found.is_some(), is_issued, "{outcome:?}");
        assert_eq!(scene.found(&new.token).await.is_some(), is_issued);
        assert_eq!(scene.mails(new).await.is_empty(), !is_issued);
        assert_eq!(log.contains(&new.entry), is_issued);
    }
}

/// Nothing to issue has no outcome; a thousand have a thousand.
pub async fn a_batch_has_as_many_outcomes_as_wishes<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    assert_eq!(ok(scene.recipients.issue(&[]).await), []);
    let batch: Vec<_> = (0..1_000)
        .map(|_| scene.samples.new_recipient(&template))
        .collect();
    let outcomes = ok(scene.recipients.issue(&batch).await);
    assert_eq!(outcomes, vec![Issuing::Issued; 1_000]);
    let last = batch.last().expect("there are a thousand");
    assert_eq!(scene.dossier_of(last).await.token, last.token);
    assert_eq!(
        scene.log_of(scene.owner.id).await.total_count,
        2 + 1_000,
        "one entry for each"
    );
}

/// A second credential for a mail address is a duplicate of the first, which is named; also within one batch.
pub async fn a_second_credential_for_one_address_is_a_duplicate<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let one = scene.samples.new_recipient(&template);
    let other = scene.samples.new_recipient(&template);
    let again = |of: &NewRecipient| {
        let fresh = scene.samples.new_recipient(&template);
        scene.samples.new_for(addressed(&fresh, of))
    };
    let batch = [
        one.clone(),
        again(&one),
        other.clone(),
        again(&one),
        again(&other),
    ];
    let outcomes = ok(scene.recipients.issue(&batch).await);
    let (first, second) = (one.recipient.id, other.recipient.id);
    let wanted = [
        Issuing::Issued,
        Issuing::Duplicate(first),
        Issuing::Issued,
        Issuing::Duplicate(first),
        Issuing::Duplicate(second),
    ];
    assert_eq!(outcomes, wanted);
    assert_eq!(scene.issue(&again(&one)).await, Issuing::Duplicate(first));
    scene.claim_for(&one).await;
    scene.replaced(&one.token).await;
    assert_eq!(scene.issue(&again(&one)).await, Issuing::Duplicate(first));
}

/// Addresses are compared exactly: in another case before the @ it is another. So it is on another template.
pub async fn another_address_or_template_is_no_duplicate<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, other) = (scene.template().await, scene.template().await);
    for (template, mail) in [
        (&template, "ada@example.org"),
        (&template, "Ada@example.org"),
        (&template, "ada@example.com"),
        (&template, "ada+1@example.org"),
        (&other, "ada@example.org"),
    ] {
        let recipient = Recipient {
            mail: mail_address(mail),
            ..scene.samples.recipient(template)
        };
        let new = scene.samples.new_for(recipient);
        assert_eq!(scene.issue(&new).await, Issuing::Issued, "{mail}");
    }
}

/// A revoked credential does not stand in the way of another, nor does a deleted recipient; revoked access does.
pub async fn a_revoked_credential_makes_room_for_another<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let first = scene.recipient_on(&template).await;
    let again = || {
        let fresh = scene.samples.new_recipient(&template);
        scene.samples.new_for(addressed(&fresh, &first))
    };
    scene.revoke_access(&first, now()).await;
    let duplicate = Issuing::Duplicate(first.recipient.id);
    assert_eq!(scene.issue(&again()).await, duplicate);
    scene.revoke_credential(&first, now()).await;
    let second = again();
    assert_eq!(scene.issue(&second).await, Issuing::Issued);
    let duplicate = Issuing::Duplicate(second.recipient.id);
    assert_eq!(scene.issue(&again()).await, duplicate);
    scene.remove(&second).await;
    assert_eq!(scene.issue(&again()).await, Issuing::Issued);
}

/// On a paused template credentials are issued: their links wait.
pub async fn a_paused_template_is_issued_on<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    scene.pause(&template, now()).await;
    scene.recipient_on(&template).await;
}

/// A cancelled organization issues nothing, whatever else stands in the way; nothing is written.
pub async fn a_cancelled_organization_issues_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let kept = scene.recipient_on(&template).await;
    scene.cancel(scene.owner.id, now()).await;
    let before = scene.shown().await;
    let fresh = scene.samples.new_recipient(&template);
    let duplicate = scene.samples.new_for(addressed(&fresh, &kept));
    let absent = scene
        .samples
        .new_recipient(&scene.samples.template(scene.owner.id));
    let outcomes = ok(scene.recipients.issue(&[fresh, duplicate, absent]).await);
    assert_eq!(outcomes, [Issuing::OrganizationCancelled; 3]);
    assert_eq!(scene.shown().await, before);
}

/// The recipient, with the mail address of another.
fn addressed(new: &NewRecipient, of: &NewRecipient) -> Recipient {
    Recipient {
        mail: of.recipient.mail.clone(),
        ..new.recipient.clone()
    }
}
