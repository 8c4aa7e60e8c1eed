//! How somebody becomes an administrator: the set-up, invitations, and the links by which they are let in.

use symbolon_domain::{
    activity::ActivityEntry,
    administrator::MAX_ADMINISTRATORS,
    administrator_link::{AdministratorLink, LinkPurpose},
    notice::Notice,
    organization::Organization,
    port::{
        StoreError,
        administrators::{Founding, Inviting, NewInvitation, NewProof, Redeeming, Redemption, SettingUp},
    },
    sealed::TokenDigest,
    time::Timestamp,
};

use crate::{dossier::taken, state::State};

impl State {
    pub(super) fn link(&self, digest: &TokenDigest) -> Option<&AdministratorLink> {
        self.administrator_links
            .values()
            .find(|link| link.digest == *digest)
    }

    pub(super) fn set_up(
        &mut self,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Result<SettingUp, StoreError> {
        if !self.administrators.is_empty() {
            return Ok(SettingUp::SomebodyExists);
        }
        let is_for_this = |link: &AdministratorLink| link.purpose == LinkPurpose::SetUp && link.is_good(now);
        if !self.link(link).is_some_and(is_for_this) {
            return Ok(SettingUp::LinkSpent);
        }
        let administrator = &founding.administrator;
        match &founding.organization {
            Some(new) if self.organizations.contains_key(&new.id) => return Err(taken()),
            Some(new) => {
                self.organizations.insert(new.id, new.clone());
            }
            None => {
                let theirs = self.organizations.get(&administrator.organization);
                if !theirs.is_some_and(Organization::is_active) {
                    return Ok(SettingUp::OrganizationCancelled);
                }
            }
        }
        self.administrators
            .insert(administrator.id, administrator.clone());
        self.end_links(|link| link.purpose == LinkPurpose::SetUp);
        self.activity.extend_from_slice(&founding.entries);
        Ok(SettingUp::Done)
    }

    pub(super) fn invite(&mut self, invitation: &NewInvitation) -> Result<Inviting, StoreError> {
        let administrator = &invitation.administrator;
        let organization = self.organizations.get(&administrator.organization);
        if !organization.is_some_and(Organization::is_active) {
            return Ok(Inviting::OrganizationCancelled);
        }
        if self.with_mail(&administrator.mail).is_some() {
            return Ok(Inviting::MailTaken);
        }
        let colleagues = self
            .administrators
            .values()
            .filter(|other| other.organization == administrator.organization)
            .count();
        if u64::try_from(colleagues).is_ok_and(|colleagues| colleagues >= MAX_ADMINISTRATORS) {
            return Ok(Inviting::LimitReached);
        }
        self.refuse_taken_link(&invitation.link)?;
        if self.administrators.contains_key(&administrator.id) {
            return Err(taken());
        }
        self.administrators
            .insert(administrator.id, administrator.clone());
        self.keep_link(&invitation.link);
        self.queue_notice(&invitation.notice)?;
        self.activity.push(invitation.entry.clone());
        Ok(Inviting::Invited)
    }

    pub(super) fn renew_link(
        &mut self,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError> {
        let whom = link.purpose.administrator();
        let Some(administrator) = whom.and_then(|id| self.administrators.get(&id)) else {
            return Ok(false);
        };
        let has_joined = administrator.joined_at.is_some();
        if has_joined == matches!(link.purpose, LinkPurpose::Invitation(_)) {
            return Ok(false);
        }
        self.refuse_taken_link(link)?;
        self.end_links(|earlier| earlier.purpose == link.purpose);
        self.keep_link(link);
        if let Some(notice) = notice {
            self.queue_notice(notice)?;
        }
        self.activity.extend(entry.cloned());
        Ok(true)
    }

    pub(super) fn redeem(
        &mut self,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Redeeming {
        let good = self.link(link).filter(|link| link.is_good(now));
        let whom = good.and_then(|link| link.purpose.administrator());
        let Some(member) = whom.and_then(|id| self.member(id)) else {
            return Redeeming::LinkSpent;
        };
        if !member.organization.is_active() {
            return Redeeming::OrganizationCancelled;
        }
        let mut administrator = member.administrator;
        match &redemption.proof {
            NewProof::Connection(connection)
                if self.is_profile_taken(&connection.profile, administrator.id) =>
            {
                return Redeeming::ProfileTaken;
            }
            NewProof::Connection(connection) => administrator.proofs.connection = Some(connection.clone()),
            NewProof::Password(hash) => administrator.proofs.password = Some(hash.clone()),
        }
        administrator.proofs.generation = administrator.proofs.generation.saturating_add(1);
        administrator.joined_at.get_or_insert(now);
        if let Some(name) = &redemption.name {
            administrator.name = Some(name.clone());
        }
        self.administrators
            .insert(administrator.id, administrator.clone());
        self.end_links_of(administrator.id);
        self.end_administrator_sessions(administrator.id, None);
        self.activity.push(entry.clone());
        Redeeming::Redeemed(Box::new(administrator))
    }
}
