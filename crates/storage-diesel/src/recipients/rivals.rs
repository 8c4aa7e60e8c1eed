//! Who is in the way of a credential that is to be issued.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use symbolon_domain::{port::recipients::Issuing, text::MailAddress};

use super::draft::{Draft, RequestName};
use crate::{
    connection::AnyConnection, error::Unreadable, insertion::CHUNK, schema::recipients as recipient,
    types::Key,
};

/// What one request said, and the place in it.
type Said = (Vec<u8>, i64);

/// What the store has of the people and the requests that a batch names.
#[derive(Debug, Default)]
pub(super) struct Rivals {
    people: HashMap<(Key, String), Key>,
    requests: HashMap<(Key, String), Vec<Said>>,
}

impl Rivals {
    /// What is kept, as of now.
    pub(super) fn read(connection: &mut AnyConnection, drafts: &[&Draft]) -> QueryResult<Self> {
        let mut rivals = Self::default();
        let mut people: HashMap<Key, Vec<&str>> = HashMap::new();
        for (template, mail) in drafts.iter().map(|draft| draft.person()) {
            people.entry(template).or_default().push(mail);
        }
        for (template, mails) in &people {
            for mails in mails.chunks(CHUNK) {
                let found: Vec<(String, Key)> = recipient::table
                    .filter(recipient::template_id.eq(*template))
                    .filter(recipient::mail.eq_any(mails))
                    .filter(recipient::revoked_at.is_null())
                    .select((recipient::mail, recipient::id))
                    .load(connection)?;
                let found = found.into_iter().map(|(mail, id)| ((*template, mail), id));
                rivals.people.extend(found);
            }
        }
        let requests = drafts.iter().filter_map(|draft| draft.request());
        let names: HashSet<_> = requests.map(|(name, ..)| name).collect();
        for name in names {
            let found: Vec<(Option<Vec<u8>>, Option<i64>)> = recipient::table
                .filter(recipient::issue_caller_id.eq(name.caller))
                .filter(recipient::issue_key.eq(name.key))
                .select((recipient::issue_fingerprint, recipient::issue_place))
                .load(connection)?;
            let found = found
                .into_iter()
                .filter_map(|(fingerprint, place)| Some((fingerprint?, place?)));
            rivals
                .requests
                .insert((name.caller, name.key.to_owned()), found.collect());
        }
        Ok(rivals)
    }

    /// Who of them is in the way.
    pub(super) fn refusal(&self, draft: &Draft) -> Option<Issuing> {
        let (template, mail) = draft.person();
        if let Some(id) = self.people.get(&(template, mail.to_owned())) {
            return Some(Issuing::Duplicate((*id).into()));
        }
        let (name, fingerprint, place) = draft.request()?;
        let kept = self.requests.get(&(name.caller, name.key.to_owned()))?;
        let is_taken = kept
            .iter()
            .any(|(other, at)| other != fingerprint || *at == place);
        is_taken.then_some(Issuing::KeyTaken)
    }
}

/// See the port's `holders`.
pub(super) fn holders(
    connection: &mut AnyConnection,
    organization: Key,
    template: Key,
    mails: &[String],
) -> QueryResult<Vec<MailAddress>> {
    let mut holders = Vec::new();
    for mails in mails.chunks(CHUNK) {
        let found: Vec<String> = recipient::table
            .filter(recipient::template_id.eq(template))
            .filter(recipient::organization_id.eq(organization))
            .filter(recipient::mail.eq_any(mails))
            .filter(recipient::revoked_at.is_null())
            .select(recipient::mail)
            .load(connection)?;
        for mail in found {
            let read = MailAddress::parse(&mail).map_err(|_| Unreadable {
                table: "recipients",
                column: "mail",
            })?;
            holders.push(read);
        }
    }
    Ok(holders)
}

/// Drafts of one batch that are in nobody's way among themselves; the others have their turn when it is known what
/// became of these.
pub(super) fn first_of_each<'a>(open: &[&'a Draft]) -> Vec<&'a Draft> {
    let mut people = HashSet::new();
    let mut requests: HashMap<RequestName<'_>, (&[u8], HashSet<i64>)> = HashMap::new();
    let mut first = Vec::with_capacity(open.len());
    for draft in open {
        if people.contains(&draft.person()) {
            continue;
        }
        if let Some((name, fingerprint, place)) = draft.request() {
            let (same, places) = requests
                .entry(name)
                .or_insert_with(|| (fingerprint, HashSet::new()));
            if *same != fingerprint || !places.insert(place) {
                continue;
            }
        }
        people.insert(draft.person());
        first.push(*draft);
    }
    first
}
