//! The database is gone, silent, or busy: the service says so with 503, refuses nobody for it, and comes back by itself.
#![cfg(test)]

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    os::unix::fs::FileExt as _,
    process::{Child, ChildStderr, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use nix::{
    fcntl::{FcntlArg, fcntl},
    libc,
};
use reqwest::Method;
use serde_json::json;
use symbolon_tests::{Answer, Client, Key, Kind, Proxy, Service, Site, try_send, until};

/// A service whose way to PostgreSQL is in our hands.
fn behind_a_proxy(site: &Site) -> (Service, Proxy) {
    let url = site.postgres().url().to_owned();
    let (scheme, rest) = url.split_once("://").unwrap();
    let (place, name) = rest.split_once('/').unwrap();
    let (user, host) = place.rsplit_once('@').unwrap_or(("", place));
    let proxy = Proxy::to(host);
    let user = if user.is_empty() {
        String::new()
    } else {
        format!("{user}@")
    };
    let detour = format!("{scheme}://{user}{}/{name}", proxy.address());
    let service = site.serve_with(&["--database", &detour]);
    (service, proxy)
}

fn is_trouble(answer: &Answer) {
    answer.expect(503);
    let code = answer.json["code"].as_str().unwrap();
    assert!(["unavailable", "deadline_exceeded"].contains(&code), "{code}");
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(answer.header("www-authenticate"), None);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

/// What every request says while there is no database.
async fn all_is_trouble(service: &Service, key: &Key) {
    let client = service.client();
    is_trouble(&client.current(key).await);
    is_trouble(&client.list(key).await);
    is_trouble(&client.create(key, &json!({})).await);
    is_trouble(&client.rotate(key).await);
    is_trouble(&client.delete(key, &key.id).await);
    // What can be told without the database is told as ever.
    client.look(&key.tokens("")).await.refused(401, "unauthorized");
    for listener in [&client, &service.operator()] {
        listener.look("/livez").await.expect(200);
        listener.look("/readyz").await.expect(503);
    }
    service.operator().look("/metrics").await.expect(200);
}

async fn all_is_well(client: &Client, key: &Key) {
    let start = Instant::now();
    until("the service is ready again", async || {
        client.look("/readyz").await.status == 200
    })
    .await;
    until("the token is served again", async || {
        let answer = client.current(key).await;
        assert!([200, 503].contains(&answer.status), "{answer:?}");
        answer.status == 200
    })
    .await;
    eprintln!("well again after {:?}", start.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_database_the_service_says_so() {
    let site = Site::new(Kind::Postgres);
    let key = site.organization("Acclaim");
    let (service, mut proxy) = behind_a_proxy(&site);
    let client = service.client();
    all_is_well(&client, &key).await;
    proxy.cut().await;
    all_is_trouble(&service, &key).await;
    proxy.open();
    all_is_well(&client, &key).await;
    proxy.swallow();
    is_trouble(&client.current(&key).await);
    client.look("/livez").await.expect(200);
    for listener in [&client, &service.operator()] {
        listener.look("/readyz").await.expect(503);
    }
    proxy.open();
    all_is_well(&client, &key).await;
    assert_eq!(client.list(&key).await.json["metadata"]["total_count"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_load_trouble_is_the_only_other_answer() {
    let site = Site::new(Kind::Postgres);
    let bystander = site.organization("Bystander");
    let keys = ["One", "Two", "Three"].map(|name| site.organization(name));
    let (service, mut proxy) = behind_a_proxy(&site);
    let client = service.client();
    let load = Arc::new(Load::default());
    let work = keys.map(|key| tokio::spawn(rotate_until_told(client.clone(), key, load.clone())));
    for fault in 0..=FAULTS {
        load.goes_on().await;
        match fault {
            FAULTS => proxy.swallow(),
            _ if fault % 2 == 0 => proxy.cut_once(),
            _ => proxy.cut().await,
        }
        if fault % 2 == 1 {
            is_trouble(&client.current(&bystander).await);
            proxy.open();
        }
        all_is_well(&client, &bystander).await;
    }
    load.stop.store(true, Ordering::SeqCst);
    for worker in work {
        worker.await.unwrap();
    }
    let statuses = load.statuses.lock().unwrap();
    eprintln!("{} faults, statuses {statuses:?}", FAULTS + 1);
    assert_eq!(statuses.keys().collect::<Vec<_>>(), [&200, &503], "{statuses:?}");
}

/// How often the way to the database breaks while requests come, before it turns into a hole for once.
const FAULTS: usize = 7;

/// What several clients do and see.
#[derive(Default)]
struct Load {
    statuses: Mutex<BTreeMap<u16, usize>>,
    stop: AtomicBool,
}

impl Load {
    /// Notes an answer, and returns it where it is not trouble.
    fn note(&self, answer: Answer) -> Option<Answer> {
        *self.statuses.lock().unwrap().entry(answer.status).or_default() += 1;
        (answer.status != 503).then_some(answer)
    }

    /// Returns when some more requests were served.
    async fn goes_on(&self) {
        let served = || self.statuses.lock().unwrap().get(&200).copied().unwrap_or(0);
        let before = served();
        until("requests are served", async || served() >= before + 50).await;
    }
}

/// Rotates by name, asks again where there was trouble, and uses each successor.
async fn rotate_until_told(client: Client, mut key: Key, load: Arc<Load>) {
    let mut turn = 0;
    while !load.stop.load(Ordering::SeqCst) {
        turn += 1;
        let name = format!("turn-{turn}");
        let rotated = loop {
            if let Some(answer) = load.note(client.rotate_named(&key, &name).await) {
                break answer;
            }
        };
        key = rotated.expect(200).key();
        let used = loop {
            if let Some(answer) = load.note(client.current(&key).await) {
                break answer;
            }
        };
        used.expect(200);
    }
}

/// Where SQLite's writers take their turns: the lock `WAL_WRITE_LOCK` of its file format.
const WRITE_LOCK: libc::off_t = 120;

/// Takes or gives back the right to write to the SQLite file, as another process would.
fn lock(file: &std::fs::File, kind: libc::c_int) {
    let place = libc::flock {
        l_type: libc::c_short::try_from(kind).unwrap(),
        l_whence: libc::c_short::try_from(libc::SEEK_SET).unwrap(),
        l_start: WRITE_LOCK,
        l_len: 1,
        l_pid: 0,
    };
    fcntl(file, FcntlArg::F_SETLKW(&place)).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_another_process_writes_reading_goes_on() {
    let site = Site::new(Kind::Sqlite);
    let key = site.organization("Acclaim");
    let service = site.serve();
    let client = service.client();
    client.create(&key, &json!({})).await.expect(201);
    let shared = std::fs::File::options()
        .read(true)
        .write(true)
        .open(site.data().join("symbolon.db-shm"))
        .unwrap();

    lock(&shared, libc::F_WRLCK);
    is_trouble(&client.create(&key, &json!({})).await);
    is_trouble(&client.rotate(&key).await);
    client.current(&key).await.expect(200);
    client.look("/livez").await.expect(200);

    lock(&shared, libc::F_UNLCK);
    let rotation = || client.with(&key, Method::POST, &key.tokens("/rotate"));
    let successor = try_send(rotation()).await.unwrap().expect(200).key();
    assert!(!client.is_served(&key).await);
    assert!(client.is_served(&successor).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_is_no_reason_to_refuse_a_token() {
    let site = Site::new(Kind::Sqlite);
    let key = site.organization("Acclaim");
    let mut service = site.serve();
    assert_eq!(service.stop().code(), Some(0));
    let database = std::fs::File::options()
        .write(true)
        .open(site.data().join("symbolon.db"))
        .unwrap();
    let length = database.metadata().unwrap().len();
    // Beyond the schema on the first page everything is noise.
    let noise = vec![0xa5; usize::try_from(length).unwrap() - 4096];
    let service = site.serve();
    let client = service.client();
    database.write_all_at(&noise, 4096).unwrap();
    for _ in 0..3 {
        let answer = client.current(&key).await;
        assert!([200, 503].contains(&answer.status), "{answer:?}");
    }
    client.look("/livez").await.expect(200);
}

/// A service whose standard error is a pipe that is read only when somebody asks.
struct Unread {
    child: Child,
    log: BufReader<ChildStderr>,
}

impl Unread {
    fn start(mut command: Command) -> Self {
        let streams = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = streams.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log }
    }

    /// Reads up to where it says its address.
    fn address(&mut self) -> SocketAddr {
        let mut line = String::new();
        while !line.starts_with("  API ") {
            line.clear();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "it ended early");
        }
        let (_, rest) = line.split_once("http://").unwrap();
        let end = rest.find(['/', ' ']).unwrap();
        rest.split_at(end).0.parse().unwrap()
    }
}

impl Drop for Unread {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_log_that_nobody_reads_holds_up_nobody() {
    let site = Site::new(Kind::Sqlite);
    let mut service = Unread::start(site.command(Service::ANYWHERE));
    let client = Client::new(service.address());
    // More lines than fit into a pipe, which holds 64 KiB.
    for _ in 0..2_000 {
        client.look("/livez").await.expect(200);
    }
    let mut line = String::new();
    while !line.contains("answered") {
        line.clear();
        assert!(
            service.log.read_line(&mut line).unwrap() > 0,
            "nothing was logged"
        );
    }
}
