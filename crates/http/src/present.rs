//! The API's objects, as JSON has them. The command line prints the same.

mod badge;
mod badge_template;
mod organization;
mod token;

use std::fmt::Display;

use serde::{Serialize, Serializer};

pub use badge::{AccessTokenObject, BadgeObject};
pub use badge_template::BadgeTemplateObject;
pub use organization::OrganizationObject;
pub use token::TokenObject;

/// What JSON has as a text, written where it goes.
struct Text<T>(T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
