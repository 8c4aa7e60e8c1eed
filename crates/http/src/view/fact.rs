//! Facts on a line of their own: what it is, and what it says.

use super::{issuer::Issuer, moment::Moment, standing::Standing};

/// One line of a list of facts.
pub(super) struct Fact<'a> {
    /// What it is.
    pub(super) label: &'a str,
    /// What it says.
    pub(super) told: Told<'a>,
}

/// What a fact says.
pub(super) enum Told<'a> {
    /// Words.
    Text(&'a str),
    /// A person's name.
    Person(&'a str),
    /// The web site of an issuer.
    Site(&'a Issuer),
    /// A day.
    Day(&'a Moment),
    /// What a credential is worth.
    Standing(&'a Standing),
    /// Characters that are compared one by one.
    Code(&'a str),
}

impl<'a> Fact<'a> {
    /// A line.
    pub(super) const fn new(label: &'a str, told: Told<'a>) -> Self {
        Self { label, told }
    }
}
