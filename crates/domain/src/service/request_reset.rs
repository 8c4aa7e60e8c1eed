//! Asking the issuer for a reset, by somebody whose link is in use by another account.

use super::{Fault, access_draft::mail, caller::entry};
use crate::{
    access_token::{Dossier, ResetRequest},
    activity::{About, Action, RequestOrigin},
    mail::MailKind,
    port::{
        Ports,
        access_tokens::{AccessRecord, ResetRequesting},
    },
    social_profile::Connection,
};

/// Asks for a reset. The issuer finds it among its recipients, and is told by mail.
#[derive(Debug)]
pub struct RequestReset<'a> {
    /// What the link of whoever asks leads to.
    pub dossier: &'a Dossier,
    /// The profile that was refused, if one was connected.
    pub connection: Option<&'a Connection>,
    /// Where the request comes from.
    pub origin: RequestOrigin,
}

impl RequestReset<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<ResetRequesting, Fault> {
        let now = ports.clock.now();
        let token = &self.dossier.token;
        let about = About::access(token, self.dossier.template.id);
        let by = self.origin.by_recipient();
        let entry = entry(
            ports,
            self.dossier.organization.id,
            by,
            Action::ResetRequested,
            about,
            now,
        )?;
        let mail = mail(ports, token, MailKind::ResetRequested, now)?;
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let request = ResetRequest {
            at: now,
            by: self
                .connection
                .map(|connection| (connection.provider.clone(), connection.hint.clone())),
        };
        Ok(ports.access.request_reset(token.id, &request, record).await?)
    }
}
