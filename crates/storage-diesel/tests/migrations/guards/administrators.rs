//! Administrators, what lets them in and what tells them things: rows that are good, and rows that are not.

use diesel::result::DatabaseErrorKind::{
    self, CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation,
};

use super::{
    Changes, Table,
    Value::{At, Bytes, Id, Letters, Null, Number, Text},
};

pub(super) const ADMINISTRATOR: Table = Table {
    name: "administrators",
    good: &[
        ("id", Id(0x60)),
        ("organization_id", Id(1)),
        ("mail", Letters(254)),
        ("name", Letters(200)),
        ("role", Text("owner")),
        ("created_at", At(1)),
        ("joined_at", At(2)),
        ("signed_in_at", At(3)),
        ("generation", Number(4_294_967_295)),
        ("password", Letters(1024)),
        ("connected_provider", Letters(32)),
        ("connected_issuer", Letters(255)),
        ("connected_subject", Letters(255)),
        ("connected_hint", Letters(100)),
        ("factor_sealed", Bytes(1024, 1)),
        ("factor_since", At(1)),
        ("factor_last_step", Number(58_800_000)),
    ],
};

pub(super) const CODE: Table = Table {
    name: "recovery_codes",
    good: &[
        ("administrator_id", Id(0x10)),
        ("digest", Bytes(32, 0x61)),
        ("pepper_id", Text("pepper01")),
    ],
};

pub(super) const LINK: Table = Table {
    name: "administrator_links",
    good: &[
        ("id", Id(0x62)),
        ("pepper_id", Text("pepper01")),
        ("digest", Bytes(32, 0x62)),
        ("purpose", Text("invitation")),
        ("administrator_id", Id(0x10)),
        ("sealed", Bytes(1024, 1)),
        ("created_at", At(1)),
        ("expires_at", At(2)),
    ],
};

pub(super) const VISIT: Table = Table {
    name: "administrator_sessions",
    good: &[
        ("digest", Bytes(32, 0x63)),
        ("pepper_id", Text("pepper01")),
        ("id", Id(0x63)),
        ("administrator_id", Id(0x10)),
        ("stage", Text("second_factor")),
        ("created_at", At(1)),
        ("proved_at", At(1)),
        ("idle_until", At(2)),
        ("ends_at", At(3)),
        ("address", Text("2001:db8::1")),
        ("browser", Letters(300)),
    ],
};

pub(super) const ATTEMPTS: Table = Table {
    name: "sign_in_attempts",
    good: &[
        ("account", Bytes(32, 0x64)),
        ("failures", Number(4_294_967_295)),
        ("blocked_until", At(2)),
        ("remembered_until", At(2)),
    ],
};

pub(super) const NOTICE: Table = Table {
    name: "notices",
    good: &[
        ("id", Id(0x65)),
        ("organization_id", Id(1)),
        ("addressee_id", Id(0x10)),
        ("subject", Text("invitation")),
        ("link_id", Id(0x77)),
        ("token_id", Null),
        ("created_at", At(1)),
        ("state", Text("sent")),
        ("attempts", Number(4_294_967_295)),
        ("due_at", At(1)),
        ("sent_at", At(1)),
        ("failure", Letters(5000)),
    ],
};

const ONE: Table = Table {
    name: "foundation",
    good: &[("id", Number(1)), ("revision", Number(0))],
};

/// What must be there before the good rows: administrator 16, with something of each kind.
pub(super) const FOUNDATION: &[(&Table, Changes)] = &[
    (
        &ADMINISTRATOR,
        &[
            ("id", Id(0x10)),
            ("mail", Text("Ada@example.org")),
            ("connected_subject", Text("ada")),
        ],
    ),
    (&CODE, &[("digest", Bytes(32, 0x10))]),
    (
        &LINK,
        &[
            ("id", Id(0x11)),
            ("digest", Bytes(32, 0x10)),
            ("purpose", Text("new_password")),
        ],
    ),
    (&VISIT, &[("digest", Bytes(32, 0x10)), ("id", Id(0x12))]),
    (&ATTEMPTS, &[("account", Bytes(32, 0x10))]),
    (&NOTICE, &[("id", Id(0x13))]),
];

