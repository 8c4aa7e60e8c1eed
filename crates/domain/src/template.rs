//! Templates: what is awarded, a badge or a certificate.

use crate::{
    id::{OrganizationId, TemplateId},
    text::{TemplateDescription, TemplateName},
    time::Timestamp,
};

/// What an organization awards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Names it.
    pub id: TemplateId,
    /// Who awards it.
    pub organization: OrganizationId,
    /// A badge or a certificate; fixed for its life.
    pub kind: TemplateKind,
    /// What it is called.
    pub name: TemplateName,
    /// What it says about itself.
    pub description: Option<TemplateDescription>,
    /// How long a credential issued on it is valid, where the issue does not say.
    pub validity: Option<Validity>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it is paused; `None` while it is active.
    pub paused_at: Option<Timestamp>,
}

impl Template {
    /// The word for its state: `active` or `paused`.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        match self.paused_at {
            None => "active",
            Some(_) => "paused",
        }
    }
}

/// The two kinds of template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// Shown as a round seal.
    Badge,
    /// Shown as a sheet of paper.
    Certificate,
}

impl TemplateKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Badge, Self::Certificate];

    /// The word for it: `badge` or `certificate`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Badge => "badge",
            Self::Certificate => "certificate",
        }
    }

    /// Reads the word for it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// How long a credential is valid: 1 to 36,600 whole days, about a century.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    days: u32,
}

impl Validity {
    /// The longest validity in days.
    pub const MAX_DAYS: i64 = 36_600;

    /// A validity of so many days.
    ///
    /// # Errors
    /// [`ValidityError`] outside 1 to 36,600 days.
    pub fn from_days(days: i64) -> Result<Self, ValidityError> {
        match u32::try_from(days) {
            Ok(days @ 1..) if i64::from(days) <= Self::MAX_DAYS => Ok(Self { days }),
            _ => Err(ValidityError),
        }
    }

    /// The number of days.
    #[must_use]
    pub const fn days(self) -> u32 {
        self.days
    }

    /// When a credential issued at this instant expires.
    #[must_use]
    pub fn expiry_from(self, issued_at: Timestamp) -> Timestamp {
        issued_at.plus_seconds(i64::from(self.days) * 24 * 60 * 60)
    }
}

/// A validity outside 1 to 36,600 days was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be between 1 and {} days", Validity::MAX_DAYS)]
pub struct ValidityError;

/// What is to be changed about a template; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TemplateEdit {
    /// Another name.
    pub name: Option<TemplateName>,
    /// Another description, or none.
    pub description: Option<Option<TemplateDescription>>,
    /// Another validity, or none; credentials that were issued keep theirs.
    pub validity: Option<Option<Validity>>,
}

impl TemplateEdit {
    /// The template as it is after the edit.
    #[must_use]
    pub fn apply(&self, template: &Template) -> Template {
        Template {
            name: self.name.clone().unwrap_or_else(|| template.name.clone()),
            description: self
                .description
                .clone()
                .unwrap_or_else(|| template.description.clone()),
            validity: self.validity.unwrap_or(template.validity),
            ..template.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_back_by_their_names() {
        for kind in TemplateKind::ALL {
            assert_eq!(TemplateKind::parse(kind.name()), Some(kind));
        }
        assert_eq!(TemplateKind::parse("diploma"), None);
    }

    #[test]
    fn a_validity_is_a_day_to_a_century() {
        for days in [0, -1, 36_601, i64::MAX, i64::MIN] {
            assert_eq!(Validity::from_days(days), Err(ValidityError), "{days}");
        }
        let two = Validity::from_days(2).unwrap();
        assert_eq!(
            two.expiry_from(Timestamp::from_millis(5)).as_millis(),
            2 * 86_400_000 + 5
        );
    }
}
