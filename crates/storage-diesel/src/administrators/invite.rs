//! Invitations.

use diesel::prelude::*;
use symbolon_domain::{
    administrator::MAX_ADMINISTRATORS,
    port::administrators::{Inviting, NewInvitation},
};

use super::{add, links, read};
use crate::{
    activity::append,
    connection::AnyConnection,
    notices, organizations,
    row::{
        activity::EntryRow, administrator::AdministratorRow, administrator_link::LinkRow, notice::NoticeRow,
    },
    schema::administrators as administrator,
    transaction::Stop,
    types::Key,
};

/// Somebody who is invited, ready to be written.
pub(super) struct Draft {
    administrator: AdministratorRow,
    link: LinkRow,
    notice: NoticeRow,
    entry: EntryRow,
}

impl From<&NewInvitation> for Draft {
    fn from(invitation: &NewInvitation) -> Self {
        Self {
            administrator: (&invitation.administrator).into(),
            link: (&invitation.link).into(),
            notice: (&invitation.notice).into(),
            entry: (&invitation.entry).into(),
        }
    }
}

/// See the port's `invite`. The organization's row is taken first: invitations of one organization are one after the other,
/// so the number of its administrators is what it is until this transaction ends. Two organizations that invite the same
/// person meet at the unique index.
pub(super) fn invite(connection: &mut AnyConnection, draft: &Draft) -> Result<Inviting, Stop<Inviting>> {
    let row = &draft.administrator;
    if organizations::lock(connection, row.organization_id)?.is_none() {
        return Err(Stop::Outcome(Inviting::OrganizationCancelled));
    }
    if read::has_mail(connection, &row.mail)? {
        return Err(Stop::Outcome(Inviting::MailTaken));
    }
    if administrators(connection, row.organization_id)? >= MAX_ADMINISTRATORS {
        return Err(Stop::Outcome(Inviting::LimitReached));
    }
    if !add(connection, row)? {
        // Once more: whoever was quicker can be seen by now.
        return Err(Stop::Again);
    }
    links::add(connection, &draft.link)?;
    notices::queue(connection, &draft.notice)?;
    append(connection, &draft.entry)?;
    Ok(Inviting::Invited)
}

fn administrators(connection: &mut AnyConnection, organization: Key) -> QueryResult<u64> {
    let count: i64 = administrator::table
        .filter(administrator::organization_id.eq(organization))
        .count()
        .get_result(connection)?;
    Ok(u64::try_from(count).unwrap_or(0))
}
