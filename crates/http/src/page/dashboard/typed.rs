//! What people typed into the fields of a form, as the domain reads it or as the page shows it again.

use symbolon_domain::{
    password::{Password, WeakPassword},
    text::TextError,
};

use crate::{
    page::form::Form,
    view::dashboard::{Field, Problem},
};

/// A field as it was typed, and what the domain makes of it.
pub(super) struct Typed<T> {
    /// For showing it again, with what is wrong with it.
    pub(super) field: Field,
    /// What it is, where nothing is wrong.
    pub(super) value: Option<T>,
}

impl<T> Typed<T> {
    /// A field that must be filled in.
    pub(super) fn needed(form: &Form, name: &str, read: impl FnOnce(&str) -> Result<T, TextError>) -> Self {
        let text = form.text(name).unwrap_or_default();
        Self::read(text, read)
    }

    /// A field that may be empty: then it is `None`.
    pub(super) fn optional(
        form: &Form,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, TextError>,
    ) -> Typed<Option<T>> {
        let text = form.text(name).unwrap_or_default();
        if text.trim().is_empty() {
            return Typed {
                field: Field::of(text),
                value: Some(None),
            };
        }
        let Self { field, value } = Self::read(text, read);
        Typed {
            field,
            value: value.map(Some),
        }
    }

    fn read(text: &str, read: impl FnOnce(&str) -> Result<T, TextError>) -> Self {
        let field = Field::of(text);
        match read(text) {
            Ok(value) => Self {
                field,
                value: Some(value),
            },
            Err(error) => Self {
                field: field.with(problem(error)),
                value: None,
            },
        }
    }
}

impl Typed<Password> {
    /// A new password. What is about the person must not be it.
    pub(super) fn password(form: &Form, name: &str, about: &[&str]) -> Self {
        let text = form.text(name).unwrap_or_default();
        match Password::choose(text, about) {
            Ok(password) => Self {
                field: Field::default(),
                value: Some(password),
            },
            Err(weak) => Self {
                field: Field::default().with(weak_password(weak, text.is_empty())),
                value: None,
            },
        }
    }
}

/// What the domain says about a text, in the pages' words.
pub(super) fn problem(error: TextError) -> Problem {
    match error {
        TextError::Empty => Problem::Missing,
        TextError::TooLong { max } => Problem::TooLong {
            most: u64::try_from(max).unwrap_or(u64::MAX),
        },
        TextError::NotAMailAddress => Problem::NotAMail,
        TextError::NotAWebAddress => Problem::NotAWebAddress,
        other => Problem::Other(sentence(&other.to_string())),
    }
}

fn weak_password(weak: WeakPassword, is_empty: bool) -> Problem {
    match weak {
        WeakPassword::TooShort if is_empty => Problem::Missing,
        WeakPassword::TooShort => Problem::TooShort {
            least: u64::try_from(Password::MIN).unwrap_or(u64::MAX),
        },
        WeakPassword::TooLong => Problem::TooLong {
            most: u64::try_from(Password::MAX).unwrap_or(u64::MAX),
        },
        WeakPassword::TooPlain => Problem::WellKnown,
        WeakPassword::AboutYou => Problem::Other(sentence(&weak.to_string())),
    }
}

/// "must not be empty" as a sentence: "This must not be empty."
pub(super) fn sentence(predicate: &str) -> String {
    format!("This {predicate}.")
}
