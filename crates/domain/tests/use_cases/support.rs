//! Ports over the store in memory, with a clock that tests set, and what most tests begin with.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use async_trait::async_trait;
use serde_json::{Value, json};
use symbolon_domain::{
    activity::{
        Action, ActivityEntry, Actor,
        names::{Mentioned, Names},
    },
    id::{AuthorizationTokenId, OrganizationId},
    organization::{Organization, RevealPolicy},
    page::{Page, PageRequest},
    port::{
        Ports, StoreError,
        activity::{ActivityFilter, ActivityLog, LogPlace, LogSide},
        clock::Clock,
        outbox::Attempt,
    },
    recipient::Locale,
    service::{
        caller::Authority,
        create_organization::CreateOrganization,
        create_template::CreateTemplate,
        issue_credentials::{CredentialWish, ExpiryWish, IssueCredentials, Issued, MadeCredential},
    },
    template::{Template, TemplateKind},
    text::{MailAddress, OrganizationName, PersonName, TemplateName},
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;
use symbolon_vault::{KeyRing, RingVault, SystemEntropy};

pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

pub(crate) fn ports() -> (Ports, Arc<TestClock>) {
    let clock = Arc::new(TestClock(AtomicI64::new(1_800_000_000_000)));
    let store = Arc::new(MemoryStore::new());
    let ports = Ports::over(
        store,
        clock.clone(),
        Arc::new(SystemEntropy::new()),
        Arc::new(vault(clock.now())),
    );
    (ports, clock)
}

/// The same with keys of another ring.
pub(crate) fn with_other_keys(ports: &Ports) -> Ports {
    Ports {
        vault: Arc::new(vault(ports.clock.now())),
        ..ports.clone()
    }
}

/// The same before and after a new pepper was promoted.
pub(crate) fn around_a_new_pepper(ports: &Ports) -> [Ports; 2] {
    let now = ports.clock.now();
    let document = || serde_json::from_str::<Value>(&ring(now).to_json()).unwrap();
    let (before, mut newer) = (document(), document());
    let mut after = before.clone();
    let peppers = after.pointer_mut("/pepper").unwrap().as_array_mut().unwrap();
    *peppers.first_mut().unwrap().pointer_mut("/state").unwrap() = json!("decrypt_only");
    peppers.push(newer.pointer_mut("/pepper/0").unwrap().take());
    [before, after].map(|document| Ports {
        vault: Arc::new(RingVault::new(&KeyRing::parse(&document.to_string()).unwrap())),
        ..ports.clone()
    })
}

fn ring(now: Timestamp) -> KeyRing {
    KeyRing::generate(&SystemEntropy::new(), now).unwrap()
}

fn vault(now: Timestamp) -> RingVault {
    RingVault::new(&ring(now))
}

/// The same with a log that cannot be written.
pub(crate) fn without_log(ports: &Ports) -> Ports {
    Ports {
        activity: Arc::new(FullLog),
        ..ports.clone()
    }
}

struct FullLog;

#[async_trait]
impl ActivityLog for FullLog {
    async fn append(&self, _: &ActivityEntry) -> Result<(), StoreError> {
        Err(StoreError::new("the disk is full"))
    }

    async fn look_back(
        &self,
        _: OrganizationId,
        _: &ActivityFilter,
        _: Option<LogSide>,
        _: u32,
    ) -> Result<Vec<(LogPlace, ActivityEntry)>, StoreError> {
        Err(StoreError::new("the disk is full"))
    }

    async fn names(&self, _: OrganizationId, _: &Mentioned) -> Result<Names, StoreError> {
        Err(StoreError::new("the disk is full"))
    }

    async fn makers(
        &self,
        _: OrganizationId,
        _: &[AuthorizationTokenId],
    ) -> Result<HashMap<AuthorizationTokenId, Actor>, StoreError> {
        Err(StoreError::new("the disk is full"))
    }

    async fn list(&self, _: OrganizationId, _: PageRequest) -> Result<Page<ActivityEntry>, StoreError> {
        Err(StoreError::new("the disk is full"))
    }
}

pub(crate) async fn organization(ports: &Ports) -> Organization {
    let request = CreateOrganization {
        name: OrganizationName::parse("Analytical Engines").unwrap(),
        contact: MailAddress::parse("ada@example.org").unwrap(),
        url: None,
        reveal_policy: RevealPolicy::Always,
    };
    request.run(ports).await.unwrap()
}

pub(crate) async fn template(ports: &Ports, owner: &Organization) -> Template {
    let request = CreateTemplate {
        authority: Authority::Operator(owner),
        kind: TemplateKind::Badge,
        name: TemplateName::parse("Programmer").unwrap(),
        description: None,
        validity: None,
    };
    request.run(ports).await.unwrap().unwrap()
}

/// A wish for somebody with this address.
pub(crate) fn wish(template: &Template, mail: &str) -> CredentialWish {
    CredentialWish {
        template: template.id,
        mail: MailAddress::parse(mail).unwrap(),
        first_name: PersonName::parse("Ada").unwrap(),
        last_name: None,
        issued_at: None,
        expiry: ExpiryWish::default(),
        locale: Locale::English,
        external_id: None,
        is_test: false,
        suppress_mail: false,
    }
}

/// A credential on a template of its own.
pub(crate) async fn issued(ports: &Ports, owner: &Organization) -> MadeCredential {
    let template = template(ports, owner).await;
    let request = IssueCredentials {
        authority: Authority::Operator(owner),
        wishes: vec![wish(&template, "ada@example.org")],
        request: None,
    };
    made(request.run(ports).await.unwrap().pop())
}

/// Has all mail that is due sent.
pub(crate) async fn empty_outbox(ports: &Ports) {
    let now = ports.clock.now();
    while let Some((mail, _)) = ports.outbox.take_due(now, now.plus_seconds(30)).await.unwrap() {
        let sent = Attempt::Sent { at: now };
        ports.outbox.settle(mail.id, &sent).await.unwrap();
    }
}

pub(crate) fn made(issued: Option<Issued>) -> MadeCredential {
    match issued {
        Some(Issued::Made(made)) => *made,
        other => panic!("it is issued, and not {other:?}"),
    }
}

/// The actions in an organization's log.
pub(crate) async fn log(ports: &Ports, owner: &Organization) -> Vec<Action> {
    let page = PageRequest::new(1, 100);
    let log = ports.activity.list(owner.id, page).await.unwrap();
    log.items.iter().map(|entry| entry.action).collect()
}

/// How often an action stands in it.
pub(crate) async fn logged(ports: &Ports, owner: &Organization, action: Action) -> usize {
    log(ports, owner)
        .await
        .iter()
        .filter(|logged| **logged == action)
        .count()
}
