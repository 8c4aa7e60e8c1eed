//! A provider that answers what the test tells it to, over plain HTTP on this machine.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};
use url::form_urlencoded;

use super::sign;

/// The provider.
pub(super) struct Fake {
    origin: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    replies: HashMap<String, Reply>,
    requests: Vec<Request>,
    delay: Duration,
}

#[derive(Clone)]
enum Reply {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing, ever.
    Silence,
}

/// What was asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: HashMap<String, String>,
    pub(super) body: String,
}

impl Request {
    /// A field of the form.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.body.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}

impl Fake {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { origin, state }
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Publishes metadata, keys, and a user endpoint; the token endpoint is left to the test.
    pub(super) fn be_honest(&self) {
        self.answer("/.well-known/openid-configuration", 200, &self.metadata());
        self.answer("/jwks", 200, &sign::key_set("key-1"));
        self.answer("/me", 200, &json!({ "sub": "subject-1", "name": "Ada Lovelace" }));
    }

    /// The metadata of an honest provider.
    pub(super) fn metadata(&self) -> Value {
        let origin = &self.origin;
        json!({
            "issuer": origin,
            "authorization_endpoint": format!("{origin}/authorize?tenant=1"),
            "token_endpoint": format!("{origin}/token"),
            "userinfo_endpoint": format!("{origin}/me"),
            "jwks_uri": format!("{origin}/jwks"),
        })
    }

    /// Changes one member of the metadata; `null` takes it away.
    pub(super) fn state_otherwise(&self, name: &str, value: Value) {
        let mut metadata = self.metadata();
        if value.is_null() {
            metadata.as_object_mut().unwrap().remove(name);
        } else {
            metadata[name] = value;
        }
        self.answer("/.well-known/openid-configuration", 200, &metadata);
    }

    /// Answers a path with JSON.
    pub(super) fn answer(&self, path: &str, status: u16, body: &Value) {
        self.answer_text(path, status, &body.to_string());
    }

    /// Answers a path with a text.
    pub(super) fn answer_text(&self, path: &str, status: u16, body: &str) {
        self.answer_head(
            path,
            &format!("{status} X\r\nContent-Length: {}", body.len()),
            body,
        );
    }

    /// Answers a path with this status line and these headers.
    pub(super) fn answer_head(&self, path: &str, head: &str, body: &str) {
        let reply =
            format!("HTTP/1.1 {head}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{body}");
        self.reply(path, Reply::Bytes(reply.into_bytes()));
    }

    /// Never answers a path.
    pub(super) fn be_silent(&self, path: &str) {
        self.reply(path, Reply::Silence);
    }

    /// Takes its time for every answer.
    pub(super) fn be_slow(&self, delay: Duration) {
        self.state.lock().unwrap().delay = delay;
    }

    fn reply(&self, path: &str, reply: Reply) {
        let mut state = self.state.lock().unwrap();
        state.replies.insert(path.to_owned(), reply);
    }

    /// How often a path was asked for.
    pub(super) fn count(&self, path: &str) -> usize {
        let state = self.state.lock().unwrap();
        state
            .requests
            .iter()
            .filter(|request| request.path == path)
            .count()
    }

    /// The last request for a path.
    #[track_caller]
    pub(super) fn last(&self, path: &str) -> Request {
        let state = self.state.lock().unwrap();
        let request = state.requests.iter().rfind(|request| request.path == path);
        request
            .cloned()
            .unwrap_or_else(|| panic!("{path} was not asked for"))
    }
}

async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut stream = BufReader::new(stream);
    let Some(request) = read(&mut stream).await else {
        return;
    };
    let (reply, delay) = {
        let mut state = state.lock().unwrap();
        let reply = state.replies.get(&request.path).cloned();
        state.requests.push(request);
        (reply, state.delay)
    };
    tokio::time::sleep(delay).await;
    match reply {
        Some(Reply::Bytes(bytes)) => {
            let _ = stream.get_mut().write_all(&bytes).await;
        }
        Some(Reply::Silence) => std::future::pending().await,
        None => {
            let nothing = b"HTTP/1.1 404 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = stream.get_mut().write_all(nothing).await;
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    let mut words = line.split_whitespace();
    let mut request = Request {
        method: words.next()?.to_owned(),
        path: words.next()?.to_owned(),
        ..Request::default()
    };
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        request.headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = request.headers.get("content-length");
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}
