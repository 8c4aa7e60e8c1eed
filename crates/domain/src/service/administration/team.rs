//! Who the administrators are: inviting, roles, removing.

use super::links::FreshLink;
use crate::{
    activity::{About, Action},
    administrator::{Administrator, Proofs, Role},
    administrator_link::LinkPurpose,
    id::AdministratorId,
    port::{
        Ports,
        administrators::{AdministratorChange, Inviting, NewInvitation},
    },
    secret::AdministratorLinkSecret,
    service::{Fault, caller::Authority},
    text::MailAddress,
};

/// Invites somebody, by mail.
#[derive(Debug)]
pub struct InviteAdministrator<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Where the invitation goes, and what they will sign in with.
    pub mail: MailAddress,
    /// What they may do.
    pub role: Role,
}

/// What became of an invitation.
#[derive(Debug)]
pub enum Invited {
    /// It is under way. Whoever invites at the command line hands the link over themselves, should no mail arrive.
    Done(Box<Administrator>, AdministratorLinkSecret),
    /// Nothing was changed, for this reason; never [`Inviting::Invited`].
    Not(Inviting),
}

impl InviteAdministrator<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Invited, Fault> {
        let now = ports.clock.now();
        let administrator = Administrator {
            id: AdministratorId::fresh(now, ports.id_entropy()?),
            organization: self.authority.organization().id,
            mail: self.mail,
            name: None,
            role: self.role,
            created_at: now,
            joined_at: None,
            proofs: Proofs::default(),
            signed_in_at: None,
        };
        let purpose = LinkPurpose::Invitation(administrator.id);
        let fresh = FreshLink::draw(ports, &administrator, purpose, now)?;
        let about = About::administrator(administrator.id);
        let invitation = NewInvitation {
            notice: fresh.notice(ports, &administrator, now)?,
            entry: self
                .authority
                .entry(ports, Action::AdministratorInvited, about, now)?,
            link: fresh.link,
            administrator,
        };
        Ok(match ports.administrators.invite(&invitation).await? {
            Inviting::Invited => Invited::Done(Box::new(invitation.administrator), fresh.secret),
            not => Invited::Not(not),
        })
    }
}

/// Invites somebody again who has not joined: the earlier link ends.
///
/// `None` where the organization has no such administrator, or they have joined.
///
/// # Errors
/// Where nothing can be said.
pub async fn invite_again(
    ports: &Ports,
    authority: Authority<'_>,
    id: AdministratorId,
) -> Result<Option<AdministratorLinkSecret>, Fault> {
    let now = ports.clock.now();
    let organization = authority.organization().id;
    let Some(administrator) = ports.administrators.find(organization, id).await? else {
        return Ok(None);
    };
    let fresh = FreshLink::draw(ports, &administrator, LinkPurpose::Invitation(id), now)?;
    let notice = fresh.notice(ports, &administrator, now)?;
    let entry = authority.entry(ports, Action::AdministratorInvited, About::administrator(id), now)?;
    let renewed = ports
        .administrators
        .renew_link(&fresh.link, Some(&notice), Some(&entry))
        .await?;
    Ok(renewed.then_some(fresh.secret))
}

/// Gives somebody another role; they sign in anew.
///
/// # Errors
/// Where nothing can be said.
pub async fn change_role(
    ports: &Ports,
    authority: Authority<'_>,
    id: AdministratorId,
    role: Role,
) -> Result<AdministratorChange, Fault> {
    let now = ports.clock.now();
    let entry = authority.entry(ports, Action::RoleChanged, About::administrator(id), now)?;
    let organization = authority.organization().id;
    Ok(ports
        .administrators
        .change_role(organization, id, role, &entry)
        .await?)
}

/// Removes somebody: from the answer on they are let in nowhere.
///
/// # Errors
/// Where nothing can be said.
pub async fn remove(
    ports: &Ports,
    authority: Authority<'_>,
    id: AdministratorId,
) -> Result<AdministratorChange, Fault> {
    let now = ports.clock.now();
    let entry = authority.entry(ports, Action::AdministratorRemoved, About::administrator(id), now)?;
    let organization = authority.organization().id;
    Ok(ports.administrators.remove(organization, id, &entry).await?)
}
