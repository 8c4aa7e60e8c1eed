//! An activity log that fails when a test wants it to.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use symbolon_domain::{
    activity::{
        ActivityEntry, Actor,
        names::{Mentioned, Names},
    },
    id::{AuthorizationTokenId, OrganizationId},
    page::{Page, PageRequest},
    port::{
        StoreError,
        activity::{ActivityFilter, ActivityLog, LogPlace, LogSide},
    },
};

use super::office::Office;
use crate::test_app::TestApp;

/// A log that fails when it is told to.
struct Faltering {
    log: Arc<dyn ActivityLog>,
    faults: Faults,
}

/// What is wrong with it at the moment.
#[derive(Clone, Default)]
pub(super) struct Faults {
    refuses_entries: Arc<AtomicBool>,
    breaks_off: Arc<AtomicBool>,
}

impl Faults {
    /// From now on it takes no entries, or takes them again.
    pub(super) fn refuse_entries(&self, refuses: bool) {
        self.refuses_entries.store(refuses, Ordering::SeqCst);
    }

    /// From now on it is read as far as the first part of a list.
    pub(super) fn break_off(&self) {
        self.breaks_off.store(true, Ordering::SeqCst);
    }
}

/// An office whose log is in order, until it is told otherwise.
pub(super) async fn with_faltering_log() -> (Office, Faults) {
    let faults = Faults::default();
    let told = faults.clone();
    let app = TestApp::start_with(|state| {
        state.ports.activity = Arc::new(Faltering {
            log: state.ports.activity.clone(),
            faults: told,
        });
    })
    .await;
    (Office::open_in(app).await, faults)
}

#[async_trait]
impl ActivityLog for Faltering {
    async fn append(&self, entry: &ActivityEntry) -> Result<(), StoreError> {
        if self.faults.refuses_entries.load(Ordering::SeqCst) {
            return Err(StoreError::new("the disk is full"));
        }
        self.log.append(entry).await
    }

    async fn look_back(
        &self,
        organization: OrganizationId,
        filter: &ActivityFilter,
        side: Option<LogSide>,
        limit: u32,
    ) -> Result<Vec<(LogPlace, ActivityEntry)>, StoreError> {
        if side.is_some() && self.faults.breaks_off.load(Ordering::SeqCst) {
            return Err(StoreError::new("the connection is lost"));
        }
        self.log.look_back(organization, filter, side, limit).await
    }

    async fn names(&self, organization: OrganizationId, mentioned: &Mentioned) -> Result<Names, StoreError> {
        self.log.names(organization, mentioned).await
    }

    async fn makers(
        &self,
        organization: OrganizationId,
        tokens: &[AuthorizationTokenId],
    ) -> Result<HashMap<AuthorizationTokenId, Actor>, StoreError> {
        self.log.makers(organization, tokens).await
    }

    async fn list(
        &self,
        organization: OrganizationId,
        page: PageRequest,
    ) -> Result<Page<ActivityEntry>, StoreError> {
        self.log.list(organization, page).await
    }
}
