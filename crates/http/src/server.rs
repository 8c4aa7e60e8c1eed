//! The applications and the servers that run them.

use std::{
    io,
    net::{SocketAddr, TcpListener},
};

use actix_web::{
    App, Error, HttpResponse, HttpServer,
    body::MessageBody,
    dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web::{self, Data},
};
use tokio::net::TcpSocket;
use tracing_actix_web::TracingLogger;

use crate::{
    State, api,
    error::ApiError,
    limits::{BACKLOG, DRAIN, HEAD_TIMEOUT, KEEP_ALIVE, MAX_CONNECTIONS},
    metrics::Metrics,
    operations, page,
    request_log::RequestLog,
    surroundings,
};

/// The public application: the API, the pages, and the health of the service.
///
/// From the outside in: the log and the request's id, what [surrounds](crate::surroundings) every request, the routes.
/// What the limits refuse is not counted: it may carry anything, also in the place of a method.
pub fn application(
    state: Data<State>,
    metrics: &Metrics,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    App::new()
        .app_data(state)
        .app_data(Data::new(metrics.clone()))
        .configure(api::configure)
        .configure(page::configure)
        .configure(operations::health)
        .default_service(web::route().to(not_found))
        .wrap(from_fn(surroundings::of_public))
        .wrap(TracingLogger::<RequestLog>::new())
}

async fn not_found() -> Result<HttpResponse, ApiError> {
    Err(ApiError::NotFound)
}

/// Listens at an address; port 0 takes a free one.
///
/// To be called on a tokio runtime.
///
/// # Errors
/// Where the address is not ours, is taken, or may not be used.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // Without it a restarted service would wait for the old one's connections to be forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)?.into_std()
}

/// Serves the public application, until its handle says stop; requests in flight are then finished.
///
/// # Errors
/// Where the listener cannot be used.
pub fn serve(listener: TcpListener, state: State, metrics: Metrics) -> io::Result<Server> {
    let state = Data::new(state);
    let server = HttpServer::new(move || application(state.clone(), &metrics))
        .client_request_timeout(HEAD_TIMEOUT)
        .keep_alive(KEEP_ALIVE)
        .max_connections(MAX_CONNECTIONS)
        .tcp_nodelay(true)
        .shutdown_timeout(DRAIN.as_secs())
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// Serves health and metrics for the operator.
///
/// # Errors
/// Where the listener cannot be used.
pub fn serve_operations(listener: TcpListener, state: State, metrics: Metrics) -> io::Result<Server> {
    let (state, metrics) = (Data::new(state), Data::new(metrics));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .app_data(metrics.clone())
            .configure(operations::health)
            .configure(operations::measurements)
            .default_service(web::route().to(not_found))
            .wrap(from_fn(surroundings::of_operations))
    })
    .workers(1)
    .client_request_timeout(HEAD_TIMEOUT)
    .keep_alive(KEEP_ALIVE)
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}
