//! Typed fields of a body. All that is wrong is told at once; unknown fields do not matter; `null` counts as not
//! given.

use std::fmt;

use serde_json::{Map, Value};
use symbolon_domain::time::Timestamp;

use crate::error::{ApiError, FieldError};

/// What is said of a field that must be given, and is not.
pub(crate) const MISSING: &str = "must be given";

/// The fields of one request, and what was found wrong with them so far.
pub(crate) struct Fields {
    given: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Fields {
    pub(crate) fn new(given: Map<String, Value>) -> Self {
        Self {
            given,
            errors: Vec::new(),
        }
    }

    /// Takes blank texts in these fields for not given: a form sends an empty field as one, and has no `null`.
    pub(crate) fn blank_is_not_given(&mut self, fields: &[&str]) {
        for field in fields {
            let is_blank = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
            if self.given.get(*field).is_some_and(is_blank) {
                self.given.remove(*field);
            }
        }
    }

    /// A text, read by its own rules.
    pub(crate) fn text<T, E: fmt::Display>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match self.take(field)? {
            Value::String(text) => parse(&text).map_err(|error| self.wrong(field, error)).ok(),
            _ => self.refuse(field, "must be a text"),
        }
    }

    /// `true` or `false`, also as texts, as form-minded clients send them.
    pub(crate) fn boolean(&mut self, field: &'static str) -> Option<bool> {
        match self.take(field)? {
            Value::Bool(value) => Some(value),
            Value::String(text) if text == "true" => Some(true),
            Value::String(text) if text == "false" => Some(false),
            _ => self.refuse(field, "must be true or false"),
        }
    }

    /// A whole number, also as text.
    pub(crate) fn integer(&mut self, field: &'static str) -> Option<i64> {
        let number = match self.take(field)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        number.or_else(|| self.refuse(field, "must be a whole number"))
    }

    /// A text that must be given.
    pub(crate) fn needed<T, E: fmt::Display>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.given.get(field).is_none_or(Value::is_null) {
            return self.refuse(field, MISSING);
        }
        self.text(field, parse)
    }

    /// A whole number, also as text, read by its own rules.
    pub(crate) fn whole<T, E: fmt::Display>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(i64) -> Result<T, E>,
    ) -> Option<T> {
        let number = self.integer(field)?;
        parse(number).map_err(|error| self.wrong(field, error)).ok()
    }

    /// Whether a field is `false`, also as text, where `false` is not the only thing it can be. If so, it is taken.
    pub(crate) fn is_false(&mut self, field: &str) -> bool {
        let is_false = match self.given.get(field) {
            Some(Value::Bool(value)) => !value,
            Some(Value::String(text)) => text == "false",
            _ => false,
        };
        if is_false {
            self.given.remove(field);
        }
        is_false
    }

    /// An instant.
    pub(crate) fn instant(&mut self, field: &'static str) -> Option<Timestamp> {
        let at = match self.take(field)? {
            Value::String(text) => Timestamp::parse(&text),
            _ => None,
        };
        at.or_else(|| self.refuse(field, "must be a time, such as 2027-01-31T12:00:00Z, or a date"))
    }

    /// Notes that something is wrong with a field.
    pub(crate) fn wrong(&mut self, field: &'static str, message: impl fmt::Display) {
        self.errors.push(FieldError {
            field,
            message: message.to_string(),
        });
    }

    /// Succeeds where nothing was wrong.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(ApiError::Invalid(self.errors))
        }
    }

    /// The value, where nothing was wrong.
    pub(crate) fn finish_with<T>(self, value: T) -> Result<T, ApiError> {
        self.finish().map(|()| value)
    }

    fn take(&mut self, field: &str) -> Option<Value> {
        self.given.remove(field).filter(|value| !value.is_null())
    }

    fn refuse<T>(&mut self, field: &'static str, message: &'static str) -> Option<T> {
        self.wrong(field, message);
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use symbolon_domain::text::Description;

    use super::*;

    fn fields(mut value: Value) -> Fields {
        Fields::new(std::mem::take(value.as_object_mut().unwrap()))
    }

    #[test]
    fn null_is_not_given() {
        let mut fields = fields(json!({"description": null, "read_enabled": null, "grace_seconds": null}));
        assert_eq!(fields.text("description", Description::parse), None);
        assert_eq!(fields.boolean("read_enabled"), None);
        assert_eq!(fields.integer("grace_seconds"), None);
        assert_eq!(fields.instant("expires_at"), None);
        assert_eq!(fields.finish(), Ok(()));
    }

    #[test]
    fn texts_stand_for_what_they_say() {
        let mut fields =
            fields(json!({"read_enabled": "true", "write_enabled": false, "grace_seconds": "60"}));
        assert_eq!(fields.boolean("read_enabled"), Some(true));
        assert_eq!(fields.boolean("write_enabled"), Some(false));
        assert_eq!(fields.integer("grace_seconds"), Some(60));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let mut fields = fields(json!({
            "description": 5, "read_enabled": 1, "grace_seconds": 1.5, "expires_at": "soon", "expires_in_days": 1e300,
        }));
        fields.text("description", Description::parse);
        fields.boolean("read_enabled");
        fields.integer("grace_seconds");
        fields.integer("expires_in_days");
        fields.instant("expires_at");
        let Err(ApiError::Invalid(errors)) = fields.finish() else {
            panic!("nothing was found wrong")
        };
        let named: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(
            named,
            [
                "description",
                "read_enabled",
                "grace_seconds",
                "expires_in_days",
                "expires_at"
            ]
        );
    }
}
