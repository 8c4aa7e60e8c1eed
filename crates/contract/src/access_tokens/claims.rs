//! Claims: who is bound, and what is kept of it.

use symbolon_domain::{
    access_token::{AccessToken, Binding, Refusal},
    activity::Action,
    mail::MailKind,
    port::access_tokens::{AccessRecord, Claim},
    recipient::Recipient,
    social_profile::{Connection, ProviderId, SocialProfile},
};

use super::{knows, refuses};
use crate::{
    Fixture,
    sample::{connection, now},
    scene::{Scene, ok},
};

/// A claim keeps who and when, and when the first was; nothing else of the token or the recipient changes.
pub async fn a_claim_keeps_who_and_when<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let connection = scene.samples.connection();
    let at = now().plus_millis(7);
    assert_eq!(scene.claim(&new.token, &connection, at).await, Claim::Bound);
    let dossier = scene.dossier(&new.token).await;
    let bound = AccessToken {
        binding: Some(Binding {
            connection,
            bound_at: at,
        }),
        ..new.token.clone()
    };
    let claimed = Recipient {
        first_claimed_at: Some(at),
        ..new.recipient.clone()
    };
    assert_eq!((dossier.token, dossier.recipient), (bound, claimed));
}

/// The entry and the mail are the ones that were given, whole, and there is one of each.
pub async fn a_claim_appends_its_entry_and_queues_its_mail<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let (log, mails) = (scene.log().await, scene.mails(&new).await);
    let entry = scene
        .samples
        .entry_about(&new.token, new.recipient.template, Action::AccessClaimed);
    let mut mail = scene.samples.mail(&new.token, MailKind::Claimed);
    mail.created_at = now().plus_millis(1);
    let record = AccessRecord {
        entry: &entry,
        mail: Some(&mail),
    };
    let connection = scene.samples.connection();
    let claim = ok(scene.access.claim(new.token.id, &connection, record, now()).await);
    assert_eq!(claim, Claim::Bound);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    assert_eq!(scene.mails(&new).await, [mails, vec![mail]].concat());
}

/// A record without a mail queues none.
pub async fn a_claim_without_a_mail_queues_none<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let mails = scene.mails(&new).await;
    let entry = scene
        .samples
        .entry_about(&new.token, new.recipient.template, Action::AccessClaimed);
    let record = AccessRecord {
        entry: &entry,
        mail: None,
    };
    let connection = scene.samples.connection();
    let claim = scene.access.claim(new.token.id, &connection, record, now());
    assert_eq!(ok(claim.await), Claim::Bound);
    assert_eq!(scene.mails(&new).await, mails);
}

/// A claim binds one token: others on the template stay free, and one profile can claim any number.
pub async fn a_claim_binds_one_token<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let template = scene.template().await;
    let news = [
        scene.recipient_on(&template).await,
        scene.recipient_on(&template).await,
        scene.recipient().await,
    ];
    let connection = scene.samples.connection();
    for (place, new) in news.iter().enumerate() {
        for free in news.iter().skip(place) {
            assert_eq!(scene.dossier(&free.token).await.token, free.token);
        }
        assert_eq!(scene.claim(&new.token, &connection, now()).await, Claim::Bound);
    }
    for new in &news {
        knows(&scene, &new.token, &connection).await;
    }
}

/// Profiles are compared byte for byte: another issuer, another subject, another case, a space more, composed otherwise.
pub async fn profiles_that_differ_in_anything_are_others<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let holder = connection("https://people.example", "Zo\u{eb}");
    assert_eq!(scene.claim(&new.token, &holder, now()).await, Claim::Bound);
    for (issuer, subject) in [
        ("https://people.example/", "Zo\u{eb}"),
        ("http://people.example", "Zo\u{eb}"),
        ("https://PEOPLE.example", "Zo\u{eb}"),
        ("https://people.example", "zo\u{eb}"),
        ("https://people.example", "Zo\u{eb} "),
        ("https://people.example", " Zo\u{eb}"),
        ("https://people.example", "Zoe\u{308}"),
        ("https://people.example", "Zoe"),
        ("Zo\u{eb}", "https://people.example"),
    ] {
        let other = connection(issuer, subject);
        refuses(&scene, &new.token, &other, &Refusal::InUseByAnother).await;
    }
    knows(&scene, &new.token, &holder).await;
}

/// Issuers and subjects of any characters and the greatest length are kept as they are.
pub async fn every_profile_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for text in ["𒀀", "x", "'", "%_\\", "\u{e9}", " "] {
        let longest: String = text.chars().cycle().take(SocialProfile::MAX).collect();
        for (issuer, subject) in [(longest.as_str(), text), (text, longest.as_str())] {
            let new = scene.recipient().await;
            let connection = Connection {
                provider: ProviderId::parse(&"a-9".repeat(10)).expect("the sample names a provider"),
                ..connection(issuer, subject)
            };
            assert_eq!(scene.claim(&new.token, &connection, now()).await, Claim::Bound);
            let kept = scene.dossier(&new.token).await.token.binding;
            let profile = kept.as_ref().map(|binding| binding.connection.profile.clone());
            assert!(
                profile.as_ref() == Some(&connection.profile),
                "{issuer} {subject}"
            );
            assert_eq!(kept.map(|binding| binding.connection), Some(connection));
        }
    }
}

/// Who somebody is does not depend on the provider's name here or on the hint: they are known, and what was kept stays.
pub async fn a_profile_is_known_whatever_its_provider_is_called<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, holder) = scene.claimed().await;
    let same = Connection {
        provider: ProviderId::parse("renamed").expect("the sample names a provider"),
        hint: scene.samples.connection().hint,
        ..holder
    };
    knows(&scene, &new.token, &same).await;
}

/// When a credential was first claimed stays for good: after a reset, a later claim, and a replacement.
pub async fn a_later_claim_keeps_when_the_first_was<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (new, _) = scene.claimed().await;
    let first = |dossier: symbolon_domain::access_token::Dossier| dossier.recipient.first_claimed_at;
    scene.reset(&new).await;
    assert_eq!(first(scene.dossier_of(&new).await), Some(now()));
    let later = now().plus_seconds(60);
    let connection = scene.samples.connection();
    assert_eq!(scene.claim(&new.token, &connection, later).await, Claim::Bound);
    let dossier = scene.dossier_of(&new).await;
    let bound_at = dossier.token.binding.as_ref().map(|binding| binding.bound_at);
    assert_eq!((bound_at, first(dossier)), (Some(later), Some(now())));
    scene.replaced(&new.token).await;
    assert_eq!(first(scene.dossier_of(&new).await), Some(now()));
}

/// A token that is not kept is absent, and nothing is written.
pub async fn an_unknown_token_is_not_claimed<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let new = scene.recipient().await;
    let before = scene.shown().await;
    let unknown = scene.samples.access_token(&new.recipient);
    let connection = scene.samples.connection();
    assert_eq!(scene.claim(&unknown, &connection, now()).await, Claim::Absent);
    assert_eq!(scene.shown().await, before);
}
