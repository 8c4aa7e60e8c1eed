//! The commands: one file each.

mod administrators;
mod demo;
mod doctor;
mod migrate;
mod organizations;
mod recipients;
mod serve;
mod templates;
mod tokens;

use std::{net::SocketAddr, process::ExitCode};

use clap::CommandFactory as _;

use crate::{
    assembly::{Assembly, Migrating},
    failure::Failure,
    options::{Cli, Command, Options},
    output, providers, telemetry,
};

/// What links start with in what commands print, where no public URL is configured: where `serve` listens by default.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// Runs one command.
pub(crate) async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let Cli { options, command } = cli;
    let levels = match (&options.log, &command) {
        (Some(levels), _) => levels.as_str(),
        // The HTTP server tells its life on every start; that is for the curious.
        (None, Command::Serve(_)) => "info,actix_server=warn",
        (None, _) => "warn",
    };
    let _log = telemetry::start(levels, options.log_format)?;
    match command {
        Command::Serve(serve) => serve::run(&options, &serve).await?,
        Command::Demo(demo) => demo::run(&options, &demo).await?,
        Command::Organizations(act) => organizations::run(&options, act).await?,
        Command::Tokens(act) => tokens::run(&options, act).await?,
        Command::Templates(act) => templates::run(&options, act).await?,
        Command::Recipients(act) => return recipients::run(&options, act).await,
        Command::Administrators(act) => administrators::run(&options, act).await?,
        Command::Migrate(migrate) => migrate::run(&options, &migrate).await?,
        Command::Doctor => return doctor::run(&options).await,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "symbolon", &mut std::io::stdout());
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command())
                .render(&mut page)
                .map_err(|error| Failure::new(format!("the manual page cannot be made: {error}")))?;
            output::print(String::from_utf8_lossy(&page).trim_end())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The ports, for a command that runs beside the service or without it.
async fn assemble(options: &Options) -> Result<Assembly, Failure> {
    let sign_in = providers::configured(options)?;
    Assembly::new(options, None, Migrating::OnlySqlite, DEFAULT_LISTEN, sign_in).await
}
