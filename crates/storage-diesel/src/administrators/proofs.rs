//! What lets an administrator in: changing it, and using up what can be used once.

use diesel::prelude::*;
use symbolon_domain::{
    password::PasswordHash,
    port::administrators::{ProofChange, ProofChanging},
    sealed::TokenDigest,
};

use super::{is_taken, links};
use crate::{
    activity::append,
    administrator_sessions,
    cached::ExecuteCached as _,
    connection::AnyConnection,
    notices,
    row::{
        activity::EntryRow,
        administrator::{ConnectionColumns, FactorColumns},
        notice::NoticeRow,
    },
    schema::{administrators as administrator, recovery_codes as code},
    transaction::Stop,
    types::Key,
};

/// Makes a change, if the proofs are still of this generation: the row count decides.
pub(super) fn change(
    connection: &mut AnyConnection,
    id: Key,
    generation: u32,
    change: &ProofChange,
) -> Result<(), Stop<ProofChanging>> {
    let current = administrator::table
        .find(id)
        .filter(administrator::generation.eq(i64::from(generation)));
    let advance = administrator::generation.eq(administrator::generation + 1);
    let changed = match change {
        ProofChange::Password(hash) => diesel::update(current)
            .set((advance, administrator::password.eq(hash.as_str())))
            .execute_cached(connection),
        ProofChange::Connection(connected) => diesel::update(current)
            .set((advance, ConnectionColumns::from(connected.as_ref())))
            .execute_cached(connection),
        ProofChange::SecondFactor(factor) => {
            let columns = FactorColumns::from(factor.as_ref().map(|(factor, _)| factor));
            diesel::update(current)
                .set((advance, columns))
                .execute_cached(connection)
        }
        ProofChange::RecoveryCodes(_) => diesel::update(current)
            .filter(administrator::factor_since.is_not_null())
            .set(advance)
            .execute_cached(connection),
    };
    match changed {
        Ok(1) => {}
        Ok(_) => return Err(Stop::Outcome(ProofChanging::Overtaken)),
        Err(error) if is_taken(&error) => return Err(Stop::Outcome(ProofChanging::ProfileTaken)),
        Err(error) => return Err(error.into()),
    }
    match change {
        ProofChange::Password(_) | ProofChange::Connection(_) => {}
        ProofChange::SecondFactor(None) => replace_codes(connection, id, &[])?,
        ProofChange::SecondFactor(Some((_, codes))) | ProofChange::RecoveryCodes(codes) => {
            replace_codes(connection, id, codes)?;
        }
    }
    Ok(())
}

fn replace_codes(connection: &mut AnyConnection, id: Key, codes: &[TokenDigest]) -> QueryResult<()> {
    diesel::delete(code::table.filter(code::administrator_id.eq(id))).execute(connection)?;
    for digest in codes {
        diesel::insert_into(code::table)
            .values((
                code::administrator_id.eq(id),
                code::digest.eq(digest.bytes.as_slice()),
                code::pepper_id.eq(digest.pepper.as_str()),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// Ends what came of the proofs as they were: every link, and every session but the one to keep.
pub(super) fn let_nobody_else_in(
    connection: &mut AnyConnection,
    id: Key,
    keep: Option<&TokenDigest>,
) -> QueryResult<()> {
    links::remove_all_of(connection, id)?;
    administrator_sessions::end_all_of(connection, id, keep).map(drop)
}

/// Writes what is written in the same step.
pub(super) fn write(
    connection: &mut AnyConnection,
    entry: &EntryRow,
    notice: Option<&NoticeRow>,
) -> QueryResult<()> {
    append(connection, entry)?;
    match notice {
        Some(notice) => notices::queue(connection, notice),
        None => Ok(()),
    }
}

/// See the port's `rehash`.
pub(super) fn rehash(
    connection: &mut AnyConnection,
    id: Key,
    generation: u32,
    hash: &PasswordHash,
) -> QueryResult<()> {
    diesel::update(administrator::table.find(id))
        .filter(administrator::generation.eq(i64::from(generation)))
        .filter(administrator::password.is_not_null())
        .set(administrator::password.eq(hash.as_str()))
        .execute_cached(connection)
        .map(drop)
}

/// See the port's `take_step`. Without a second factor there is no last step, and nothing is less than that.
pub(super) fn take_step(connection: &mut AnyConnection, id: Key, step: i64) -> QueryResult<bool> {
    let taken = diesel::update(administrator::table.find(id))
        .filter(administrator::factor_last_step.lt(step))
        .set(administrator::factor_last_step.eq(step))
        .execute_cached(connection)?;
    Ok(taken == 1)
}

/// See the port's `take_recovery_code`.
pub(super) fn take_recovery_code(
    connection: &mut AnyConnection,
    id: Key,
    digest: &TokenDigest,
    entry: &EntryRow,
) -> QueryResult<bool> {
    let key = (id, digest.bytes.as_slice(), digest.pepper.as_str());
    let taken = diesel::delete(code::table.find(key)).execute(connection)?;
    if taken == 1 {
        append(connection, entry)?;
    }
    Ok(taken == 1)
}
