//! A large organization, written as SQL: to issue a million credentials one by one would take longer than to time them.

use std::path::Path;

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection,
    sql_types::BigInt,
};
use symbolon_storage_diesel::DieselStore;

/// How many templates there are.
pub(crate) const TEMPLATES: i64 = 50;

/// When the first recipient was added; each later one half a minute after the one before, or where there are millions, so that
/// the last was added before this was written.
pub(crate) const FIRST: i64 = 1_730_000_000_000;
pub(crate) const PAUSE: i64 = 30_000;
const AT_MOST: i64 = 50_000_000_000;

const FIRST_NAMES: &str = "Maria Anna Peter Lukas Ada Grace Alan Sofia Jonas Emma Noah Mia Paul Lea Ben Hannah Leon Lina \
    Finn Marie Elias Clara Luis Ida Felix Ella Anton Lotte Oskar Frieda Karl Greta Emil Zo\u{eb} Theo Jana Max Nora Tom Ruth";
const LAST_NAMES: &str = "Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf \
    Neumann Schwarz Zimmermann Braun Hofmann Hartmann Lange Krause Werner Lehmann Walter Maier Mayer K\u{f6}nig Huber Kaiser \
    Fuchs Peters Lang Scholz M\u{f6}ller Weiss Jung Hahn Vogel Friedrich Keller G\u{fc}nther Frank Berger Winkler Roth Beck Lorenz \
    Baumann Franke Albrecht Schuster Simon Ludwig B\u{f6}hm Winter Kraus Martin Schumacher Kr\u{e4}mer Vogt Stein J\u{e4}ger Otto \
    Sommer Gross Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn K\u{fc}hn Pohl Engel Horn Busch \
    Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer";
const DOMAINS: &str = "gmail.com gmail.com gmail.com outlook.com outlook.com web.de gmx.de yahoo.com icloud.com \
    uni-example.edu school.example.org acme.example.com";

/// An id of version 7 with this time and number, as 32 digits.
pub(crate) fn id(kind: i64, number: i64) -> String {
    let millis = FIRST + number * PAUSE;
    format!(
        "{millis:012x}-7{kind:03x}-8000-{:012x}",
        number * 0x9e37_79b9 % 0xffff_ffff_ffff
    )
    .split('-')
    .collect()
}

/// How the database at hand says it.
struct Dialect {
    is_sqlite: bool,
    /// How long after each recipient the next one was added.
    pause: i64,
}

impl Dialect {
    fn new(is_sqlite: bool, count: i64) -> Self {
        let pause = PAUSE.min(AT_MOST / count.max(1));
        Self { is_sqlite, pause }
    }

    fn id(&self, hex: &str) -> String {
        if self.is_sqlite {
            format!("x'{hex}'")
        } else {
            format!("'{hex}'::uuid")
        }
    }

    /// The id with the number that an expression gives.
    fn id_of(&self, kind: i64, number: &str) -> String {
        let millis = format!("{FIRST} + ({number}) * {}", self.pause);
        let scattered = format!("({number}) * {} % {}", 0x9e37_79b9_i64, 0xffff_ffff_ffff_i64);
        if self.is_sqlite {
            format!("unhex(printf('%012x7{kind:03x}8000%012x', {millis}, {scattered}))")
        } else {
            format!(
                "(lpad(to_hex({millis}), 12, '0') || '7{kind:03x}8000' || lpad(to_hex({scattered}), 12, '0'))::uuid"
            )
        }
    }

    fn at(&self, millis: &str) -> String {
        if self.is_sqlite {
            millis.to_owned()
        } else {
            format!("to_timestamp(({millis}) / 1000.0)")
        }
    }

    fn bytes_of(&self, number: &str) -> String {
        if self.is_sqlite {
            format!("unhex(printf('%064x', ({number}) * 7919))")
        } else {
            format!("decode(lpad(to_hex(({number}) * 7919), 64, '0'), 'hex')")
        }
    }

