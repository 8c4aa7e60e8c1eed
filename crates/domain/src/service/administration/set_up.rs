//! The first administrator: a link that is printed while there is nobody, and what is made with it.

use super::{ProvingFault, links::find_good};
use crate::{
    activity::{About, Action, RequestOrigin},
    administrator::{Administrator, Member, Proofs, Role},
    administrator_link::{AdministratorLink, LinkPurpose},
    id::{AdministratorId, AdministratorLinkId, OrganizationId},
    organization::{Organization, RevealPolicy},
    password::Password,
    port::{
        Ports,
        administrators::{Founding, SettingUp},
        passwords::Passwords,
    },
    secret::AdministratorLinkSecret,
    service::{Fault, caller::entry},
    text::{MailAddress, OrganizationName, PersonName, WebAddress},
};

/// A fresh link for the set-up, which is good for an hour; `None` where there is an administrator already.
///
/// # Errors
/// Where nothing can be said.
pub async fn offer(ports: &Ports) -> Result<Option<AdministratorLinkSecret>, Fault> {
    let now = ports.clock.now();
    let secret = AdministratorLinkSecret::generate(ports.entropy.as_ref())?;
    let purpose = LinkPurpose::SetUp;
    let link = AdministratorLink {
        id: AdministratorLinkId::fresh(now, ports.id_entropy()?),
        digest: ports.vault.digest(&secret),
        purpose,
        sealed: None,
        created_at: now,
        expires_at: now.plus_seconds(purpose.seconds()),
    };
    let is_offered = ports.administrators.offer_set_up(&link).await?;
    Ok(is_offered.then_some(secret))
}

/// Sets the service up.
#[derive(Debug)]
pub struct SetUp<'a> {
    /// The link.
    pub link: &'a AdministratorLinkSecret,
    /// Whose first administrator it is.
    pub organization: FoundingOrganization,
    /// What they are called.
    pub name: PersonName,
    /// What they sign in with.
    pub mail: MailAddress,
    /// Their password.
    pub password: Password,
    /// Where the request comes from.
    pub origin: RequestOrigin,
}

/// Whose first administrator somebody is.
#[derive(Debug, Clone)]
pub enum FoundingOrganization {
    /// Of one that is made with them.
    New {
        /// What it calls itself.
        name: OrganizationName,
        /// Where people reach it.
        contact: MailAddress,
        /// Its own web site.
        url: Option<WebAddress>,
    },
    /// Of one that an operator has made.
    Existing(OrganizationId),
}

/// What became of a set-up.
#[derive(Debug)]
pub enum SetUpOutcome {
    /// The service has its first administrator.
    Done(Box<Member>),
    /// Nothing was changed, for this reason; never [`SettingUp::Done`].
    Not(SettingUp),
}

impl SetUp<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports, passwords: &dyn Passwords) -> Result<SetUpOutcome, ProvingFault> {
        let now = ports.clock.now();
        // Hashing is slow on purpose: not for whoever has no link.
        let Some((link, _)) = find_good(ports, self.link, now).await? else {
            return Ok(SetUpOutcome::Not(SettingUp::LinkSpent));
        };
        let (organization, is_new) = match self.organization {
            FoundingOrganization::New { name, contact, url } => {
                let organization = Organization {
                    id: OrganizationId::fresh(now, ports.id_entropy()?),
                    name,
                    contact,
                    url,
                    reveal_policy: RevealPolicy::default(),
                    created_at: now,
                    cancelled_at: None,
                };
                (organization, true)
            }
            FoundingOrganization::Existing(id) => match ports.organizations.find(id).await? {
                Some(organization) => (organization, false),
                None => return Ok(SetUpOutcome::Not(SettingUp::OrganizationCancelled)),
            },
        };
        let hash = passwords.hash(self.password).await?;
        let now = ports.clock.now();
        let id = AdministratorId::fresh(now, ports.id_entropy()?);
        let attribution = self.origin.by_administrator(id);
        let about = About::administrator(id);
        let entry = |action| entry(ports, organization.id, attribution.clone(), action, about, now);
        let mut entries = Vec::new();
        if is_new {
            entries.push(entry(Action::OrganizationCreated)?);
        }
        entries.push(entry(Action::AdministratorSetUp)?);
        let administrator = Administrator {
            id,
            organization: organization.id,
            mail: self.mail,
            name: Some(self.name),
            role: Role::Owner,
            created_at: now,
            joined_at: Some(now),
            proofs: Proofs {
                password: Some(hash),
                ..Proofs::default()
            },
            signed_in_at: None,
        };
        let founding = Founding {
            organization: is_new.then(|| organization.clone()),
            administrator: administrator.clone(),
            entries,
        };
        Ok(
            match ports.administrators.set_up(&link.digest, &founding, now).await? {
                SettingUp::Done => SetUpOutcome::Done(Box::new(Member {
                    administrator,
                    organization,
                })),
                not => SetUpOutcome::Not(not),
            },
        )
    }
}
