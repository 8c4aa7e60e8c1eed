//! Mail that waits, and how little it costs the rest.

use std::collections::BTreeSet;

use symbolon_contract::sample::{Samples, now};
use symbolon_domain::{
    activity::Action,
    id::{MailId, OrganizationId},
    port::{
        organizations::Organizations,
        outbox::{Attempt, Outbox},
        recipients::{NewRecipient, Recipients},
        templates::Templates,
    },
    template::Template,
    time::Timestamp,
};

use super::*;
use crate::{DieselStore, support::Sqlite};

/// More than is put aside in one go.
const BACKLOG: usize = 2_100;

struct Stage {
    fixture: Sqlite,
    samples: Samples,
}

impl Stage {
    fn store(&self) -> &DieselStore {
        &self.fixture.store
    }

    async fn template(&self) -> Template {
        let organization = self.samples.organization();
        let entry = self.samples.entry(organization.id, Action::OrganizationCreated);
        Organizations::insert(self.store(), &organization, &entry)
            .await
            .unwrap();
        let template = self.samples.template(organization.id);
        let entry = self.samples.entry(organization.id, Action::TemplateCreated);
        assert!(Templates::insert(self.store(), &template, &entry).await.unwrap());
        template
    }

    async fn issue(&self, template: &Template, many: usize) -> BTreeSet<MailId> {
        let batch: Vec<NewRecipient> = (0..many).map(|_| self.samples.new_recipient(template)).collect();
        self.store().issue(&batch).await.unwrap();
        batch
            .iter()
            .filter_map(|new| new.mail.as_ref())
            .map(|mail| mail.id)
            .collect()
    }

    async fn take_all(&self, at: Timestamp) -> BTreeSet<MailId> {
        let mut taken = BTreeSet::new();
        while let Some((mail, _)) = self.store().take_due(at, at.plus_seconds(30)).await.unwrap() {
            self.store().settle(mail.id, &Attempt::Sent { at }).await.unwrap();
            assert!(taken.insert(mail.id));
        }
        taken
    }

    /// How many mails a call would have to look at.
    fn due(&self, at: Timestamp) -> usize {
        let connection = &mut self.fixture.store.maintenance().unwrap();
        mail::table
            .filter(is_pending())
            .filter(mail::due_at.le(At(at)))
            .count()
            .get_result::<i64>(connection)
            .unwrap()
            .try_into()
            .unwrap()
    }
}

/// What is put aside is not looked at again by every call, and is back at once when the waiting ends.
async fn waits_aside(stops: impl AsyncFn(&Stage, OrganizationId, &Template, bool)) {
    let stage = Stage {
        fixture: Sqlite::migrated(),
        samples: Samples::default(),
    };
    let (waiting, other) = (stage.template().await, stage.template().await);
    let backlog = stage.issue(&waiting, BACKLOG).await;
    stops(&stage, waiting.organization, &waiting, true).await;
    let behind = stage.issue(&other, 3).await;
    assert_eq!(stage.take_all(now()).await, behind);
    assert_eq!(stage.due(now()), 0);
    stops(&stage, waiting.organization, &waiting, false).await;
    assert_eq!(stage.due(now()), BACKLOG);
    assert_eq!(stage.take_all(now()).await, backlog);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_of_a_paused_template_is_put_aside() {
    waits_aside(async |stage, owner, template, stops| {
        let entry = stage.samples.entry(owner, Action::TemplatePaused);
        if stops {
            stage
                .store()
                .pause(owner, template.id, &entry, now())
                .await
                .unwrap();
        } else {
            stage.store().resume(owner, template.id, &entry).await.unwrap();
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_of_a_cancelled_organization_is_put_aside() {
    waits_aside(async |stage, owner, _, stops| {
        let entry = stage.samples.entry(owner, Action::OrganizationCancelled);
        if stops {
            stage.store().cancel(owner, &entry, now()).await.unwrap();
        } else {
            stage.store().reactivate(owner, &entry).await.unwrap();
        }
    })
    .await;
}

/// Nothing is put aside on a ground that holds nothing up any more.
#[tokio::test(flavor = "multi_thread")]
async fn mail_is_not_put_aside_without_need() {
    let stage = Stage {
        fixture: Sqlite::migrated(),
        samples: Samples::default(),
    };
    let template = stage.template().await;
    let due = stage.issue(&template, 3).await;
    let (owner, id) = (Key::from(template.organization), Key::from(template.id));
    let connection = &mut stage.fixture.store.maintenance().unwrap();
    for ground in [Ground::Organization(owner), Ground::Template(owner, id)] {
        super::super::waiting::put_aside(connection, ground, At(now())).unwrap();
    }
    assert_eq!(stage.take_all(now()).await, due);
}
