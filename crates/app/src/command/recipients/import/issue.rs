//! Issuing a chunk of rows, or finding out what would become of it.

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
};

use symbolon_domain::{
    organization::Organization,
    page::PageRequest,
    port::{
        Ports,
        recipients::{RecipientFilter, RecipientKey, RecipientOrder},
    },
    service::{
        caller::Authority,
        issue_credentials::{CredentialWish, IssueCredentials, IssueCredentialsError, Issued},
    },
    template::Template,
    text::MailAddress,
};

use super::wishes::expiry_of;
use crate::{command::templates::cancelled, failure::Failure};

/// What became of a row, or would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is issued.
    Issued,
    /// The template has a recipient with this mail address.
    AlreadyIssued,
    /// The template is gone.
    TemplateAbsent,
    /// It would expire before it is issued.
    ExpiryNotAfterIssue,
}

impl Outcome {
    /// Why it was rejected; `seen_on` is the line of the same file that has the same mail address.
    pub(super) fn reason(self, seen_on: Option<u64>) -> Option<String> {
        Some(match (self, seen_on) {
            (Self::Issued, _) => return None,
            (Self::AlreadyIssued, Some(line)) => {
                format!("the same mail address is on line {line}, which is issued")
            }
            (Self::AlreadyIssued, None) => {
                "already issued: the template has a recipient with this mail address".to_owned()
            }
            (Self::TemplateAbsent, _) => "the template was deleted meanwhile".to_owned(),
            (Self::ExpiryNotAfterIssue, _) => "expires_at must be after issued_at".to_owned(),
        })
    }
}

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
    let outcome = |issued| match issued {
        Issued::Made(_) => Outcome::Issued,
        Issued::Duplicate => Outcome::AlreadyIssued,
        Issued::TemplateAbsent => Outcome::TemplateAbsent,
        Issued::ExpiryNotAfterIssue => Outcome::ExpiryNotAfterIssue,
    };
    Ok(issued.into_iter().map(outcome).collect())
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
        let issued_at = wish.issued_at.unwrap_or(now);
        let by_template = |at| template.validity.map(|validity| validity.expiry_from(at));
        let end = expiry_of(wish, by_template, issued_at);
        outcomes.push(if end.is_some_and(|end| !end.is_ahead_of(issued_at)) {
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

/// On which lines mail addresses of this file were issued, in a few bytes each.
///
/// Two addresses of one digest are taken for the same, which of a million happens once in tens of millions of files; and
/// only where nothing is issued it matters, or the wording of a reason.
#[derive(Debug, Default)]
pub(super) struct Seen {
    lines: HashMap<u64, u64>,
    hasher: RandomState,
}

impl Seen {
    /// The line that has this address.
    pub(super) fn line_of(&self, mail: &MailAddress) -> Option<u64> {
        self.lines.get(&self.hasher.hash_one(mail)).copied()
    }

    /// Notes the line that has this address.
    pub(super) fn note(&mut self, mail: &MailAddress, line: u64) {
        self.lines.insert(self.hasher.hash_one(mail), line);
    }
}
