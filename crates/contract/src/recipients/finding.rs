//! Finding recipients.

use std::cmp::Reverse;

use symbolon_domain::{
    page::PageRequest,
    port::recipients::{RecipientFilter, RecipientOrder},
    recipient::Recipient,
};

use crate::{
    Fixture,
    sample::{mail_address, now, revocation},
    scene::{Scene, ok},
};

/// A recipient is found by their own organization, and by pages, which know no bounds; not by another organization.
pub async fn a_recipient_is_found_by_their_organization_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let new = scene.recipient().await;
    let id = new.recipient.id;
    assert_eq!(ok(scene.recipients.find(other.id, id).await), None);
    let found = ok(scene.recipients.find(scene.owner.id, id).await);
    assert!(found.is_some());
    assert_eq!(ok(scene.recipients.find_by_id(id).await), found);
}

/// Who is not kept is not found.
pub async fn an_unknown_recipient_is_not_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let nobody = scene.samples.new_recipient(&scene.template().await).recipient;
    assert_eq!(ok(scene.recipients.find(scene.owner.id, nobody.id).await), None);
    assert_eq!(ok(scene.recipients.find_by_id(nobody.id).await), None);
    assert_eq!(ok(scene.recipients.with_mail(&nobody.mail, 10).await), []);
}

/// All recipients with a mail address are found by it, of every organization, newest first, and no more than are wanted;
/// the address is compared exactly, and whose credential is revoked is not found.
pub async fn recipients_are_found_by_their_mail_address<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let mail = mail_address("a_a%@example.org");
    let mut wanted = Vec::new();
    for (owner, millis) in [
        (scene.owner.id, 5),
        (other.id, 0),
        (scene.owner.id, 9),
        (other.id, 5),
        (scene.owner.id, -3),
        (other.id, 5),
    ] {
        let template = scene.template_of(owner).await;
        let recipient = Recipient {
            mail: mail.clone(),
            created_at: now().plus_millis(millis),
            ..scene.samples.recipient(&template)
        };
        scene
            .keep_recipient(&scene.samples.new_for(recipient.clone()))
            .await;
        wanted.push(recipient);
    }
    let template = scene.template().await;
    for near in ["A_A%@example.org", "aba%@example.org", "a_abc@example.org"] {
        let recipient = Recipient {
            mail: mail_address(near),
            ..scene.samples.recipient(&template)
        };
        scene.keep_recipient(&scene.samples.new_for(recipient)).await;
    }
    let revoked = Recipient {
        mail: mail.clone(),
        revocation: Some(revocation(now())),
        ..scene.samples.recipient(&template)
    };
    scene.keep_recipient(&scene.samples.new_for(revoked)).await;
    wanted.sort_by_key(|recipient| Reverse((recipient.created_at, recipient.id)));
    for limit in [0, 1, 5, 6, 50, u32::MAX] {
        let found = ok(scene.recipients.with_mail(&mail, limit).await);
        let found: Vec<_> = found.into_iter().map(|found| found.recipient).collect();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let first: Vec<_> = wanted.iter().take(limit).cloned().collect();
        assert_eq!(found, first, "{limit}");
    }
}

/// Each is found with the token that has not been replaced, by every way.
pub async fn a_recipient_is_found_with_the_token_that_works<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let mut current = new.token.clone();
    for _ in 0..3 {
        current = scene.replaced(&current).await;
        let with_mail = ok(scene.recipients.with_mail(&new.recipient.mail, 10).await);
        let tokens: Vec<_> = with_mail.into_iter().map(|found| found.token).collect();
        assert_eq!(tokens, std::slice::from_ref(&current));
        assert_eq!(scene.dossier_of(&new).await.token, current);
        let (filter, order) = (RecipientFilter::default(), RecipientOrder::default());
        let page = PageRequest::default();
        let listed = ok(scene.recipients.list(scene.owner.id, &filter, order, page).await);
        assert_eq!(listed.total_count, 1);
        let tokens: Vec<_> = listed.items.into_iter().map(|found| found.token).collect();
        assert_eq!(tokens, std::slice::from_ref(&current));
    }
}
