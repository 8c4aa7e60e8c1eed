//! A small server on this machine.

use std::net::TcpListener;

use actix_web::{App, HttpServer, dev::ServerHandle, middleware::from_fn, web::ServiceConfig};

use super::guard;
use crate::failure::Failure;

/// A server of the demonstration that runs.
pub(crate) struct Server(ServerHandle);

impl Server {
    /// Serves these routes, and the style of their pages.
    pub(super) fn start(
        listener: TcpListener,
        routes: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
    ) -> Result<Self, Failure> {
        let broken =
            |error: std::io::Error| Failure::new(format!("the demonstration cannot be served: {error}"));
        let server = HttpServer::new(move || {
            App::new()
                .configure(routes.clone())
                .wrap(from_fn(guard::check_host))
                .wrap(from_fn(guard::add_headers))
        })
        .workers(1)
        .max_connections(256)
        .disable_signals()
        .listen(listener)
        .map_err(broken)?
        .run();
        let handle = server.handle();
        tokio::spawn(server);
        Ok(Self(handle))
    }

    /// Ends it; whoever still waits for an answer waits in vain.
    pub(crate) async fn stop(self) {
        self.0.stop(false).await;
    }
}
