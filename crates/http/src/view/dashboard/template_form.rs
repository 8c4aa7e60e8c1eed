//! Creating and editing a template, with a preview.

use std::fmt::Write;

use askama::Template;

use super::{
    super::{frame::Page, kind::Kind, percent},
    field::Field,
    frame::DashboardFrame,
    named::Named,
    paths,
};

/// The form of a template.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/template_form.html")]
pub(crate) struct TemplateFormPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// The template that is edited, as it is called so far; nothing for a new one.
    pub(crate) edited: Option<Named>,
    /// What it awards; fixed once it exists.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) name: Field,
    /// What it says about itself.
    pub(crate) description: Field,
    /// For how many days a credential is valid; empty for ever.
    pub(crate) validity_days: Field,
}

/// The preview alone, as htmx asks for it while somebody types.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/parts/preview.html")]
pub(crate) struct TemplatePreview {
    /// The path of the public URL, as in the frame.
    pub(crate) base: String,
    /// What is awarded.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) name: String,
    /// What it says about itself.
    pub(crate) description: String,
    /// For how many days it is valid, as it was typed.
    pub(crate) validity_days: String,
}

/// Its template escapes all of it.
impl askama::filters::HtmlSafe for TemplatePreview {}

impl Page for TemplateFormPage {
    fn heading(&self) -> String {
        if self.edited.is_some() {
            "Edit the template".into()
        } else {
            "Create a template".into()
        }
    }

    fn status(&self) -> u16 {
        let is_good = self.name.is_good() && self.description.is_good() && self.validity_days.is_good();
        if is_good { 200 } else { 422 }
    }
}

impl TemplateFormPage {
    /// Where the form posts.
    fn action(&self) -> String {
        match &self.edited {
            Some(edited) => self.frame.below(paths::TEMPLATES, &format!("{}/edit", edited.id)),
            None => self.frame.below(paths::TEMPLATES, "new"),
        }
    }

    /// Where Cancel leads.
    fn cancel(&self) -> String {
        match &self.edited {
            Some(edited) => self.frame.below(paths::TEMPLATES, &edited.id),
            None => self.frame.to(paths::TEMPLATES),
        }
    }

    fn preview(&self) -> TemplatePreview {
        TemplatePreview {
            base: self.frame.base.clone(),
            kind: self.kind,
            name: self.name.value.clone(),
            description: self.description.value.clone(),
            validity_days: self.validity_days.value.clone(),
        }
    }
}

impl TemplatePreview {
    /// Where htmx gets the next one.
    fn address(&self) -> String {
        format!("{}{}/preview", self.base, paths::TEMPLATES)
    }

    /// The picture.
    fn picture(&self) -> String {
        let mut address = self.address() + ".svg?kind=" + self.kind.value();
        for (name, value) in [
            ("name", &self.name),
            ("description", &self.description),
            ("validity_days", &self.validity_days),
        ] {
            if !value.is_empty() {
                // Writing to a `String` cannot fail.
                let _ = write!(address, "&{name}={}", percent::encode(value));
            }
        }
        address
    }

    fn alternative(&self) -> String {
        let kind = self.kind.value();
        match self.name.as_str() {
            "" => format!("Preview of a {kind} without a name"),
            name => format!("Preview of the {kind} “{name}” for Ada Lovelace"),
        }
    }
}

#[cfg(test)]
mod tests {
    use askama::Template as _;

    use crate::view::{Kind, dashboard::TemplatePreview};

    #[test]
    fn the_preview_shows_what_was_typed_and_brings_its_successor() {
        let html = TemplatePreview {
            base: "/symbolon".into(),
            kind: Kind::Badge,
            name: "Safety & <Care>".into(),
            description: String::new(),
            validity_days: "730".into(),
        }
        .render()
        .unwrap();
        for part in [
            "src=\"/symbolon/dashboard/templates/preview.svg?kind=badge&#38;name=Safety%20%26%20%3CCare%3E&#38;validity_days=730\"",
            "hx-get=\"/symbolon/dashboard/templates/preview\"",
            "hx-params=\"kind,name,description,validity_days\"",
            "“Safety &#38; &#60;Care&#62;”",
        ] {
            assert!(html.contains(part), "{html}");
        }
    }
}
