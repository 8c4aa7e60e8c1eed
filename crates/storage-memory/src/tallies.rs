//! Counting in memory: everything is looked at every time.

use std::collections::BTreeMap;

use async_trait::async_trait;
use symbolon_domain::{
    access_token::Dossier,
    id::{OrganizationId, TemplateId},
    mail::MailState,
    port::{
        StoreError,
        tallies::{Numbers, Tallies},
    },
    recipient::Recipient,
    time::Day,
};

use crate::{MemoryStore, state::State};

#[async_trait]
impl Tallies for MemoryStore {
    async fn of_templates(
        &self,
        organization: OrganizationId,
        templates: &[TemplateId],
    ) -> Result<Vec<Numbers>, StoreError> {
        let state = self.lock();
        let counted = templates.iter().map(|template| {
            state.numbers(|recipient| {
                recipient.organization == organization && recipient.template == *template
            })
        });
        Ok(counted.collect())
    }

    async fn of_organization(&self, organization: OrganizationId) -> Result<Numbers, StoreError> {
        let state = self.lock();
        Ok(state.numbers(|recipient| recipient.organization == organization))
    }

    async fn claims(&self, organization: OrganizationId, from: Day) -> Result<Vec<(Day, u64)>, StoreError> {
        let state = self.lock();
        let claimed = state
            .counted(organization)
            .filter_map(|recipient| recipient.first_claimed_at)
            .map(Day::of)
            .filter(|day| *day >= from);
        Ok(by_day(claimed))
    }

    async fn expiries(
        &self,
        organization: OrganizationId,
        from: Day,
        before: Day,
    ) -> Result<Vec<(Day, u64)>, StoreError> {
        let state = self.lock();
        let expiring = state
            .counted(organization)
            .filter(|recipient| recipient.revocation.is_none())
            .filter_map(|recipient| recipient.expires_at)
            .map(Day::of)
            .filter(|day| (from..before).contains(day));
        Ok(by_day(expiring))
    }

    /// Nothing was put aside.
    async fn settle(&self) -> Result<bool, StoreError> {
        Ok(false)
    }
}

impl State {
    /// The recipients of an organization who are no tests.
    fn counted(&self, organization: OrganizationId) -> impl Iterator<Item = &Recipient> {
        self.recipients
            .values()
            .filter(move |recipient| recipient.organization == organization && !recipient.is_test)
    }

    fn numbers(&self, is_wanted: impl Fn(&Recipient) -> bool) -> Numbers {
        let mut numbers = Numbers::default();
        for recipient in self.recipients.values().filter(|recipient| is_wanted(recipient)) {
            if recipient.is_test {
                numbers.tests += 1;
                continue;
            }
            let current = self.current.get(&recipient.id);
            let dossier = current.and_then(|id| self.dossier(*id));
            let is_failed = |dossier: &Dossier| dossier.mail == Some(MailState::Failed);
            let was_opened = self
                .access
                .values()
                .any(|token| token.recipient == recipient.id && token.first_opened_at.is_some());
            let was_mailed = self
                .mails
                .values()
                .any(|mail| mail.recipient == recipient.id && mail.kind.has_link() && mail.sent_at.is_some());
            numbers.recipients += 1;
            numbers.mailed += u64::from(was_mailed);
            numbers.mail_failed += u64::from(dossier.as_ref().is_some_and(is_failed));
            numbers.opened += u64::from(was_opened);
            numbers.claimed += u64::from(recipient.first_claimed_at.is_some());
            numbers.revoked += u64::from(recipient.revocation.is_some());
        }
        numbers
    }
}

fn by_day(days: impl Iterator<Item = Day>) -> Vec<(Day, u64)> {
    let mut counts = BTreeMap::new();
    for day in days {
        *counts.entry(day).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}
