//! What is changed about an administrator: proofs, role, and whether they are one.

use symbolon_domain::{
    activity::ActivityEntry,
    administrator::{Administrator, Role},
    id::{AdministratorId, OrganizationId},
    port::administrators::{AdministratorChange, ProofChange, ProofChanging},
    sealed::TokenDigest,
};

use crate::state::State;

impl State {
    /// The administrator, if this organization has them.
    pub(super) fn owned_administrator(
        &self,
        organization: OrganizationId,
        id: AdministratorId,
    ) -> Option<&Administrator> {
        self.administrators
            .get(&id)
            .filter(|administrator| administrator.organization == organization)
    }

    /// Changes the proofs themselves, and counts one more generation.
    pub(super) fn change_proof(
        &mut self,
        id: AdministratorId,
        generation: u32,
        change: &ProofChange,
    ) -> ProofChanging {
        if let ProofChange::Connection(Some(connection)) = change
            && self.is_profile_taken(&connection.profile, id)
            && self.is_of_generation(id, generation)
        {
            return ProofChanging::ProfileTaken;
        }
        if !self.is_of_generation(id, generation) {
            return ProofChanging::Overtaken;
        }
        let Some(administrator) = self.administrators.get_mut(&id) else {
            return ProofChanging::Overtaken;
        };
        let proofs = &mut administrator.proofs;
        match change {
            ProofChange::Password(hash) => proofs.password = Some(hash.clone()),
            ProofChange::Connection(connection) => proofs.connection.clone_from(connection),
            ProofChange::SecondFactor(None) => {
                proofs.second_factor = None;
                self.recovery_codes.remove(&id);
            }
            ProofChange::SecondFactor(Some((factor, codes))) => {
                proofs.second_factor = Some(factor.clone());
                self.recovery_codes.insert(id, codes.clone());
            }
            ProofChange::RecoveryCodes(_) if proofs.second_factor.is_none() => {
                return ProofChanging::Overtaken;
            }
            ProofChange::RecoveryCodes(codes) => {
                self.recovery_codes.insert(id, codes.clone());
            }
        }
        proofs.generation = proofs.generation.saturating_add(1);
        self.count_recovery_codes(id);
        ProofChanging::Changed
    }

    pub(super) fn take_recovery_code(
        &mut self,
        id: AdministratorId,
        code: &TokenDigest,
        entry: &ActivityEntry,
    ) -> bool {
        let codes = self.recovery_codes.entry(id).or_default();
        let before = codes.len();
        codes.retain(|kept| kept != code);
        if codes.len() == before {
            return false;
        }
        self.count_recovery_codes(id);
        self.activity.push(entry.clone());
        true
    }

    pub(super) fn change_role(
        &mut self,
        organization: OrganizationId,
        id: AdministratorId,
        role: Role,
        entry: &ActivityEntry,
    ) -> AdministratorChange {
        let Some(administrator) = self.owned_administrator(organization, id) else {
            return AdministratorChange::Absent;
        };
        if administrator.role == role {
            return AdministratorChange::Unchanged;
        }
        if self.is_last_owner(administrator) {
            return AdministratorChange::LastOwner;
        }
        if let Some(administrator) = self.administrators.get_mut(&id) {
            administrator.role = role;
        }
        self.end_administrator_sessions(id, None);
        self.activity.push(entry.clone());
        AdministratorChange::Changed
    }

    pub(super) fn remove_administrator(
        &mut self,
        organization: OrganizationId,
        id: AdministratorId,
        entry: &ActivityEntry,
    ) -> AdministratorChange {
        let Some(administrator) = self.owned_administrator(organization, id) else {
            return AdministratorChange::Absent;
        };
        if self.is_last_owner(administrator) {
            return AdministratorChange::LastOwner;
        }
        self.administrators.remove(&id);
        self.recovery_codes.remove(&id);
        self.notices.retain(|_, notice| notice.addressee != Some(id));
        self.end_links_of(id);
        self.end_administrator_sessions(id, None);
        self.activity.push(entry.clone());
        AdministratorChange::Changed
    }

    fn is_of_generation(&self, id: AdministratorId, generation: u32) -> bool {
        self.administrators
            .get(&id)
            .is_some_and(|administrator| administrator.proofs.generation == generation)
    }

    /// Has a second factor say how many recovery codes are left.
    fn count_recovery_codes(&mut self, id: AdministratorId) {
        let left = self.recovery_codes.get(&id).map_or(0, Vec::len);
        if let Some(administrator) = self.administrators.get_mut(&id)
            && let Some(factor) = &mut administrator.proofs.second_factor
        {
            factor.recovery_codes_left = u32::try_from(left).unwrap_or(u32::MAX);
        }
    }
}
