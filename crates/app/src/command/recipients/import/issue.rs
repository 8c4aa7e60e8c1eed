//! Issuing a chunk of rows, or finding out what would become of it.

use symbolon_domain::{
    organization::Organization,
    page::PageRequest,
    port::{
        Ports,
        recipients::{RecipientFilter, RecipientKey, RecipientOrder},
    },
    service::{
        caller::Authority,
        issue_credentials::{CredentialWish, IssueCredentials, IssueCredentialsError},
    },
    template::Template,
    text::MailAddress,
};
use symbolon_spreadsheet::import::{Outcome, ends_before_it_begins};

use crate::{command::templates::cancelled, failure::Failure};

/// Issues what is wished for.
pub(super) async fn issue(
    ports: &Ports,
    owner: &Organization,
    wishes: Vec<CredentialWish>,
) -> Result<Vec<Outcome>, Failure> {
    let request = IssueCredentials {
        authority: Authority::Operator(owner),
        wishes,
        request: None,
    };
    let issued = request.run(ports).await.map_err(|error| match error {
        IssueCredentialsError::OrganizationCancelled => cancelled(owner),
        IssueCredentialsError::Fault(fault) => fault.into(),
        IssueCredentialsError::KeyTaken => Failure::new(error.to_string()),
    })?;
    Ok(issued.iter().map(Outcome::from).collect())
}

/// What would become of it.
pub(super) async fn rehearse(
    ports: &Ports,
    template: &Template,
    wishes: &[CredentialWish],
) -> Result<Vec<Outcome>, Failure> {
    let now = ports.clock.now();
    let mut outcomes = Vec::with_capacity(wishes.len());
    for wish in wishes {
        outcomes.push(if ends_before_it_begins(wish, template, now) {
            Outcome::ExpiryNotAfterIssue
        } else if has(ports, template, &wish.mail).await? {
            Outcome::AlreadyIssued
        } else {
            Outcome::Issued
        });
    }
    Ok(outcomes)
}

/// Whether a template has a recipient with this mail address, whose credential is not revoked.
async fn has(ports: &Ports, template: &Template, mail: &MailAddress) -> Result<bool, Failure> {
    let filter = RecipientFilter {
        template: Some(template.id),
        mail: Some(mail.clone()),
        ..RecipientFilter::default()
    };
    // By mail address, so that the store finds it by that.
    let order = RecipientOrder {
        key: RecipientKey::Mail,
        is_falling: false,
    };
    let mut next = Some(1);
    while let Some(number) = next {
        let page = PageRequest::new(number, PageRequest::MAX_PER);
        let page = ports
            .recipients
            .list(template.organization, &filter, order, page)
            .await?;
        if page
            .items
            .iter()
            .any(|found| found.recipient.revocation.is_none())
        {
            return Ok(true);
        }
        next = page.next();
    }
    Ok(false)
}
