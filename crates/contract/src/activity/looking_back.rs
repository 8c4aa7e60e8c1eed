//! Looking back from the end of the log.

use std::net::IpAddr;

use symbolon_domain::{
    activity::{About, Action, ActivityEntry, Actor, Attribution},
    id::OrganizationId,
    port::activity::{ActivityFilter, ActorKind, LogPlace, LogSide},
    time::Timestamp,
};

use crate::{
    Fixture,
    race::{RIVALS, race},
    sample::now,
    scene::{Scene, Stage, count, ok},
};

/// The latest entry stands first, whatever the instants and ids say, in the order of the log turned round; each with its
/// place, which falls.
pub async fn looking_back_shows_the_latest_first<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    varied(&scene).await;
    let mut log = scene.log().await;
    log.reverse();
    let found = look_back(&scene, &ActivityFilter::default(), None, 100).await;
    assert_eq!(entries(&found), log);
    assert!(
        found.is_sorted_by(|(one, _), (next, _)| one > next),
        "places fall"
    );
}

/// Whoever goes on where they stopped sees every entry once, in steps of whatever length, also while others are appended;
/// before the first entry there is nothing. A place is the same whenever it is told.
pub async fn looking_back_goes_on_where_it_stopped<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    varied(&scene).await;
    let all = look_back(&scene, &ActivityFilter::default(), None, 100).await;
    for limit in [1, 2, 3, 7, 100] {
        let mut seen = Vec::new();
        let mut side = all
            .first()
            .map(|(place, _)| LogSide::Before(LogPlace(place.0 + 1)));
        for _ in 0..=all.len() {
            let step = look_back(&scene, &ActivityFilter::default(), side, limit).await;
            assert!(count(&step) <= u64::from(limit));
            let Some((last, _)) = step.last() else { break };
            side = Some(LogSide::Before(*last));
            seen.extend(step);
            let meanwhile = scene.samples.entry(scene.owner.id, Action::TokenRevealed);
            ok(scene.activity.append(&meanwhile).await);
        }
        assert_eq!(seen, all, "in steps of {limit}");
    }
    assert_eq!(look_back(&scene, &ActivityFilter::default(), None, 0).await, []);
}

/// However instants go up and down along the log, those that a filter names are found, wherever they stand.
pub async fn instants_are_found_wherever_they_stand<F: Fixture>() {
    const DAY: i64 = 86_400_000;
    let scene = Scene::<F>::open().await;
    let instants = [
        Timestamp::MAX,
        Timestamp::from_millis(5 * DAY),
        Timestamp::from_millis(-1),
        Timestamp::MIN,
        Timestamp::from_millis(2 * DAY - 1),
        Timestamp::from_millis(-DAY),
        Timestamp::from_millis(2 * DAY),
        Timestamp::from_millis(0),
        Timestamp::from_millis(-DAY - 1),
        Timestamp::from_millis(DAY),
        Timestamp::from_millis(5 * DAY),
    ];
    for at in instants {
        let entry = ActivityEntry {
            at,
            ..scene.samples.entry(scene.owner.id, Action::TokenRevealed)
        };
        ok(scene.activity.append(&entry).await);
    }
    let log = look_back(&scene, &ActivityFilter::default(), None, 100).await;
    for since in instants {
        for until in instants.into_iter().map(Some).chain([None]) {
            let filter = ActivityFilter {
                since: Some(since),
                until,
                ..ActivityFilter::default()
            };
            let mut wanted = log.clone();
            wanted.retain(|(_, entry)| passes(entry, &filter));
            assert_eq!(look_back(&scene, &filter, None, 100).await, wanted, "{filter:?}");
            let open = ActivityFilter {
                since: None,
                ..filter
            };
            let mut wanted = log.clone();
            wanted.retain(|(_, entry)| passes(entry, &open));
            assert_eq!(look_back(&scene, &open, None, 100).await, wanted, "{open:?}");
        }
    }
}

