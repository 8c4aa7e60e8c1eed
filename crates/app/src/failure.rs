//! Why a command failed, and what to do about it.

use std::{fmt, process::ExitCode};

use symbolon_domain::{port::StoreError, service::Fault};
use symbolon_spreadsheet::SheetError;
use symbolon_storage_diesel::OpenError;

/// The end of a command that did not do what it was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    advice: Option<String>,
    code: u8,
}

impl Failure {
    /// Something failed: exit code 1.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            advice: None,
            code: 1,
        }
    }

    /// The command was used wrongly: exit code 2.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            code: 2,
            ..Self::new(message)
        }
    }

    /// The same, with what to do.
    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The same, with what it is about.
    pub(crate) fn about(mut self, subject: impl fmt::Display) -> Self {
        self.message = format!("{subject}: {}", self.message);
        self
    }

    /// Tells it on standard error.
    pub(crate) fn report(&self) -> ExitCode {
        eprintln!("error: {}", self.message);
        if let Some(advice) = &self.advice {
            eprintln!("\n{advice}");
        }
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string()).advise("See what is wrong with: symbolon doctor")
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::new(error.to_string())
    }
}

/// A file that is not what it should be was the wrong one to name; one that cannot be read on is a failure.
impl From<SheetError> for Failure {
    fn from(error: SheetError) -> Self {
        let failure = match &error {
            SheetError::EndlessRow { .. } | SheetError::BrokenOff { .. } => Self::new(error.to_string()),
            _ => Self::usage(error.to_string()),
        };
        match error.advice() {
            Some(advice) => failure.advise(advice),
            None => failure,
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Store(error) => error.into(),
            Fault::Vault(_) | Fault::Entropy(_) => Self::new(fault.to_string()),
        }
    }
}
