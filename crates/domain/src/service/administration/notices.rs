//! Fresh notices.

use crate::{
    administrator::Right,
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

/// The same notice to every administrator who can do something about an authorization token.
pub(in crate::service) async fn to_administrators(
    ports: &Ports,
    organization: OrganizationId,
    subject: NoticeSubject,
    now: Timestamp,
) -> Result<Vec<Notice>, Fault> {
    let administrators = ports.administrators.list(organization).await?;
    administrators
        .iter()
        .filter(|administrator| administrator.joined_at.is_some() && administrator.role.has(Right::Work))
        .map(|administrator| notice(ports, organization, Some(administrator.id), subject, now))
        .collect()
}

/// The same; where there is none, to the organization's contact.
pub(in crate::service) async fn to_administrators_or_contact(
    ports: &Ports,
    organization: OrganizationId,
    subject: NoticeSubject,
    now: Timestamp,
) -> Result<Vec<Notice>, Fault> {
    let mut notices = to_administrators(ports, organization, subject, now).await?;
    if notices.is_empty() {
        notices.push(notice(ports, organization, None, subject, now)?);
    }
    Ok(notices)
}
