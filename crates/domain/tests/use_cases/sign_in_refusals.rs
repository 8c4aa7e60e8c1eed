//! Sign-ins that sign in nobody.

use super::{
    providers::{Away, Providers, begin, provider, signed_in},
    support::{issued, log, organization, ports},
};
use symbolon_domain::{
    access_token::{AccessState, Refusal},
    port::{
        Ports,
        sign_in::{Callback, SignInError},
    },
    secret::BrowserSecret,
    service::{
        begin_sign_in::{BeginSignIn, BeginSignInError},
        caller::Authority,
        change_recipient::DeleteRecipient,
        change_template::{ChangeTemplate, TemplateAct},
        enter::Arrival,
        finish_sign_in::{FinishSignIn, FinishSignInError},
    },
    sign_in::{SIGN_IN_SECONDS, SignInPurpose},
    social_profile::ProviderId,
};

async fn is_unknown(ports: &Ports, providers: &Providers, away: &Away) -> bool {
    let back = away.back(ports, providers).await;
    matches!(back, Err(FinishSignInError::Unknown))
}

#[tokio::test]
async fn an_unknown_provider_is_not_begun_with() {
    let (ports, _) = ports();
    let begun = BeginSignIn {
        provider: &ProviderId::parse("nobody").unwrap(),
        purpose: SignInPurpose::Recipient(None),
        browser: None,
    };
    let begun = begun.run(&ports, &Providers::of("ada")).await;
    assert!(matches!(
        begun,
        Err(BeginSignInError::Provider(SignInError::UnknownProvider))
    ));
}

#[tokio::test]
async fn a_callback_is_good_once() {
    let (ports, _) = ports();
    let providers = Providers::of("ada");
    let away = begin(&ports, &providers, None).await;
    away.back(&ports, &providers).await.unwrap();
    assert!(is_unknown(&ports, &providers, &away).await);
}

#[tokio::test]
async fn another_browser_is_refused_and_burns_nothing() {
    let (ports, _) = ports();
    let providers = Providers::of("mallory");
    let away = begin(&ports, &providers, None).await;
    let elsewhere = begin(&ports, &providers, None).await;
    for browser in [
        elsewhere.browser,
        BrowserSecret::generate(ports.entropy.as_ref()).unwrap(),
    ] {
        let stolen = Away {
            state: symbolon_domain::secret::SignInSecret::parse(away.state.expose()).unwrap(),
            browser,
        };
        assert!(is_unknown(&ports, &providers, &stolen).await);
    }
    away.back(&ports, &providers).await.unwrap();
}

#[tokio::test]
async fn a_browser_can_be_in_two_sign_ins() {
    let (ports, _) = ports();
    let providers = Providers::of("ada");
    let first = begin(&ports, &providers, None).await;
    let again = BeginSignIn {
        provider: &provider(),
        purpose: SignInPurpose::Recipient(None),
        browser: Some(BrowserSecret::parse(first.browser.expose()).unwrap()),
    };
    let again = again.run(&ports, &providers).await.unwrap();
    assert_eq!(again.browser.expose(), first.browser.expose());
    first.back(&ports, &providers).await.unwrap();
}

#[tokio::test]
async fn the_redirect_uri_of_another_provider_is_refused() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let token = issued(&ports, &owner).await.dossier.token.id;
    let providers = Providers::of("ada");
    let away = begin(&ports, &providers, Some(token)).await;
    let other = ProviderId::parse("others").unwrap();
    let back = away.back_to(&ports, &providers, &other, None).await;
    assert!(matches!(back, Err(FinishSignInError::Unknown)));
    let found = ports.access.find_by_id(token).await.unwrap().unwrap();
    assert_eq!(found.token.state(), AccessState::Free);
}

#[tokio::test]
async fn a_sign_in_is_given_up_after_ten_minutes() {
    let (ports, clock) = ports();
    let providers = Providers::of("ada");
    let (early, late) = (
        begin(&ports, &providers, None).await,
        begin(&ports, &providers, None).await,
    );
    clock.advance(SIGN_IN_SECONDS * 1_000 - 1);
    early.back(&ports, &providers).await.unwrap();
    clock.advance(1);
    assert!(is_unknown(&ports, &providers, &late).await);
}

#[tokio::test]
async fn who_declines_is_told_where_they_came_from() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let token = issued(&ports, &owner).await.dossier.token.id;
    let providers = Providers::of("ada");
    let away = begin(&ports, &providers, Some(token)).await;
    let declined = FinishSignIn {
        provider: &provider(),
        state: &away.state,
        browser: &away.browser,
        callback: None,
    };
    let declined = declined.run(&ports, &providers).await;
    assert!(
        matches!(declined, Err(FinishSignInError::Declined(purpose)) if purpose == SignInPurpose::Recipient(Some(token)))
    );
    assert!(is_unknown(&ports, &providers, &away).await);
}

#[tokio::test]
async fn a_sign_in_that_proves_nothing_binds_nothing() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let token = issued(&ports, &owner).await.dossier.token.id;
    let before = log(&ports, &owner).await;
    let invalid = SignInError::Invalid("the nonce is another".to_owned());
    let providers = Providers::failing(invalid.clone());
    let away = begin(&ports, &providers, Some(token)).await;
    let back = away.back(&ports, &providers).await;
    assert!(matches!(back, Err(FinishSignInError::Provider(_, error)) if error == invalid));
    let found = ports.access.find_by_id(token).await.unwrap().unwrap();
    assert_eq!(found.token.state(), AccessState::Free);
    assert_eq!(log(&ports, &owner).await, before);
    assert!(is_unknown(&ports, &providers, &away).await);
}

#[tokio::test]
async fn what_is_paused_while_somebody_signs_in_is_not_claimed() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let providers = Providers::of("ada");
    let away = begin(&ports, &providers, Some(made.dossier.token.id)).await;
    let pause = ChangeTemplate {
        authority: Authority::Operator(&owner),
        id: made.dossier.template.id,
        act: TemplateAct::Pause,
    };
    pause.run(&ports).await.unwrap();
    let back = away.back(&ports, &providers).await.unwrap();
    assert!(matches!(
        back.arrival,
        Arrival::Refused(_, Refusal::TemplatePaused)
    ));
}

#[tokio::test]
async fn a_sign_in_for_what_was_deleted_is_over() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let token = made.dossier.token.id;
    let providers = Providers::of("ada");
    let away = begin(&ports, &providers, Some(token)).await;
    let delete = DeleteRecipient {
        authority: Authority::Operator(&owner),
        recipient: made.dossier.recipient.id,
    };
    assert!(delete.run(&ports).await.unwrap());
    assert!(is_unknown(&ports, &providers, &away).await);
    let late = begin(&ports, &providers, Some(token)).await;
    assert!(is_unknown(&ports, &providers, &late).await);
}

#[tokio::test]
async fn what_a_test_hides_the_callback_shows_to_nobody() {
    let callback = Callback {
        code: "code".to_owned(),
        issuer: Some("https://people.example".to_owned()),
    };
    assert_eq!(format!("{callback:?}"), "Callback(…)");
    let (ports, _) = ports();
    let ada = signed_in(&ports, "ada", None).await;
    assert!(!format!("{ada:?}").contains(ada.session.expose()));
}
