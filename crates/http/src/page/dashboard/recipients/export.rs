//! `GET /dashboard/recipients.csv`: whom the filter of the list shows, as a file. Never with a token.

use std::{io, sync::Arc};

use actix_web::HttpResponse;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};
use symbolon_domain::{
    access_token::Dossier,
    id::OrganizationId,
    port::{
        StoreError,
        recipients::{RecipientFilter, Recipients},
    },
    service::begin_export::Export,
};
use symbolon_spreadsheet::{
    SheetWriter,
    export::{HEADINGS, cells},
};

use super::filter::{asked, wanted};
use crate::page::{
    dashboard::{
        desk::Desk,
        download::{self, Kind, STEP, Spool},
        visit::query,
    },
    fault::PageFault,
};

pub(crate) async fn csv(desk: Desk) -> Result<HttpResponse, PageFault> {
    let filter = asked(&wanted(|name| query(desk.request(), name)));
    let what = Export::Recipients {
        template: filter.template,
    };
    let spool = Spool::default();
    let mut sheet = SheetWriter::begin(spool.clone(), b',').map_err(|_| PageFault::Internal)?;
    sheet.add(HEADINGS).map_err(|_| PageFault::Internal)?;
    let organization = desk.administrator.member.organization.id;
    let steps = steps(desk.state.ports.recipients.clone(), organization, filter);
    let parts = steps.map(move |step| {
        for dossier in &step? {
            sheet.add(cells(dossier))?;
        }
        sheet.flush()?;
        Ok(spool.take())
    });
    download::file(&desk, what, "recipients", Kind::Csv, parts).await
}

/// Everybody, in the order in which they were added: whoever is added meanwhile comes last.
fn steps(
    recipients: Arc<dyn Recipients>,
    organization: OrganizationId,
    filter: RecipientFilter,
) -> impl Stream<Item = io::Result<Vec<Dossier>>> {
    stream::try_unfold(Some(None), move |next| {
        let (recipients, filter) = (recipients.clone(), filter.clone());
        async move {
            let Some(after) = next else {
                return Ok::<_, StoreError>(None);
            };
            let step = recipients.walk(organization, &filter, after, STEP).await?;
            let next = step
                .last()
                .map(|last| Some((last.recipient.created_at, last.recipient.id)));
            Ok(Some((step, next)))
        }
    })
    .map_err(io::Error::other)
}
