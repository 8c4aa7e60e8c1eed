//! Fills an empty database with authorization tokens, for `cargo xtask bench`; where there are some already, they stay.
//!
//! Every 50 of them belong to one organization, as many as one may have. Their values are drawn and their digests computed
//! as the service does it, and a sample of the values is written down, for whoever is to show them.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection,
    sql_types::BigInt,
};
use symbolon_domain::{
    id::{AuthorizationTokenId, OrganizationId},
    port::vault::Vault as _,
    sealed::{SealBinding, SealPurpose},
    secret::TokenSecret,
    time::Timestamp,
};
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};
use symbolon_vault::{KeyFile, RingVault, SystemEntropy};

/// Tokens of one organization.
const EACH: u64 = 50;
/// Rows that are sorted by digest and written in one transaction: the index then grows in its order.
const CHUNK: u64 = 250_000;
/// Rows of one statement.
const ROWS: usize = 500;
/// How many values are written down: 100,000 to be shown, and some at the end to be changed.
const SAMPLE: u64 = 110_000;
/// When all of it was made: 2026-11-01.
const MADE: i64 = 1_793_491_200_000;
const EXPIRES: i64 = MADE + 180 * 86_400_000;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [url, count, ring, sample] = arguments.as_slice() else {
        println!(
            "tokens: give the URL of a database of no value, how many, the file of the key ring, and one for the sample"
        );
        return;
    };
    let count: u64 = count.parse().expect("the second word is a number");
    let parsed = DatabaseUrl::parse(url).expect("the first word is a URL");
    let store = DieselStore::open(Settings::new(parsed.clone())).expect("the database can be opened");
    store.migrate().expect("the migrations apply");
    let mut database = Database::open(url, parsed.sqlite_path());
    if database.is_filled() {
        return;
    }
    let begun = Instant::now();
    let (ring, _) = KeyFile::load_or_create(
        &PathBuf::from(ring),
        &SystemEntropy::new(),
        Timestamp::from_millis(MADE),
    )
    .expect("the key ring can be read or made");
    let mut maker = Maker {
        vault: RingVault::new(&ring),
        dialect: database.dialect(),
        every: (count / SAMPLE).max(1),
        sample: String::new(),
    };
    for first in (0..count).step_by(usize::try_from(CHUNK).expect("it fits")) {
        database.write(&maker.organizations(first, count), &maker.tokens(first, count));
        println!(
            "{} of {count}, {:.0} s",
            (first + CHUNK).min(count),
            begun.elapsed().as_secs_f64()
        );
    }
    fs::write(sample, &maker.sample).expect("the sample can be written");
    fs::write(format!("{sample}-unknown"), unknown(count)).expect("the sample can be written");
    assert!(store.mend_lists().expect("lists can be cut"), "they were not");
    database.settle();
    println!("filled in {:.1} s", begun.elapsed().as_secs_f64());
}

/// Writes rows as SQL has them.
struct Maker {
    vault: RingVault,
    dialect: Dialect,
    /// The value of every so manieth token is written down.
    every: u64,
    /// Lines of an organization's id and a value.
    sample: String,
}

impl Maker {
    fn organizations(&self, first: u64, count: u64) -> Vec<String> {
        let d = self.dialect;
        let numbers = first / EACH..(first + CHUNK).min(count).div_ceil(EACH);
        let row = |number| {
            format!(
                "({}, 'Organization {number}', 'office{number}@example.org', 'always', {})",
                d.id(organization(number).as_uuid().as_bytes()),
                d.at(MADE),
            )
        };
        let columns = "organizations (id, name, contact, reveal_policy, created_at)";
        statements(columns, &numbers.map(row).collect::<Vec<_>>())
    }

    fn tokens(&mut self, first: u64, count: u64) -> Vec<String> {
        let entropy = SystemEntropy::new();
        let mut rows: Vec<_> = (first..(first + CHUNK).min(count))
            .map(|number| {
                let owner = organization(number / EACH);
                let secret = TokenSecret::generate(&entropy).expect("there are random bytes");
                if number % self.every == 0 {
                    writeln!(self.sample, "{owner} {}", secret.expose()).expect("there is memory");
                }
                self.row(number, owner, &secret)
            })
            .collect();
        rows.sort_unstable();
        let columns = "authorization_tokens (digest, id, organization_id, pepper_id, sealed, description, permissions, \
            created_at, expires_at, generation, announce_at)";
        statements(columns, &rows)
    }

