//! `GET /dashboard/activity`: a page of the log, the latest first.

use actix_web::HttpResponse;
use symbolon_domain::{
    activity::{ActivityEntry, names::Mentioned},
    administrator::Right,
    port::activity::{LogPlace, LogSide},
};

use super::{
    present,
    wanted::{Wanted, side},
};
use crate::{
    page::{dashboard::desk::Desk, fault::PageFault, respond::scripted_page},
    view::dashboard::{ActivityPage, KeyPages, Section},
};

/// Entries on a page.
const PER: u32 = 50;

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let wanted = Wanted::by(desk.request());
    let side = side(desk.request());
    let organization = desk.administrator.member.organization.id;
    let log = &desk.state.ports.activity;
    // One more than is shown tells whether there are more.
    let mut entries = log.look_back(organization, &wanted.filter, side, PER + 1).await?;
    let pages = cut(&mut entries, side);
    let mentioned = Mentioned::by(entries.iter().map(|(_, entry)| entry));
    let names = log.names(organization, &mentioned).await?;
    let now = desk.now();
    scripted_page(&ActivityPage {
        frame: desk.frame(Section::Activity).await?,
        filter: wanted.shown,
        entries: entries
            .iter()
            .map(|(_, entry)| present::row(entry, &names, now))
            .collect(),
        pages,
        may_export: desk.may(Right::Export),
    })
}

/// Leaves as many as a page shows, and says what lies beside them.
fn cut(entries: &mut Vec<(LogPlace, ActivityEntry)>, side: Option<LogSide>) -> KeyPages {
    let most = usize::try_from(PER).unwrap_or(usize::MAX);
    let are_more = entries.len() > most;
    let is_forward = matches!(side, Some(LogSide::After(_)));
    if are_more && is_forward {
        // The farthest stands first.
        entries.remove(0);
    }
    entries.truncate(most);
    let key = |found: Option<&(LogPlace, ActivityEntry)>| found.map(|(LogPlace(place), _)| place.to_string());
    let (has_newer, has_older) = match side {
        None => (false, are_more),
        Some(LogSide::Before(_)) => (true, are_more),
        Some(LogSide::After(_)) => (are_more, true),
    };
    KeyPages {
        before: key(entries.first()).filter(|_| has_newer),
        after: key(entries.last()).filter(|_| has_older),
    }
}
