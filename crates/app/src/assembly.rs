//! Wires the adapters to the ports: the one place that knows them all.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use symbolon_domain::{
    port::{Ports, canaries::Canaries as _, clock::Clock},
    service::admit_vault::{AdmitVault, AdmitVaultError},
};
use symbolon_http::{PublicUrl, State};
use symbolon_identity::{Argon2Passwords, ProviderSettings, Providers, Totp};
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};
use symbolon_vault::{KeyFile, KeyFileError, KeyFileOrigin, KeyRing, RingVault, SystemEntropy};

use crate::{clock::SystemClock, failure::Failure, options::Options, providers};

/// Everything that a command needs.
pub(crate) struct Assembly {
    pub(crate) ports: Ports,
    /// The same vault as in the ports, which knows how worn its key is.
    pub(crate) vault: Arc<RingVault>,
    pub(crate) store: DieselStore,
    pub(crate) database: DatabaseUrl,
    /// Where the key ring is kept, where that is a file.
    pub(crate) keyring: Option<(PathBuf, KeyFileOrigin)>,
    pub(crate) public_url: PublicUrl,
    /// The sign-in providers.
    pub(crate) sign_in: Arc<Providers>,
}

/// What is done about a database that lacks migrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Migrating {
    /// SQLite is migrated; PostgreSQL is refused with the command to run.
    OnlySqlite,
    /// Either is migrated.
    Always,
}

impl Assembly {
    /// Opens the store, admits the key ring, and wires the ports.
    pub(crate) async fn new(
        options: &Options,
        schema: Option<String>,
        migrating: Migrating,
        listen: SocketAddr,
        sign_in: Vec<ProviderSettings>,
    ) -> Result<Self, Failure> {
        let public_url = public_url(options, listen)?;
        let (database, store) = open(options, schema)?;
        migrate(&store, &database, migrating).await?;

        let clock = SystemClock::new();
        let entropy = SystemEntropy::new();
        let (ring, keyring) = key_ring(options, &store, &entropy, &clock).await?;
        let vault = Arc::new(RingVault::new(&ring));
        AdmitVault {
            vault: vault.as_ref(),
            canaries: &store,
        }
        .run()
        .await
        .map_err(|error| match error {
            AdmitVaultError::Foreign(foreign) => foreign_ring(&foreign.to_string(), options),
            AdmitVaultError::Fault(fault) => fault.into(),
        })?;

        let clock: Arc<dyn Clock> = Arc::new(clock);
        let sign_in = Arc::new(providers::of(sign_in, &public_url, &clock)?);
        let ports = Ports::over(Arc::new(store.clone()), clock, Arc::new(entropy), vault.clone());
        Ok(Self {
            ports,
            vault,
            store,
            database,
            keyring,
            public_url,
            sign_in,
        })
    }

    /// What the HTTP server needs.
    ///
    /// # Errors
    /// Where passwords cannot be hashed.
    pub(crate) fn state(&self, trusted_proxies: &[IpAddr], sends_mail: bool) -> Result<State, Failure> {
        let passwords = Argon2Passwords::new().map_err(|error| Failure::new(error.to_string()))?;
        Ok(State {
            ports: self.ports.clone(),
            readiness: Arc::new(self.store.clone()),
            public_url: self.public_url.clone(),
            sign_in: self.sign_in.clone(),
            passwords: Arc::new(passwords),
            codes: Arc::new(Totp),
            sends_mail,
            rates: Arc::default(),
            studio: Arc::default(),
            trusted_proxies: trusted_proxies.to_vec(),
            stopping: Arc::default(),
        })
    }
}

/// Where clients find the service: as configured, or where it listens.
pub(crate) fn public_url(options: &Options, listen: SocketAddr) -> Result<PublicUrl, Failure> {
    let text = options
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{listen}"));
    PublicUrl::parse(&text).map_err(|error| Failure::usage(format!("--public-url {text}: {error}")))
}

/// The SQLite file that is configured, if it has not been made yet.
pub(crate) fn missing_file(options: &Options) -> Result<Option<PathBuf>, Failure> {
    let database = database_url(options)?;
    Ok(database
        .sqlite_path()
        .filter(|path| !path.exists())
        .map(Path::to_owned))
}

/// Opens the configured database, without looking at what is in it.
pub(crate) fn open(options: &Options, schema: Option<String>) -> Result<(DatabaseUrl, DieselStore), Failure> {
    let database = database_url(options)?;
    if let Some(directory) = database.sqlite_path().and_then(Path::parent) {
        make_directory(directory)?;
    }
    let mut settings = Settings::new(database.clone());
    settings.postgres_schema = schema;
    if let (Some(connections), false) = (options.database_connections, database.is_sqlite()) {
        settings.connections = connections;
    }
    Ok((database, DieselStore::open(settings)?))
}

