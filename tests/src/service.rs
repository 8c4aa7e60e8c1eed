//! A running `symbolon serve`.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    ops::{Deref, DerefMut},
    process::{Command, ExitStatus},
};

use nix::sys::signal::Signal;

use crate::{client::Client, process::Process};

/// The service, listening on ports that were free. Dropping it kills it.
#[derive(Debug)]
pub struct Service {
    process: Process,
    /// Where the API is.
    pub address: SocketAddr,
    /// Where health and metrics are.
    pub operations: SocketAddr,
}

impl Service {
    /// The arguments that start it on free ports.
    pub const ANYWHERE: &[&str] = &[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--operations-listen",
        "127.0.0.1:0",
    ];

    /// Starts it, and returns when it answers.
    pub fn start(command: Command) -> Self {
        let process = Process::start(command);
        // What it says about the key ring is the last of what it says about itself.
        let _ = process.stderr.wait_for("  Key ring    ");
        let address = |title: &str| {
            let line = process.stderr.wait_for(title);
            let (_, rest) = line.split_once("http://").expect("an address over HTTP");
            let end = rest.find(['/', ' ']).unwrap_or(rest.len());
            rest.split_at(end).0.parse().expect("an address with a port")
        };
        let service = Self {
            address: address("  API         "),
            operations: address("  Operations  "),
            process,
        };
        service.answers();
        service
    }

    /// It listens before it serves: this returns when it does.
    fn answers(&self) {
        let asked = TcpStream::connect(self.address).and_then(|mut stream| {
            stream.write_all(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        });
        assert!(
            asked.as_ref().is_ok_and(|answer| answer.contains(" 200 OK")),
            "it does not answer ({asked:?}), and said:\n{}",
            self.stderr.so_far()
        );
    }

    /// A client of its API.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// A client of its operations listener.
    pub fn operator(&self) -> Client {
        Client::new(self.operations)
    }

    /// Tells it to stop, and returns how it ended.
    pub fn stop(&mut self) -> ExitStatus {
        self.signal(Signal::SIGTERM);
        self.ended()
    }
}

impl Deref for Service {
    type Target = Process;

    fn deref(&self) -> &Process {
        &self.process
    }
}

impl DerefMut for Service {
    fn deref_mut(&mut self) -> &mut Process {
        &mut self.process
    }
}
