//! Which entries an address asks for.

use actix_web::HttpRequest;
use symbolon_domain::{
    activity::Action,
    port::activity::{self, LogPlace, LogSide},
    time::Timestamp,
};

use crate::{
    page::dashboard::visit::query,
    view::dashboard::{ActivityFilter, ActorKind, Choice as _, DeedGroup, Field, Problem},
};

/// What an address asks for, as the page shows it and as the domain has it.
pub(super) struct Wanted {
    /// With what is wrong with it.
    pub(super) shown: ActivityFilter,
    /// All that can be read of it.
    pub(super) filter: activity::ActivityFilter,
}

impl Wanted {
    pub(super) fn by(request: &HttpRequest) -> Self {
        let text = |name| query(request, name).unwrap_or_default();
        let (since, first) = day(text("since").trim());
        let (until, last) = day(text("until").trim());
        let what = DeedGroup::from_code(&text("what")).unwrap_or_default();
        let actor = ActorKind::from_code(&text("actor")).unwrap_or_default();
        Self {
            filter: activity::ActivityFilter {
                actions: actions(what),
                actor: kind(actor),
                since: first,
                // Until its end.
                until: last.map(|last| last.plus_seconds(SECONDS_PER_DAY)),
                ..activity::ActivityFilter::default()
            },
            shown: ActivityFilter {
                what,
                actor,
                since,
                until,
            },
        }
    }

    /// Whether all of it can be read.
    pub(super) const fn is_good(&self) -> bool {
        self.shown.since.is_good() && self.shown.until.is_good()
    }
}

const SECONDS_PER_DAY: i64 = 86_400;

/// On which side of which entry the page lies: `after` what was shown come older ones, `before` it newer ones.
pub(super) fn side(request: &HttpRequest) -> Option<LogSide> {
    let place = |name| {
        query(request, name)
            .and_then(|text| text.parse().ok())
            .map(LogPlace)
    };
    place("after")
        .map(LogSide::Before)
        .or_else(|| place("before").map(LogSide::After))
}

/// A day as browsers write it, and when it begins.
fn day(text: &str) -> (Field, Option<Timestamp>) {
    const LENGTH: usize = "2026-03-05".len();
    let field = Field::of(text);
    if text.is_empty() {
        return (field, None);
    }
    match Timestamp::parse(text).filter(|_| text.len() == LENGTH) {
        Some(begin) => (field, Some(begin)),
        None => (field.with(Problem::NotADay), None),
    }
}

fn actions(group: DeedGroup) -> Option<Vec<Action>> {
    let of_group = || {
        let actions = Action::ALL.iter().copied();
        actions.filter(|action| group.has(action.name())).collect()
    };
    (group != DeedGroup::All).then(of_group)
}

const fn kind(actor: ActorKind) -> Option<activity::ActorKind> {
    match actor {
        ActorKind::Anybody => None,
        ActorKind::Administrator => Some(activity::ActorKind::Administrator),
        ActorKind::Token => Some(activity::ActorKind::Token),
        ActorKind::Recipient => Some(activity::ActorKind::Recipient),
        ActorKind::Operator => Some(activity::ActorKind::Operator),
    }
}
