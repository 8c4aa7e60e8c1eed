//! `serve`: the service, from its start to its orderly end.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, atomic::Ordering},
};

use symbolon_domain::{port::mailer::Mailer, service::administration::set_up::offer};
use symbolon_http::{
    metrics::Metrics,
    server::{self, listen},
};
use symbolon_vault::KeyFileOrigin;

use crate::{
    assembly::{self, Assembly, Migrating},
    failure::Failure,
    late_words, long_work,
    options::{OperationsListen, Options, Serve},
    post, providers,
    serve_lock::ServeLock,
    stop_signal::StopSignal,
    upkeep::Upkeep,
    workers::Workers,
};

pub(super) async fn run(options: &Options, serve: &Serve) -> Result<(), Failure> {
    let stop = StopSignal::listen()?;
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
    let assembly = Assembly::new(options, None, migrating, address, providers::configured(options)?).await?;
    let operations = match serve.operations_listen {
        OperationsListen::At(address) => Some(bind(address, "--operations-listen")?),
        OperationsListen::Off => None,
    };
    introduce(&assembly, operations.as_ref()).await?;
    let mailer = post::mailer(options, &assembly)?;
    let front = Front {
        listener,
        operations,
        trusted_proxies: &serve.trusted_proxies,
        mailer,
    };
    serve_until_told(&assembly, front, stop).await
}

/// What the service meets the world with.
pub(super) struct Front<'a> {
    pub(super) listener: std::net::TcpListener,
    pub(super) operations: Option<std::net::TcpListener>,
    pub(super) trusted_proxies: &'a [IpAddr],
    /// What sends mail; while there is none, mail waits.
    pub(super) mailer: Option<Arc<dyn Mailer>>,
}

/// Serves on these listeners until a signal comes, finishes what is in flight, and writes what waits.
pub(super) async fn serve_until_told(
    assembly: &Assembly,
    front: Front<'_>,
    stop: StopSignal,
) -> Result<(), Failure> {
    let broken = |error: io::Error| Failure::new(format!("the server cannot be started: {error}"));
    let metrics = Metrics::new().map_err(|error| Failure::new(error.to_string()))?;
    let state = assembly.state(front.trusted_proxies, front.mailer.is_some())?;
    let public = server::serve(front.listener, state.clone(), metrics.clone()).map_err(broken)?;
    let operations = match front.operations {
        Some(listener) => {
            let server = server::serve_operations(listener, state.clone(), metrics).map_err(broken)?;
            let handle = server.handle();
            tokio::spawn(server);
            Some(handle)
        }
        None => None,
    };
    let upkeep = Upkeep::start(
        assembly.ports.clone(),
        Arc::clone(&assembly.vault),
        Arc::clone(&state.rates),
    );
    let mut workers = Workers::new();
    workers.start(|stopped| late_words::work(assembly.store.clone(), stopped));
    workers.start(|stopped| long_work::work(assembly.ports.clone(), stopped));
    if let Some(mailer) = front.mailer {
        post::start(&mut workers, &assembly.ports, &mailer);
    }

    let handle = public.handle();
    tokio::spawn(async move {
        stop.received().await;
        tracing::info!("finishing requests in flight");
        state.stopping.store(true, Ordering::Relaxed);
        handle.stop(true).await;
    });
    let ended = public.await;
    workers.finish().await;
    upkeep.finish().await;
    if let Err(error) = assembly.store.empty_log().await {
        tracing::warn!(%error, "the database's log cannot be emptied; the next start reads it");
    }
    if let Some(operations) = operations {
        // Last, so that monitors see the service stopping until it has.
        operations.stop(true).await;
    }
    ended.map_err(|error| Failure::new(format!("the server broke off: {error}")))?;
    tracing::info!("stopped");
    Ok(())
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
    eprintln!("  Pages       {}", assembly.public_url);
    eprintln!("  Database    {}", assembly.database);
    match &assembly.keyring {
        Some((path, KeyFileOrigin::Made)) => eprintln!(
            "  Key ring    {} (just made: keep a copy, apart from the backups of the database)",
            path.display()
        ),
        Some((path, KeyFileOrigin::Found)) => eprintln!("  Key ring    {}", path.display()),
        None => eprintln!("  Key ring    from SYMBOLON_KEYRING"),
    }
    eprintln!("  Dashboard   {}", assembly.public_url.at("/dashboard"));
    if let Some(secret) = offer(&assembly.ports).await? {
        eprintln!(
            "\nThere is no administrator yet. Open this link to become the first; it works once, for an hour:"
        );
        eprintln!("  {}", assembly.public_url.administrator_link(&secret));
    }
    Ok(())
}
