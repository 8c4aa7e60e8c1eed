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
use crate::{failure::Failure, options::Options, output::table, relative_time::relative};

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
    let recipients = all(ports, owner.id, &filter).await?;
    let objects: Vec<_> = recipients
        .iter()
        .map(|dossier| object(&assembly, dossier))
        .collect();
    let now = ports.clock.now();
    options.output().print(&objects, || {
        if recipients.is_empty() {
            return nobody(&filter);
        }
        table(
            &["ID", "STATE", "ACCESS", "RESET ASKED", "MAIL", "NAME", "TEMPLATE"],
            recipients.iter().map(|dossier| row(dossier, now)),
        )
    })
}

async fn all(
    ports: &Ports,
    organization: OrganizationId,
    filter: &RecipientFilter,
) -> Result<Vec<Dossier>, Failure> {
    let mut recipients = Vec::new();
    let mut next = Some(1);
    while let Some(number) = next {
        let page = PageRequest::new(number, PageRequest::MAX_PER);
        let page = ports
            .recipients
            .list(organization, filter, RecipientOrder::default(), page)
            .await?;
        next = page.next();
        recipients.extend(page.items);
    }
    Ok(recipients)
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
