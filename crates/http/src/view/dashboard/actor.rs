//! Who did something.

use askama::{Template, filters::HtmlSafe};

/// Who did something, as HTML.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "dashboard/parts/actor.html")]
pub(crate) enum Actor {
    /// An administrator; without a name when they were removed since.
    Administrator {
        /// Their name, or their mail address while they have none.
        name: Option<String>,
    },
    /// A program.
    Token {
        /// What its authorization token is for.
        description: Option<String>,
    },
    /// Somebody with a recipient's link.
    Recipient,
    /// Somebody at the command line of the service.
    Operator,
}

/// Its template escapes all of it.
impl HtmlSafe for Actor {}
