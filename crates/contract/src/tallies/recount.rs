//! What the other ports show, counted.

use std::collections::{BTreeMap, BTreeSet};

use symbolon_domain::{
    access_token::Dossier,
    id::{OrganizationId, TemplateId},
    mail::MailState,
    page::PageRequest,
    port::{recipients::RecipientFilter, tallies::Numbers},
    time::{Day, Timestamp},
};

use crate::scene::{Stage, ok};

/// What the other ports show of an organization, counted.
#[derive(Debug, Default, PartialEq, Eq)]
struct Recount {
    templates: BTreeMap<TemplateId, Numbers>,
    claims: BTreeMap<Day, u64>,
    expiries: BTreeMap<Day, u64>,
}

/// The numbers of an organization, of its templates and of its days are what a recount says.
pub(super) async fn agree(stage: &Stage, organization: OrganizationId) {
    let recount = Recount::of(stage, organization).await;
    let templates: Vec<_> = recount.templates.keys().copied().collect();
    let wanted: Vec<_> = recount.templates.values().copied().collect();
    let counted = stage.tallies.of_templates(organization, &templates);
    assert_eq!(ok(counted.await), wanted, "of templates");
    let counted = stage.tallies.of_organization(organization);
    assert_eq!(ok(counted.await), sum(&wanted), "of the organization");
    let (first, last) = (Day::of(Timestamp::MIN), Day::of(Timestamp::MAX));
    let claims = stage.tallies.claims(organization, first);
    assert_eq!(ok(claims.await), Vec::from_iter(recount.claims), "claims");
    let expiries = stage.tallies.expiries(organization, first, last.plus(1));
    assert_eq!(ok(expiries.await), Vec::from_iter(recount.expiries), "expiries");
}

/// All of them together.
pub(super) fn sum(numbers: &[Numbers]) -> Numbers {
    let mut sum = Numbers::default();
    for one in numbers {
        sum.recipients += one.recipients;
        sum.mailed += one.mailed;
        sum.mail_failed += one.mail_failed;
        sum.opened += one.opened;
        sum.claimed += one.claimed;
        sum.revoked += one.revoked;
        sum.tests += one.tests;
    }
    sum
}

impl Recount {
    async fn of(stage: &Stage, organization: OrganizationId) -> Self {
        let mut recount = Self::default();
        let page = PageRequest::new(1, 100);
        for template in ok(stage.templates.list(organization, page).await).items {
            recount.templates.insert(template.id, Numbers::default());
        }
        let everybody = RecipientFilter::default();
        let walked = stage.recipients.walk(organization, &everybody, None, 10_000);
        for dossier in ok(walked.await) {
            recount.add(stage, &dossier).await;
        }
        recount
    }

    async fn add(&mut self, stage: &Stage, dossier: &Dossier) {
        let recipient = &dossier.recipient;
        let numbers = self.templates.entry(recipient.template).or_default();
        if recipient.is_test {
            numbers.tests += 1;
            return;
        }
        let mails = ok(stage.outbox.about(recipient.organization, &[recipient.id]).await);
        let was_mailed = mails
            .iter()
            .any(|mail| mail.kind.has_link() && mail.sent_at.is_some());
        // Every token was mailed, or is the one in use.
        let mut tokens: BTreeSet<_> = mails.iter().map(|mail| mail.token).collect();
        tokens.insert(dossier.token.id);
        let mut was_opened = false;
        for id in tokens {
            let found = ok(stage.access.find_by_id(id).await).expect("a token with a mail is kept");
            was_opened |= found.token.first_opened_at.is_some();
        }
        numbers.recipients += 1;
        numbers.mailed += u64::from(was_mailed);
        numbers.mail_failed += u64::from(dossier.mail == Some(MailState::Failed));
        numbers.opened += u64::from(was_opened);
        numbers.claimed += u64::from(recipient.first_claimed_at.is_some());
        numbers.revoked += u64::from(recipient.revocation.is_some());
        if let Some(at) = recipient.first_claimed_at {
            *self.claims.entry(Day::of(at)).or_default() += 1;
        }
        if let (Some(at), None) = (recipient.expires_at, &recipient.revocation) {
            *self.expiries.entry(Day::of(at)).or_default() += 1;
        }
    }
}
