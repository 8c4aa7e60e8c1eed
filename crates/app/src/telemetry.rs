//! The log: structured, on standard error, and without secrets, for no type that holds one can be logged.
//!
//! A thread of its own writes it, so that requests never wait for whoever reads it.

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{EnvFilter, fmt};

use crate::failure::Failure;

/// How much the drawing of credentials tells.
const DRAWING: &str = "usvg=error";

/// How many lines wait at most, some 5 MiB. Beyond it further ones are left out until somebody reads again.
const LINES: usize = 16_384;

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// Whether this stream may be coloured: it is a terminal, and `NO_COLOR` does not say no.
#[expect(
    clippy::disallowed_methods,
    reason = "the application may read the environment"
)]
pub(crate) fn is_colorful(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Starts the log at these levels, such as `info` or `warn,symbolon::access=info`. What waits is written when the guard goes.
pub(crate) fn start(levels: &str, format: LogFormat) -> Result<WorkerGuard, Failure> {
    let filter = EnvFilter::builder().parse(levels).map_err(|error| {
        Failure::usage(format!("--log {levels}: {error}")).advise("Use a level such as --log info.")
    })?;
    // Drawing warns of letters it has no glyph for, and these are somebody's name.
    let filter = match DRAWING.parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    };
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(LINES)
        .thread_name("log")
        .finish(std::io::stderr());
    let log = fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(is_colorful(&std::io::stderr()));
    let started = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
    };
    started.map_err(|error| Failure::new(format!("the log cannot be started: {error}")))?;
    std::panic::set_hook(Box::new(|panic| {
        // Where, and no more: what a panic says may hold anything.
        let at = panic.location().map(ToString::to_string);
        tracing::error!(
            at,
            "a bug: something that cannot be has happened; please report where"
        );
    }));
    Ok(guard)
}
