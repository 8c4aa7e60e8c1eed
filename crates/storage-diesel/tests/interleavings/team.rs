//! A scene with administrators, and calls about them on their way.

use symbolon_contract::sample::now;
use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Role},
    administrator_link::LinkPurpose,
    port::administrators::{
        AdministratorChange, AdministratorRecord, Administrators, Founding, Inviting, NewInvitation,
        NewProof, ProofChange, ProofChanging, Redeeming, Redemption, SettingUp,
    },
    sealed::TokenDigest,
};
use tokio::task::JoinHandle;

use crate::interloper::Scene;

pub(crate) struct Team {
    pub(crate) scene: Scene,
    /// The first of them, an owner with a password.
    pub(crate) founder: Administrator,
}

impl Team {
    /// With nobody but the founder.
    pub(crate) async fn open() -> Self {
        let scene = Scene::open().await;
        let founding = scene.samples.founding(scene.owner.id);
        let founder = founding.administrator.clone();
        let link = offered(&scene).await;
        assert_eq!(setting_up(&scene, link, founding).await.unwrap(), SettingUp::Done);
        Self { scene, founder }
    }

    /// Somebody who is invited, in this role.
    pub(crate) async fn invite(&self, role: Role) -> NewInvitation {
        let somebody = self.scene.samples.invited(self.scene.owner.id, role);
        let invitation = self.scene.samples.invitation_for(somebody);
        assert_eq!(self.inviting(&invitation).await.unwrap(), Inviting::Invited);
        invitation
    }

    /// Somebody who was invited in this role, and has joined.
    pub(crate) async fn join(&self, role: Role) -> Administrator {
        let invitation = self.invite(role).await;
        let proof = NewProof::Password(self.scene.samples.password_hash());
        match self.redeeming(&invitation, proof).await.unwrap() {
            Redeeming::Redeemed(administrator) => *administrator,
            outcome => panic!("{outcome:?}"),
        }
    }

    pub(crate) async fn found(&self, administrator: &Administrator) -> Option<Administrator> {
        let store = self.scene.store();
        let found = Administrators::find(&store, administrator.organization, administrator.id);
        found.await.unwrap()
    }

    pub(crate) fn inviting(&self, invitation: &NewInvitation) -> JoinHandle<Inviting> {
        let (store, invitation) = (self.scene.store(), invitation.clone());
        tokio::spawn(async move { store.invite(&invitation).await.unwrap() })
    }

    pub(crate) fn redeeming(&self, invitation: &NewInvitation, proof: NewProof) -> JoinHandle<Redeeming> {
        let (store, link) = (self.scene.store(), invitation.link.digest);
        let entry = self
            .scene
            .samples
            .entry_of(&invitation.administrator, Action::AdministratorJoined);
        let redemption = Redemption { name: None, proof };
        tokio::spawn(async move { store.redeem(&link, &redemption, &entry, now()).await.unwrap() })
    }

    pub(crate) fn changing(&self, of: &Administrator, change: ProofChange) -> JoinHandle<ProofChanging> {
        let (store, id, generation) = (self.scene.store(), of.id, of.proofs.generation);
        let entry = self.scene.samples.entry_of(of, Action::PasswordChanged);
        tokio::spawn(async move {
            let record = AdministratorRecord {
                entry: &entry,
                notice: None,
            };
            store
                .change_proof(id, generation, &change, None, record)
                .await
                .unwrap()
        })
    }

    pub(crate) fn demoting(&self, owner: &Administrator) -> JoinHandle<AdministratorChange> {
        let (store, owner) = (self.scene.store(), owner.clone());
        let entry = self.scene.samples.entry_of(&owner, Action::RoleChanged);
        tokio::spawn(async move {
            store
                .change_role(owner.organization, owner.id, Role::Viewer, &entry)
                .await
                .unwrap()
        })
    }

    pub(crate) fn removing(&self, somebody: &Administrator) -> JoinHandle<AdministratorChange> {
        let (store, somebody) = (self.scene.store(), somebody.clone());
        let entry = self
            .scene
            .samples
            .entry_of(&somebody, Action::AdministratorRemoved);
        tokio::spawn(async move {
            Administrators::remove(&store, somebody.organization, somebody.id, &entry)
                .await
                .unwrap()
        })
    }
}

/// A link for the set-up that is kept.
pub(crate) async fn offered(scene: &Scene) -> TokenDigest {
    let link = scene.samples.link(LinkPurpose::SetUp);
    assert!(scene.store().offer_set_up(&link).await.unwrap());
    link.digest
}

pub(crate) fn setting_up(scene: &Scene, link: TokenDigest, founding: Founding) -> JoinHandle<SettingUp> {
    let store = scene.store();
    tokio::spawn(async move { store.set_up(&link, &founding, now()).await.unwrap() })
}

/// What adds this administrator, as somebody else would.
pub(crate) fn addition(administrator: &Administrator) -> String {
    format!(
        "INSERT INTO administrators (id, organization_id, mail, role, created_at, joined_at, generation) \
         VALUES ('{}', '{}', '{}', '{}', now(), now(), 0)",
        administrator.id,
        administrator.organization,
        administrator.mail.as_str().to_uppercase(),
        administrator.role,
    )
}
