//! What `doctor` found, and how it says so.

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use symbolon_storage_diesel::{Finding as Found, Severity};

use crate::telemetry::is_colorful;

/// One thing that was looked at.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    name: &'static str,
    severity: &'static str,
    text: String,
    advice: Option<String>,
}

impl Finding {
    pub(super) fn good(name: &'static str, text: impl Into<String>) -> Self {
        Self {
            name,
            severity: "good",
            text: text.into(),
            advice: None,
        }
    }

    pub(super) fn attention(name: &'static str, text: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            name,
            severity: "attention",
            text: text.into(),
            advice: Some(advice.into()),
        }
    }

    pub(super) fn bad(name: &'static str, text: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            severity: "bad",
            ..Self::attention(name, text, advice)
        }
    }

    pub(super) fn is_bad(&self) -> bool {
        self.severity == "bad"
    }

    pub(super) fn line(&self) -> String {
        let (mark, color) = match self.severity {
            "good" => ("✓", AnsiColor::Green),
            "attention" => ("!", AnsiColor::Yellow),
            _ => ("✗", AnsiColor::Red),
        };
        let style = if is_colorful(&std::io::stdout()) {
            color.on_default()
        } else {
            Style::new()
        };
        let advice = self
            .advice
            .as_ref()
            .map_or_else(String::new, |advice| format!("\n    → {advice}"));
        format!("{style}{mark}{style:#} {}: {}{advice}", self.name, self.text)
    }
}

impl From<Found> for Finding {
    fn from(found: Found) -> Self {
        let severity = match found.severity {
            Severity::Good => "good",
            Severity::Attention => "attention",
            Severity::Bad => "bad",
        };
        Self {
            name: found.name,
            severity,
            text: found.text,
            advice: found.advice.map(ToOwned::to_owned),
        }
    }
}
