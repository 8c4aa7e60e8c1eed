//! Numbers of what was there before anything was counted.

use symbolon_contract::sample::{Samples, mail_address, now, revocation};
use symbolon_domain::{
    access_token::AccessToken,
    activity::Action,
    id::OrganizationId,
    mail::{Mail, MailKind},
    port::{
        access_tokens::{AccessRecord, AccessTokens},
        organizations::Organizations,
        outbox::{Attempt, Outbox},
        recipients::{NewRecipient, Recipients},
        tallies::{Numbers, Tallies},
        templates::Templates,
    },
    recipient::Recipient,
    template::Template,
    time::{Day, Timestamp},
};
use symbolon_storage_diesel::DieselStore;

use crate::{
    back::back_to_before,
    raw::Raw,
    support::{Postgres, Sqlite},
};

/// A store with templates, and what becomes of the recipients on them.
struct Stage<'a> {
    store: &'a DieselStore,
    samples: Samples,
    templates: Vec<Template>,
}

impl<'a> Stage<'a> {
    /// Two templates of one organization and one of another.
    async fn open(store: &'a DieselStore) -> Self {
        let samples = Samples::default();
        let mut templates = Vec::new();
        for wanted in [2, 1] {
            let organization = samples.organization();
            let entry = samples.entry(organization.id, Action::OrganizationCreated);
            Organizations::insert(store, &organization, &entry).await.unwrap();
            for _ in 0..wanted {
                let template = samples.template(organization.id);
                let entry = samples.entry(organization.id, Action::TemplateCreated);
                assert!(Templates::insert(store, &template, &entry).await.unwrap());
                templates.push(template);
            }
        }
        Self {
            store,
            samples,
            templates,
        }
    }

    async fn issue(&self, template: &Template, change: impl FnOnce(&mut Recipient)) -> NewRecipient {
        let mut recipient = self.samples.recipient(template);
        change(&mut recipient);
        let new = self.samples.new_for(recipient);
        self.store.issue(std::slice::from_ref(&new)).await.unwrap();
        new
    }

    async fn settle(&self, mail: &Mail, attempt: &Attempt) {
        Outbox::settle(self.store, mail.id, attempt).await.unwrap();
    }

    async fn settle_first(&self, new: &NewRecipient, attempt: &Attempt) {
        self.settle(new.mail.as_ref().unwrap(), attempt).await;
    }

    async fn open_link(&self, token: &AccessToken) {
        self.store.record_opens(&[(token.id, 1, now())]).await.unwrap();
    }

    async fn claim(&self, new: &NewRecipient, at: Timestamp) {
        let entry = self
            .samples
            .entry(new.recipient.organization, Action::AccessClaimed);
        let record = AccessRecord {
            entry: &entry,
            mail: None,
        };
        let connection = self.samples.connection();
        self.store
            .claim(new.token.id, &connection, record, at)
            .await
            .unwrap();
    }

    /// Replaces the token; the mail with the new link.
    async fn replace(&self, new: &NewRecipient) -> Mail {
        let successor = self.samples.access_successor(&new.token);
        let organization = new.recipient.organization;
        let entry = self.samples.entry(organization, Action::AccessReplaced);
        let mail = self.samples.mail(&successor, MailKind::Access);
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        self.store
            .replace(organization, &successor, record, now())
            .await
            .unwrap();
        mail
    }

    async fn mail_again(&self, new: &NewRecipient) -> Mail {
        let later = now().plus_seconds(1);
        let mail = Mail {
            created_at: later,
            ..self.samples.mail(&new.token, MailKind::AccessAgain)
        };
        let organization = new.recipient.organization;
        let entry = self.samples.entry(organization, Action::AccessMailedAgain);
        self.store
            .queue_again(organization, new.recipient.id, &mail, &entry, later)
            .await
            .unwrap();
        mail
    }

