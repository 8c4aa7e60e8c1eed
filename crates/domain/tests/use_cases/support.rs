//! Ports over the store in memory, with a clock that tests set.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use symbolon_domain::{
    organization::{Organization, RevealPolicy},
    port::{Ports, clock::Clock},
    service::{create_organization::CreateOrganization, record_use::PendingUses},
    text::{MailAddress, OrganizationName},
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
    let entropy = Arc::new(SystemEntropy::new());
    let ring = KeyRing::generate(entropy.as_ref(), clock.now()).unwrap();
    let ports = Ports {
        clock: clock.clone(),
        entropy,
        vault: Arc::new(RingVault::new(&ring)),
        organizations: store.clone(),
        tokens: store.clone(),
        activity: store,
        uses: Arc::new(PendingUses::default()),
    };
    (ports, clock)
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
