//! A tiny server of fixed pages.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A page: its path, its headers besides the type, its HTML.
pub(crate) type Page = (&'static str, &'static str, &'static str);

/// A server of some pages; everything else is an empty page.
pub(crate) struct Pages {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Pages {
    pub(crate) async fn serve(pages: &'static [Page]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self {
            address: listener.local_addr().unwrap(),
            serving: tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(answer(stream, pages));
                }
            }),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Answers one request, and hangs up.
async fn answer(stream: TcpStream, pages: &[Page]) {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while let Ok(3..) = stream.read_line(&mut head).await {}
    let path = head.split([' ', '?']).nth(1).unwrap_or_default();
    let found = pages.iter().find(|page| page.0 == path);
    let (_, headers, html) = found.unwrap_or(&("", "", "<!doctype html><title>Nothing</title>"));
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Connection: close\r\n{headers}\r\n{html}",
        html.len()
    );
    let _ = stream.write_all(answer.as_bytes()).await;
}
