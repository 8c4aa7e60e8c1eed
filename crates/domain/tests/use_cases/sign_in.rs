//! Signing in: where people arrive, and what lets them in again.

use super::{
    providers::{Providers, begin, connection, provider, signed_in},
    support::{around_a_new_pepper, issued, logged, organization, ports},
};
use symbolon_domain::{
    access_token::{Refusal, ViewStanding},
    activity::{Action, Actor},
    mail::MailKind,
    page::PageRequest,
    service::{
        enter::Arrival,
        resume_session::{end_session, resume_session},
        view_credential::{list_holdings, view_credential},
    },
    session::{ABSOLUTE_SECONDS, IDLE_SECONDS, TOUCH_SECONDS},
};

#[tokio::test]
async fn whoever_comes_first_claims_and_is_known_from_then_on() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    let (token, id) = (made.dossier.token.id, made.dossier.recipient.id);

    for is_first in [true, false] {
        let ada = signed_in(&ports, "ada", Some(token)).await;
        let Arrival::Credential { dossier, is_new } = ada.arrival else {
            panic!("it is theirs");
        };
        assert_eq!((dossier.recipient.id, is_new), (id, is_first));
        let profile = &ada.connection.profile;
        let (_, view) = view_credential(&ports, id, profile).await.unwrap().unwrap();
        assert_eq!(view, ViewStanding::Holder);
    }
    let mallory = signed_in(&ports, "mallory", Some(token)).await;
    assert!(matches!(
        mallory.arrival,
        Arrival::Refused(_, Refusal::InUseByAnother)
    ));
    let profile = &mallory.connection.profile;
    let nothing = view_credential(&ports, id, profile).await.unwrap();
    assert!(nothing.is_none(), "not theirs cannot be told from not there");

    assert_eq!(logged(&ports, &owner, Action::AccessClaimed).await, 1);
    let mails = ports.outbox.about(owner.id, &[id]).await.unwrap();
    let claimed = mails.iter().filter(|mail| mail.kind == MailKind::Claimed);
    assert_eq!(claimed.count(), 1);
}

#[tokio::test]
async fn the_log_does_not_keep_who_claimed() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    signed_in(&ports, "ada", Some(made.dossier.token.id)).await;
    let log = ports
        .activity
        .list(owner.id, PageRequest::default())
        .await
        .unwrap();
    let claimed = log.items.last().unwrap();
    assert_eq!(claimed.action, Action::AccessClaimed);
    assert_eq!(claimed.attribution.actor, Actor::Recipient);
    assert_eq!(claimed.attribution.address, None);
    assert_eq!(claimed.about.access_token, Some(made.dossier.token.id));
    assert_eq!(claimed.about.recipient, Some(made.dossier.recipient.id));
}

#[tokio::test]
async fn without_a_token_people_arrive_at_what_they_hold() {
    let (ports, _) = ports();
    let owner = organization(&ports).await;
    let made = issued(&ports, &owner).await;
    signed_in(&ports, "ada", Some(made.dossier.token.id)).await;
    for (subject, wanted) in [("ada", 1), ("grace", 0)] {
        let somebody = signed_in(&ports, subject, None).await;
        assert!(matches!(somebody.arrival, Arrival::Holdings));
        let profile = &somebody.connection.profile;
        let held = list_holdings(&ports, profile, PageRequest::default())
            .await
            .unwrap();
        assert_eq!(held.total_count, wanted);
    }
}

#[tokio::test]
async fn a_session_lets_in_again_until_it_is_idle_too_long() {
    let (ports, clock) = ports();
    let ada = signed_in(&ports, "ada", None).await;
    for _ in 0..3 {
        clock.advance((IDLE_SECONDS - 1) * 1_000);
        let session = resume_session(&ports, &ada.session).await.unwrap().unwrap();
        assert_eq!(session.connection, connection("ada"));
    }
    clock.advance(IDLE_SECONDS * 1_000);
    assert!(resume_session(&ports, &ada.session).await.unwrap().is_none());
}

#[tokio::test]
async fn no_use_carries_a_session_past_its_end() {
    let (ports, clock) = ports();
    let ada = signed_in(&ports, "ada", None).await;
    let steps = ABSOLUTE_SECONDS / TOUCH_SECONDS;
    for _ in 1..steps {
        clock.advance(TOUCH_SECONDS * 1_000);
        assert!(resume_session(&ports, &ada.session).await.unwrap().is_some());
    }
    clock.advance(TOUCH_SECONDS * 1_000);
    assert!(resume_session(&ports, &ada.session).await.unwrap().is_none());
}

#[tokio::test]
async fn a_session_that_was_ended_lets_nobody_in() {
    let (ports, _) = ports();
    let (ada, elsewhere) = (
        signed_in(&ports, "ada", None).await,
        signed_in(&ports, "ada", None).await,
    );
    end_session(&ports, &ada.session).await.unwrap();
    assert!(resume_session(&ports, &ada.session).await.unwrap().is_none());
    end_session(&ports, &ada.session).await.unwrap();
    let other = resume_session(&ports, &elsewhere.session).await.unwrap();
    assert!(other.is_some());
}

#[tokio::test]
async fn a_browser_that_signs_in_again_has_one_session() {
    let (ports, _) = ports();
    let ada = signed_in(&ports, "ada", None).await;
    let providers = Providers::of("grace");
    let away = begin(&ports, &providers, None).await;
    let grace = away
        .back_to(&ports, &providers, &provider(), Some(&ada.session))
        .await;
    let grace = grace.unwrap();
    assert_ne!(grace.session.expose(), ada.session.expose());
    assert!(resume_session(&ports, &ada.session).await.unwrap().is_none());
    assert!(resume_session(&ports, &grace.session).await.unwrap().is_some());
}

/// B18: also where the session that the browser brings began under a pepper that has been replaced since.
#[tokio::test]
async fn a_session_of_an_earlier_pepper_ends_with_the_next_sign_in() {
    let (ports, _) = ports();
    let [before, after] = around_a_new_pepper(&ports);
    let ada = signed_in(&before, "ada", None).await;
    assert!(resume_session(&after, &ada.session).await.unwrap().is_some());
    let providers = Providers::of("ada");
    let away = begin(&after, &providers, None).await;
    away.back_to(&after, &providers, &provider(), Some(&ada.session))
        .await
        .unwrap();
    for ports in [&before, &after] {
        assert!(resume_session(ports, &ada.session).await.unwrap().is_none());
    }
}
