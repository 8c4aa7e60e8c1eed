//! `doctor`: looks at everything that can be wrong before clients notice, and says what to do.

mod finding;
mod outside;

use std::process::ExitCode;

use symbolon_domain::{
    port::{canaries::Canaries as _, clock::Clock as _, vault::Vault as _},
    time::Timestamp,
};
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Severity};
use symbolon_vault::{KeyFile, KeyFileError, KeyRing, RingVault};

use self::finding::Finding;
use crate::{
    assembly::{self, blocking},
    clock::SystemClock,
    failure::Failure,
    options::Options,
};

/// How far the clocks of service and database may differ, in milliseconds.
const MAX_DRIFT: i64 = 5_000;

pub(super) async fn run(options: &Options) -> Result<ExitCode, Failure> {
    let mut findings = Vec::new();
    let ring = look_at_key_ring(options, &mut findings);
    match look_for_database(options) {
        Ok(None) => findings.push(Finding::attention(
            "database",
            "there is none yet",
            "`symbolon serve` makes it; if it should be there, correct --data-dir or --database",
        )),
        Ok(Some((url, store))) => {
            findings.push(Finding::good("configuration", format!("the database is {url}")));
            look_at_database(&store, ring, &mut findings).await?;
        }
        Err(failure) => {
            findings.push(Finding::bad(
                "database",
                failure.to_string(),
                "correct --database or --data-dir",
            ));
        }
    }
    outside::look(options, &mut findings).await;
    options.output().print(&findings, || {
        findings.iter().map(Finding::line).collect::<Vec<_>>().join("\n")
    })?;
    let is_well = findings.iter().all(|finding| !finding.is_bad());
    Ok(if is_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The key ring, if there is a usable one.
fn look_at_key_ring(options: &Options, findings: &mut Vec<Finding>) -> Option<KeyRing> {
    const NAME: &str = "key ring";
    if let Some(ring) = assembly::keyring_in_environment(options) {
        return match ring {
            Ok(ring) => {
                findings.push(Finding::good(NAME, "from SYMBOLON_KEYRING"));
                Some(ring)
            }
            Err(failure) => {
                findings.push(Finding::bad(
                    NAME,
                    failure.to_string(),
                    "put the ring back as it was",
                ));
                None
            }
        };
    }
    let path = assembly::keyring_path(options);
    match KeyFile::load(&path) {
        Ok(ring) => {
            findings.push(Finding::good(
                NAME,
                format!("{} is whole and private", path.display()),
            ));
            Some(ring)
        }
        Err(KeyFileError::Absent { .. }) => {
            findings.push(Finding::attention(
                NAME,
                format!("there is none at {} yet", path.display()),
                "a new database gets one by itself; for a database that has been used, put its key ring back",
            ));
            None
        }
        Err(error) => {
            findings.push(Finding::bad(
                NAME,
                error.to_string(),
                "put the ring back as it was",
            ));
            None
        }
    }
}

/// The configured database, if there is one: looking makes none.
fn look_for_database(options: &Options) -> Result<Option<(DatabaseUrl, DieselStore)>, Failure> {
    if assembly::missing_file(options)?.is_some() {
        return Ok(None);
    }
    assembly::open(options, None).map(Some)
}

async fn look_at_database(
    store: &DieselStore,
    ring: Option<KeyRing>,
    findings: &mut Vec<Finding>,
) -> Result<(), Failure> {
    let found = blocking(store, |store| Ok::<_, Failure>(store.diagnose())).await?;
    let is_usable = found.iter().all(|finding| {
        finding.severity != Severity::Bad || !matches!(finding.name, "database" | "migrations")
    });
    findings.extend(found.into_iter().map(Finding::from));
    if !is_usable {
        return Ok(());
    }
    findings.push(clock(SystemClock::new().now(), store.clock().await?));
    findings.push(canaries(store, ring).await?);
    Ok(())
}

fn clock(own: Timestamp, database: Timestamp) -> Finding {
    let drift = own.as_millis().abs_diff(database.as_millis());
    let text = format!("{drift} ms between this machine and the database");
    if i64::try_from(drift).is_ok_and(|drift| drift <= MAX_DRIFT) {
        Finding::good("clock", text)
    } else {
        Finding::attention(
            "clock",
            text,
            "synchronize the clocks of all machines, for example with chrony",
        )
    }
}

/// Whether the ring is the one that the database was made with.
async fn canaries(store: &DieselStore, ring: Option<KeyRing>) -> Result<Finding, Failure> {
    const NAME: &str = "keys and database";
    let stored = store.list().await?;
    if stored.is_empty() {
        return Ok(Finding::good(
            NAME,
            "the database has not been used yet; its first start binds it to the key ring",
        ));
    }
    let advice = "put back the key ring that this database was made with; without it no token is recognized";
    let Some(ring) = ring else {
        return Ok(Finding::bad(
            NAME,
            "the database has been used, and its key ring is not here",
            advice,
        ));
    };
    let vault = RingVault::new(&ring);
    Ok(
        match stored.iter().find_map(|canary| vault.recognize(canary).err()) {
            None => Finding::good(NAME, "they belong together"),
            Some(foreign) => Finding::bad(NAME, foreign.to_string(), advice),
        },
    )
}
