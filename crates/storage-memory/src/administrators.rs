//! Administrators and their one-time links in memory.

mod changes;
mod joining;

use async_trait::async_trait;
use symbolon_domain::{
    activity::ActivityEntry,
    administrator::{Administrator, Member, Role},
    administrator_link::AdministratorLink,
    id::{AdministratorId, OrganizationId},
    notice::Notice,
    password::PasswordHash,
    port::{
        StoreError,
        administrators::{
            AdministratorChange, AdministratorRecord, Administrators, Founding, Inviting, NewInvitation,
            ProofChange, ProofChanging, Redeeming, Redemption, SettingUp,
        },
    },
    sealed::TokenDigest,
    social_profile::SocialProfile,
    text::{MailAddress, PersonName},
    time::Timestamp,
};

use crate::MemoryStore;

#[async_trait]
impl Administrators for MemoryStore {
    async fn exist(&self) -> Result<bool, StoreError> {
        Ok(!self.lock().administrators.is_empty())
    }

    async fn offer_set_up(&self, link: &AdministratorLink) -> Result<bool, StoreError> {
        let mut state = self.lock();
        if !state.administrators.is_empty() {
            return Ok(false);
        }
        state.refuse_taken_link(link)?;
        state.keep_link(link);
        Ok(true)
    }

    async fn set_up(
        &self,
        link: &TokenDigest,
        founding: &Founding,
        now: Timestamp,
    ) -> Result<SettingUp, StoreError> {
        self.lock().set_up(link, founding, now)
    }

    async fn find(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
    ) -> Result<Option<Administrator>, StoreError> {
        Ok(self.lock().owned_administrator(organization, id).cloned())
    }

    async fn find_by_mail(&self, mail: &MailAddress) -> Result<Option<Member>, StoreError> {
        let state = self.lock();
        let found = state.with_mail(mail);
        Ok(found.and_then(|administrator| state.member(administrator.id)))
    }

    async fn find_by_profile(&self, profile: &SocialProfile) -> Result<Option<Member>, StoreError> {
        let state = self.lock();
        let found = state.with_profile(profile);
        Ok(found.and_then(|administrator| state.member(administrator.id)))
    }

    async fn list(&self, organization: OrganizationId) -> Result<Vec<Administrator>, StoreError> {
        let state = self.lock();
        let mut administrators: Vec<_> = state
            .administrators
            .values()
            .filter(|administrator| administrator.organization == organization)
            .cloned()
            .collect();
        administrators.sort_by_key(|administrator| (administrator.created_at, administrator.id));
        Ok(administrators)
    }

    async fn invite(&self, invitation: &NewInvitation) -> Result<Inviting, StoreError> {
        self.lock().invite(invitation)
    }

    async fn renew_link(
        &self,
        link: &AdministratorLink,
        notice: Option<&Notice>,
        entry: Option<&ActivityEntry>,
    ) -> Result<bool, StoreError> {
        self.lock().renew_link(link, notice, entry)
    }

    async fn find_link(
        &self,
        digest: &TokenDigest,
    ) -> Result<Option<(AdministratorLink, Option<Member>)>, StoreError> {
        let state = self.lock();
        Ok(state.link(digest).map(|link| {
            let whom = link.purpose.administrator();
            (link.clone(), whom.and_then(|id| state.member(id)))
        }))
    }

    async fn redeem(
        &self,
        link: &TokenDigest,
        redemption: &Redemption,
        entry: &ActivityEntry,
        now: Timestamp,
    ) -> Result<Redeeming, StoreError> {
        Ok(self.lock().redeem(link, redemption, entry, now))
    }

    async fn change_proof(
        &self,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
        keep: Option<&TokenDigest>,
        record: AdministratorRecord<'_>,
    ) -> Result<ProofChanging, StoreError> {
        let mut state = self.lock();
        let changing = state.change_proof(id, generation, change);
        if changing == ProofChanging::Changed {
            state.end_administrator_sessions(id, keep);
            state.end_links_of(id);
            state.activity.push(record.entry.clone());
            if let Some(notice) = record.notice {
                state.queue_notice(notice)?;
            }
        }
        Ok(changing)
    }

    async fn rehash(
        &self,
        id: AdministratorId,
        generation: u32,
        hash: &PasswordHash,
    ) -> Result<(), StoreError> {
        let mut state = self.lock();
        let proofs = state.administrators.get_mut(&id).map(|found| &mut found.proofs);
        if let Some(proofs) = proofs.filter(|proofs| proofs.generation == generation)
            && let Some(password) = &mut proofs.password
        {
            *password = hash.clone();
        }
        Ok(())
    }

    async fn take_step(&self, id: AdministratorId, step: i64) -> Result<bool, StoreError> {
        let mut state = self.lock();
        let factor = state
            .administrators
            .get_mut(&id)
            .and_then(|found| found.proofs.second_factor.as_mut());
        let Some(factor) = factor.filter(|factor| factor.last_step < step) else {
            return Ok(false);
        };
        factor.last_step = step;
        Ok(true)
    }

    async fn take_recovery_code(
        &self,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> Result<bool, StoreError> {
        Ok(self.lock().take_recovery_code(id, code, entry))
    }

    async fn rename(&self, id: AdministratorId, name: &PersonName) -> Result<(), StoreError> {
        if let Some(administrator) = self.lock().administrators.get_mut(&id) {
            administrator.name = Some(name.clone());
        }
        Ok(())
    }

    async fn change_role(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> Result<AdministratorChange, StoreError> {
        Ok(self.lock().change_role(organization, id, role, entry))
    }

    async fn remove(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> Result<AdministratorChange, StoreError> {
        Ok(self.lock().remove_administrator(organization, id, entry))
    }

    async fn forget_links(&self, now: Timestamp) -> Result<u64, StoreError> {
        let forgotten = self.lock().end_links(|link| !link.is_good(now));
        Ok(u64::try_from(forgotten).unwrap_or(u64::MAX))
    }
}
