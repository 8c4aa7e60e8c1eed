//! Claims.

use diesel::prelude::*;
use symbolon_domain::{
    access_token::{ClaimStanding, Dossier},
    port::access_tokens::Claim,
    social_profile::Connection,
    time::Timestamp,
};

use super::Written;
use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    dossiers, organizations,
    recipients::{self, Credential},
    row::access_token::{BindingColumns, ResetColumns},
    schema::{access_tokens as token, recipients as recipient},
    tallies::Differences,
    templates,
    transaction::Stop,
    types::{At, Key},
};

/// Of any number of rivals, the first to write the recipient's row goes on; the others wait, find the token bound, and
/// read it to say why they are refused.
///
/// Organization and template are held as they are, not taken: claims of different recipients do not wait for each other,
/// but a pause or a cancellation waits for all claims that came before it.
pub(super) fn claim(
    connection: &mut AnyConnection,
    id: Key,
    connected: &Connection,
    written: &Written,
    now: Timestamp,
) -> Result<Claim, Stop<Claim>> {
    let seen = judged(connection, id, connected)?;
    if !bind(connection, &seen, connected, now)? {
        // What it is by now says why, if it says so.
        return Err(judged(connection, id, connected).map_or_else(|stop| stop, |_| Stop::Again));
    }
    written.write(connection)?;
    Ok(Claim::Bound)
}

/// The dossier, if the domain says that this profile may claim.
fn judged(connection: &mut AnyConnection, id: Key, connected: &Connection) -> Result<Dossier, Stop<Claim>> {
    let Some(dossier) = dossiers::by_id(connection, id)? else {
        return Err(Stop::Outcome(Claim::Absent));
    };
    match dossier.claim_by(&connected.profile) {
        ClaimStanding::MayClaim => Ok(dossier),
        ClaimStanding::AlreadyYours => Err(Stop::Outcome(Claim::AlreadyYours)),
        ClaimStanding::Refused(refusal) => Err(Stop::Outcome(Claim::Refused(refusal))),
    }
}

/// The guards. `false` where something has changed since the dossier was read.
fn bind(
    connection: &mut AnyConnection,
    seen: &Dossier,
    connected: &Connection,
    now: Timestamp,
) -> QueryResult<bool> {
    let organization = seen.organization.id.into();
    if organizations::hold(connection, organization)?.is_none() {
        return Ok(false);
    }
    if templates::hold(connection, organization, seen.template.id.into())? != Some(true) {
        return Ok(false);
    }
    let claimant = Key::from(seen.recipient.id);
    let is_first = diesel::update(recipient::table.find(claimant))
        .filter(recipient::revoked_at.is_null())
        // Of the row, not of what was seen: a claim and its reset may have come between.
        .filter(recipient::first_claimed_at.is_null())
        .set(recipient::first_claimed_at.eq(At(now)))
        .execute_cached(connection)?
        == 1;
    if !is_first && recipients::lock(connection, organization, claimant)? != Some(Credential::InForce) {
        return Ok(false);
    }
    let bound = diesel::update(token::table.find(Key::from(seen.token.id)))
        .filter(token::bound_at.is_null())
        .filter(token::revoked_at.is_null())
        .filter(token::replaced_at.is_null())
        .set((BindingColumns::of(connected, now), ResetColumns::default()))
        .execute_cached(connection)?;
    if bound == 1 && is_first && !seen.recipient.is_test {
        let mut differences = Differences::default();
        differences.claim(organization, seen.template.id.into(), At(now));
        differences.append(connection)?;
    }
    Ok(bound == 1)
}