/// Rows that differ from a good one in this, and are good as well: what the guards leave free.
pub(super) const GOOD: &[(&Table, Changes)] = &[
    // Two who have connected no account, and one of whom was only invited.
    (&ADMINISTRATOR, INVITED),
    (
        &ADMINISTRATOR,
        &[
            ("id", Id(0x71)),
            ("mail", Text("eve@example.org")),
            ("role", Text("viewer")),
            ("connected_provider", Null),
            ("connected_issuer", Null),
            ("connected_subject", Null),
            ("connected_hint", Null),
            ("factor_sealed", Null),
            ("factor_since", Null),
            ("factor_last_step", Null),
        ],
    ),
    // The same name at another issuer.
    (
        &ADMINISTRATOR,
        &[
            ("id", Id(0x72)),
            ("mail", Text("ada@example.com")),
            ("connected_issuer", Text("other")),
            ("connected_subject", Text("ada")),
        ],
    ),
    // Several links for the set-up.
    (
        &LINK,
        &[
            ("id", Id(0x73)),
            ("digest", Bytes(32, 0x73)),
            ("purpose", Text("set_up")),
            ("administrator_id", Null),
        ],
    ),
    (
        &LINK,
        &[
            ("id", Id(0x74)),
            ("digest", Bytes(32, 0x74)),
            ("purpose", Text("set_up")),
            ("administrator_id", Null),
        ],
    ),
    // The same digest under another pepper is another digest.
    (
        &VISIT,
        &[
            ("digest", Bytes(32, 0x10)),
            ("pepper_id", Text("pepper02")),
            ("id", Id(0x75)),
        ],
    ),
    (
        &NOTICE,
        &[
            ("id", Id(0x76)),
            ("addressee_id", Null),
            ("subject", Text("token_expires")),
            ("link_id", Null),
            ("token_id", Id(0x77)),
        ],
    ),
];

const INVITED: Changes = &[
    ("id", Id(0x70)),
    ("mail", Text("bob@example.org")),
    ("name", Null),
    ("role", Text("administrator")),
    ("joined_at", Null),
    ("signed_in_at", Null),
    ("password", Null),
    ("connected_provider", Null),
    ("connected_issuer", Null),
    ("connected_subject", Null),
    ("connected_hint", Null),
    ("factor_sealed", Null),
    ("factor_since", Null),
    ("factor_last_step", Null),
];

