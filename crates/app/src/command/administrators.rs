//! `administrators`: invite, list, remove, unlock.

use serde::Serialize;
use symbolon_domain::{
    administrator::{Administrator, Member, Role},
    id::OrganizationId,
    port::administrators::{AdministratorChange, Inviting},
    service::{
        administration::{
            password_sign_in,
            team::{InviteAdministrator, Invited, remove},
        },
        caller::Authority,
    },
    text::MailAddress,
    time::Timestamp,
};

use super::{assemble, tokens::organization_by_id};
use crate::{
    assembly::Assembly,
    failure::Failure,
    options::{Administrators, Options},
    output::table,
    question::Question,
    relative_time::relative,
};

pub(super) async fn run(options: &Options, act: Administrators) -> Result<(), Failure> {
    let assembly = assemble(options).await?;
    match act {
        Administrators::Invite {
            mail,
            organization,
            role,
        } => invite(options, &assembly, mail, organization, role).await,
        Administrators::List { organization } => list(options, &assembly, organization).await,
        Administrators::Remove { mail, yes } => take_away(options, &assembly, &mail, yes).await,
        Administrators::Unlock { mail } => unlock(options, &assembly, &mail).await,
    }
}

/// An administrator, as programs read it.
#[derive(Serialize)]
struct AdministratorObject {
    id: String,
    organization_id: String,
    mail: String,
    name: Option<String>,
    role: &'static str,
    invited_at: String,
    joined_at: Option<String>,
    signed_in_at: Option<String>,
    second_factor: bool,
}

impl AdministratorObject {
    fn new(administrator: &Administrator) -> Self {
        Self {
            id: administrator.id.to_string(),
            organization_id: administrator.organization.to_string(),
            mail: administrator.mail.to_string(),
            name: administrator.name.as_ref().map(ToString::to_string),
            role: administrator.role.name(),
            invited_at: administrator.created_at.to_string(),
            joined_at: administrator.joined_at.map(|at| at.to_string()),
            signed_in_at: administrator.signed_in_at.map(|at| at.to_string()),
            second_factor: administrator.proofs.second_factor.is_some(),
        }
    }
}

#[derive(Serialize)]
struct InvitationObject {
    administrator: AdministratorObject,
    link: String,
}

async fn invite(
    options: &Options,
    assembly: &Assembly,
    mail: MailAddress,
    organization: OrganizationId,
    role: Role,
) -> Result<(), Failure> {
    let owner = organization_by_id(&assembly.ports, organization).await?;
    let inviting = InviteAdministrator {
        authority: Authority::Operator(&owner),
        mail,
        role,
    };
    let (administrator, secret) = match inviting.run(&assembly.ports).await? {
        Invited::Done(administrator, secret) => (administrator, secret),
        Invited::Not(Inviting::MailTaken) => {
            return Err(
                Failure::new("there is an administrator with this mail address already").advise(
                    "An address signs in to one organization. Remove them there, or take another address.",
                ),
            );
        }
        Invited::Not(Inviting::LimitReached) => {
            return Err(Failure::new(
                "the organization has as many administrators as it may have",
            ));
        }
        Invited::Not(Inviting::OrganizationCancelled | Inviting::Invited) => {
            return Err(Failure::new("the organization is cancelled").advise(format!(
                "Open it again: symbolon organizations reactivate {organization}"
            )));
        }
    };
    let invitation = InvitationObject {
        administrator: AdministratorObject::new(&administrator),
        link: assembly.public_url.administrator_link(&secret),
    };
    options.output().print(&invitation, || {
        format!(
            "Invited  {}, {}\nLink     {}\n\nThe link works once, for 7 days, and lets in whoever opens it. It is mailed as well, \
             where a mail server is configured.",
            administrator.mail, administrator.role, invitation.link
        )
    })
}

async fn list(options: &Options, assembly: &Assembly, organization: OrganizationId) -> Result<(), Failure> {
    organization_by_id(&assembly.ports, organization).await?;
    let administrators = assembly.ports.administrators.list(organization).await?;
    let objects: Vec<_> = administrators.iter().map(AdministratorObject::new).collect();
    let now = assembly.ports.clock.now();
    options.output().print(&objects, || {
        if administrators.is_empty() {
            return format!(
                "No administrators. Invite one: symbolon administrators invite MAIL --organization {organization}"
            );
        }
        let rows = administrators.iter().map(|administrator| row(administrator, now));
        table(&["MAIL", "NAME", "ROLE", "STATE", "LAST SIGNED IN"], rows)
    })
}

fn row(administrator: &Administrator, now: Timestamp) -> Vec<String> {
    let name = administrator.name.as_ref();
    vec![
        administrator.mail.to_string(),
        name.map_or_else(|| "-".to_owned(), ToString::to_string),
        administrator.role.to_string(),
        if administrator.joined_at.is_some() {
            "joined"
        } else {
            "invited"
        }
        .to_owned(),
        administrator
            .signed_in_at
            .map_or_else(|| "never".to_owned(), |at| relative(at, now)),
    ]
}

async fn take_away(
    options: &Options,
    assembly: &Assembly,
    mail: &MailAddress,
    yes: bool,
) -> Result<(), Failure> {
    let Member {
        administrator,
        organization,
    } = member(assembly, mail).await?;
    if !yes {
        let asked = Question {
            consequence: format!(
                "Removing {}, {} of {}. They are signed out everywhere, and let in nowhere.",
                administrator.called(),
                administrator.role,
                organization.name
            ),
            verb: "remove them",
            otherwise: "nobody was removed",
        };
        asked.ask()?;
    }
    match remove(&assembly.ports, Authority::Operator(&organization), administrator.id).await? {
        AdministratorChange::Changed | AdministratorChange::Unchanged => options
            .output()
            .print(&AdministratorObject::new(&administrator), || {
                format!("{} is removed.", administrator.mail)
            }),
        AdministratorChange::LastOwner => Err(Failure::new(format!(
            "{} is the only owner of {}",
            administrator.mail, organization.name
        ))
        .advise(format!(
            "Invite another owner first, and wait until they have joined:\n  symbolon administrators invite MAIL --organization {}",
            organization.id
        ))),
        AdministratorChange::Absent => Err(nobody(mail)),
    }
}

async fn unlock(options: &Options, assembly: &Assembly, mail: &MailAddress) -> Result<(), Failure> {
    let Member { administrator, .. } = member(assembly, mail).await?;
    let was_counted = password_sign_in::unlock(&assembly.ports, &administrator).await?;
    options
        .output()
        .print(&AdministratorObject::new(&administrator), || {
            if was_counted {
                format!("{mail} may try to sign in again at once.")
            } else {
                format!("{mail} was not held up: there were no wrong passwords in the last day.")
            }
        })
}

async fn member(assembly: &Assembly, mail: &MailAddress) -> Result<Member, Failure> {
    let found = assembly.ports.administrators.find_by_mail(mail).await?;
    found.ok_or_else(|| nobody(mail))
}

fn nobody(mail: &MailAddress) -> Failure {
    Failure::new(format!("there is no administrator {mail}"))
        .advise("See whom there is: symbolon administrators list --organization ID")
}
