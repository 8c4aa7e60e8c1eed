//! What is logged (C22).

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use symbolon_domain::port::mailer::Mailer as _;
use tracing_subscriber::fmt::MakeWriter;

use super::{
    notice_sample::{NoticeSample, subjects},
    server::Server,
    smtp::{Granted, mailer, sample},
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn neither_links_nor_passwords_are_logged_at_any_level() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish();
    // On one thread, where all of it happens.
    let _guard = tracing::subscriber::set_default(subscriber);
    tracing::info!("the log is read");
    let server = Server::start(&[]).await;
    let mailer = mailer(&format!("smtp://user:canary@{}", server.address));
    mailer.send(&sample().letter(), &Granted).await.unwrap();
    for notice in subjects().map(NoticeSample::new) {
        mailer.notify(&notice.letter(), &Granted).await.unwrap();
    }
    drop(mailer);
    assert_eq!(server.seen().mails.len(), 7);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("the log is read"));
    // The password in AUTH PLAIN, in base64: of "\0user\0canary".
    for secret in [
        "symrec_",
        "symlnk_",
        "canary",
        "AHVzZXIAY2FuYXJ5",
        "ada@example.org",
    ] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