/// Rows that differ from a good one in this, and are refused for that reason on both databases.
pub(super) const BAD: &[(&Table, Changes, DatabaseErrorKind)] = &[
    (&ADMINISTRATOR, &[("id", Id(0x10))], UniqueViolation),
    (&ADMINISTRATOR, &[("id", Null)], NotNullViolation),
    (&ADMINISTRATOR, &[("organization_id", Id(9))], ForeignKeyViolation),
    (&ADMINISTRATOR, &[("organization_id", Null)], NotNullViolation),
    (
        &ADMINISTRATOR,
        &[("mail", Text("aDA@EXAMPLE.org"))],
        UniqueViolation,
    ),
    (&ADMINISTRATOR, &[("mail", Letters(2))], CheckViolation),
    (&ADMINISTRATOR, &[("mail", Letters(255))], CheckViolation),
    (&ADMINISTRATOR, &[("mail", Null)], NotNullViolation),
    (&ADMINISTRATOR, &[("name", Letters(0))], CheckViolation),
    (&ADMINISTRATOR, &[("name", Letters(201))], CheckViolation),
    (&ADMINISTRATOR, &[("role", Text("root"))], CheckViolation),
    (&ADMINISTRATOR, &[("role", Null)], NotNullViolation),
    (&ADMINISTRATOR, &[("joined_at", Null)], CheckViolation),
    (&ADMINISTRATOR, &[("generation", Number(-1))], CheckViolation),
    (
        &ADMINISTRATOR,
        &[("generation", Number(4_294_967_296))],
        CheckViolation,
    ),
    (&ADMINISTRATOR, &[("password", Letters(0))], CheckViolation),
    (&ADMINISTRATOR, &[("password", Letters(1025))], CheckViolation),
    (
        &ADMINISTRATOR,
        &[("connected_subject", Text("ada"))],
        UniqueViolation,
    ),
    (&ADMINISTRATOR, &[("connected_provider", Null)], CheckViolation),
    (
        &ADMINISTRATOR,
        &[("connected_provider", Letters(33))],
        CheckViolation,
    ),
    (&ADMINISTRATOR, &[("connected_issuer", Null)], CheckViolation),
    (
        &ADMINISTRATOR,
        &[("connected_issuer", Letters(256))],
        CheckViolation,
    ),
    (&ADMINISTRATOR, &[("connected_subject", Null)], CheckViolation),
    (
        &ADMINISTRATOR,
        &[("connected_subject", Letters(0))],
        CheckViolation,
    ),
    (&ADMINISTRATOR, &[("connected_hint", Null)], CheckViolation),
    (
        &ADMINISTRATOR,
        &[("connected_hint", Letters(101))],
        CheckViolation,
    ),
    (&ADMINISTRATOR, &[("factor_sealed", Null)], CheckViolation),
    (&ADMINISTRATOR, &[("factor_sealed", Bytes(0, 1))], CheckViolation),
    (
        &ADMINISTRATOR,
        &[("factor_sealed", Bytes(1025, 1))],
        CheckViolation,
    ),
    (&ADMINISTRATOR, &[("factor_since", Null)], CheckViolation),
    (&ADMINISTRATOR, &[("factor_last_step", Null)], CheckViolation),
    (&CODE, &[("administrator_id", Id(9))], ForeignKeyViolation),
    (&CODE, &[("digest", Bytes(32, 0x10))], UniqueViolation),
    (&CODE, &[("digest", Bytes(31, 1))], CheckViolation),
    (&CODE, &[("digest", Null)], NotNullViolation),
    (&CODE, &[("pepper_id", Letters(9))], CheckViolation),
    (&LINK, &[("id", Id(0x11))], UniqueViolation),
    (&LINK, &[("digest", Bytes(32, 0x10))], UniqueViolation),
    (&LINK, &[("digest", Bytes(33, 1))], CheckViolation),
    (&LINK, &[("pepper_id", Letters(7))], CheckViolation),
    (&LINK, &[("purpose", Text("visit"))], CheckViolation),
    (&LINK, &[("purpose", Null)], NotNullViolation),
    (&LINK, &[("purpose", Text("set_up"))], CheckViolation),
    // They have such a link already.
    (&LINK, &[("purpose", Text("new_password"))], UniqueViolation),
    (&LINK, &[("administrator_id", Null)], CheckViolation),
    (&LINK, &[("administrator_id", Id(9))], ForeignKeyViolation),
    (&LINK, &[("sealed", Bytes(0, 1))], CheckViolation),
    (&LINK, &[("sealed", Bytes(1025, 1))], CheckViolation),
    (&LINK, &[("expires_at", Null)], NotNullViolation),
    (&ONE, &[], UniqueViolation),
    (&ONE, &[("id", Number(2))], CheckViolation),
    (&VISIT, &[("digest", Bytes(32, 0x10))], UniqueViolation),
    (&VISIT, &[("digest", Bytes(31, 1))], CheckViolation),
    (&VISIT, &[("pepper_id", Letters(7))], CheckViolation),
    (&VISIT, &[("id", Id(0x12))], UniqueViolation),
    (&VISIT, &[("administrator_id", Id(9))], ForeignKeyViolation),
    (&VISIT, &[("administrator_id", Null)], NotNullViolation),
    (&VISIT, &[("stage", Text("half"))], CheckViolation),
    (&VISIT, &[("proved_at", Null)], NotNullViolation),
    (&VISIT, &[("idle_until", Null)], NotNullViolation),
    (&VISIT, &[("ends_at", Null)], NotNullViolation),
    (&VISIT, &[("address", Letters(1))], CheckViolation),
    (&VISIT, &[("address", Letters(46))], CheckViolation),
    (&VISIT, &[("browser", Letters(0))], CheckViolation),
    (&VISIT, &[("browser", Letters(301))], CheckViolation),
    (&ATTEMPTS, &[("account", Bytes(32, 0x10))], UniqueViolation),
    (&ATTEMPTS, &[("account", Bytes(31, 1))], CheckViolation),
    (&ATTEMPTS, &[("failures", Number(0))], CheckViolation),
    (&ATTEMPTS, &[("failures", Number(4_294_967_296))], CheckViolation),
    (&ATTEMPTS, &[("blocked_until", At(3))], CheckViolation),
    (&ATTEMPTS, &[("blocked_until", Null)], NotNullViolation),
    (&ATTEMPTS, &[("remembered_until", Null)], NotNullViolation),
    (&NOTICE, &[("id", Id(0x13))], UniqueViolation),
    (&NOTICE, &[("organization_id", Id(9))], ForeignKeyViolation),
    (&NOTICE, &[("addressee_id", Id(9))], ForeignKeyViolation),
    (
        &NOTICE,
        &[("subject", Letters(0)), ("link_id", Null)],
        CheckViolation,
    ),
    (
        &NOTICE,
        &[("subject", Letters(65)), ("link_id", Null)],
        CheckViolation,
    ),
    (&NOTICE, &[("link_id", Null)], CheckViolation),
    (&NOTICE, &[("subject", Text("proofs_changed"))], CheckViolation),
    (&NOTICE, &[("token_id", Id(0x77))], CheckViolation),
    (
        &NOTICE,
        &[("state", Text("lost")), ("sent_at", Null)],
        CheckViolation,
    ),
    (&NOTICE, &[("state", Text("failed"))], CheckViolation),
    (&NOTICE, &[("attempts", Number(-1))], CheckViolation),
    (&NOTICE, &[("attempts", Number(4_294_967_296))], CheckViolation),
    (&NOTICE, &[("due_at", Null)], NotNullViolation),
];

/// PostgreSQL has a type for ids, which leaves nothing to check.
pub(super) const BAD_ON_SQLITE: &[(&Table, Changes)] = &[
    (&ADMINISTRATOR, &[("id", Bytes(15, 1))]),
    (&LINK, &[("id", Bytes(17, 1))]),
    (&VISIT, &[("id", Bytes(15, 1))]),
    (&NOTICE, &[("id", Bytes(17, 1))]),
    (&NOTICE, &[("link_id", Bytes(15, 1))]),
    (
        &NOTICE,
        &[
            ("subject", Text("token_reused")),
            ("link_id", Null),
            ("token_id", Bytes(15, 1)),
        ],
    ),
];
