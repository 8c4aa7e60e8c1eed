//! `recipients list`: recipients of an organization, and the queue of those who wait for a reset.

use symbolon_domain::{
    access_token::Dossier,
    id::{OrganizationId, TemplateId},
    page::PageRequest,
    port::{
        Ports,
        recipients::{RecipientFilter, RecipientOrder, RecipientState},
    },
    time::Timestamp,
};

use super::{super::tokens::organization_by_id, assemble, object};
use crate::{
    failure::Failure,
    options::Options,
    output::{JsonList, Output, print, table},
    relative_time::relative,
};

pub(super) async fn run(
    options: &Options,
    organization: OrganizationId,
    template: Option<TemplateId>,
    state: Option<RecipientState>,
    reset_requested: bool,
) -> Result<(), Failure> {
    let assembly = assemble(options).await?;
    let ports = &assembly.ports;
    let owner = organization_by_id(ports, organization).await?;
    if let Some(id) = template
        && ports.templates.find(owner.id, id).await?.is_none()
    {
        return Err(
            Failure::new(format!("{} has no template {id}", owner.name)).advise(format!(
                "See which there are: symbolon templates list --organization {organization}"
            )),
        );
    }
    let filter = RecipientFilter {
        state,
        template,
        reset_requested: reset_requested.then_some(true),
        ..RecipientFilter::default()
    };
    match options.output() {
        Output::Json => {
            let mut list = JsonList::new();
            each(ports, owner.id, &filter, |dossier| {
                list.add(&object(&assembly, &dossier))
            })
            .await?;
            list.end()
        }
        Output::Text => {
            let (mut rows, now) = (Vec::new(), ports.clock.now());
            each(ports, owner.id, &filter, |dossier| {
                rows.push(row(&dossier, now));
                Ok(())
            })
            .await?;
            if rows.is_empty() {
                return print(&nobody(&filter));
            }
            print(&table(
                &["ID", "STATE", "ACCESS", "RESET ASKED", "MAIL", "NAME", "TEMPLATE"],
                rows,
            ))
        }
    }
}

/// Every recipient, the newest first, one page after the other: what was shown need not be kept.
async fn each(
    ports: &Ports,
    organization: OrganizationId,
    filter: &RecipientFilter,
    mut show: impl FnMut(Dossier) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut next = Some(1);
    while let Some(number) = next {
        let page = PageRequest::new(number, PageRequest::MAX_PER);
        let page = ports
            .recipients
            .list(organization, filter, RecipientOrder::default(), page)
            .await?;
        next = page.next();
        page.items.into_iter().try_for_each(&mut show)?;
    }
    Ok(())
}

fn nobody(filter: &RecipientFilter) -> String {
    if filter.reset_requested.is_some() {
        "Nobody waits for a reset.".to_owned()
    } else if *filter == RecipientFilter::default() {
        "No recipients. Issue credentials: symbolon recipients import FILE.csv --template ID".to_owned()
    } else {
        "No such recipients.".to_owned()
    }
}

fn row(dossier: &Dossier, now: Timestamp) -> Vec<String> {
    let recipient = &dossier.recipient;
    let asked = dossier.token.reset_request.as_ref().map(|request| {
        let when = relative(request.at, now);
        match &request.by {
            Some((provider, hint)) => format!("{when}, by {hint} ({provider})"),
            None => when,
        }
    });
    vec![
        recipient.id.to_string(),
        dossier.state().name().to_owned(),
        dossier.token.state().name().to_owned(),
        asked.unwrap_or_default(),
        recipient.mail.to_string(),
        recipient.name(),
        dossier.template.name.to_string(),
    ]
}
