//! A scene with a template and a recipient on it, and calls about them on their way.

use symbolon_contract::sample::now;
use symbolon_domain::{
    access_token::{AccessToken, Dossier},
    activity::Action,
    mail::{Mail, MailKind},
    port::{
        access_tokens::{AccessChange, AccessRecord, AccessTokens, Claim},
        outbox::Outbox,
        recipients::{Issuing, NewRecipient, Recipients},
        templates::Templates,
    },
    social_profile::Connection,
    template::Template,
};
use tokio::task::JoinHandle;

use crate::interloper::Scene;

pub(crate) struct Stage {
    pub(crate) scene: Scene,
    pub(crate) template: Template,
    pub(crate) new: NewRecipient,
}

impl Stage {
    /// With one recipient, whose mail is due.
    pub(crate) async fn open() -> Self {
        let scene = Scene::open().await;
        let template = scene.samples.template(scene.owner.id);
        let entry = scene.samples.entry(scene.owner.id, Action::TemplateCreated);
        assert!(
            Templates::insert(&scene.store(), &template, &entry)
                .await
                .unwrap()
        );
        let new = scene.samples.new_recipient(&template);
        let stage = Self { scene, template, new };
        assert_eq!(stage.issuing(&stage.new).await.unwrap(), Issuing::Issued);
        stage
    }

    /// The same, claimed by somebody.
    pub(crate) async fn claimed() -> (Self, Connection) {
        let stage = Self::open().await;
        let holder = stage.scene.samples.connection();
        assert_eq!(stage.claiming(&holder).await.unwrap(), Claim::Bound);
        (stage, holder)
    }

    /// What binds the token to this profile, as an interloper would.
    pub(crate) fn binding(by: &Connection) -> String {
        format!(
            "UPDATE recipients SET first_claimed_at = now(); \
             UPDATE access_tokens SET bound_provider = 'sample', bound_issuer = '{}', bound_subject = '{}', \
                bound_hint = '', bound_at = now()",
            by.profile.issuer(),
            by.profile.subject()
        )
    }

    /// What takes the recipient and replaces the token, as an interloper would.
    pub(crate) const REPLACEMENT: &str = "SELECT FROM recipients FOR UPDATE; \
        UPDATE access_tokens SET replaced_at = now(), sealed = NULL; \
        INSERT INTO access_tokens \
            (id, recipient_id, organization_id, pepper_id, digest, generation, created_at) \
        SELECT gen_random_uuid(), recipient_id, organization_id, pepper_id, sha256(digest), 1, now() \
        FROM access_tokens";

    pub(crate) async fn dossier(&self) -> Option<Dossier> {
        let found = AccessTokens::find_by_id(&self.scene.store(), self.new.token.id).await;
        found.unwrap()
    }

    pub(crate) fn claiming(&self, by: &Connection) -> JoinHandle<Claim> {
        let (store, id, by) = (self.scene.store(), self.new.token.id, by.clone());
        let (entry, mail) = self.record(Action::AccessClaimed, MailKind::Claimed);
        tokio::spawn(async move {
            let record = AccessRecord {
                entry: &entry,
                mail: Some(&mail),
            };
            store.claim(id, &by, record, now()).await.unwrap()
        })
    }

    pub(crate) fn issuing(&self, new: &NewRecipient) -> JoinHandle<Issuing> {
        let (store, new) = (self.scene.store(), new.clone());
        tokio::spawn(async move {
            let outcomes = store.issue(&[new]).await.unwrap();
            outcomes[0]
        })
    }

    pub(crate) fn taking(&self) -> JoinHandle<Option<(Mail, Dossier)>> {
        let store = self.scene.store();
        tokio::spawn(async move { store.take_due(now(), now().plus_seconds(30)).await.unwrap() })
    }

    pub(crate) fn resetting(&self) -> JoinHandle<AccessChange> {
        let (store, recipient) = (self.scene.store(), self.new.recipient.clone());
        let (entry, mail) = self.record(Action::AccessReset, MailKind::AccessReset);
        tokio::spawn(async move {
            let record = AccessRecord {
                entry: &entry,
                mail: Some(&mail),
            };
            let reset = store.reset(recipient.organization, recipient.id, record);
            reset.await.unwrap()
        })
    }

    pub(crate) fn replacing(&self) -> (AccessToken, JoinHandle<AccessChange>) {
        let (store, organization) = (self.scene.store(), self.scene.owner.id);
        let successor = self.scene.samples.access_successor(&self.new.token);
        let (entry, _) = self.record(Action::AccessReplaced, MailKind::Access);
        let kept = successor.clone();
        let replacement = tokio::spawn(async move {
            let record = AccessRecord {
                entry: &entry,
                mail: None,
            };
            let replacement = store.replace(organization, &kept, record, now());
            replacement.await.unwrap()
        });
        (successor, replacement)
    }

    pub(crate) fn record(
        &self,
        action: Action,
        kind: MailKind,
    ) -> (symbolon_domain::activity::ActivityEntry, Mail) {
        let samples = &self.scene.samples;
        (
            samples.entry_about(&self.new.token, self.template.id, action),
            samples.mail(&self.new.token, kind),
        )
    }
}
