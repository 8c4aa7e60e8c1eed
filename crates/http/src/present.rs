//! The API's objects, as JSON has them. The command line prints the same.

mod badge;
mod badge_template;
mod organization;
mod token;

pub use badge::{AccessTokenObject, BadgeObject};
pub use badge_template::BadgeTemplateObject;
pub use organization::OrganizationObject;
pub use token::TokenObject;
