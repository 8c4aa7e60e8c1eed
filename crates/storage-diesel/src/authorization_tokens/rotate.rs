//! Rotation.

use diesel::prelude::*;
use symbolon_domain::{authorization_token::Standing, port::authorization_tokens::Rotation, time::Timestamp};

use super::{Written, answers, insert::add, read};
use crate::{
    cached::ExecuteCached as _,
    connection::AnyConnection,
    organizations,
    row::authorization_token::TokenRow,
    schema::authorization_tokens as token,
    standing::unretired,
    transaction::Stop,
    types::{At, Key},
};

/// Of any number of rivals, the first to write the row of `current` retires it; the others wait, find it retired, and
/// read it to say why.
///
/// The organization is held as it is, not taken: rotations of different tokens do not wait for each other.
pub(super) fn rotate(
    connection: &mut AnyConnection,
    current: Key,
    successor: &TokenRow,
    grace_until: Option<At>,
    written: &Written,
    now: Timestamp,
) -> Result<Rotation, Stop<Rotation>> {
    let organization = successor.organization_id;
    let Some(sealing) = organizations::hold(connection, organization)? else {
        return Err(lost(connection, organization, current, now));
    };
    let retired = diesel::update(token::table.find(current))
        .filter(token::organization_id.eq(organization))
        .filter(unretired(At(now)))
        .set((
            token::rotated_at.eq(At(now)),
            token::grace_until.eq(grace_until),
            token::sealed.eq(None::<Vec<u8>>),
        ))
        .execute_cached(connection)?;
    if retired == 0 {
        return Err(lost(connection, organization, current, now));
    }
    if let Some(answer) = &written.answer
        && answers::kept(connection, answer.caller_id, &answer.key, now)?.is_some()
    {
        return Err(Stop::Outcome(Rotation::KeyTaken));
    }
    add(connection, successor, sealing, written)?;
    Ok(Rotation::Rotated)
}

/// Why the current token was not retired.
fn lost(connection: &mut AnyConnection, organization: Key, current: Key, now: Timestamp) -> Stop<Rotation> {
    match read::standing(connection, organization, current, now) {
        Err(error) => Stop::Failed(error),
        Ok(None) => Stop::Outcome(Rotation::Absent),
        // Its organization became active again after the guard had seen it cancelled.
        Ok(Some(Standing::Live)) => Stop::Again,
        Ok(Some(standing)) => Stop::Outcome(Rotation::Refused(standing)),
    }
}
