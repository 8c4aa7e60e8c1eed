//! A way to a server that can be cut and mended.

use std::{
    io,
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

/// Passes on what comes in at its address, until it is cut.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    target: String,
    open: Arc<Mutex<Vec<TcpStream>>>,
    is_cut: Arc<Mutex<bool>>,
}

impl Proxy {
    /// A way to the server at this host and port.
    pub(crate) fn to(target: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            target: target.to_owned(),
            open: Arc::default(),
            is_cut: Arc::default(),
        };
        let (target, open, is_cut) = (
            proxy.target.clone(),
            Arc::clone(&proxy.open),
            Arc::clone(&proxy.is_cut),
        );
        thread::spawn(move || {
            for inward in listener.incoming().map_while(Result::ok) {
                let is_cut = is_cut.lock().unwrap_or_else(PoisonError::into_inner);
                // Dropped at once, as by a server that shuts down.
                if *is_cut {
                    continue;
                }
                let outward = TcpStream::connect(&target).unwrap();
                let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
                for stream in [&inward, &outward] {
                    open.push(stream.try_clone().unwrap());
                }
                pass(inward.try_clone().unwrap(), outward.try_clone().unwrap());
                pass(outward, inward);
            }
        });
        proxy
    }

    /// Ends all connections, and lets no new one through.
    pub(crate) fn cut(&self) {
        *self.is_cut.lock().unwrap() = true;
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Lets connections through again.
    pub(crate) fn mend(&self) {
        *self.is_cut.lock().unwrap() = false;
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
}