    fn flag(&self, flag: bool) -> &'static str {
        match (self.is_sqlite, flag) {
            (true, true) => "1",
            (true, false) => "0",
            (false, true) => "true",
            (false, false) => "false",
        }
    }

    /// The numbers from 0, as column `n`.
    fn numbers(&self, count: i64) -> String {
        if self.is_sqlite {
            format!(
                "(WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count}) \
                 SELECT n FROM numbers)"
            )
        } else {
            format!("(SELECT generate_series(0::bigint, {}) AS n)", count - 1)
        }
    }

    /// A table of words, numbered from 0.
    fn words(&self, table: &str, words: &str) -> String {
        let rows: Vec<_> = words
            .split_whitespace()
            .enumerate()
            .map(|(number, word)| format!("({number}, '{word}')"))
            .collect();
        let key = if self.is_sqlite {
            "INTEGER PRIMARY KEY"
        } else {
            "bigint PRIMARY KEY"
        };
        format!(
            "CREATE TEMPORARY TABLE {table} (k {key}, word text); INSERT INTO {table} VALUES {}",
            rows.join(", ")
        )
    }
}

/// How much there is of each recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// All that issuing leaves.
    Whole,
    /// What lists and tokens need, without words, mails and a log: for tens of millions.
    Lists,
}

/// Fills the empty database of a store; whether it was.
pub(crate) fn fill(store: &DieselStore, url: &str, path: Option<&Path>, count: i64, depth: Depth) -> bool {
    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let question = "SELECT count(*) AS number FROM organizations";
    if let Some(path) = path {
        let path = path.to_str().expect("the path is text");
        let mut connection = SqliteConnection::establish(path).expect("the file opens");
        let rows: Vec<Number> = diesel::sql_query(question)
            .load(&mut connection)
            .expect("it counts");
        if rows.iter().any(|row| row.number > 0) {
            return false;
        }
        let quick = "PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA temp_store = MEMORY";
        connection.batch_execute(quick).expect("it can be quick");
        for statement in statements(&Dialect::new(true, count), count, depth) {
            connection.batch_execute(&statement).expect(&statement);
        }
        make_words(store);
        connection
            .batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
            .expect("the log can be emptied");
    } else {
        let mut connection = PgConnection::establish(url).expect("the server answers");
        let rows: Vec<Number> = diesel::sql_query(question)
            .load(&mut connection)
            .expect("it counts");
        if rows.iter().any(|row| row.number > 0) {
            return false;
        }
        for statement in statements(&Dialect::new(false, count), count, depth) {
            connection.batch_execute(&statement).expect(&statement);
        }
        make_words(store);
        if depth == Depth::Whole {
            // Without the rows that had no words.
            let statement = "VACUUM FULL recipients";
            connection.batch_execute(statement).expect(statement);
        }
        // As autovacuum does it by and by.
        let statement = "VACUUM (ANALYZE)";
        connection.batch_execute(statement).expect(statement);
    }
    assert!(store.mend_lists().expect("lists can be cut"), "they were not");
    true
}

/// As the service makes them of whoever has none.
fn make_words(store: &DieselStore) {
    let runtime = tokio::runtime::Runtime::new().expect("there are threads");
    runtime.block_on(async {
        let mut after = None;
        while let Some(made) = store.make_words(after).await.expect("words can be made") {
            after = Some(made.last);
        }
    });
}

