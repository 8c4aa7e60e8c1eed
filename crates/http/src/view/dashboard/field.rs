//! Fields of forms: what was sent, what is wrong with it, and how it looks.

use std::borrow::Cow;

use askama::{Template, filters::HtmlSafe};

/// What a field holds, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Field {
    /// What was sent before, or what counts now. Leave it empty for passwords and codes.
    pub(crate) value: String,
    /// What is wrong with it.
    pub(crate) problem: Option<Problem>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It is empty and must not be.
    Missing,
    /// It has more characters than it may.
    TooLong {
        /// The most.
        most: u64,
    },
    /// It has fewer characters than it must.
    TooShort {
        /// The least.
        least: u64,
    },
    /// It is no mail address.
    NotAMail,
    /// It is no web address with `https://` or `http://`.
    NotAWebAddress,
    /// It is no whole number between these.
    NotANumber {
        /// The least.
        least: u64,
        /// The most.
        most: u64,
    },
    /// It is no day.
    NotADay,
    /// It is a password that many people use.
    WellKnown,
    /// It is not the password.
    WrongPassword,
    /// It is no code that counts now.
    WrongCode,
    /// It is nothing that can be chosen.
    NotOffered,
    /// Something else; a whole sentence.
    Other(String),
}

/// Whether a field has to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// It has to be.
    Must,
    /// It may be left empty, and says so.
    May,
    /// It is mostly left empty, as part of a filter.
    Filter,
}

/// A field as HTML: label, input, problem, help.
#[derive(Debug, Template)]
#[template(path = "dashboard/parts/input.html")]
pub(super) struct Input<'a> {
    field: &'a Field,
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    most: u16,
    need: Need,
    is_long: bool,
    is_numeric: bool,
    help: Option<Cow<'static, str>>,
}

/// Its template escapes all of it.
impl HtmlSafe for Input<'_> {}

impl Field {
    /// A field that holds this.
    pub(crate) fn of(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            problem: None,
        }
    }

    /// The field with what is wrong with it.
    pub(crate) fn with(self, problem: Problem) -> Self {
        Self {
            problem: Some(problem),
            ..self
        }
    }

    /// Whether nothing is wrong with it.
    pub(crate) const fn is_good(&self) -> bool {
        self.problem.is_none()
    }

    /// The input under this name, which is also its id.
    pub(super) const fn input(&self, name: &'static str, label: &'static str) -> Input<'_> {
        Input {
            field: self,
            name,
            label,
            kind: "text",
            autocomplete: "off",
            most: 200,
            need: Need::Must,
            is_long: false,
            is_numeric: false,
            help: None,
        }
    }
}

impl Problem {
    /// What is said about it.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Missing => "Fill this in.".into(),
            Self::TooLong { most } => format!("This is too long: {most} characters are the most."),
            Self::TooShort { least } => format!("This is too short: {least} characters are the least."),
            Self::NotAMail => "This is not a mail address. It should look like ada@example.org.".into(),
            Self::NotAWebAddress => {
                "This is not a web address. It should look like https://example.org.".into()
            }
            Self::NotANumber { least, most } => format!("Enter a whole number from {least} to {most}."),
            Self::NotADay => "This is not a day. It should look like 2026-03-05.".into(),
            Self::WellKnown => {
                "Many people use this password, so it is guessed first. Choose another one.".into()
            }
            Self::WrongPassword => "This is not your password.".into(),
            Self::WrongCode => {
                "This code does not count, or no longer. Wait for the next one and enter that.".into()
            }
            Self::NotOffered => "Choose one of these.".into(),
            Self::Other(sentence) => sentence.clone(),
        }
    }
}

impl Input<'_> {
    /// What it takes: `email`, `password`, `url`.
    pub(super) const fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// What a browser may fill in.
    pub(super) const fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    /// The most characters.
    pub(super) const fn most(mut self, most: u16) -> Self {
        self.most = most;
        self
    }

    /// May be left empty.
    pub(super) const fn optional(mut self) -> Self {
        self.need = Need::May;
        self
    }

    /// Part of a filter: mostly left empty.
    pub(super) const fn filter(mut self) -> Self {
        self.need = Need::Filter;
        self
    }

    /// Several lines.
    pub(super) const fn long(mut self) -> Self {
        self.is_long = true;
        self
    }

    /// Digits: phones show their keys.
    pub(super) const fn numeric(mut self) -> Self {
        self.is_numeric = true;
        self
    }

    /// What helps to fill it in.
    pub(super) fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The ids of what describes it.
    fn described_by(&self) -> Option<String> {
        let problem = self.field.problem.as_ref().map(|_| "problem");
        let help = self.help.as_ref().map(|_| "help");
        let ids: Vec<_> = [problem, help]
            .into_iter()
            .flatten()
            .map(|part| format!("{}-{part}", self.name))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// What a browser is shown; never a password.
    fn value(&self) -> &str {
        if self.kind == "password" {
            ""
        } else {
            &self.field.value
        }
    }

    /// Whether people write words there, and spelling counts.
    fn is_prose(&self) -> bool {
        self.kind == "text" && !self.is_numeric
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_sent_back() {
        let html = Field::of("secret")
            .with(Problem::WrongPassword)
            .input("password", "Password")
            .kind("password")
            .render()
            .unwrap();
        assert!(!html.contains("secret"), "{html}");
        assert!(html.contains("aria-describedby=\"password-problem\""), "{html}");
    }
}
