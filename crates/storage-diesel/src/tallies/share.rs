//! What one recipient adds to the numbers.

use diesel::{
    dsl::{auto_type, exists},
    prelude::*,
    result::Error,
};
use symbolon_domain::{
    mail::{Mail, MailKind, MailState},
    port::recipients::NewRecipient,
    time::{Day, Timestamp},
};

use super::{Differences, What, differences::Place};
use crate::{
    connection::AnyConnection,
    schema::{access_tokens as token, mails as mail, recipients as recipient},
    types::{At, Key},
};

/// What one recipient adds to the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is counted, whatever the others are"
)]
pub(crate) struct Share {
    pub(super) organization: Key,
    pub(super) template: Key,
    pub(super) created_at: Timestamp,
    is_test: bool,
    was_mailed: bool,
    has_failed_mail: bool,
    was_opened: bool,
    first_claimed_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    is_revoked: bool,
}

impl Share {
    /// Each number that it adds one to.
    pub(super) fn each(&self, mut one: impl FnMut(Place, What)) {
        let template = Place::Template(self.template);
        if self.is_test {
            return one(template, What::Tests);
        }
        for (is_so, what) in [
            (true, What::Recipients),
            (self.was_mailed, What::Mailed),
            (self.has_failed_mail, What::MailFailed),
            (self.was_opened, What::Opened),
            (self.first_claimed_at.is_some(), What::Claimed),
            (self.is_revoked, What::Revoked),
        ] {
            if is_so {
                one(template, what);
            }
        }
        let expires_at = self.expires_at.filter(|_| !self.is_revoked);
        for (at, what) in [
            (self.first_claimed_at, What::Claims),
            (expires_at, What::Expiries),
        ] {
            if let Some(at) = at {
                one(Place::Day(Day::of(at).number()), what);
            }
        }
    }
}

impl From<&NewRecipient> for Share {
    fn from(new: &NewRecipient) -> Self {
        let recipient = &new.recipient;
        let link = new.mail.as_ref().filter(|mail| mail.kind.has_link());
        Self {
            organization: recipient.organization.into(),
            template: recipient.template.into(),
            created_at: recipient.created_at,
            is_test: recipient.is_test,
            was_mailed: link.is_some_and(|mail: &Mail| mail.sent_at.is_some()),
            has_failed_mail: link.is_some_and(|mail| mail.state == MailState::Failed),
            was_opened: new.token.first_opened_at.is_some(),
            first_claimed_at: recipient.first_claimed_at,
            expires_at: recipient.expires_at,
            is_revoked: recipient.revocation.is_some(),
        }
    }
}

/// Does something about a recipient whom the transaction at hand has taken, and counts what has come of it.
pub(crate) fn counted<T, E: From<Error>>(
    connection: &mut AnyConnection,
    recipient: Key,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    let before = read(connection, recipient)?;
    let done = work(connection)?;
    let after = read(connection, recipient)?;
    if before != after {
        let mut differences = Differences::default();
        if let Some(before) = before {
            differences.take(&before);
        }
        if let Some(after) = after {
            differences.add(&after);
        }
        differences.append(connection)?;
    }
    Ok(done)
}

/// What a recipient adds; `None` where there is no such recipient.
fn read(connection: &mut AnyConnection, id: Key) -> QueryResult<Option<Share>> {
    type Row = (
        Key,
        Key,
        At,
        bool,
        Option<At>,
        Option<At>,
        Option<At>,
        bool,
        bool,
        Option<String>,
    );

    let with_link = || {
        MailKind::ALL
            .iter()
            .filter(|kind| kind.has_link())
            .map(|kind| kind.name())
    };
    let found: Option<Row> = recipient::table
        .find(id)
        .select((
            recipient::organization_id,
            recipient::template_id,
            recipient::created_at,
            recipient::is_test,
            recipient::first_claimed_at,
            recipient::expires_at,
            recipient::revoked_at,
            exists(sent(with_link().collect())),
            exists(opened()),
            latest(with_link().collect()),
        ))
        .get_result(connection)
        .optional()?;
    Ok(found.map(
        |(
            organization,
            template,
            created_at,
            is_test,
            first_claimed_at,
            expires_at,
            revoked_at,
            sent,
            opened,
            latest,
        )| Share {
            organization,
            template,
            created_at: created_at.0,
            is_test,
            was_mailed: sent,
            has_failed_mail: latest.as_deref() == Some(MailState::Failed.name()),
            was_opened: opened,
            first_claimed_at: first_claimed_at.map(|at| at.0),
            expires_at: expires_at.map(|at| at.0),
            is_revoked: revoked_at.is_some(),
        },
    ))
}

/// The mails of these kinds that were sent to the recipient at hand.
#[auto_type(no_type_alias)]
fn sent<'a>(kinds: Vec<&'a str>) -> _ {
    mail::table
        .filter(mail::recipient_id.eq(recipient::id))
        .filter(mail::kind.eq_any(kinds))
        .filter(mail::sent_at.is_not_null())
}

/// The tokens of the recipient at hand whose link was opened.
#[auto_type(no_type_alias)]
fn opened() -> _ {
    token::table
        .filter(token::recipient_id.eq(recipient::id))
        .filter(token::first_opened_at.is_not_null())
}

/// What became of the latest mail of these kinds about the token that has not been replaced, of the recipient at hand.
#[auto_type(no_type_alias)]
fn latest<'a>(kinds: Vec<&'a str>) -> _ {
    mail::table
        .inner_join(token::table)
        .filter(mail::recipient_id.eq(recipient::id))
        .filter(mail::kind.eq_any(kinds))
        .filter(token::replaced_at.is_null())
        .order((mail::created_at.desc(), mail::id.desc()))
        .limit(1_i64)
        .select(mail::state)
        .single_value()
}
