//! The store in memory with an organization in it, and what tests do with its jobs.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU32, Ordering},
};

use symbolon_contract::sample::{self, Samples, mail_address, person_name};
use symbolon_domain::{
    activity::{Action, Actor, Attribution},
    administrator::Administrator,
    administrator_link::LinkPurpose,
    id::{ID_ENTROPY, JobId, RecipientId},
    job::{Job, JobCounts, JobKind, JobState},
    organization::Organization,
    page::PageRequest,
    port::{
        Ports,
        clock::Clock,
        recipients::{RecipientFilter, RecipientOrder},
    },
    recipient::Locale,
    service::{
        caller::Authority,
        issue_credentials::{CredentialWish, ExpiryWish, IssueCredentials, Issued},
    },
    template::Template,
    time::Timestamp,
};
use symbolon_jobs::{Turned, take_turn};
use symbolon_storage_memory::MemoryStore;
use symbolon_vault::{KeyRing, RingVault, SystemEntropy};

/// A clock that goes on by so much whenever it is looked at: first the time, then how far it goes, in milliseconds.
pub(crate) struct Ticking(pub(crate) AtomicI64, pub(crate) AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        let step = self.1.load(Ordering::SeqCst);
        Timestamp::from_millis(self.0.fetch_add(step, Ordering::SeqCst))
    }
}

/// An organization with somebody who works, and jobs that are taken a turn at a time.
pub(crate) struct Desk {
    pub(crate) ports: Ports,
    pub(crate) clock: Arc<Ticking>,
    pub(crate) sample: Samples,
    pub(crate) organization: Organization,
    pub(crate) template: Template,
    administrator: Administrator,
    jobs: AtomicU32,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let clock = Arc::new(Ticking(
            AtomicI64::new(sample::now().as_millis()),
            AtomicI64::new(0),
        ));
        let entropy = Arc::new(SystemEntropy::new());
        let ring = KeyRing::generate(entropy.as_ref(), clock.now()).unwrap();
        let vault = Arc::new(RingVault::new(&ring));
        let ports = Ports::over(Arc::new(MemoryStore::new()), clock.clone(), entropy, vault);
        let sample = Samples::default();
        let organization = sample.organization();
        let entry = sample.entry(organization.id, Action::OrganizationCreated);
        ports.organizations.insert(&organization, &entry).await.unwrap();
        let link = sample.link(LinkPurpose::SetUp);
        ports.administrators.offer_set_up(&link).await.unwrap();
        let founding = sample.founding(organization.id);
        ports
            .administrators
            .set_up(&link.digest, &founding, clock.now())
            .await
            .unwrap();
        let template = sample.template(organization.id);
        let entry = sample.entry(organization.id, Action::TemplateCreated);
        ports.templates.insert(&template, &entry).await.unwrap();
        Self {
            ports,
            clock,
            sample,
            organization,
            template,
            administrator: founding.administrator,
            jobs: AtomicU32::new(0),
        }
    }

    pub(crate) fn job(&self, kind: JobKind, plan: String, total: u64) -> Job {
        let number = u8::try_from(self.jobs.fetch_add(1, Ordering::SeqCst)).unwrap();
        let now = self.clock.now();
        Job {
            id: JobId::fresh(now, [number; ID_ENTROPY]),
            organization: self.organization.id,
            kind,
            template: Some(self.template.id),
            plan,
            by: Attribution {
                actor: Actor::Administrator(self.administrator.id),
                request_id: Some("a-request".to_owned()),
                address: None,
            },
            made_at: now,
            state: JobState::Waiting,
            total,
            counts: JobCounts::default(),
            cursor: None,
            began_at: None,
            ended_at: None,
            failure: None,
        }
    }

    pub(crate) async fn keep(&self, job: &Job, file: Option<&[u8]>) {
        assert!(self.ports.jobs.keep(job, file, None).await.unwrap());
    }

    pub(crate) async fn turn(&self) -> Turned {
        take_turn(&self.ports, &|| false).await.unwrap()
    }

    pub(crate) async fn look(&self, job: &Job) -> Job {
        let found = self.ports.jobs.find(self.organization.id, job.id).await;
        found.unwrap().expect("the job is kept")
    }

    pub(crate) async fn issue(&self, mails: &[String]) -> Vec<RecipientId> {
        let wishes = mails.iter().map(|mail| CredentialWish {
            template: self.template.id,
            mail: mail_address(mail),
            first_name: person_name("Ada"),
            last_name: None,
            issued_at: None,
            expiry: ExpiryWish::Never,
            locale: Locale::English,
            external_id: None,
            is_test: false,
            suppress_mail: true,
        });
        let issuing = IssueCredentials {
            authority: Authority::Operator(&self.organization),
            wishes: wishes.collect(),
            request: None,
        };
        let issued = issuing.run(&self.ports).await.unwrap();
        issued
            .into_iter()
            .map(|issued| match issued {
                Issued::Made(made) => made.dossier.recipient.id,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    pub(crate) async fn count(&self, filter: &RecipientFilter) -> u64 {
        let page = PageRequest::new(1, 1);
        let listed = self
            .ports
            .recipients
            .list(self.organization.id, filter, RecipientOrder::default(), page)
            .await;
        listed.unwrap().total_count
    }
}

/// So many mail addresses.
pub(crate) fn mails(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("person{number}@example.org"))
        .collect()
}

/// A file with so many good rows, and a bad one after every hundredth.
pub(crate) fn file(rows: usize) -> (String, usize) {
    let mut file = String::from("mail;name\r\n");
    let mut bad = 0;
    for (number, mail) in mails(rows).iter().enumerate() {
        file += &format!("{mail};\"Ada\r\n{number}\"\r\n").replace("\"Ada\r\n", "\"Ada ");
        if number % 100 == 99 {
            file += "nowhere;\"Nobody; at all\"\r\n";
            bad += 1;
        }
    }
    (file, bad)
}
