//! Making a template.

use super::{Fault, caller::Authority};
use crate::{
    activity::{About, Action},
    id::TemplateId,
    port::Ports,
    template::{Template, TemplateKind, Validity},
    text::{TemplateDescription, TemplateName},
};

/// Makes a template. Names need not differ: the id tells templates apart.
#[derive(Debug)]
pub struct CreateTemplate<'a> {
    /// Who asks; the template belongs to their organization.
    pub authority: Authority<'a>,
    /// A badge or a certificate.
    pub kind: TemplateKind,
    /// What it is called.
    pub name: TemplateName,
    /// What it says about itself.
    pub description: Option<TemplateDescription>,
    /// How long its credentials are valid.
    pub validity: Option<Validity>,
}

impl CreateTemplate<'_> {
    /// The template; `None` where the organization was cancelled meanwhile.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports) -> Result<Option<Template>, Fault> {
        let now = ports.clock.now();
        let template = Template {
            id: TemplateId::fresh(now, ports.id_entropy()?),
            organization: self.authority.organization().id,
            kind: self.kind,
            name: self.name,
            description: self.description,
            validity: self.validity,
            created_at: now,
            paused_at: None,
        };
        let about = About::template(template.id);
        let entry = self.authority.entry(ports, Action::TemplateCreated, about, now)?;
        let is_kept = ports.templates.insert(&template, &entry).await?;
        Ok(is_kept.then_some(template))
    }
}
