//! What the form of a template says.

use symbolon_domain::{
    template::{TemplateKind, Validity},
    text::{TemplateDescription, TemplateName},
};

use crate::{
    page::{dashboard::typed::Typed, form::Form, present},
    view::{
        Kind,
        dashboard::{DashboardFrame, Field, Named, Problem, TemplateFormPage},
    },
};

/// The form of a template as it was typed.
pub(super) struct Wish {
    pub(super) kind: TemplateKind,
    pub(super) name: Typed<TemplateName>,
    pub(super) description: Typed<Option<TemplateDescription>>,
    pub(super) validity: Typed<Option<Validity>>,
    /// Whether only a preview is wanted, by somebody without script.
    pub(super) is_preview: bool,
}

impl Wish {
    pub(super) fn read(form: &Form) -> Self {
        Self {
            kind: kind(form.text("kind")),
            name: Typed::needed(form, "name", TemplateName::parse),
            description: Typed::optional(form, "description", TemplateDescription::parse),
            validity: validity(form.text("validity_days").unwrap_or_default()),
            is_preview: form.text("preview").is_some(),
        }
    }

    /// The form again, with what is wrong with it; a preview finds no fault.
    pub(super) fn page(self, frame: DashboardFrame, edited: Option<Named>) -> TemplateFormPage {
        let shown = |field: Field| {
            if self.is_preview {
                Field::of(field.value)
            } else {
                field
            }
        };
        TemplateFormPage {
            frame,
            edited,
            kind: shown_kind(self.kind),
            name: shown(self.name.field),
            description: shown(self.description.field),
            validity_days: shown(self.validity.field),
        }
    }
}

/// The kind that is named; a certificate where none is.
pub(super) fn kind(text: Option<&str>) -> TemplateKind {
    text.and_then(TemplateKind::parse)
        .unwrap_or(TemplateKind::Certificate)
}

pub(super) fn shown_kind(kind: TemplateKind) -> Kind {
    present::kind(kind)
}

fn validity(text: &str) -> Typed<Option<Validity>> {
    let text = text.trim();
    let field = Field::of(text);
    if text.is_empty() {
        return Typed {
            field,
            value: Some(None),
        };
    }
    match text.parse().ok().and_then(|days| Validity::from_days(days).ok()) {
        Some(validity) => Typed {
            field,
            value: Some(Some(validity)),
        },
        None => Typed {
            field: field.with(Problem::NotANumber {
                least: 1,
                most: u64::try_from(Validity::MAX_DAYS).unwrap_or(u64::MAX),
            }),
            value: None,
        },
    }
}
