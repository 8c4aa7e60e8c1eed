//! Flaws in what is counted, by those who count it anew each time.

use symbolon_domain::{
    access_token::Dossier,
    id::{OrganizationId, TemplateId},
    mail::{Mail, MailKind, MailState},
    page::PageRequest,
    port::{
        organizations::Organizations,
        outbox::Outbox,
        recipients::{RecipientFilter, Recipients},
        tallies::{Numbers, Tallies},
        templates::Templates,
    },
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksTallies};

/// Everybody who was issued something by an organization.
pub(crate) async fn dossiers(store: &MemoryStore, organization: OrganizationId) -> Answer<Vec<Dossier>> {
    Recipients::walk(store, organization, &RecipientFilter::default(), None, u32::MAX).await
}

/// How many recipients are so, by what is known of them and of the mail about them; tests left out.
async fn recount(
    store: &MemoryStore,
    organization: OrganizationId,
    is_counted: impl Fn(&Dossier, &[Mail]) -> bool + Send,
) -> Answer<u64> {
    let mut count = 0;
    for dossier in dossiers(store, organization).await? {
        let mails = Outbox::about(store, organization, &[dossier.recipient.id]).await?;
        count += u64::from(!dossier.recipient.is_test && is_counted(&dossier, &mails));
    }
    Ok(count)
}

/// Writes flaws that count one number of an organization by another rule.
macro_rules! counted_as {
    ($($(#[$doc:meta])* $flaw:ident: $number:ident = |$dossier:pat_param, $mails:pat_param| $rule:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksTallies for $flaw {
            async fn of_organization(
                store: &MemoryStore,
                organization: OrganizationId,
            ) -> Answer<Numbers> {
                let $number = recount(store, organization, |$dossier, $mails| $rule).await?;
                let numbers = Tallies::of_organization(store, organization).await?;
                Ok(Numbers { $number, ..numbers })
            }
        }
    )*};
}

counted_as! {
    /// Counts every mail that was sent, whatever it says.
    AnyMailCounted: mailed = |_, mails| mails.iter().any(|mail| mail.sent_at.is_some());
    /// Knows of the link in use only.
    OldMailForgotten: mailed = |dossier, _| dossier.mail == Some(MailState::Sent);
    /// Knows of the link in use only.
    OldOpensForgotten: opened = |dossier, _| dossier.token.first_opened_at.is_some();
    /// Forgets who has claimed when the token is free again.
    OldClaimsForgotten: claimed = |dossier, _| dossier.token.binding.is_some();
    /// Counts every mail with a link that was given up, whatever came after it.
    AnyFailureCounted: mail_failed = |_, mails| {
        mails.iter().any(|mail| mail.kind.has_link() && mail.state == MailState::Failed)
    };
    /// Takes what was not sent for what could not be.
    DroppedIsFailed: mail_failed = |dossier, _| {
        matches!(dossier.mail, Some(MailState::Failed | MailState::Dropped))
    };
    /// Does not know that a reset mails the link again.
    ResetsMailNobody: mail_failed = |dossier, mails| {
        let latest = mails
            .iter()
            .filter(|mail| mail.token == dossier.token.id)
            .filter(|mail| matches!(mail.kind, MailKind::Access | MailKind::AccessAgain))
            .max_by_key(|mail| (mail.created_at, mail.id));
        latest.is_some_and(|mail| mail.state == MailState::Failed)
    };
    /// Judges by the mail that comes first, not last.
    FirstFailureStays: mail_failed = |dossier, mails| {
        let first = mails
            .iter()
            .filter(|mail| mail.token == dossier.token.id && mail.kind.has_link())
            .min_by_key(|mail| (mail.created_at, mail.id));
        first.is_some_and(|mail| mail.state == MailState::Failed)
    };
    /// Counts nobody whose credential is revoked.
    RevokedUncounted: recipients = |dossier, _| dossier.recipient.revocation.is_none();
    /// Counts nobody whose template is paused.
    PausedUncounted: recipients = |dossier, _| dossier.template.paused_at.is_none();
    /// Counts nobody whose issuer has closed its account.
    CancelledUncounted: recipients = |dossier, _| dossier.organization.is_active();
}

/// Counts test recipients as all others.
pub(crate) struct TestsAreRecipients;

impl BreaksTallies for TestsAreRecipients {
    async fn of_organization(store: &MemoryStore, organization: OrganizationId) -> Answer<Numbers> {
        let numbers = Tallies::of_organization(store, organization).await?;
        Ok(Numbers {
            recipients: numbers.recipients + numbers.tests,
            ..numbers
        })
    }
}

/// Does not count test recipients at all.
pub(crate) struct TestsUncounted;

impl BreaksTallies for TestsUncounted {
    async fn of_organization(store: &MemoryStore, organization: OrganizationId) -> Answer<Numbers> {
        let numbers = Tallies::of_organization(store, organization).await?;
        Ok(Numbers { tests: 0, ..numbers })
    }
}

/// Gives every template the numbers of the organization.
pub(crate) struct TemplatesAreOne;

impl BreaksTallies for TemplatesAreOne {
    async fn of_templates(
        store: &MemoryStore,
        organization: OrganizationId,
        templates: &[TemplateId],
    ) -> Answer<Vec<Numbers>> {
        let all = Tallies::of_organization(store, organization).await?;
        Ok(vec![all; templates.len()])
    }
}

/// Gives the numbers in the order of the templates' ids.
pub(crate) struct TemplatesSorted;

impl BreaksTallies for TemplatesSorted {
    async fn of_templates(
        store: &MemoryStore,
        organization: OrganizationId,
        templates: &[TemplateId],
    ) -> Answer<Vec<Numbers>> {
        let mut templates = templates.to_vec();
        templates.sort_unstable();
        Tallies::of_templates(store, organization, &templates).await
    }
}

/// Leaves out templates of which nothing is counted.
pub(crate) struct NothingIsNoRow;

impl BreaksTallies for NothingIsNoRow {
    async fn of_templates(
        store: &MemoryStore,
        organization: OrganizationId,
        templates: &[TemplateId],
    ) -> Answer<Vec<Numbers>> {
        let mut all = Tallies::of_templates(store, organization, templates).await?;
        all.retain(|numbers| *numbers != Numbers::default());
        Ok(all)
    }
}

/// Tells everybody the numbers of a template.
pub(crate) struct TemplatesOfAnyone;

impl BreaksTallies for TemplatesOfAnyone {
    async fn of_templates(
        store: &MemoryStore,
        organization: OrganizationId,
        templates: &[TemplateId],
    ) -> Answer<Vec<Numbers>> {
        let mut all = Vec::new();
        for id in templates {
            let found = Templates::find_by_id(store, *id).await?;
            let owner = found.map_or(organization, |template| template.organization);
            all.extend(Tallies::of_templates(store, owner, &[*id]).await?);
        }
        Ok(all)
    }
}

/// Counts what every organization has.
pub(crate) struct EverybodyCounted;

impl BreaksTallies for EverybodyCounted {
    async fn of_organization(store: &MemoryStore, _: OrganizationId) -> Answer<Numbers> {
        let mut sum = Numbers::default();
        for organization in Organizations::list(store, PageRequest::new(1, 100)).await?.items {
            let numbers = Tallies::of_organization(store, organization.id).await?;
            sum.recipients += numbers.recipients;
            sum.mailed += numbers.mailed;
            sum.opened += numbers.opened;
            sum.claimed += numbers.claimed;
        }
        Ok(sum)
    }
}