/// Each condition lets through what it says, alone and with all the others; the steps count what is let through.
pub async fn looking_back_shows_what_the_filter_lets_through<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let samples = varied(&scene).await;
    let log = look_back(&scene, &ActivityFilter::default(), None, 100).await;
    for filter in filters(&samples) {
        let wanted: Vec<_> = log
            .iter()
            .filter(|(_, entry)| passes(entry, &filter))
            .cloned()
            .collect();
        let found = look_back(&scene, &filter, None, 100).await;
        assert_eq!(found, wanted, "{filter:?}");
        let mut steps = Vec::new();
        let mut side = None;
        for _ in 0..=wanted.len() {
            let step = look_back(&scene, &filter, side, 2).await;
            let is_full = step.len() == 2;
            side = step.last().map(|(place, _)| LogSide::Before(*place));
            steps.extend(step);
            if !is_full {
                break;
            }
        }
        assert_eq!(steps, wanted, "in steps, {filter:?}");
        let (oldest, _) = log.last().expect("the log has entries");
        let newer: Vec<_> = wanted.into_iter().filter(|(place, _)| place > oldest).collect();
        let mut steps = Vec::new();
        let mut side = LogSide::After(*oldest);
        for _ in 0..=newer.len() {
            let step = look_back(&scene, &filter, Some(side), 2).await;
            let Some((latest, _)) = step.first() else { break };
            side = LogSide::After(*latest);
            steps.splice(0..0, step);
        }
        assert_eq!(steps, newer, "in steps forward, {filter:?}");
    }
}

/// An administrator, or a token, finds what they did and what was done to them; a successor the rotation that it came of.
pub async fn whoever_did_it_or_had_it_done_to_them_finds_it<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (actor, other) = (
        scene.samples.administrator(scene.owner.id),
        scene.samples.administrator(scene.owner.id),
    );
    let (token, successor) = (scene.sample(), scene.sample());
    let did = scene.samples.entry_of(&actor, Action::TemplateCreated);
    let both = ActivityEntry {
        about: About::administrator(other.id),
        ..scene.samples.entry_of(&actor, Action::RoleChanged)
    };
    let suffered = ActivityEntry {
        about: About::administrator(actor.id),
        ..scene.samples.entry(scene.owner.id, Action::AdministratorInvited)
    };
    let rotation = ActivityEntry {
        about: About::rotation(token.id, successor.id),
        ..scene.samples.entry_by(&token, Action::TokenRotated)
    };
    let issued = ActivityEntry {
        about: About::default(),
        ..scene.samples.entry_by(&token, Action::CredentialIssued)
    };
    for entry in [&did, &both, &suffered, &rotation, &issued] {
        ok(scene.activity.append(entry).await);
    }
    let by_administrator = |id| ActivityFilter {
        administrator: Some(id),
        ..ActivityFilter::default()
    };
    let by_token = |id| ActivityFilter {
        token: Some(id),
        ..ActivityFilter::default()
    };
    for (filter, wanted) in [
        (by_administrator(actor.id), vec![&suffered, &both, &did]),
        (by_administrator(other.id), vec![&both]),
        (by_token(token.id), vec![&issued, &rotation]),
        (by_token(successor.id), vec![&rotation]),
    ] {
        let found = look_back(&scene, &filter, None, 100).await;
        assert_eq!(entries(&found).iter().collect::<Vec<_>>(), wanted, "{filter:?}");
    }
}

