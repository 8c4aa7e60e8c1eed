//! One of several, as a field of a form.

use askama::{Template, filters::HtmlSafe};

use super::field::{Field, Problem};

/// A select as HTML: label, choices, problem, help.
#[derive(Debug, Template)]
#[template(path = "dashboard/parts/select.html")]
pub(super) struct Select<'a> {
    value: &'a str,
    problem: Option<&'a Problem>,
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    nothing: Option<&'static str>,
}

/// Its template escapes all of it.
impl HtmlSafe for Select<'_> {}

impl Field {
    /// The field as a select under this name, which is also its id.
    pub(super) fn select(
        &self,
        name: &'static str,
        label: &'static str,
        options: Vec<(String, String)>,
    ) -> Select<'_> {
        Select {
            problem: self.problem.as_ref(),
            ..Select::of(&self.value, name, label, options)
        }
    }
}

impl<'a> Select<'a> {
    /// A select that stands at this value.
    pub(super) const fn of(
        value: &'a str,
        name: &'static str,
        label: &'static str,
        options: Vec<(String, String)>,
    ) -> Self {
        Self {
            value,
            problem: None,
            name,
            label,
            options,
            nothing: None,
        }
    }

    /// Nothing may be chosen too, which is called so.
    pub(super) const fn or(mut self, nothing: &'static str) -> Self {
        self.nothing = Some(nothing);
        self
    }
}
