//! The program `symbolon`: reads its configuration, wires adapters to the domain's ports, and runs one command.
//!
//! It is the only place that reads the clock, the environment and the command line.

mod assembly;
mod clock;
mod command;
mod config_file;
mod demonstration;
mod failure;
mod late_words;
mod long_work;
mod options;
mod output;
mod post;
mod progress;
mod providers;
mod question;
mod relative_time;
mod serve_lock;
mod stop_signal;
mod telemetry;
mod upkeep;
mod workers;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::{failure::Failure, options::Cli};

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn run() -> Result<ExitCode, Failure> {
    let command = config_file::with_defaults(Cli::command())?;
    let matches = command.get_matches();
    let mut cli = Cli::from_arg_matches(&matches).map_err(|error| Failure::usage(error.to_string()))?;
    cli.options.settle(&matches).map_err(Failure::usage)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("the runtime cannot be started: {error}")))?;
    runtime.block_on(command::run(cli))
}
