//! `/dashboard/settings/administrators`: who they are, and who may become one.

use actix_web::{
    HttpResponse,
    web::{Path, Payload},
};
use symbolon_domain::{
    administrator::{Administrator, Right, Role},
    id::AdministratorId,
    port::administrators::{AdministratorChange, Inviting},
    service::administration::team::{InviteAdministrator, Invited, change_role, invite_again, remove},
    text::MailAddress,
};

use crate::{
    page::{
        dashboard::{
            desk::{Desk, role},
            typed::Typed,
        },
        fault::PageFault,
        respond::{scripted_page, see_page},
    },
    view::dashboard::{
        AdministratorRow, AdministratorsPage, Field, Invitation, Membership, Outcome, Problem, QuestionPage,
        Section, Since, paths,
    },
};

pub(crate) async fn show(desk: Desk) -> Result<HttpResponse, PageFault> {
    let role = Field::of(Role::Administrator.name());
    page(&desk, Field::default(), role, None).await
}

pub(crate) async fn invite(desk: Desk, payload: Payload) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let mail = Typed::needed(&form, "mail", MailAddress::parse);
    let name = form.text("role").unwrap_or_default();
    let (chosen, field) = match Role::parse(name) {
        Some(role) => (Some(role), Field::of(name)),
        None => (None, Field::of(name).with(Problem::NotOffered)),
    };
    let (Some(address), Some(chosen)) = (mail.value, chosen) else {
        return page(&desk, mail.field, field, None).await;
    };
    let inviting = InviteAdministrator {
        authority: desk.authority(),
        mail: address.clone(),
        role: chosen,
    };
    let problem = match inviting.run(&desk.state.ports).await? {
        Invited::Done(_, secret) => {
            let invitation = Invitation {
                mail: address.to_string(),
                link: desk.state.public_url.administrator_link(&secret),
            };
            return invited(&desk, invitation).await;
        }
        Invited::Not(Inviting::MailTaken) => {
            "Somebody signs in with this mail address already, here or in another organization."
        }
        Invited::Not(Inviting::LimitReached) => {
            "Your organization has as many administrators as it may have. Remove one first."
        }
        Invited::Not(Inviting::OrganizationCancelled | Inviting::Invited) => {
            return Err(PageFault::NotFound);
        }
    };
    let problem = Problem::Other(problem.into());
    page(&desk, mail.field.with(problem), field, None).await
}

pub(crate) async fn invite_once_more(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let who = named(&desk, &path).await?;
    match invite_again(&desk.state.ports, desk.authority(), who.id).await? {
        Some(secret) => {
            let invitation = Invitation {
                mail: who.mail.to_string(),
                link: desk.state.public_url.administrator_link(&secret),
            };
            invited(&desk, invitation).await
        }
        None => Ok(after(&desk, Outcome::AdministratorChanged)),
    }
}

/// Where mail is sent, the mail says it all; otherwise the link is shown, this once.
async fn invited(desk: &Desk, invitation: Invitation) -> Result<HttpResponse, PageFault> {
    if desk.state.sends_mail {
        return Ok(after(desk, Outcome::AdministratorInvited));
    }
    let role = Field::of(Role::Administrator.name());
    page(desk, Field::default(), role, Some(invitation)).await
}

pub(crate) async fn set_role(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    let form = desk.form(payload).await?;
    let who = named(&desk, &path).await?;
    let wanted = form
        .text("role")
        .and_then(Role::parse)
        .ok_or(PageFault::BadForm)?;
    let change = change_role(&desk.state.ports, desk.authority(), who.id, wanted).await?;
    changed(&desk, change, Outcome::RoleChanged)
}

pub(crate) async fn ask_to_remove(desk: Desk, path: Path<String>) -> Result<HttpResponse, PageFault> {
    let who = named(&desk, &path).await?;
    let frame = desk.frame(Section::Settings).await?;
    let all = desk.state.ports.administrators.list(who.organization).await?;
    let row = row(&desk, &who, owners(&all));
    scripted_page(&QuestionPage::remove_administrator(frame, &row))
}

pub(crate) async fn take_away(
    desk: Desk,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, PageFault> {
    desk.form(payload).await?;
    let who = named(&desk, &path).await?;
    let change = remove(&desk.state.ports, desk.authority(), who.id).await?;
    changed(&desk, change, Outcome::AdministratorRemoved)
}

fn changed(desk: &Desk, change: AdministratorChange, outcome: Outcome) -> Result<HttpResponse, PageFault> {
    match change {
        AdministratorChange::Changed | AdministratorChange::Unchanged => Ok(after(desk, outcome)),
        AdministratorChange::LastOwner => Ok(after(desk, Outcome::LastOwner)),
        AdministratorChange::Absent => Err(PageFault::NotFound),
    }
}

fn after(desk: &Desk, outcome: Outcome) -> HttpResponse {
    let to = format!("{}?done={}", paths::ADMINISTRATORS, outcome.code());
    see_page(&desk.state, &to, Vec::new())
}

async fn named(desk: &Desk, path: &str) -> Result<Administrator, PageFault> {
    let id = AdministratorId::parse(path).ok_or(PageFault::NotFound)?;
    let organization = desk.administrator.member.organization.id;
    let found = desk.state.ports.administrators.find(organization, id).await?;
    found.ok_or(PageFault::NotFound)
}

async fn page(
    desk: &Desk,
    mail: Field,
    wanted: Field,
    invitation: Option<Invitation>,
) -> Result<HttpResponse, PageFault> {
    let organization = desk.administrator.member.organization.id;
    let all = desk.state.ports.administrators.list(organization).await?;
    let owners = owners(&all);
    let administrators = all.iter().map(|one| row(desk, one, owners)).collect();
    scripted_page(&AdministratorsPage {
        frame: desk.frame(Section::Settings).await?,
        administrators,
        mail,
        role: wanted,
        invitation,
        may_govern: desk.may(Right::Govern),
    })
}

/// How many owners have joined.
fn owners(all: &[Administrator]) -> usize {
    all.iter().filter(|one| is_owner(one)).count()
}

fn is_owner(one: &Administrator) -> bool {
    one.role == Role::Owner && one.joined_at.is_some()
}

fn row(desk: &Desk, one: &Administrator, owners: usize) -> AdministratorRow {
    let now = desk.now();
    AdministratorRow {
        id: one.id.to_string(),
        name: one.name.as_ref().map(ToString::to_string),
        mail: one.mail.to_string(),
        role: role(one.role),
        membership: match one.joined_at {
            None => Membership::Invited {
                at: Since::of(one.created_at, now),
            },
            Some(_) => Membership::Joined {
                signed_in: one.signed_in_at.map(|at| Since::of(at, now)),
                has_second_factor: one.proofs.second_factor.is_some(),
            },
        },
        is_you: one.id == desk.administrator.id(),
        is_last_owner: is_owner(one) && owners == 1,
    }
}
