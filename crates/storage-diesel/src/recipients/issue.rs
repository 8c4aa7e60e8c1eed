//! Issuing.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};
use symbolon_domain::port::recipients::Issuing;

use super::{
    draft::{Draft, add_recipients, add_the_rest},
    rivals::{Rivals, first_of_each},
};
use crate::{connection::AnyConnection, organizations, templates, transaction::Stop, types::Key};

/// How often those that were held up are looked at again. Twice settles a batch with people or places named twice; each
/// further round needs a rival that was issued and is gone again.
const ROUNDS: u32 = 4;

/// The organizations and templates of a batch, held as they are until the transaction at hand ends.
#[derive(Debug)]
pub(super) struct Ground {
    active: HashSet<Key>,
    templates: HashSet<(Key, Key)>,
}

impl Ground {
    fn refusal(&self, draft: &Draft) -> Option<Issuing> {
        let recipient = &draft.row.recipient;
        if !self.active.contains(&recipient.organization_id) {
            return Some(Issuing::OrganizationCancelled);
        }
        let template = (recipient.organization_id, recipient.template_id);
        (!self.templates.contains(&template)).then_some(Issuing::TemplateAbsent)
    }
}

/// See the port's `issue`; as part of the transaction at hand.
pub(crate) fn issue<T>(connection: &mut AnyConnection, drafts: &[Draft]) -> Result<Vec<Issuing>, Stop<T>> {
    let ground = prepare(connection, drafts)?;
    keep(connection, &ground, drafts)
}

/// Takes what issuing needs, everything in its order: first the names of requests, then organizations, then templates.
pub(super) fn prepare(connection: &mut AnyConnection, drafts: &[Draft]) -> QueryResult<Ground> {
    let requests = drafts.iter().filter_map(Draft::request);
    let names: BTreeSet<_> = requests.map(|(name, ..)| name).collect();
    for name in names {
        take_name(connection, &format!("{} {}", name.caller.0, name.key))?;
    }
    let recipients = drafts.iter().map(|draft| &draft.row.recipient);
    let organizations: BTreeSet<_> = recipients.clone().map(|row| row.organization_id).collect();
    let of_organizations: BTreeSet<_> = recipients
        .map(|row| (row.organization_id, row.template_id))
        .collect();

    let mut active = HashSet::new();
    for organization in organizations {
        if organizations::hold(connection, organization)?.is_some() {
            active.insert(organization);
        }
    }
    let mut templates = HashSet::new();
    for (organization, template) in of_organizations {
        if templates::hold(connection, organization, template)?.is_some() {
            templates.insert((organization, template));
        }
    }
    Ok(Ground { active, templates })
}

/// Has requests under one name come one after the other: the unique index keeps two from one place, but not two that say
/// different things from different places. On SQLite nobody else writes.
fn take_name(connection: &mut AnyConnection, name: &str) -> QueryResult<()> {
    diesel::define_sql_function! {
        /// Two names of one number only wait for each other.
        fn hashtextextended(name: Text, seed: BigInt) -> BigInt;
    }
    diesel::define_sql_function! {
        fn pg_advisory_xact_lock(number: BigInt);
    }
    match connection {
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgres(postgres) => diesel::select(pg_advisory_xact_lock(hashtextextended(name, 0)))
            .execute(postgres)
            .map(drop),
    }
}

/// Keeps what nobody is in the way of, and says what became of each.
pub(super) fn keep<T>(
    connection: &mut AnyConnection,
    ground: &Ground,
    drafts: &[Draft],
) -> Result<Vec<Issuing>, Stop<T>> {
    let mut outcomes: HashMap<Key, Issuing> = HashMap::with_capacity(drafts.len());
    let mut open: Vec<&Draft> = drafts.iter().collect();
    settle(&mut open, &mut outcomes, |draft| ground.refusal(draft));
    for _ in 0..ROUNDS {
        if open.is_empty() {
            break;
        }
        let rivals = Rivals::read(connection, &open)?;
        settle(&mut open, &mut outcomes, |draft| rivals.refusal(draft));
        let added: HashSet<_> = add_recipients(connection, &first_of_each(&open))?
            .into_iter()
            .collect();
        settle(&mut open, &mut outcomes, |draft| {
            added.contains(&draft.row.recipient.id).then_some(Issuing::Issued)
        });
    }
    let issued: Vec<_> = drafts
        .iter()
        .filter(|draft| outcomes.get(&draft.row.recipient.id) == Some(&Issuing::Issued))
        .collect();
    add_the_rest(connection, &issued)?;
    drafts
        .iter()
        .map(|draft| outcomes.get(&draft.row.recipient.id).copied().ok_or(Stop::Again))
        .collect()
}

/// Takes out of `open` those with an outcome.
fn settle(
    open: &mut Vec<&Draft>,
    outcomes: &mut HashMap<Key, Issuing>,
    outcome: impl Fn(&Draft) -> Option<Issuing>,
) {
    open.retain(|draft| match outcome(draft) {
        None => true,
        Some(outcome) => {
            outcomes.insert(draft.row.recipient.id, outcome);
            false
        }
    });
}