    /// The digest first: rows that are sorted are sorted by it.
    fn row(&self, number: u64, owner: OrganizationId, secret: &TokenSecret) -> String {
        let d = self.dialect;
        let id = AuthorizationTokenId::fresh(made(number), entropy(number));
        let digest = self.vault.digest(secret);
        let binding = SealBinding {
            purpose: SealPurpose::Reveal,
            organization: owner,
            token: *id.as_uuid(),
            generation: 0,
        };
        let sealed = self.vault.seal(secret, &binding).expect("it can be sealed");
        format!(
            "({}, {}, {}, '{}', {}, 'Program {number}', 7, {}, {}, 0, {})",
            d.bytes(&digest.bytes),
            d.id(id.as_uuid().as_bytes()),
            d.id(owner.as_uuid().as_bytes()),
            digest.pepper,
            d.bytes(sealed.as_bytes()),
            d.at(made(number).as_millis()),
            d.at(EXPIRES),
            d.at(EXPIRES - 30 * 86_400_000),
        )
    }
}

/// Values that nobody has given out, a fifth as many.
fn unknown(count: u64) -> String {
    let entropy = SystemEntropy::new();
    (0..count.min(100_000) / 5).fold(String::new(), |mut lines, number| {
        let secret = TokenSecret::generate(&entropy).expect("there are random bytes");
        writeln!(lines, "{} {}", organization(number / EACH), secret.expose()).expect("there is memory");
        lines
    })
}

fn organization(number: u64) -> OrganizationId {
    OrganizationId::fresh(made(number * EACH), entropy(number))
}

/// Each a millisecond after the one before.
fn made(number: u64) -> Timestamp {
    Timestamp::from_millis(MADE + i64::try_from(number).expect("they are not that many"))
}

fn entropy(number: u64) -> [u8; 10] {
    let mut bytes = [0; 10];
    for (byte, from) in bytes
        .iter_mut()
        .zip(number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes())
    {
        *byte = from;
    }
    bytes
}

fn statements(columns: &str, rows: &[String]) -> Vec<String> {
    rows.chunks(ROWS)
        .map(|rows| format!("INSERT INTO {columns} VALUES {}", rows.join(", ")))
        .collect()
}

/// How the database at hand says it.
#[derive(Clone, Copy)]
enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    fn id(self, bytes: &[u8]) -> String {
        match self {
            Self::Sqlite => format!("x'{}'", hex(bytes)),
            Self::Postgres => format!("'{}'", hex(bytes)),
        }
    }

    fn bytes(self, bytes: &[u8]) -> String {
        match self {
            Self::Sqlite => format!("x'{}'", hex(bytes)),
            Self::Postgres => format!("'\\x{}'", hex(bytes)),
        }
    }

    fn at(self, millis: i64) -> String {
        match self {
            Self::Sqlite => millis.to_string(),
            Self::Postgres => format!("to_timestamp({millis} / 1000.0)"),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("there is memory");
            hex
        })
}

enum Database {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl Database {
    fn open(url: &str, path: Option<&Path>) -> Self {
        let Some(path) = path else {
            return Self::Postgres(PgConnection::establish(url).expect("the server answers"));
        };
        let path = path.to_str().expect("the path is text");
        let mut connection = SqliteConnection::establish(path).expect("the file opens");
        let quick = "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA foreign_keys = OFF";
        connection.batch_execute(quick).expect("it can be quick");
        Self::Sqlite(connection)
    }

    const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    fn is_filled(&mut self) -> bool {
        let question = diesel::sql_query("SELECT count(*) AS number FROM organizations");
        let rows: Vec<Number> = match self {
            Self::Sqlite(sqlite) => question.load(sqlite),
            Self::Postgres(postgres) => question.load(postgres),
        }
        .expect("it counts");
        rows.iter().any(|row| row.number > 0)
    }

    fn execute(&mut self, statement: &str) {
        match self {
            Self::Sqlite(sqlite) => sqlite.batch_execute(statement),
            Self::Postgres(postgres) => postgres.batch_execute(statement),
        }
        .expect("the rows are good");
    }

    fn write(&mut self, organizations: &[String], tokens: &[String]) {
        self.execute("BEGIN");
        for statement in organizations.iter().chain(tokens) {
            self.execute(statement);
        }
        self.execute("COMMIT");
    }

    /// What databases do by and by.
    fn settle(&mut self) {
        match self {
            Self::Sqlite(_) => self.execute("PRAGMA wal_checkpoint(TRUNCATE)"),
            Self::Postgres(_) => self.execute("VACUUM (ANALYZE)"),
        }
    }
}
