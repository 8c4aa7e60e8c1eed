//! Who has a credential of a template already.

use symbolon_domain::{
    port::recipients::NewRecipient, recipient::Recipient, service::issue_credentials::MAX_BATCH,
    template::Template, text::MailAddress,
};

use crate::{
    Fixture,
    sample::{mail_address, now},
    scene::{Scene, Stage, ok},
};

async fn addressed(stage: &Stage, template: &Template, mail: &str) -> NewRecipient {
    let new = stage.samples.new_for(Recipient {
        mail: mail_address(mail),
        ..stage.samples.recipient(template)
    });
    stage.keep_recipient(&new).await;
    new
}

async fn holders(stage: &Stage, template: &Template, mails: &[MailAddress]) -> Vec<MailAddress> {
    let holders = stage.recipients.holders(stage.owner.id, template.id, mails);
    let mut holders = ok(holders.await);
    holders.sort_unstable();
    holders
}

/// Those of the addresses are found whose credential on this template is in force, each once; claimed or not, with access or
/// without. An address is compared exactly.
pub async fn holders_are_those_with_a_credential_in_force<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (template, other) = (scene.template().await, scene.template().await);
    let ada = addressed(&scene, &template, "ada@example.org").await;
    let bob = addressed(&scene, &template, "bob@example.org").await;
    let eve = addressed(&scene, &template, "eve@example.org").await;
    addressed(&scene, &template, "not-asked-for@example.org").await;
    addressed(&scene, &other, "elsewhere@example.org").await;
    scene.claim_for(&ada).await;
    scene.revoke_access(&bob, now()).await;
    let asked = [
        "ada@example.org",
        "Ada@example.org",
        "bob@example.org",
        "eve@example.org",
        "elsewhere@example.org",
        "nobody@example.org",
        "ada@example.org",
    ]
    .map(mail_address);
    let wanted = ["ada@example.org", "bob@example.org", "eve@example.org"].map(mail_address);
    assert_eq!(holders(&scene, &template, &asked).await, wanted);
    assert_eq!(holders(&scene, &template, &[]).await, []);
    let capital = [mail_address("Ada@example.org")];
    assert_eq!(holders(&scene, &template, &capital).await, []);

    scene.revoke_credential(&eve, now()).await;
    assert_eq!(
        Some(holders(&scene, &template, &asked).await.as_slice()),
        wanted.get(..2)
    );
    addressed(&scene, &template, "eve@example.org").await;
    assert_eq!(holders(&scene, &template, &asked).await, wanted);
    assert!(scene.remove(&ada).await);
    assert_eq!(
        Some(holders(&scene, &template, &asked).await.as_slice()),
        wanted.get(1..)
    );
}

/// Nobody is told of the holders of another organization's template.
pub async fn foreign_holders_are_not_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let foreign = scene.template_of(other.id).await;
    let mail = addressed(&scene, &foreign, "ada@example.org")
        .await
        .recipient
        .mail;
    assert_eq!(holders(&scene, &foreign, &[mail]).await, []);
}

/// As many are found at once as are issued at once.
pub async fn a_whole_batch_of_holders_is_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let mut mails = Vec::new();
    for _ in 0..MAX_BATCH {
        mails.push(scene.samples.recipient(&template).mail);
    }
    let batch: Vec<_> = mails
        .iter()
        .step_by(2)
        .map(|mail| {
            scene.samples.new_for(Recipient {
                mail: mail.clone(),
                ..scene.samples.recipient(&template)
            })
        })
        .collect();
    ok(scene.recipients.issue(&batch).await);
    let mut wanted: Vec<_> = batch.into_iter().map(|new| new.recipient.mail).collect();
    wanted.sort_unstable();
    assert_eq!(holders(&scene, &template, &mails).await, wanted);
}
