//! A raw connection, for what no proper client sends.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::wait::DEADLINE;

/// A TCP connection to the service.
#[derive(Debug)]
pub struct Raw(TcpStream);

impl Raw {
    /// Connects.
    pub async fn to(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.expect("the service listens"))
    }

    /// Sends bytes. Where the service has hung up already, its answer tells more than this failure.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let _ = self.0.write_all(bytes.as_ref()).await;
        let _ = self.0.flush().await;
        self
    }

    /// The next line that the service says.
    pub async fn line(&mut self) -> String {
        let mut line = Vec::new();
        let read = async {
            while !line.ends_with(b"\n")
                && let Ok(byte) = self.0.read_u8().await
            {
                line.push(byte);
            }
        };
        timeout(DEADLINE, read).await.expect("the service says something");
        String::from_utf8_lossy(&line).into_owned()
    }

    /// What the service says until it hangs up, which it must.
    pub async fn until_closed(&mut self) -> String {
        let mut said = Vec::new();
        let read = async {
            // A connection that is reset was closed too.
            while let Ok(length @ 1..) = self.0.read_buf(&mut said).await {
                debug_assert!(length > 0);
            }
        };
        timeout(DEADLINE, read).await.expect("the service hangs up");
        String::from_utf8_lossy(&said).into_owned()
    }
}
