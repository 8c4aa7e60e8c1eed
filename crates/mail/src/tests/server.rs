//! A mail server that does what a test tells it to.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// What it says instead of what a mail server says that takes everything. `None` cuts the connection.
type Odd = (&'static str, Option<&'static str>);

/// A mail server on a free port, for as long as the test runs.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

/// What it was told.
#[derive(Default, Clone)]
pub(crate) struct Seen {
    pub(crate) connections: usize,
    pub(crate) commands: Vec<String>,
    pub(crate) mails: Vec<String>,
}

impl Server {
    /// A server that answers a command which begins with one of these words as it stands beside it; `GREETING` and
    /// `CONTENT` stand for what is no command. To `HANG` it answers nothing.
    pub(crate) async fn start(odd: &[Odd]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (odd, shared) = (odd.to_vec(), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.lock().unwrap().connections += 1;
                let conversation = Conversation {
                    odd: odd.clone(),
                    seen: Arc::clone(&shared),
                };
                tokio::spawn(conversation.hold(stream));
            }
        });
        Self { address, seen }
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }
}

struct Conversation {
    odd: Vec<Odd>,
    seen: Arc<Mutex<Seen>>,
}

impl Conversation {
    async fn hold(self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        self.say(&mut stream, "GREETING", "220 test").await?;
        loop {
            let command = line(&mut stream).await?;
            self.seen.lock().unwrap().commands.push(command.clone());
            let usual = match command.get(..4)? {
                "EHLO" => "250-test\r\n250 AUTH PLAIN LOGIN",
                "AUTH" => "235 welcome",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 OK",
            };
            self.say(&mut stream, &command, usual).await?;
            if command == "DATA" {
                let mut mail = String::new();
                loop {
                    let line = line(&mut stream).await?;
                    if line == "." {
                        break;
                    }
                    mail.push_str(line.strip_prefix('.').unwrap_or(&line));
                    mail.push('\n');
                }
                self.seen.lock().unwrap().mails.push(mail);
                self.say(&mut stream, "CONTENT", "250 taken").await?;
            }
        }
    }

    async fn say(&self, stream: &mut BufReader<TcpStream>, to: &str, usual: &str) -> Option<()> {
        let odd = self.odd.iter().find(|(word, _)| to.starts_with(word));
        let answer = odd.map_or(Some(usual), |(_, answer)| *answer)?;
        if answer == "HANG" {
            std::future::pending::<()>().await;
        }
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()
    }
}

async fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let length = stream.read_line(&mut line).await.ok()?;
    (length > 0).then(|| line.trim_end_matches("\r\n").to_owned())
}