/// The configured database.
pub(crate) fn database_url(options: &Options) -> Result<DatabaseUrl, Failure> {
    let (said_in, text) = match (&options.database, &options.database_file) {
        (Some(text), _) => ("--database".to_owned(), text.clone()),
        (None, Some(file)) => {
            let said_in = format!("--database-file {}", file.display());
            let text =
                fs::read_to_string(file).map_err(|error| Failure::usage(format!("{said_in}: {error}")))?;
            (said_in, text.trim().to_owned())
        }
        (None, None) => match environment("DATABASE_URL") {
            Some(text) => ("DATABASE_URL".to_owned(), text),
            None => return Ok(DatabaseUrl::sqlite_file(options.data_dir.join("symbolon.db"))),
        },
    };
    DatabaseUrl::parse(&text).map_err(|error| Failure::usage(format!("{said_in}: {error}")))
}

/// Where the key ring is kept, unless the environment holds it.
pub(crate) fn keyring_path(options: &Options) -> PathBuf {
    options
        .keyring_file
        .clone()
        .unwrap_or_else(|| options.data_dir.join("keyring.json"))
}

/// The key ring that the environment holds, if it does.
pub(crate) fn keyring_in_environment(options: &Options) -> Option<Result<KeyRing, Failure>> {
    let json = environment("SYMBOLON_KEYRING").filter(|_| !options.keyring_is_a_flag)?;
    Some(KeyRing::parse(&json).map_err(|error| Failure::usage(format!("SYMBOLON_KEYRING: {error}"))))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the application's configuration may read the environment"
)]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Makes a directory that only its owner can look into.
pub(crate) fn make_directory(directory: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt as _;
    if directory.as_os_str().is_empty() || directory.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(|error| {
            Failure::new(format!(
                "the directory {} cannot be made: {error}",
                directory.display()
            ))
        })
}

async fn migrate(store: &DieselStore, database: &DatabaseUrl, migrating: Migrating) -> Result<(), Failure> {
    if migrating == Migrating::Always || database.is_sqlite() {
        for name in blocking(store, DieselStore::migrate).await? {
            tracing::info!(name, "migrated");
        }
        return Ok(());
    }
    let pending = blocking(store, DieselStore::pending_migrations).await?;
    if pending.is_empty() {
        return Ok(());
    }
    Err(
        Failure::new(format!("the database lacks {} migrations", pending.len()))
            .advise("Back it up, then run: symbolon migrate\n(or start with: symbolon serve --migrate)"),
    )
}

/// Runs a blocking call of the store on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static, E: Send + 'static>(
    store: &DieselStore,
    call: impl FnOnce(&DieselStore) -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    Failure: From<E>,
{
    let store = store.clone();
    tokio::task::spawn_blocking(move || call(&store))
        .await
        .map_err(|error| Failure::new(format!("a task broke off: {error}")))?
        .map_err(Failure::from)
}

/// The key ring, from the environment or its file; a fresh one is made only for a database that never had one.
async fn key_ring(
    options: &Options,
    store: &DieselStore,
    entropy: &SystemEntropy,
    clock: &SystemClock,
) -> Result<(KeyRing, Option<(PathBuf, KeyFileOrigin)>), Failure> {
    if let Some(ring) = keyring_in_environment(options) {
        return Ok((ring?, None));
    }
    let path = keyring_path(options);
    let has_canaries = !store.list().await?.is_empty();
    if has_canaries {
        let ring = KeyFile::load(&path).map_err(|error| match error {
            KeyFileError::Absent { .. } => foreign_ring(&error.to_string(), options),
            other => Failure::new(other.to_string()),
        })?;
        return Ok((ring, Some((path, KeyFileOrigin::Found))));
    }
    if let Some(directory) = path.parent() {
        make_directory(directory)?;
    }
    let (ring, origin) = KeyFile::load_or_create(&path, entropy, clock.now())
        .map_err(|error| Failure::new(error.to_string()))?;
    Ok((ring, Some((path, origin))))
}

fn foreign_ring(reason: &str, options: &Options) -> Failure {
    Failure::new(format!("the key ring does not belong to this database: {reason}")).advise(format!(
        "Without the key ring that the database was made with, no token can be recognized.\n\
         Put it back {}, or name its place with --keyring-file.\n\
         Instances that share a database share one key ring.",
        if keyring_in_environment(options).is_some() {
            "into SYMBOLON_KEYRING".to_owned()
        } else {
            format!("at {}", keyring_path(options).display())
        }
    ))
}
