//! The pages of the demonstration, and whole sign-ins through them.

mod mails;
mod sign_in;
mod visit;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// Some free port of this machine.
fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}
