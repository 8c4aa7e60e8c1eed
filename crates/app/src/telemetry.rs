//! The log: structured, on standard error, and without secrets, for no type that holds one can be logged.

use clap::ValueEnum;
use tracing_subscriber::{EnvFilter, fmt};

use crate::failure::Failure;

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// Starts the log at these levels, such as `info` or `warn,symbolon::access=info`.
pub(crate) fn start(levels: &str, format: LogFormat) -> Result<(), Failure> {
    let filter = EnvFilter::builder().parse(levels).map_err(|error| {
        Failure::usage(format!("--log {levels}: {error}")).advise("Use a level such as --log info.")
    })?;
    let log = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| Failure::new(format!("the log cannot be started: {error}")))
}