/// An organization looks back at its own entries only, whatever the filter and whatever the place.
pub async fn looking_back_shows_one_organization<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let administrator = scene.samples.administrator(scene.owner.id);
    let mut wanted = look_back(&scene, &ActivityFilter::default(), None, 100).await;
    for _ in 0..3 {
        let ours = scene.samples.entry_of(&administrator, Action::TokenRevealed);
        ok(scene.activity.append(&ours).await);
        let foreign = ActivityEntry {
            organization: other.id,
            ..scene.samples.entry_of(&administrator, Action::TokenRevealed)
        };
        ok(scene.activity.append(&foreign).await);
        wanted.insert(0, (LogPlace(0), ours));
    }
    let found = look_back(&scene, &ActivityFilter::default(), None, 100).await;
    assert_eq!(entries(&found), entries(&wanted));
    let filter = ActivityFilter {
        administrator: Some(administrator.id),
        ..ActivityFilter::default()
    };
    let theirs = looked_back(&scene, other.id, &filter, None).await;
    assert_eq!(theirs.len(), 3);
    let (last, _) = theirs.last().expect("there are three");
    let before = Some(LogSide::Before(*last));
    assert_eq!(looked_back(&scene, other.id, &filter, before).await, []);
    let ours = looked_back(&scene, other.id, &filter, Some(LogSide::After(LogPlace(0)))).await;
    assert_eq!(ours, theirs);
    let nobody = scene.samples.organization();
    assert_eq!(
        looked_back(&scene, nobody.id, &ActivityFilter::default(), None).await,
        []
    );
}

/// However many append at once, whoever looks back sees all of it, each entry at a place of its own, in the order of the
/// log; and an entry is there when the call that appended it returns.
pub async fn no_entry_of_many_is_missing_when_looking_back<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    race(RIVALS, |_| {
        let scene = scene.clone();
        async move {
            let entry = scene.samples.entry(scene.owner.id, Action::TokenRevealed);
            ok(scene.activity.append(&entry).await);
            let found = look_back(&scene, &ActivityFilter::default(), None, 100).await;
            assert!(entries(&found).contains(&entry), "it is there at once");
        }
    })
    .await;
    let mut log = scene.log().await;
    log.reverse();
    let found = look_back(&scene, &ActivityFilter::default(), None, 100).await;
    assert_eq!(count(&found), RIVALS + 1);
    assert_eq!(entries(&found), log);
    assert!(
        found.is_sorted_by(|(one, _), (next, _)| one > next),
        "places fall"
    );
}

/// Entries by every kind of actor about everything there is, out of the order of their instants, appended.
pub(super) async fn varied(stage: &Stage) -> Vec<ActivityEntry> {
    let owner = stage.owner.id;
    let (token, other) = (stage.sample(), stage.sample());
    let (one, two) = (
        stage.samples.administrator(owner),
        stage.samples.administrator(owner),
    );
    let template = stage.samples.template(owner);
    let new = stage.samples.new_recipient(&template);
    let by = |actor, action, about, seconds| ActivityEntry {
        at: now().plus_seconds(seconds),
        attribution: Attribution {
            actor,
            request_id: None,
            address: Some(IpAddr::from([203, 0, 113, 7])),
        },
        about,
        ..stage.samples.entry(owner, action)
    };
    let access = About::access(&new.token, template.id);
    let varied = vec![
        by(
            Actor::Token(token.id),
            Action::TokenCreated,
            About::token(other.id),
            30,
        ),
        by(Actor::Token(other.id), Action::CredentialIssued, access, 20),
        by(
            Actor::Administrator(one.id),
            Action::TemplateCreated,
            About::template(template.id),
            -5,
        ),
        by(
            Actor::Administrator(two.id),
            Action::RoleChanged,
            About::administrator(one.id),
            10,
        ),
        by(
            Actor::Operator,
            Action::AdministratorInvited,
            About::administrator(two.id),
            40,
        ),
        by(Actor::Recipient, Action::AccessClaimed, access, 10),
        by(
            Actor::Operator,
            Action::TokenRotated,
            About::rotation(token.id, other.id),
            0,
        ),
        by(
            Actor::Administrator(one.id),
            Action::AccessReset,
            About::recipient(new.recipient.id),
            10,
        ),
        by(
            Actor::Token(token.id),
            Action::CredentialIssued,
            About::default(),
            10,
        ),
    ];
    for entry in &varied {
        ok(stage.activity.append(entry).await);
    }
    varied
}

