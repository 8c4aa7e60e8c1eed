//! `templates`: create, list, pause, resume.

use symbolon_domain::{
    id::{OrganizationId, TemplateId},
    organization::Organization,
    page::PageRequest,
    port::{Ports, templates::TemplateChange},
    service::{
        caller::Authority,
        change_template::{ChangeTemplate, TemplateAct},
        create_template::CreateTemplate,
    },
    template::{Template, Validity},
};
use symbolon_http::present::BadgeTemplateObject;

use super::{assemble, tokens::organization_by_id};
use crate::{
    assembly::Assembly,
    failure::Failure,
    options::{Options, Templates},
    output::table,
};

pub(super) async fn run(options: &Options, act: Templates) -> Result<(), Failure> {
    let assembly = assemble(options).await?;
    match act {
        Templates::Create {
            organization,
            kind,
            name,
            description,
            valid_for_days,
        } => {
            let owner = organization_by_id(&assembly.ports, organization).await?;
            let request = CreateTemplate {
                authority: Authority::Operator(&owner),
                kind,
                name,
                description,
                validity: valid_for_days,
            };
            let made = request.run(&assembly.ports).await?;
            let template = made.ok_or_else(|| cancelled(&owner))?;
            options.output().print(&BadgeTemplateObject::new(&template), || {
                format!(
                    "Template  {}\nId        {}\nKind      {}\n\nIssue on it: symbolon recipients import FILE.csv \
                     --template {}",
                    template.name,
                    template.id,
                    template.kind.name(),
                    template.id
                )
            })
        }
        Templates::List { organization } => list(options, &assembly, organization).await,
        Templates::Pause { id } => change(options, &assembly, id, TemplateAct::Pause).await,
        Templates::Resume { id } => change(options, &assembly, id, TemplateAct::Resume).await,
    }
}

async fn list(options: &Options, assembly: &Assembly, organization: OrganizationId) -> Result<(), Failure> {
    let owner = organization_by_id(&assembly.ports, organization).await?;
    let mut templates = Vec::new();
    let mut next = Some(1);
    while let Some(number) = next {
        let page = PageRequest::new(number, PageRequest::MAX_PER);
        let page = assembly.ports.templates.list(owner.id, page).await?;
        next = page.next();
        templates.extend(page.items);
    }
    let objects: Vec<_> = templates.iter().map(BadgeTemplateObject::new).collect();
    options.output().print(&objects, || {
        if templates.is_empty() {
            return format!(
                "No templates. Make one: symbolon templates create --organization {organization} --kind badge \
                 --name NAME"
            );
        }
        table(
            &["ID", "STATE", "KIND", "VALID FOR", "NAME"],
            templates.iter().map(row),
        )
    })
}

fn row(template: &Template) -> Vec<String> {
    let valid_for = match template.validity.map(Validity::days) {
        None => "ever".to_owned(),
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
    };
    vec![
        template.id.to_string(),
        template.state().to_owned(),
        template.kind.name().to_owned(),
        valid_for,
        template.name.to_string(),
    ]
}

async fn change(
    options: &Options,
    assembly: &Assembly,
    id: TemplateId,
    act: TemplateAct,
) -> Result<(), Failure> {
    let (owner, _) = template_by_id(&assembly.ports, id).await?;
    let request = ChangeTemplate {
        authority: Authority::Operator(&owner),
        id,
        act: act.clone(),
    };
    let outcome = request.run(&assembly.ports).await?;
    let (_, template) = template_by_id(&assembly.ports, id).await?;
    options.output().print(&BadgeTemplateObject::new(&template), || {
        let name = &template.name;
        match (outcome, act) {
            (TemplateChange::Changed, TemplateAct::Pause) => {
                format!("{name} is paused. Its links say so, and its mail waits, until it is resumed.")
            }
            (TemplateChange::Changed, _) => {
                format!("{name} is active again. Everything is as it was, and mail that waited is sent.")
            }
            (TemplateChange::Unchanged | TemplateChange::Absent, _) => {
                format!("Nothing to do: {name} was so already.")
            }
        }
    })
}

/// The template with this id and its organization, or a failure that says how to find the right one.
pub(super) async fn template_by_id(
    ports: &Ports,
    id: TemplateId,
) -> Result<(Organization, Template), Failure> {
    let absent = || {
        Failure::new(format!("there is no template {id}"))
            .advise("See which there are: symbolon templates list --organization ID")
    };
    let template = ports.templates.find_by_id(id).await?.ok_or_else(absent)?;
    let owner = ports
        .organizations
        .find(template.organization)
        .await?
        .ok_or_else(absent)?;
    Ok((owner, template))
}

/// Nothing is made for an organization that is closed.
pub(super) fn cancelled(owner: &Organization) -> Failure {
    Failure::new(format!("{} is cancelled", owner.name)).advise(format!(
        "Open it again first: symbolon organizations reactivate {}",
        owner.id
    ))
}
