//! `GET /dashboard/activity.csv` and `.jsonl`: all that the filter lets through, as a file.

use std::{io, sync::Arc};

use actix_web::HttpResponse;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use serde::Serializer as _;
use symbolon_domain::{
    activity::{
        ActivityEntry, Actor,
        names::{Mentioned, Names},
    },
    id::OrganizationId,
    port::activity::{ActivityFilter, ActivityLog, LogSide},
    service::begin_export::Export,
};
use symbolon_spreadsheet::SheetWriter;

use super::wanted::Wanted;
use crate::page::{
    dashboard::{
        desk::Desk,
        download::{self, Kind, STEP, Spool},
    },
    fault::PageFault,
};

const NAME: &str = "activity";

/// What is told of an entry: the columns of the table, and the fields of an object. Of what an entry is about only ids: names
/// in a file could not be deleted.
const COLUMNS: [&str; 14] = [
    "id",
    "at",
    "action",
    "actor",
    "actor_id",
    "actor_name",
    "address",
    "request_id",
    "token_id",
    "other_token_id",
    "template_id",
    "recipient_id",
    "access_token_id",
    "administrator_id",
];

pub(crate) async fn csv(desk: Desk) -> Result<HttpResponse, PageFault> {
    let steps = steps(&desk)?;
    let spool = Spool::default();
    let mut sheet = SheetWriter::begin(spool.clone(), b',').map_err(|_| PageFault::Internal)?;
    sheet.add(COLUMNS).map_err(|_| PageFault::Internal)?;
    let parts = steps.map(move |step| {
        for entry in &step? {
            sheet.add(entry.iter().map(|value| value.as_deref().unwrap_or_default()))?;
        }
        sheet.flush()?;
        Ok(spool.take())
    });
    download::file(&desk, Export::Activity, NAME, Kind::Csv, parts).await
}

pub(crate) async fn json_lines(desk: Desk) -> Result<HttpResponse, PageFault> {
    let parts = steps(&desk)?.map(|step| {
        let mut lines = Vec::new();
        for entry in &step? {
            let mut line = serde_json::Serializer::new(&mut lines);
            line.collect_map(COLUMNS.iter().zip(entry))?;
            lines.push(b'\n');
        }
        Ok(lines)
    });
    download::file(&desk, Export::Activity, NAME, Kind::JsonLines, parts).await
}

type Told = [Option<String>; COLUMNS.len()];

/// What the address asks for. Where that cannot be read there is no file: it would hold something else.
fn steps(desk: &Desk) -> Result<impl Stream<Item = io::Result<Vec<Told>>> + use<>, PageFault> {
    let wanted = Wanted::by(desk.request());
    if !wanted.is_good() {
        return Err(PageFault::BadForm);
    }
    let organization = desk.administrator.member.organization.id;
    let log = desk.state.ports.activity.clone();
    Ok(told(log, organization, wanted.filter))
}

/// The log from its end, in steps. What is appended after the first one is not in it.
fn told(
    log: Arc<dyn ActivityLog>,
    organization: OrganizationId,
    filter: ActivityFilter,
) -> impl Stream<Item = io::Result<Vec<Told>>> {
    let start: Option<Option<LogSide>> = Some(None);
    stream::try_unfold(start, move |next| {
        let (log, filter) = (log.clone(), filter.clone());
        async move {
            let Some(side) = next else {
                return Ok(None);
            };
            let entries = log.look_back(organization, &filter, side, STEP).await?;
            let mentioned = Mentioned::by(entries.iter().map(|(_, entry)| entry));
            let actors = Mentioned {
                tokens: mentioned.tokens,
                administrators: mentioned.administrators,
                ..Mentioned::default()
            };
            let names = log.names(organization, &actors).await?;
            let next = entries.last().map(|(place, _)| Some(LogSide::Before(*place)));
            let told = entries.iter().map(|(_, entry)| tell(entry, &names)).collect();
            Ok(Some((told, next)))
        }
    })
    .map_err(io::Error::other::<symbolon_domain::port::StoreError>)
}

fn tell(entry: &ActivityEntry, names: &Names) -> Told {
    let (attribution, about) = (&entry.attribution, &entry.about);
    let (actor, actor_id, actor_name) = match attribution.actor {
        Actor::Token(id) => (
            "token",
            id.to_string().into(),
            names.tokens.get(&id).cloned().flatten(),
        ),
        Actor::Administrator(id) => (
            "administrator",
            id.to_string().into(),
            names.administrators.get(&id).cloned(),
        ),
        Actor::Operator => ("operator", None, None),
        Actor::Recipient => ("recipient", None, None),
    };
    [
        Some(entry.id.to_string()),
        Some(entry.at.to_string()),
        Some(entry.action.name().to_owned()),
        Some(actor.to_owned()),
        actor_id,
        actor_name,
        attribution.address.map(|address| address.to_string()),
        attribution.request_id.clone(),
        about.token.map(|id| id.to_string()),
        about.other_token.map(|id| id.to_string()),
        about.template.map(|id| id.to_string()),
        about.recipient.map(|id| id.to_string()),
        about.access_token.map(|id| id.to_string()),
        about.administrator.map(|id| id.to_string()),
    ]
}
