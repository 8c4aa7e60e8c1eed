//! On whose behalf a job goes on.

use crate::{
    activity::{Actor, RequestOrigin},
    administrator::{Member, Right},
    job::Job,
    port::Ports,
    service::{Fault, caller::Mandate},
};

/// The administrator on whose behalf a job goes on; `None` where they are gone, may no longer do such work, or their
/// organization is cancelled.
///
/// # Errors
/// Where nothing can be said.
pub async fn mandate(ports: &Ports, job: &Job) -> Result<Option<Mandate>, Fault> {
    let Actor::Administrator(administrator) = job.by.actor else {
        return Ok(None);
    };
    let Some(organization) = ports.organizations.find(job.organization).await? else {
        return Ok(None);
    };
    let found = ports.administrators.find(job.organization, administrator).await?;
    Ok(found
        .filter(|administrator| organization.is_active() && administrator.role.has(Right::Work))
        .map(|administrator| Mandate {
            member: Member {
                administrator,
                organization,
            },
            origin: RequestOrigin {
                request_id: job.by.request_id.clone(),
                address: job.by.address,
            },
        }))
}
