//! `organizations`: create, list, cancel, reactivate, reveal-policy.

use serde::Serialize;
use symbolon_domain::{
    activity::Attribution,
    id::OrganizationId,
    organization::RevealPolicy,
    page::{Page, PageRequest},
    permissions::Permissions,
    port::organizations::OrganizationChange,
    service::{
        caller::Authority,
        change_organization::{Change, ChangeOrganization},
        create_organization::CreateOrganization,
        create_token::{CreateToken, LifeRequest, MadeToken},
    },
    text::Description,
};
use symbolon_http::present::{OrganizationObject, TokenObject};

use super::{assemble, tokens};
use crate::{
    assembly::Assembly,
    failure::Failure,
    options::{Options, Organizations},
    output::table,
};

pub(super) async fn run(options: &Options, act: Organizations) -> Result<(), Failure> {
    let assembly = assemble(options).await?;
    match act {
        Organizations::Create {
            name,
            contact,
            url,
            reveal_policy,
        } => {
            let reveal_policy = policy(&reveal_policy)?;
            let request = CreateOrganization {
                name,
                contact,
                url,
                reveal_policy,
            };
            create(options, &assembly, request).await
        }
        Organizations::List => list(options, &assembly).await,
        Organizations::Cancel { id } => change(options, &assembly, id, Change::Cancel).await,
        Organizations::Reactivate { id } => change(options, &assembly, id, Change::Reactivate).await,
        Organizations::RevealPolicy { id, policy: word } => {
            change(options, &assembly, id, Change::RevealPolicy(policy(&word)?)).await
        }
    }
}

#[derive(Serialize)]
struct Created {
    organization: OrganizationObject,
    authorization_token: TokenObject,
}

/// Makes an organization, and a first token with all permissions.
pub(super) async fn make(
    assembly: &Assembly,
    request: CreateOrganization,
) -> Result<(symbolon_domain::organization::Organization, MadeToken), Failure> {
    let organization = request.run(&assembly.ports).await?;
    let token = CreateToken {
        authority: Authority::Operator(&organization),
        description: Description::parse("First token").ok(),
        permissions: Some(Permissions::ALL),
        life: LifeRequest::Default,
        request: None,
    };
    let made = token.run(&assembly.ports).await.map_err(tokens::refused)?;
    Ok((organization, made))
}

async fn create(options: &Options, assembly: &Assembly, request: CreateOrganization) -> Result<(), Failure> {
    let (organization, made) = make(assembly, request).await?;
    let created = Created {
        organization: OrganizationObject::new(&organization, &assembly.public_url),
        authorization_token: TokenObject::made(&made, &assembly.public_url),
    };
    options.output().print(&created, || {
        format!(
            "Organization  {}\nId            {}\nFirst token   {}\n\nThe token has all permissions and expires {}. \
             Keep it as you keep a password.",
            organization.name,
            organization.id,
            made.secret.expose(),
            made.made.token.expires_at,
        )
    })
}

async fn list(options: &Options, assembly: &Assembly) -> Result<(), Failure> {
    let mut organizations = Vec::new();
    let mut next = Some(1);
    while let Some(number) = next {
        let page: Page<_> = assembly
            .ports
            .organizations
            .list(PageRequest::new(number, PageRequest::MAX_PER))
            .await?;
        next = page.next();
        organizations.extend(page.items);
    }
    let objects: Vec<_> = organizations
        .iter()
        .map(|organization| OrganizationObject::new(organization, &assembly.public_url))
        .collect();
    options.output().print(&objects, || {
        if organizations.is_empty() {
            return "No organization yet. Make one: symbolon organizations create NAME --contact MAIL"
                .to_owned();
        }
        let rows = organizations.iter().map(|organization| {
            vec![
                organization.id.to_string(),
                if organization.is_active() {
                    "active"
                } else {
                    "cancelled"
                }
                .to_owned(),
                organization.reveal_policy.name().to_owned(),
                organization.contact.to_string(),
                organization.name.to_string(),
            ]
        });
        table(&["ID", "STATE", "REVEAL", "CONTACT", "NAME"], rows)
    })
}

async fn change(
    options: &Options,
    assembly: &Assembly,
    id: OrganizationId,
    change: Change,
) -> Result<(), Failure> {
    let outcome = ChangeOrganization {
        id,
        change: change.clone(),
        by: Attribution::operator(),
    }
    .run(&assembly.ports)
    .await?;
    let found = assembly.ports.organizations.find(id).await?;
    let (Some(organization), true) = (found, outcome != OrganizationChange::Absent) else {
        return Err(Failure::new(format!("there is no organization {id}"))
            .advise("See which there are: symbolon organizations list"));
    };
    let object = OrganizationObject::new(&organization, &assembly.public_url);
    options.output().print(&object, || {
        let name = &organization.name;
        match (change, outcome) {
            (_, OrganizationChange::Unchanged) => format!("Nothing to do: {name} was so already."),
            // Only the dashboard edits.
            (Change::Edit(_), _) => format!("{name} is changed."),
            (Change::Cancel, _) => format!("{name} is cancelled. None of its tokens works any more."),
            (Change::Reactivate, _) => format!("{name} is active again. Its tokens are as they were."),
            (Change::RevealPolicy(RevealPolicy::Once), _) => {
                format!("{name} shows token values once. The sealed copies that lists use are erased.")
            }
            (Change::RevealPolicy(RevealPolicy::Always), _) => {
                format!("{name} shows the values of tokens that are made from now on.")
            }
        }
    })
}

fn policy(word: &str) -> Result<RevealPolicy, Failure> {
    RevealPolicy::parse(word).ok_or_else(|| Failure::usage("the reveal policy must be always or once"))
}
