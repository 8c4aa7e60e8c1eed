//! One of several, as a field of a form.

use std::borrow::Cow;

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
    help: Option<Cow<'static, str>>,
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
            help: None,
        }
    }

    /// Nothing may be chosen too, which is called so.
    pub(super) const fn or(mut self, nothing: &'static str) -> Self {
        self.nothing = Some(nothing);
        self
    }

    /// What helps to choose.
    pub(super) fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The ids of what describes it.
    fn described_by(&self) -> Option<String> {
        let problem = self.problem.map(|_| "problem");
        let help = self.help.as_ref().map(|_| "help");
        let ids: Vec<_> = [problem, help]
            .into_iter()
            .flatten()
            .map(|part| format!("{}-{part}", self.name))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}
