//! The signs of the dashboard. A sign never says anything alone: a word stands beside it.

use askama::{Template, filters::HtmlSafe};

/// A sign, as HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Template)]
#[template(path = "dashboard/parts/icon.html")]
pub(crate) enum Icon {
    /// The activity log.
    Activity,
    /// Something wants attention.
    Alert,
    /// A badge.
    Badge,
    /// Good.
    Check,
    /// Time matters.
    Clock,
    /// Copied, or shown to be copied.
    Copy,
    /// Closed for good.
    Cross,
    /// What developers need.
    Developers,
    /// Nothing has happened yet.
    Dot,
    /// Seen.
    Eye,
    /// A link.
    Link,
    /// Locked.
    Lock,
    /// Mail.
    Mail,
    /// Held back.
    Pause,
    /// Corrected.
    Pencil,
    /// People.
    People,
    /// Somebody asks.
    Question,
    /// Rotated.
    Rotate,
    /// Settings.
    Settings,
    /// A template or a certificate.
    Template,
}

/// Its template holds fixed drawings only.
impl HtmlSafe for Icon {}
