//! Issuing a chunk of rows, or finding out what would become of it.

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use symbolon_domain::{
    organization::Organization,
    page::PageRequest,
    port::{
        Ports,
        recipients::{RecipientFilter, RecipientKey, RecipientOrder},
    },
    service::{
        caller::Authority,
        issue_credentials::{CredentialWish, IssueCredentials, IssueCredentialsError, MAX_BATCH},
    },
    template::Template,
    text::MailAddress,
};
use symbolon_spreadsheet::import::{Outcome, ends_before_it_begins};

use crate::{command::templates::cancelled, failure::Failure};

/// How many batches are under way at once: while one is written, the next is drafted.
const AT_ONCE: usize = 2;

/// Issues what is wished for, and says what became of each, in their order.
///
/// They are issued by mail address, which is the order of most indexes: what is next to each other in these is then written at
/// once, instead of a page of the file for each of them.
pub(super) async fn issue_all(
    ports: &Ports,
    owner: &Organization,
    wishes: Vec<CredentialWish>,
) -> Result<Vec<Outcome>, Failure> {
    let mut settled: Vec<(usize, Outcome)> = stream::iter(batches(wishes))
        .map(async |batch| {
            let (places, wishes): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
            let outcomes = issue(ports, owner, wishes).await?;
            Ok::<_, Failure>(places.into_iter().zip(outcomes))
        })
        .buffered(AT_ONCE)
        .try_collect::<Vec<_>>()
        .await?
        .into_iter()
        .flatten()
        .collect();
    settled.sort_unstable_by_key(|(place, _)| *place);
    Ok(settled.into_iter().map(|(_, outcome)| outcome).collect())
}

/// Wishes with their places, by mail address. Those of one person are in one batch, in their order: of them the first is
/// issued.
fn batches(wishes: Vec<CredentialWish>) -> Vec<Vec<(usize, CredentialWish)>> {
    let mut rest: Vec<_> = wishes.into_iter().enumerate().collect();
    rest.sort_by(|(_, one), (_, other)| one.mail.as_str().cmp(other.mail.as_str()));
    let mut batches = Vec::new();
    while !rest.is_empty() {
        let most = rest.len().min(MAX_BATCH);
        let end = (1..=most)
            .rev()
            .find(|end| match (rest.get(end - 1), rest.get(*end)) {
                (Some((_, last)), Some((_, next))) => last.mail != next.mail,
                _ => true,
            })
            .unwrap_or(most);
        let others = rest.split_off(end);
        batches.push(std::mem::replace(&mut rest, others));
    }
    batches
}

/// Issues one batch.
async fn issue(
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

#[cfg(test)]
mod tests {
    use symbolon_domain::{
        id::TemplateId, recipient::Locale, service::issue_credentials::ExpiryWish, text::PersonName,
        time::Timestamp,
    };

    use super::*;

    fn wish(mail: &str) -> CredentialWish {
        CredentialWish {
            template: TemplateId::fresh(Timestamp::from_millis(0), [0; 10]),
            mail: MailAddress::parse(mail).unwrap(),
            first_name: PersonName::parse("Ada").unwrap(),
            last_name: None,
            issued_at: None,
            expiry: ExpiryWish::Never,
            locale: Locale::English,
            external_id: None,
            is_test: false,
            suppress_mail: true,
        }
    }

    #[test]
    fn those_of_one_person_are_in_one_batch_in_their_order() {
        // The thousandth in the order is the first of three of one person.
        let mut wishes: Vec<_> = (0..1_500)
            .rev()
            .map(|number| wish(&format!("n{number:04}@example.org")))
            .collect();
        wishes.insert(3, wish("n0999@example.org"));
        wishes.push(wish("n0999@example.org"));
        let batches = batches(wishes);
        let sizes: Vec<_> = batches.iter().map(Vec::len).collect();
        assert_eq!(sizes, [999, 503]);
        let second: Vec<_> = batches.last().unwrap().iter().map(|(place, _)| *place).collect();
        assert_eq!(second.get(..4), Some(&[3, 501, 1_501, 500][..]));
        let mut places: Vec<_> = batches.into_iter().flatten().map(|(place, _)| place).collect();
        places.sort_unstable();
        assert_eq!(places, (0..1_502).collect::<Vec<_>>());
    }

    #[test]
    fn a_batch_is_never_too_large() {
        let batches = batches(vec![wish("ada@example.org"); MAX_BATCH + 1]);
        assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [MAX_BATCH, 1]);
    }
}
