//! Rows of templates.

use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use symbolon_domain::{
    template::{Template, TemplateKind, Validity},
    text::{TemplateDescription, TemplateName},
};

use super::{maybe, unreadable};
use crate::{
    error::Unreadable,
    schema::templates,
    types::{At, Key},
};

/// A template as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = templates, treat_none_as_default_value = false)]
pub(crate) struct TemplateRow {
    id: Key,
    pub(crate) organization_id: Key,
    kind: String,
    name: String,
    description: Option<String>,
    validity_days: Option<i64>,
    created_at: At,
    pub(crate) paused_at: Option<At>,
}

/// The columns that an edit can change.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = templates, treat_none_as_null = true)]
pub(crate) struct EditableColumns {
    name: String,
    description: Option<String>,
    validity_days: Option<i64>,
}

impl From<&Template> for TemplateRow {
    fn from(template: &Template) -> Self {
        let EditableColumns {
            name,
            description,
            validity_days,
        } = template.into();
        Self {
            id: template.id.into(),
            organization_id: template.organization.into(),
            kind: template.kind.name().to_owned(),
            name,
            description,
            validity_days,
            created_at: At(template.created_at),
            paused_at: maybe(template.paused_at),
        }
    }
}

impl From<&Template> for EditableColumns {
    fn from(template: &Template) -> Self {
        Self {
            name: template.name.as_str().to_owned(),
            description: template.description.as_ref().map(|text| text.as_str().to_owned()),
            validity_days: template.validity.map(|validity| validity.days().into()),
        }
    }
}

impl TryFrom<TemplateRow> for Template {
    type Error = Unreadable;

    fn try_from(row: TemplateRow) -> Result<Self, Unreadable> {
        let column = |column| move || unreadable("templates", column);
        Ok(Self {
            id: row.id.into(),
            organization: row.organization_id.into(),
            kind: TemplateKind::parse(&row.kind).ok_or_else(column("kind"))?,
            name: TemplateName::parse(&row.name).map_err(|_| column("name")())?,
            description: row
                .description
                .map(|text| TemplateDescription::parse(&text))
                .transpose()
                .map_err(|_| column("description")())?,
            validity: row
                .validity_days
                .map(Validity::from_days)
                .transpose()
                .map_err(|_| column("validity_days")())?,
            created_at: row.created_at.0,
            paused_at: row.paused_at.map(|at| at.0),
        })
    }
}