fn statements(dialect: &Dialect, count: i64, depth: Depth) -> Vec<String> {
    let d = dialect;
    let owner = d.id(&id(1, 0));
    let numbers = d.numbers(count);
    let pause = d.pause;
    let added = d.at(&format!("{FIRST} + n * {pause}"));
    let (yes, no) = (d.flag(true), d.flag(false));
    let (person, token) = (d.id_of(3, "n"), d.id_of(4, "n"));
    // Scattered, so that nothing about a recipient goes with their name.
    let chance = "(n * 2654435761 % 4294967296 / 1024)";
    let is_claimed = &format!("{chance} % 10 < 6");
    let lists = [
        ("first_names", FIRST_NAMES),
        ("last_names", LAST_NAMES),
        ("domains", DOMAINS),
    ];
    let [firsts, lasts, domains] = lists.map(|(_, words)| words.split_whitespace().count());
    let mut statements: Vec<_> = lists.iter().map(|(table, words)| d.words(table, words)).collect();
    statements.push(format!(
        "INSERT INTO organizations (id, name, contact, reveal_policy, created_at, revision) \
         VALUES ({owner}, 'Large', 'office@example.org', 'always', {}, 0)",
        d.at(&FIRST.to_string())
    ));
    statements.push(format!(
        "INSERT INTO templates (id, organization_id, kind, name, created_at) \
         SELECT {}, {owner}, 'badge', 'Template ' || n, {added} FROM {} AS numbers",
        d.id_of(2, "n"),
        d.numbers(TEMPLATES)
    ));
    // Letters beyond ASCII are no part of an address, nor of a word.
    let plain = |text: &str| {
        [
            ("\u{eb}", "e"),
            ("\u{f6}", "oe"),
            ("\u{fc}", "ue"),
            ("\u{e4}", "ae"),
        ]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| {
            format!("replace({text}, '{from}', '{to}')")
        })
    };
    let rare = count * 7 / 10;
    let first = format!("CASE WHEN n = {rare} THEN 'Zebulon' ELSE f.word END");
    let last = format!("CASE WHEN n = {rare} THEN 'Quixley' ELSE l.word END");
    statements.push(format!(
        "INSERT INTO recipients (id, organization_id, template_id, first_name, last_name, mail, locale, external_id, \
            is_test, created_at, issued_at, first_claimed_at, revoked_at, words) \
         SELECT {person}, {owner}, {template}, \
            {first}, {last}, {local} || '@' || d.word, 'en', CASE WHEN n % 2 = 0 THEN 'E-' || n END, \
            CASE WHEN {chance} % 2000 = 9 THEN {yes} ELSE {no} END, {added}, {issued}, \
            CASE WHEN {is_claimed} THEN {claimed} END, CASE WHEN {chance} % 50 = 7 THEN {claimed} END, {words} \
         FROM {numbers} AS numbers \
         JOIN first_names f ON f.k = n * 31 % {firsts} \
         JOIN last_names l ON l.k = n * 17 / 40 % {lasts} \
         JOIN domains d ON d.k = n * 7 / 3 % {domains}",
        template = d.id_of(2, &format!("n * 7919 % {TEMPLATES}")),
        local = plain("lower(f.word) || '.' || lower(l.word) || n"),
        issued = d.at(&format!("({FIRST} + n * {pause}) / 86400000 * 86400000")),
        claimed = d.at(&format!("{FIRST} + (n + 1000) * {pause}")),
        // Those that are made have a number first; those who have none are made.
        words = if depth == Depth::Whole { "NULL" } else { "'0'" },
    ));
    statements.push(format!(
        "INSERT INTO access_tokens (id, recipient_id, organization_id, pepper_id, digest, generation, created_at, \
            bound_provider, bound_issuer, bound_subject, bound_hint, bound_at, revoked_at, reset_requested_at, opens) \
         SELECT {token}, {person}, {owner}, 'pepper01', {digest}, 0, {added}, \
            CASE WHEN {is_claimed} THEN 'google' END, CASE WHEN {is_claimed} THEN 'https://accounts.google.com' END, \
            CASE WHEN {is_claimed} THEN '' || n END, CASE WHEN {is_claimed} THEN 'a***@gmail.com' END, \
            CASE WHEN {is_claimed} THEN {added} END, CASE WHEN {chance} % 1000 = 3 THEN {added} END, \
            CASE WHEN {chance} % 5000 = 1 THEN {added} END, 1 \
         FROM {numbers} AS numbers",
        digest = d.bytes_of("n"),
    ));
    if depth == Depth::Whole {
        statements.push(format!(
            "INSERT INTO mails (id, recipient_id, access_token_id, organization_id, kind, created_at, state, attempts, due_at, \
                sent_at) \
             SELECT {}, {person}, {token}, {owner}, 'access', {added}, \
                CASE WHEN {chance} % 100 = 13 THEN 'failed' WHEN n > {} THEN 'pending' ELSE 'sent' END, 1, {added}, \
                CASE WHEN {chance} % 100 <> 13 AND n <= {} THEN {added} END \
             FROM {numbers} AS numbers",
            d.id_of(5, "n"),
            count - 100,
            count - 100,
        ));
        statements.push(format!(
            "INSERT INTO activity (id, organization_id, at, actor, action, template_id, recipient_id, access_token_id) \
             SELECT {}, {owner}, {added}, 'operator', 'credential.issued', {}, {person}, {token} FROM {numbers} AS numbers",
            d.id_of(6, "n"),
            d.id_of(2, &format!("n * 7919 % {TEMPLATES}")),
        ));
    }
    statements.push(format!(
        "INSERT INTO tallies (organization_id, template_id, what, difference, is_settled) \
         SELECT organization_id, template_id, 'recipients', count(*), {yes} FROM recipients GROUP BY 1, 2"
    ));
    statements
}
