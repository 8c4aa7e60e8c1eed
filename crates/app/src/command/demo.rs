//! `demo`: the service on data that is thrown away, with sample data, a mail catcher, a sign-in provider where one
//! chooses whom to be, and a tour through it.

mod sample;
mod tour;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
};

use symbolon_domain::port::entropy::Entropy as _;
use symbolon_identity::demonstration::Demonstration;
use symbolon_mail::Catcher;
use symbolon_storage_diesel::DieselStore;
use symbolon_vault::SystemEntropy;

use self::tour::Tour;
use super::serve::{Front, bind, local, serve_until_told};
use crate::{
    assembly::{self, Assembly, Migrating, blocking, database_url},
    clock::SystemClock,
    demonstration::{serve_mails, serve_sign_in},
    failure::Failure,
    options::{Demo, Options},
    output, post,
    stop_signal::StopSignal,
};

/// Where the three parts listen.
struct Listeners {
    service: TcpListener,
    mails: TcpListener,
    sign_in: TcpListener,
}

pub(super) async fn run(options: &Options, demo: &Demo) -> Result<(), Failure> {
    let stop = StopSignal::listen()?;
    let listeners = Listeners {
        service: listen(demo.listen, "--listen", 8080)?,
        mails: listen(demo.mail_listen, "--mail-listen", 8025)?,
        sign_in: listen(demo.sign_in_listen, "--sign-in-listen", 8090)?,
    };
    let directory = tempfile::Builder::new()
        .prefix("symbolon-demo-")
        .tempdir()
        .map_err(|error| Failure::new(format!("a temporary directory cannot be made: {error}")))?;
    let (options, schema) = throw_away(options, &directory)?;
    let address = local(&listeners.service)?;
    let provider = Demonstration::new(
        local(&listeners.sign_in)?,
        &assembly::public_url(&options, address)?.at(""),
        Arc::new(SystemClock::new()),
        Arc::new(SystemEntropy::new()),
    )
    .map_err(|error| Failure::new(error.to_string()))?;

    let sign_in = vec![provider.settings()];
    let assembly = Assembly::new(&options, schema.clone(), Migrating::Always, address, sign_in).await?;
    let ended = play(&options, &assembly, provider, listeners, stop).await;
    if schema.is_some() {
        blocking(&assembly.store, DieselStore::drop_schema).await?;
    }
    ended
}

/// The options with a key ring, a mailbox and a place in whatever database is named that are the demonstration's own, so
/// that nothing that exists is touched.
fn throw_away(
    options: &Options,
    directory: &tempfile::TempDir,
) -> Result<(Options, Option<String>), Failure> {
    let options = Options {
        data_dir: directory.path().to_owned(),
        // Named as if by a flag, which beats a ring in the environment.
        keyring_file: Some(directory.path().join("keyring.json")),
        keyring_is_a_flag: true,
        public_url: None,
        mail_from: None,
        ..options.clone()
    };
    if !database_url(&options)?.is_sqlite() {
        return Ok((options, Some(schema_name()?)));
    }
    let file = directory.path().join("symbolon.db");
    let options = Options {
        database: Some(format!("sqlite:{}", file.display())),
        database_file: None,
        ..options
    };
    Ok((options, None))
}

/// A schema of PostgreSQL that nobody else uses.
fn schema_name() -> Result<String, Failure> {
    let mut random = [0; 8];
    SystemEntropy::new()
        .fill(&mut random)
        .map_err(|error| Failure::new(error.to_string()))?;
    Ok(format!("symbolon_demo_{:016x}", u64::from_be_bytes(random)))
}

/// Listens where an option says, or else at the usual port, or else at a free one.
///
/// The demonstration hands out tokens, links and other people's names: it is for this machine only.
fn listen(wanted: Option<SocketAddr>, option: &str, usual: u16) -> Result<TcpListener, Failure> {
    let here = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    match wanted {
        Some(address) if !address.ip().is_loopback() => Err(Failure::usage(format!(
            "the demonstration does not listen at {address}"
        ))
        .advise(format!(
            "It is for this machine only: leave out {option}, or give a loopback address."
        ))),
        Some(address) => bind(address, option),
        None => bind(here(usual), option).or_else(|_| bind(here(0), option)),
    }
}

/// Fills in the samples, prints the tour, and serves until a signal comes.
async fn play(
    options: &Options,
    assembly: &Assembly,
    provider: Demonstration,
    listeners: Listeners,
    stop: StopSignal,
) -> Result<(), Failure> {
    let sample = sample::fill(assembly).await?;
    let organization = assembly
        .public_url
        .at(&format!("/v1/organizations/{}", sample.organization));
    let tour = Tour {
        name: sample::NAME,
        database: assembly.database.to_string(),
        service: assembly.public_url.to_string(),
        mails: format!("http://{}", local(&listeners.mails)?),
        sign_in: provider.issuer(),
        api: organization.to_string(),
        token: sample.token.secret.expose(),
        dashboard: assembly.public_url.administrator_link(&sample.invitation),
        badge: sample.badge.to_string(),
        ada: sample.ada.to_string(),
    }
    .text()?;

    let clock = &assembly.ports.clock;
    let catcher = Catcher::new(
        post::letterhead(options, &assembly.public_url, &assembly.sign_in)?,
        Arc::clone(clock),
    );
    let front = Front {
        listener: listeners.service,
        operations: None,
        trusted_proxies: &[],
        mailer: Some(Arc::new(catcher.clone())),
    };
    let public_url = assembly.public_url.clone();
    let mails = serve_mails(listeners.mails, catcher, Arc::clone(clock), public_url)?;
    let sign_in = serve_sign_in(listeners.sign_in, provider)?;
    output::print(&tour)?;
    let ended = serve_until_told(assembly, front, stop).await;
    mails.stop().await;
    sign_in.stop().await;
    ended
}
