//! Changing, pausing, resuming and deleting a template.

use super::{Fault, caller::Authority};
use crate::{
    activity::{About, Action},
    id::TemplateId,
    port::{
        Ports,
        templates::{TemplateChange, TemplateRemoval},
    },
    template::TemplateEdit,
};

/// Changes a template.
#[derive(Debug)]
pub struct ChangeTemplate<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which template.
    pub id: TemplateId,
    /// What is changed.
    pub act: TemplateAct,
}

/// What can be done to a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateAct {
    /// Other words, or another validity for what is issued from now on.
    Edit(TemplateEdit),
    /// Its links stop working, and its mail waits. Nothing is lost.
    Pause,
    /// Everything is as it was.
    Resume,
}

impl ChangeTemplate<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<TemplateChange, Fault> {
        let now = ports.clock.now();
        let organization = self.authority.organization().id;
        let action = match self.act {
            TemplateAct::Edit(_) => Action::TemplateChanged,
            TemplateAct::Pause => Action::TemplatePaused,
            TemplateAct::Resume => Action::TemplateResumed,
        };
        let entry = self
            .authority
            .entry(ports, action, About::template(self.id), now)?;
        let templates = &ports.templates;
        Ok(match self.act {
            TemplateAct::Edit(edit) => templates.edit(organization, self.id, &edit, &entry).await?,
            TemplateAct::Pause => templates.pause(organization, self.id, &entry, now).await?,
            TemplateAct::Resume => templates.resume(organization, self.id, &entry).await?,
        })
    }
}

/// Deletes a template on which nothing was issued.
#[derive(Debug)]
pub struct DeleteTemplate<'a> {
    /// Who asks.
    pub authority: Authority<'a>,
    /// Which template.
    pub id: TemplateId,
}

impl DeleteTemplate<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<TemplateRemoval, Fault> {
        let now = ports.clock.now();
        let about = About::template(self.id);
        let entry = self.authority.entry(ports, Action::TemplateDeleted, about, now)?;
        let organization = self.authority.organization().id;
        Ok(ports.templates.remove(organization, self.id, &entry).await?)
    }
}
