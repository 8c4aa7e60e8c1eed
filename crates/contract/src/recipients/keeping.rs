//! What is kept reads back equal.

use symbolon_domain::{
    access_token::{AccessToken, Dossier},
    page::PageRequest,
    port::recipients::{NewRecipient, RecipientFilter, RecipientOrder},
    recipient::{Locale, Recipient, Revocation},
    sealed::SealedSecret,
    template::Template,
    text::{ExternalId, MailAddress, PersonName, RevocationReason},
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::{key_id, mail_address, now, person_name, revocation},
    scene::{Scene, Stage, ok},
};

/// A recipient with as little in it as may be, and one with as much, in every language.
pub async fn what_is_kept_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let at = |millis| Some(now().plus_millis(millis));
    for locale in Locale::ALL {
        let least = Recipient {
            last_name: None,
            locale,
            ..scene.samples.recipient(&template)
        };
        let most = Recipient {
            locale,
            external_id: ExternalId::parse("HR-4711").ok(),
            is_test: true,
            issued_at: now().plus_millis(-5),
            expires_at: at(5),
            first_claimed_at: at(6),
            revocation: Some(revocation(now().plus_millis(7))),
            ..scene.samples.recipient(&template)
        };
        for recipient in [least, most] {
            let mut new = scene.samples.new_for(recipient);
            new.mail = None;
            reads_back_equal(&scene, &template, &new).await;
        }
    }
}

/// An access token with as little in it as may be, and one with as much.
pub async fn every_part_of_an_access_token_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let at = |millis| Some(now().plus_millis(millis));
    let least = AccessToken {
        sealed: None,
        ..scene.samples.new_recipient(&template).token
    };
    let most = AccessToken {
        generation: u32::MAX,
        binding: Some(scene.samples.binding()),
        revoked_at: at(1),
        reset_request: Some(scene.samples.reset_request()),
        first_opened_at: at(2),
        opens: (1 << 53) + 1,
        ..least.clone()
    };
    for token in [least, most] {
        let mut new = scene.samples.new_recipient(&template);
        new.mail = None;
        new.token = AccessToken {
            id: new.token.id,
            recipient: new.token.recipient,
            digest: new.token.digest,
            ..token
        };
        reads_back_equal(&scene, &template, &new).await;
    }
}

/// Texts count characters, not bytes, and are kept as they are: neither folded nor escaped.
pub async fn every_text_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let domain = ["abcdefghi"; 18].join(".");
    let longest = mail_address(&format!("{}@{domain}.example", "L".repeat(64)));
    assert!(longest.as_str().len() > MailAddress::MAX - 8);
    for text in [
        "𒀀", "x", "'", "\"", "%", "_", "\\", "\u{e9}", "ß", "{}", ";--", "\u{65e5}",
    ] {
        let fill = |max: usize| -> String { text.chars().cycle().take(max).collect() };
        let recipient = Recipient {
            first_name: person_name(&fill(PersonName::MAX)),
            last_name: Some(person_name(&fill(PersonName::MAX))),
            mail: longest.clone(),
            external_id: ExternalId::parse(&fill(ExternalId::MAX)).ok(),
            revocation: Some(Revocation {
                at: now(),
                reason: RevocationReason::parse(&fill(RevocationReason::MAX)).ok(),
            }),
            ..scene.samples.recipient(&template)
        };
        assert!(recipient.external_id.is_some());
        let mut new = scene.samples.new_for(recipient);
        new.mail = None;
        reads_back_equal(&scene, &template, &new).await;
    }
}

/// Instants from the year 1 to the year 9999, to the millisecond, also before 1970; a revocation with and without reason.
pub async fn every_instant_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for (early, late) in [
        (Timestamp::MIN, Timestamp::MAX),
        (Timestamp::from_millis(-1), Timestamp::from_millis(0)),
        (Timestamp::from_millis(-1_001), Timestamp::from_millis(1)),
        (Timestamp::MIN.plus_millis(1), Timestamp::MAX.plus_millis(-1)),
    ] {
        let recipient = Recipient {
            created_at: early,
            issued_at: early,
            expires_at: Some(late),
            first_claimed_at: Some(late),
            revocation: Some(Revocation {
                at: late,
                reason: None,
            }),
            ..scene.samples.recipient(&template)
        };
        let mut new = scene.samples.new_for(recipient);
        new.mail = None;
        new.token.created_at = early;
        new.token.first_opened_at = Some(early);
        new.token.revoked_at = Some(late);
        // Nothing is kept of a link that is good for nothing.
        new.token.sealed = None;
        new.token.binding = Some(scene.samples.binding()).map(|mut binding| {
            binding.bound_at = late;
            binding
        });
        reads_back_equal(&scene, &template, &new).await;
    }
}

/// Digests and sealed copies are bytes of any value, under a key of any name.
pub async fn every_byte_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    for (pepper, byte) in [("00000000", 0), ("zzzzzzzz", 0xff), ("a1b2c3d4", b'\'')] {
        let mut new = scene.samples.new_recipient(&template);
        new.mail = None;
        new.token.sealed = Some(SealedSecret::from_bytes(vec![byte; 72]));
        new.token.digest.pepper = key_id(pepper);
        new.token.digest.bytes = [byte; 32];
        reads_back_equal(&scene, &template, &new).await;
    }
}

/// By all ways that lead to a recipient.
async fn reads_back_equal(stage: &Stage, template: &Template, new: &NewRecipient) {
    stage.keep_recipient(new).await;
    let recipient = &new.recipient;
    let wanted = Dossier {
        organization: stage.owner.clone(),
        template: template.clone(),
        recipient: recipient.clone(),
        token: new.token.clone(),
        mail: None,
    };
    assert_eq!(stage.dossier_of(new).await, wanted, "by its organization and id");
    let by_id = ok(stage.recipients.find_by_id(recipient.id).await);
    assert_eq!(by_id.as_ref(), Some(&wanted), "by its id");
    assert_eq!(stage.dossier(&new.token).await, wanted, "by its token");

    let page = PageRequest::new(1, 100);
    let (filter, order) = (RecipientFilter::default(), RecipientOrder::default());
    let listed = ok(stage.recipients.list(stage.owner.id, &filter, order, page).await);
    contains(&listed.items, &wanted, "in a list");
    if recipient.revocation.is_none() {
        let with_mail = ok(stage.recipients.with_mail(&recipient.mail, 1_000).await);
        contains(&with_mail, &wanted, "by its mail address");
    }
    if let Some(binding) = &new.token.binding {
        let held = stage.recipients.held_by(&binding.connection.profile, page);
        contains(&ok(held.await).items, &wanted, "by who holds it");
    }
}

fn contains(dossiers: &[Dossier], wanted: &Dossier, way: &str) {
    let found = dossiers
        .iter()
        .find(|found| found.recipient.id == wanted.recipient.id);
    assert_eq!(found, Some(wanted), "{way}");
}
