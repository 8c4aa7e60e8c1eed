//! The promises of [`ActivityLog`](symbolon_domain::port::activity::ActivityLog).

mod looking_back;
mod looking_forward;
mod naming;

pub use looking_back::*;
pub use looking_forward::*;
pub use naming::*;

use std::net::IpAddr;

use symbolon_domain::{
    activity::{About, Action, ActivityEntry, Actor, Attribution},
    authorization_token::AuthorizationToken,
    page::PageRequest,
    time::Timestamp,
};

use crate::{
    Fixture,
    pages::{page_of, past_seven, within_seven},
    race::{RIVALS, race},
    sample::now,
    scene::{Scene, ok},
};

/// Every action, by every kind of actor, about one token, two tokens, or none.
pub async fn every_action_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (token, other) = (scene.token().await, scene.token().await);
    let mut log = scene.log().await;
    for (number, action) in Action::ALL.iter().enumerate() {
        let entry = match number % 3 {
            0 => scene.samples.entry(scene.owner.id, *action),
            1 => scene.samples.entry_by(&token, *action),
            _ => ActivityEntry {
                about: About::rotation(token.id, other.id),
                ..scene.samples.entry_by(&token, *action)
            },
        };
        ok(scene.activity.append(&entry).await);
        log.push(entry);
        assert_eq!(scene.log().await, log);
    }
}

/// Templates, recipients, access tokens and administrators stand in the log together and alone, also where there are no such any more:
/// of what was deleted the log keeps the id.
pub async fn everything_an_act_can_be_about_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let template = scene.samples.template(scene.owner.id);
    let new = scene.samples.new_recipient(&template);
    let administrator = scene.samples.administrator(scene.owner.id);
    let mut log = scene.log().await;
    for bits in 0..32_u8 {
        let has = |bit: u8| bits & (1 << bit) != 0;
        let about = About {
            token: has(0).then_some(token.id),
            other_token: None,
            template: has(1).then_some(template.id),
            recipient: has(2).then_some(new.recipient.id),
            access_token: has(3).then_some(new.token.id),
            administrator: has(4).then_some(administrator.id),
        };
        let entry = ActivityEntry {
            about,
            ..scene.samples.entry(scene.owner.id, Action::IntegrityFailed)
        };
        ok(scene.activity.append(&entry).await);
        log.push(entry);
    }
    assert_eq!(scene.log().await, log);
}

/// Where a request came from: of both address families, with and without either part, told apart to the last bit.
pub async fn every_attribution_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let mut log = scene.log().await;
    let addresses = [
        "0.0.0.0",
        "203.0.113.7",
        "255.255.255.255",
        "::",
        "2001:db8::7",
        "::ffff:203.0.113.7",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ];
    let administrator = scene.samples.administrator(scene.owner.id);
    let actors = [
        Actor::Operator,
        Actor::Token(token.id),
        Actor::Administrator(administrator.id),
        Actor::Recipient,
    ];
    let addresses = addresses.map(|text| text.parse::<IpAddr>().expect("the sample is an address"));
    for address in addresses.into_iter().map(Some).chain([None]) {
        for request_id in [Some("018f2b5e-6c1d-7000-8000-0123456789ab".to_owned()), None] {
            for actor in actors {
                let attribution = Attribution {
                    actor,
                    request_id: request_id.clone(),
                    address,
                };
                let entry = ActivityEntry {
                    attribution,
                    ..scene.samples.entry(scene.owner.id, Action::TokenRevealed)
                };
                ok(scene.activity.append(&entry).await);
                log.push(entry);
            }
        }
    }
    assert_eq!(scene.log().await, log);
}

/// Entries stand in the order in which they were appended, whatever their instants and ids say.
pub async fn entries_stand_in_the_order_of_their_appending<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut log = scene.log().await;
    let instants = [
        now().plus_seconds(60),
        now(),
        Timestamp::MAX,
        Timestamp::MIN,
        Timestamp::from_millis(-1),
        now(),
        now(),
        now().plus_millis(1),
    ];
    for at in instants {
        let entry = ActivityEntry {
            at,
            ..scene.samples.entry(scene.owner.id, Action::TokenRevealed)
        };
        ok(scene.activity.append(&entry).await);
        log.push(entry);
    }
    assert_eq!(scene.log().await, log);
}

