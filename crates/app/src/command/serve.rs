//! `serve`: the service, from its start to its orderly end.

use std::{io, net::SocketAddr, time::Duration};

use symbolon_domain::{page::PageRequest, port::Ports};
use symbolon_http::{
    operations::Metrics,
    server::{self, listen},
};
use symbolon_vault::KeyFileOrigin;
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    assembly::{self, Assembly, Migrating},
    failure::Failure,
    options::{OperationsListen, Options, Serve},
    serve_lock::ServeLock,
};

/// How often the uses of tokens are written. Up to so much of `last_used_at` is lost where the process is killed.
const FLUSH_EVERY: Duration = Duration::from_secs(5);
/// How many flushes lie between two removals of expired answers: ten minutes.
const FLUSHES_PER_SWEEP: u32 = 120;

pub(super) async fn run(options: &Options, serve: &Serve) -> Result<(), Failure> {
    let listener = bind(serve.listen, "--listen")?;
    let address = local(&listener)?;
    refuse_unsafe(options, serve, address)?;
    let _lock = assembly::database_url(options)?
        .sqlite_path()
        .map(|path| {
            path.parent().map_or(Ok(()), assembly::make_directory)?;
            ServeLock::take(path)
        })
        .transpose()?;

    let migrating = if serve.migrate {
        Migrating::Always
    } else {
        Migrating::OnlySqlite
    };
    let assembly = Assembly::new(options, None, migrating, address).await?;
    let operations = match serve.operations_listen {
        OperationsListen::At(address) => Some(bind(address, "--operations-listen")?),
        OperationsListen::Off => None,
    };
    introduce(&assembly, operations.as_ref()).await?;
    serve_until_told(&assembly, listener, operations).await
}

/// Serves on these listeners until a signal comes, finishes what is in flight, and writes what waits.
pub(super) async fn serve_until_told(
    assembly: &Assembly,
    listener: std::net::TcpListener,
    operations: Option<std::net::TcpListener>,
) -> Result<(), Failure> {
    let broken = |error: io::Error| Failure::new(format!("the server cannot be started: {error}"));
    let metrics = Metrics::new().map_err(|error| Failure::new(error.to_string()))?;
    let public = server::serve(listener, assembly.state(), metrics.clone()).map_err(broken)?;
    let mut handles = vec![public.handle()];
    if let Some(listener) = operations {
        let server = server::serve_operations(listener, assembly.state(), metrics).map_err(broken)?;
        handles.push(server.handle());
        tokio::spawn(server);
    }
    let upkeep = tokio::spawn(keep_up(assembly.ports.clone()));

    let stopping = tokio::spawn(async move {
        let said = told_to_stop().await;
        tracing::info!("finishing requests in flight");
        for handle in handles {
            handle.stop(true).await;
        }
        said
    });
    let ended = public.await;
    upkeep.abort();
    assembly.ports.uses.flush(assembly.ports.tokens.as_ref()).await?;
    ended.map_err(|error| Failure::new(format!("the server broke off: {error}")))?;
    stopping
        .await
        .map_err(|error| Failure::new(format!("the server broke off: {error}")))?
        .map_err(|error| Failure::new(format!("signals cannot be received: {error}")))?;
    tracing::info!("stopped");
    Ok(())
}

/// Returns when the process is told to stop. Told again, it ends at once.
async fn told_to_stop() -> io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        std::process::exit(130);
    });
    Ok(())
}

/// Writes the uses of tokens, and removes what has expired, off the path of requests.
async fn keep_up(ports: Ports) {
    let mut ticks = tokio::time::interval(FLUSH_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut until_sweep = FLUSHES_PER_SWEEP;
    loop {
        ticks.tick().await;
        if let Err(error) = ports.uses.flush(ports.tokens.as_ref()).await {
            tracing::warn!(%error, "the uses of tokens cannot be written; they wait");
        }
        until_sweep -= 1;
        if until_sweep == 0 {
            until_sweep = FLUSHES_PER_SWEEP;
            if let Err(error) = ports.tokens.forget_answers(ports.clock.now()).await {
                tracing::warn!(%error, "expired answers cannot be removed; they stay for now");
            }
        }
    }
}

/// Listens at an address, or says which option to change.
pub(super) fn bind(address: SocketAddr, option: &str) -> Result<std::net::TcpListener, Failure> {
    listen(address).map_err(|error| {
        let advice = if error.kind() == io::ErrorKind::AddrInUse {
            format!(
                "Something listens there already. Take another port: {option} {}:0 takes any free one.",
                address.ip()
            )
        } else {
            format!("Choose another address with {option}.")
        };
        Failure::new(format!("{option} {address}: {error}")).advise(advice)
    })
}

pub(super) fn local(listener: &std::net::TcpListener) -> Result<SocketAddr, Failure> {
    listener
        .local_addr()
        .map_err(|error| Failure::new(format!("the listener has no address: {error}")))
}

/// Beyond this machine nothing is served before somebody has said under which name, nor without TLS.
fn refuse_unsafe(options: &Options, serve: &Serve, address: SocketAddr) -> Result<(), Failure> {
    if options.public_url.is_none() {
        if address.ip().is_loopback() {
            return Ok(());
        }
        let reason = "is reachable from other machines, and --public-url is not set";
        return Err(Failure::usage(format!("--listen {} {reason}", serve.listen))
            .advise("Say where clients find the service, such as --public-url https://tokens.example.org"));
    }
    let public_url = assembly::public_url(options, address)?;
    if public_url.is_https() || public_url.is_loopback() || serve.insecure_http {
        return Ok(());
    }
    Err(
        Failure::usage(format!("the public URL {public_url} has no TLS")).advise(
            "Tokens would be readable on the way. Put a proxy with TLS in front and give its https URL,\n\
         or accept the risk with --insecure-http.",
        ),
    )
}

/// Says where everything is.
async fn introduce(assembly: &Assembly, operations: Option<&std::net::TcpListener>) -> Result<(), Failure> {
    eprintln!("Symbolon {}", env!("CARGO_PKG_VERSION"));
    eprintln!("  API         {}/v1", assembly.public_url);
    if let Some(listener) = operations {
        eprintln!(
            "  Operations  http://{} (/livez, /readyz, /metrics)",
            local(listener)?
        );
    }
    eprintln!("  Database    {}", assembly.database);
    match &assembly.keyring {
        Some((path, KeyFileOrigin::Made)) => eprintln!(
            "  Key ring    {} (just made: keep a copy, apart from the backups of the database)",
            path.display()
        ),
        Some((path, KeyFileOrigin::Found)) => eprintln!("  Key ring    {}", path.display()),
        None => eprintln!("  Key ring    from SYMBOLON_KEYRING"),
    }
    let organizations = assembly.ports.organizations.list(PageRequest::new(1, 1)).await?;
    if organizations.total_count == 0 {
        eprintln!("\nThere is no organization yet. Make one, with its first token, in another terminal:");
        eprintln!("  symbolon organizations create \"My Organization\" --contact me@example.org");
    }
    Ok(())
}