/// Each condition alone, so that some entries pass and some do not, and many together.
fn filters(samples: &[ActivityEntry]) -> Vec<ActivityFilter> {
    let nothing = ActivityFilter::default;
    let mut filters = vec![
        nothing(),
        ActivityFilter {
            actions: Some(vec![]),
            ..nothing()
        },
        ActivityFilter {
            actions: Some(vec![Action::CredentialIssued]),
            ..nothing()
        },
        ActivityFilter {
            actions: Some(vec![
                Action::TokenRotated,
                Action::AccessClaimed,
                Action::IntegrityFailed,
            ]),
            ..nothing()
        },
    ];
    filters.extend(ActorKind::ALL.map(|actor| ActivityFilter {
        actor: Some(actor),
        ..nothing()
    }));
    for (since, until) in [
        (Some(10), None),
        (None, Some(10)),
        (Some(0), Some(11)),
        (Some(11), Some(11)),
    ] {
        let at = |seconds: i64| now().plus_seconds(seconds);
        filters.push(ActivityFilter {
            since: since.map(at),
            until: until.map(at),
            ..nothing()
        });
    }
    for entry in samples {
        let (about, actor) = (entry.about, entry.attribution.actor);
        let alone = [
            ActivityFilter {
                token: about.token,
                ..nothing()
            },
            ActivityFilter {
                template: about.template,
                ..nothing()
            },
            ActivityFilter {
                recipient: about.recipient,
                ..nothing()
            },
            ActivityFilter {
                administrator: about.administrator,
                ..nothing()
            },
        ];
        filters.extend(alone);
        // All at once: what this entry says of itself.
        filters.push(ActivityFilter {
            actions: Some(vec![entry.action]),
            actor: Some(kind(actor)),
            administrator: about.administrator,
            token: about.token,
            template: about.template,
            recipient: about.recipient,
            since: Some(entry.at),
            until: Some(entry.at.plus_millis(1)),
        });
    }
    filters.push(ActivityFilter {
        since: Some(Timestamp::MIN),
        until: Some(Timestamp::MAX),
        ..nothing()
    });
    filters
}

/// What the filter says, in words of its own.
fn passes(entry: &ActivityEntry, filter: &ActivityFilter) -> bool {
    let ActivityFilter {
        actions,
        actor,
        administrator,
        token,
        template,
        recipient,
        since,
        until,
    } = filter;
    let about = &entry.about;
    let by_token = match entry.attribution.actor {
        Actor::Token(id) => Some(id),
        _ => None,
    };
    let by_administrator = match entry.attribution.actor {
        Actor::Administrator(id) => Some(id),
        _ => None,
    };
    actions
        .as_ref()
        .is_none_or(|actions| actions.contains(&entry.action))
        && actor.is_none_or(|actor| kind(entry.attribution.actor) == actor)
        && (administrator.is_none() || [by_administrator, about.administrator].contains(administrator))
        && (token.is_none() || [by_token, about.token, about.other_token].contains(token))
        && (template.is_none() || about.template == *template)
        && (recipient.is_none() || about.recipient == *recipient)
        && since.is_none_or(|since| since <= entry.at)
        && until.is_none_or(|until| entry.at < until)
}

const fn kind(actor: Actor) -> ActorKind {
    match actor {
        Actor::Token(_) => ActorKind::Token,
        Actor::Administrator(_) => ActorKind::Administrator,
        Actor::Operator => ActorKind::Operator,
        Actor::Recipient => ActorKind::Recipient,
    }
}

pub(super) fn entries(found: &[(LogPlace, ActivityEntry)]) -> Vec<ActivityEntry> {
    found.iter().map(|(_, entry)| entry.clone()).collect()
}

pub(super) async fn look_back(
    stage: &Stage,
    filter: &ActivityFilter,
    side: Option<LogSide>,
    limit: u32,
) -> Vec<(LogPlace, ActivityEntry)> {
    ok(stage
        .activity
        .look_back(stage.owner.id, filter, side, limit)
        .await)
}

async fn looked_back(
    stage: &Stage,
    organization: OrganizationId,
    filter: &ActivityFilter,
    side: Option<LogSide>,
) -> Vec<(LogPlace, ActivityEntry)> {
    ok(stage.activity.look_back(organization, filter, side, 100).await)
}