/// What changes write and what is appended stands in one log, in the order in which it was done.
pub async fn changes_and_appended_entries_share_one_order<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let entry = scene.samples.entry_by(&token, Action::TokenRevealed);
    ok(scene.activity.append(&entry).await);
    scene.describe(&token, None, now()).await;
    let successor = scene.rotated(&token).await;
    ok(scene
        .activity
        .append(&scene.samples.entry_by(&successor, Action::RotationReplayed))
        .await);
    scene.revoke(&successor, now()).await;
    scene.cancel(scene.owner.id, now()).await;

    let actions: Vec<_> = scene.log().await.iter().map(|entry| entry.action).collect();
    let wanted = [
        Action::OrganizationCreated,
        Action::TokenCreated,
        Action::TokenRevealed,
        Action::TokenDescribed,
        Action::TokenRotated,
        Action::RotationReplayed,
        Action::TokenRevoked,
        Action::OrganizationCancelled,
    ];
    assert_eq!(actions, wanted);
}

/// An organization's log holds its own entries, and is empty where there is no such organization.
pub async fn the_log_shows_one_organization<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let (ours, theirs) = (scene.log().await, scene.log_of(other.id).await.items);
    assert_eq!((ours.len(), theirs.len()), (1, 1));

    let entry = scene.samples.entry(other.id, Action::TokenRevealed);
    ok(scene.activity.append(&entry).await);
    assert_eq!(scene.log().await, ours);
    let log = scene.log_of(other.id).await;
    assert_eq!((log.total_count, log.items), (2, [theirs, vec![entry]].concat()));

    let nobody = scene.samples.organization();
    let log = scene.log_of(nobody.id).await;
    assert_eq!((log.total_count, log.items), (0, vec![]));
}

/// All pages together are the log, each entry on one of them, and every page says how long the whole is.
pub async fn pages_cut_the_log_without_gap_or_overlap<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let log = seven(&scene).await;
    for request in within_seven() {
        let page = ok(scene.activity.list(scene.owner.id, request).await);
        assert_eq!(page, page_of(&log, request), "{request:?}");
    }
}

/// Past the end there is nothing, however far, and it still says how long the whole is.
pub async fn a_page_past_the_end_is_empty_and_still_counts<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let log = seven(&scene).await;
    for request in past_seven() {
        let page = ok(scene.activity.list(scene.owner.id, request).await);
        assert_eq!(page, page_of(&log, request), "{request:?}");
        assert_eq!((page.items.len(), page.total_count), (0, 7), "{request:?}");
    }
}

/// Entries that many append at once are all kept, each once, and are in the log when the call returns.
pub async fn no_entry_of_many_is_lost<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let token = scene.token().await;
    let appended = race(RIVALS, |_| {
        let (scene, token): (_, AuthorizationToken) = (scene.clone(), token.clone());
        async move {
            let entry = scene.samples.entry_by(&token, Action::TokenRevealed);
            ok(scene.activity.append(&entry).await);
            assert!(scene.log().await.contains(&entry), "it is in the log at once");
            entry
        }
    })
    .await;
    let log = scene.log_of(scene.owner.id).await;
    assert_eq!(log.total_count, RIVALS + 2);
    for entry in appended {
        let kept = log.items.iter().filter(|kept| **kept == entry).count();
        assert_eq!(kept, 1);
    }
    let again = ok(scene
        .activity
        .list(scene.owner.id, PageRequest::new(1, 100))
        .await);
    assert_eq!(again, log);
}

/// The log of the owner, filled up to seven entries.
async fn seven<F: Fixture>(scene: &Scene<F>) -> Vec<ActivityEntry> {
    while scene.log().await.len() < 7 {
        let entry = scene.samples.entry(scene.owner.id, Action::TokenRevealed);
        ok(scene.activity.append(&entry).await);
    }
    scene.log().await
}
