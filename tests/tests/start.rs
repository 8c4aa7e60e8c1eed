//! What the service refuses to start with, and what it says to do about it.
#![cfg(test)]

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt as _};

use symbolon_tests::{Kind, Service, Site, on_both};

on_both!(
    a_foreign_key_ring_is_refused,
    a_lost_key_ring_is_not_made_anew,
    a_key_ring_that_others_can_read_is_refused,
    a_port_in_use_is_said,
    public_addresses_need_a_name,
);

const SERVE: &[&str] = Service::ANYWHERE;

#[tokio::test]
async fn postgres_is_migrated_when_told_so() {
    let site = Site::untouched(Kind::Postgres);
    let refused = site.run(SERVE).with_code(1);
    refused.says("lacks").says("symbolon migrate").says("--migrate");
    assert_eq!(
        site.postgres()
            .query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"),
        [""; 0]
    );
    for options in [&["--migrate"][..], &[]] {
        let service = site.serve_with(options);
        service.client().look("/readyz").await.expect(200);
    }
}

#[tokio::test]
async fn sqlite_is_migrated_by_itself() {
    let site = Site::untouched(Kind::Sqlite);
    let service = site.serve();
    let said = service.stderr.so_far();
    assert!(said.contains("just made"), "{said}");
    let _ = service.stderr.wait_for("/dashboard/link/symlnk_");
    for name in ["symbolon.db", "keyring.json"] {
        let mode = fs::metadata(site.data().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(
        fs::metadata(site.data()).unwrap().permissions().mode() & 0o777,
        0o700
    );
    service.client().look("/readyz").await.expect(200);
}

#[tokio::test]
async fn one_process_serves_a_sqlite_file() {
    let site = Site::new(Kind::Sqlite);
    let mut first = site.serve();
    let refused = site.run(SERVE).with_code(1);
    refused.says("another process serves").says("PostgreSQL");
    // Killed, it leaves no lock behind.
    first.kill();
    let next = site.serve();
    next.client().look("/readyz").await.expect(200);
}

#[test]
fn a_postgres_out_of_reach_is_said() {
    let site = Site::untouched(Kind::Sqlite);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("postgres://symbolon@{closed}/symbolon");
    let refused = site.run(&[SERVE, &["--database", &url]].concat()).with_code(1);
    refused.says("out of reach").says("symbolon doctor");
}

async fn a_foreign_key_ring_is_refused(site: Site) {
    let key = site.organization("Acclaim");
    let other = Site::new(Kind::Sqlite);
    let _ = other.organization("Other");
    let kept = site.directory().join("kept.json");
    fs::rename(site.keyring(), &kept).unwrap();
    fs::copy(other.keyring(), site.keyring()).unwrap();
    for arguments in [SERVE, &["organizations", "list"]] {
        let refused = site.run(arguments).with_code(1);
        refused
            .says("does not belong to this database")
            .says("--keyring-file");
        refused.says(site.keyring().to_str().unwrap());
    }
    let found = site.doctor();
    let verdict = found
        .iter()
        .find(|finding| finding["name"] == "keys and database");
    // A server that is no good for other reasons is not asked.
    assert!(
        verdict.is_none_or(|verdict| verdict["severity"] == "bad"),
        "{found:?}"
    );
    assert!(verdict.is_some() || site.kind() == Kind::Postgres, "{found:?}");

    fs::rename(&kept, site.keyring()).unwrap();
    let service = site.serve();
    assert!(service.client().is_served(&key).await);
}

async fn a_lost_key_ring_is_not_made_anew(site: Site) {
    let key = site.organization("Acclaim");
    let kept = site.directory().join("kept.json");
    fs::rename(site.keyring(), &kept).unwrap();
    for arguments in [SERVE, &["organizations", "list"]] {
        let refused = site.run(arguments).with_code(1);
        refused.says(site.keyring().to_str().unwrap());
        refused
            .says("does not belong to this database")
            .says("Put it back");
        assert!(!site.keyring().exists(), "a new key ring hides the loss");
    }
    // Wherever it is kept, it is the one.
    let service = site.serve_with(&["--keyring-file", kept.to_str().unwrap()]);
    assert!(service.client().is_served(&key).await);
}

async fn a_key_ring_that_others_can_read_is_refused(site: Site) {
    let key = site.organization("Acclaim");
    let set_mode = |mode| fs::set_permissions(site.keyring(), fs::Permissions::from_mode(mode)).unwrap();
    for mode in [0o644, 0o640, 0o604] {
        set_mode(mode);
        let refused = site.run(SERVE).with_code(1);
        refused.says("keyring.json").says("chmod 600");
    }
    set_mode(0o600);
    let service = site.serve();
    assert!(service.client().is_served(&key).await);
}

async fn a_port_in_use_is_said(site: Site) {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let listen = ["serve", "--operations-listen", "off", "--listen", &address];
    let refused = site.run(&listen).with_code(1);
    refused.says(&address).says("--listen 127.0.0.1:0");
    let listen = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--operations-listen",
        &address,
    ];
    let refused = site.run(&listen).with_code(1);
    refused.says(&address).says("--operations-listen 127.0.0.1:0");
}

async fn public_addresses_need_a_name(site: Site) {
    let everywhere = ["serve", "--operations-listen", "off", "--listen", "0.0.0.0:0"];
    let refused = site.run(&everywhere).with_code(2);
    refused.says("--public-url");
    let no_tls = [&everywhere[..], &["--public-url", "http://tokens.example.org"]].concat();
    let refused = site.run(&no_tls).with_code(2);
    refused.says("no TLS").says("--insecure-http");
}
