//! What lies between a service and its database, and can break: a proxy of TCP connections.

use std::{net::SocketAddr, sync::Arc};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// How the way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Everything passes.
    Open,
    /// Connections stay, nothing passes.
    Hole,
    /// Connections are cut, and new ones refused.
    Gone,
}

/// A way to a server, in the hands of the test.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    /// Bound, and never listening: nobody else is given the port while the way is cut.
    _reserved: TcpSocket,
    target: Arc<str>,
    way: watch::Sender<Way>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// An open way to `host:port`.
    pub fn to(target: &str) -> Self {
        let (way, _) = watch::channel(Way::Open);
        let reserved = bound(SocketAddr::from(([127, 0, 0, 1], 0)));
        let address = reserved.local_addr().expect("it is bound");
        let target: Arc<str> = target.into();
        Self {
            address,
            _reserved: reserved,
            accepting: tokio::spawn(accept(listening(address), target.clone(), way.clone())),
            target,
            way,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Cuts all connections and refuses new ones, as when the server has stopped.
    pub async fn cut(&mut self) {
        self.accepting.abort();
        let _ = (&mut self.accepting).await;
        self.way.send_replace(Way::Gone);
    }

    /// Cuts the connections that there are; new ones are let through.
    pub fn cut_once(&self) {
        self.way.send_replace(Way::Gone);
        self.way.send_replace(Way::Open);
    }

    /// Swallows everything, as when a cable was pulled.
    pub fn swallow(&self) {
        self.way.send_replace(Way::Hole);
    }

    /// Opens the way again.
    pub fn open(&mut self) {
        self.way.send_replace(Way::Open);
        if self.accepting.is_finished() {
            let listener = listening(self.address);
            self.accepting = tokio::spawn(accept(listener, self.target.clone(), self.way.clone()));
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// A socket that shares its port with others that are willing to: those of this proxy.
fn bound(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("sockets can be made");
    socket.set_reuseaddr(true).expect("an option of every system");
    socket.set_reuseport(true).expect("an option of Unix");
    socket.bind(address).expect("the port is free, or ours");
    socket
}

fn listening(address: SocketAddr) -> TcpListener {
    bound(address).listen(64).expect("it is bound")
}

async fn accept(listener: TcpListener, target: Arc<str>, way: watch::Sender<Way>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(carry(client, target.clone(), way.subscribe()));
    }
}

/// Carries bytes both ways until one end hangs up or the way is cut.
async fn carry(mut client: TcpStream, target: Arc<str>, mut way: watch::Receiver<Way>) {
    let born_in = *way.borrow_and_update();
    let mut server = match born_in {
        Way::Gone => return,
        Way::Open => TcpStream::connect(&*target).await.ok(),
        Way::Hole => None,
    };
    let mut is_hole = born_in == Way::Hole;
    loop {
        let changed = match (&mut server, is_hole) {
            (Some(server), false) => tokio::select! {
                _ = copy_bidirectional(&mut client, server) => return,
                changed = way.changed() => changed,
            },
            _ => way.changed().await,
        };
        // A connection that was in a hole is of no use afterwards: bytes of it are lost.
        if changed.is_err() || is_hole || *way.borrow_and_update() != Way::Hole {
            return;
        }
        is_hole = true;
    }
}