    /// Has everything become of recipients that is counted, and much of it in several ways.
    async fn play(&self) {
        let sent = Attempt::Sent { at: now() };
        let failed = Attempt::Failed {
            failure: "no such mailbox".to_owned(),
        };
        for (template, days) in self.templates.iter().zip([0, 1, 2]) {
            for place in 0..=days {
                let days = place - 1;
                let at = Day::from_number(days).start().plus_millis(-1);
                let new = self.issue(template, |new| new.expires_at = Some(at)).await;
                self.settle_first(&new, &sent).await;
                self.open_link(&new.token).await;
                self.claim(&new, Day::of(now()).plus(days).start()).await;
            }
            let test = self
                .issue(template, |new| {
                    new.is_test = true;
                    new.expires_at = Some(now());
                })
                .await;
            self.settle_first(&test, &failed).await;
            self.open_link(&test.token).await;

            let unreached = self.issue(template, |_| {}).await;
            self.settle_first(&unreached, &failed).await;
            let replaced = self.issue(template, |_| {}).await;
            self.settle_first(&replaced, &failed).await;
            self.open_link(&replaced.token).await;
            self.replace(&replaced).await;
            let reached_late = self.issue(template, |_| {}).await;
            self.settle_first(&reached_late, &failed).await;
            self.settle(&self.mail_again(&reached_late).await, &sent).await;
            let lost_late = self.issue(template, |_| {}).await;
            self.settle_first(&lost_late, &sent).await;
            self.settle(&self.mail_again(&lost_late).await, &failed).await;
            let revoked = self
                .issue(template, |new| {
                    new.expires_at = Some(now());
                    new.mail = mail_address("revoked@example.org");
                })
                .await;
            self.settle(&self.replace(&revoked).await, &sent).await;
            let entry = self
                .samples
                .entry(template.organization, Action::CredentialRevoked);
            let (owner, id) = (template.organization, revoked.recipient.id);
            Recipients::revoke(self.store, owner, id, &revocation(now()), &entry)
                .await
                .unwrap();
        }
    }

    fn organizations(&self) -> [OrganizationId; 2] {
        let [first, .., last] = self.templates.as_slice() else {
            panic!("there are three templates");
        };
        [first.organization, last.organization]
    }

    /// Everything that is counted.
    async fn counted(&self) -> Vec<Counted> {
        let mut counted = Vec::new();
        for organization in self.organizations() {
            let ids: Vec<_> = self.templates.iter().map(|template| template.id).collect();
            let (first, last) = (Day::of(Timestamp::MIN), Day::of(Timestamp::MAX));
            let templates = self.store.of_templates(organization, &ids).await.unwrap();
            let claims = self.store.claims(organization, first).await.unwrap();
            let expiries = self.store.expiries(organization, first, last).await.unwrap();
            counted.push((templates, claims, expiries));
        }
        counted
    }
}

/// The numbers of templates, and those of days.
type Counted = (Vec<Numbers>, Vec<(Day, u64)>, Vec<(Day, u64)>);

/// What the migration counts is what the steps had counted one by one, and it is settled.
async fn what_is_there_is_counted(store: &DieselStore, raw: &mut Raw) {
    store.migrate().unwrap();
    let stage = Stage::open(store).await;
    stage.play().await;
    let before = stage.counted().await;
    let all = Numbers {
        recipients: 8,
        mailed: 6,
        mail_failed: 2,
        opened: 4,
        claimed: 3,
        revoked: 1,
        tests: 1,
    };
    let (last, claims, expiries) = before.last().unwrap();
    assert_eq!(last.last(), Some(&all));
    assert_eq!((claims.len(), expiries.len()), (3, 3));
    for _ in 0..2 {
        // With what came later.
        back_to_before(store, "tallies");
        store.migrate().unwrap();
        assert_eq!(stage.counted().await, before);
        let unsettled = "SELECT count(*) AS number FROM tallies WHERE NOT is_settled";
        assert_eq!(raw.numbers(unsettled), [0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_counts_what_is_there() {
    let fixture = Sqlite::empty();
    what_is_there_is_counted(&fixture.store, &mut Raw::beside_sqlite(&fixture)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_counts_what_is_there() {
    let fixture = Postgres::empty();
    what_is_there_is_counted(&fixture.store, &mut Raw::beside_postgres(&fixture)).await;
}
