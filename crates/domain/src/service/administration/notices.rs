//! A fresh notice.

use crate::{
    id::{AdministratorId, NoticeId, OrganizationId},
    mail::MailState,
    notice::{Notice, NoticeSubject},
    port::Ports,
    service::Fault,
    time::Timestamp,
};

/// A notice that is due at once.
pub(super) fn notice(
    ports: &Ports,
    organization: OrganizationId,
    addressee: Option<AdministratorId>,
    subject: NoticeSubject,
    now: Timestamp,
) -> Result<Notice, Fault> {
    Ok(Notice {
        id: NoticeId::fresh(now, ports.id_entropy()?),
        organization,
        addressee,
        subject,
        created_at: now,
        state: MailState::Pending,
        attempts: 0,
        due_at: now,
        sent_at: None,
        failure: None,
    })
}
