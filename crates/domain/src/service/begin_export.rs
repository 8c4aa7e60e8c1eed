//! Taking data away as a file: recorded in the activity log before the first of it leaves.

use super::{Fault, caller::Authority};
use crate::{
    activity::{About, Action},
    id::TemplateId,
    port::Ports,
};

/// Somebody takes data of an organization away.
#[derive(Debug)]
pub struct BeginExport<'a> {
    /// Who.
    pub authority: Authority<'a>,
    /// What.
    pub what: Export,
}

/// What can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The activity log.
    Activity,
    /// Recipients.
    Recipients {
        /// Those on this template; otherwise on whatever template.
        template: Option<TemplateId>,
    },
}

impl BeginExport<'_> {
    /// Records it. Nothing may leave before this returns, nor where it fails.
    ///
    /// # Errors
    /// Where it could not be recorded.
    pub async fn run(self, ports: &Ports) -> Result<(), Fault> {
        let (action, about) = match self.what {
            Export::Activity => (Action::ActivityExported, About::default()),
            Export::Recipients { template } => (
                Action::RecipientsExported,
                About {
                    template,
                    ..About::default()
                },
            ),
        };
        let now = ports.clock.now();
        let entry = self.authority.entry(ports, action, about, now)?;
        Ok(ports.activity.append(&entry).await?)
    }
}
