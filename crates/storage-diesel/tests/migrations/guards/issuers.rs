//! Organizations, their tokens and the log: rows that are good, and rows that are not.

use diesel::result::DatabaseErrorKind::{
    self, CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation,
};

use super::{
    Changes, Table,
    Value::{At, Bytes, Id, Letters, Null, Number, Text},
};

pub(super) const ORGANIZATION: Table = Table {
    name: "organizations",
    good: &[
        ("id", Id(0x10)),
        ("name", Letters(200)),
        ("contact", Text("a@b.c")),
        ("url", Letters(2048)),
        ("reveal_policy", Text("once")),
        ("created_at", At(1)),
        ("cancelled_at", Null),
    ],
};

pub(super) const TOKEN: Table = Table {
    name: "authorization_tokens",
    good: &[
        ("id", Id(0x20)),
        ("organization_id", Id(1)),
        ("pepper_id", Text("pepper01")),
        ("digest", Bytes(32, 0x20)),
        ("sealed", Bytes(80, 1)),
        ("description", Letters(255)),
        ("permissions", Number(7)),
        ("created_at", At(1)),
        ("expires_at", At(2)),
        ("created_by", Id(2)),
        ("rotated_from", Id(2)),
        ("generation", Number(4_294_967_295)),
        ("replayable_until", At(1)),
        ("rotated_at", Null),
        ("grace_until", Null),
        ("revoked_at", Null),
        ("expiry_seen_at", Null),
        ("last_used_at", Null),
        ("reuse_count", Number(1)),
        ("reuse_recorded_at", At(1)),
        ("announce_at", At(1)),
    ],
};

pub(super) const ANSWER: Table = Table {
    name: "stored_answers",
    good: &[
        ("caller_id", Id(2)),
        ("key", Letters(64)),
        ("fingerprint", Bytes(32, 1)),
        ("token_id", Id(3)),
        ("sealed", Bytes(1024, 1)),
        ("description", Letters(255)),
        ("expires_at", At(1)),
    ],
};

pub(super) const ENTRY: Table = Table {
    name: "activity",
    good: &[
        ("id", Id(0x30)),
        ("organization_id", Id(1)),
        ("at", At(1)),
        ("actor", Text("token")),
        ("actor_token_id", Id(0x77)),
        ("request_id", Letters(200)),
        ("address", Text("2001:db8::1")),
        ("action", Text("token.created")),
        ("token_id", Id(0x78)),
        ("other_token_id", Id(0x79)),
        ("template_id", Id(0x7a)),
        ("recipient_id", Id(0x7b)),
        ("access_token_id", Id(0x7c)),
        ("actor_administrator_id", Null),
        ("administrator_id", Id(0x7d)),
    ],
};

pub(super) const CANARY: Table = Table {
    name: "canaries",
    good: &[("key_id", Text("seal0001")), ("proof", Bytes(255, 1))],
};

/// What must be there before the good rows.
pub(super) const FOUNDATION: &[(&Table, Changes)] = &[
    (&ORGANIZATION, &[("id", Id(1))]),
    (
        &TOKEN,
        &[
            ("id", Id(2)),
            ("digest", Bytes(32, 2)),
            ("created_by", Null),
            ("rotated_from", Null),
        ],
    ),
    (
        &TOKEN,
        &[("id", Id(3)), ("digest", Bytes(32, 3)), ("rotated_from", Null)],
    ),
    (&ENTRY, &[("id", Id(4))]),
];

/// Rows that differ from a good one in this, and are refused for that reason on both databases.
pub(super) const BAD: &[(&Table, Changes, DatabaseErrorKind)] = &[
    (&ORGANIZATION, &[("id", Id(1))], UniqueViolation),
    (&ORGANIZATION, &[("id", Null)], NotNullViolation),
    (&ORGANIZATION, &[("name", Null)], NotNullViolation),
    (&ORGANIZATION, &[("name", Letters(0))], CheckViolation),
    (&ORGANIZATION, &[("name", Letters(201))], CheckViolation),
    (&ORGANIZATION, &[("contact", Letters(2))], CheckViolation),
    (&ORGANIZATION, &[("contact", Letters(255))], CheckViolation),
    (&ORGANIZATION, &[("url", Letters(0))], CheckViolation),
    (&ORGANIZATION, &[("url", Letters(2049))], CheckViolation),
    (&ORGANIZATION, &[("reveal_policy", Text("never"))], CheckViolation),
    (&ORGANIZATION, &[("created_at", Null)], NotNullViolation),
    (&TOKEN, &[("id", Id(2)), ("rotated_from", Id(3))], UniqueViolation),
    (&TOKEN, &[("organization_id", Id(9))], ForeignKeyViolation),
    (&TOKEN, &[("organization_id", Null)], NotNullViolation),
    (&TOKEN, &[("pepper_id", Letters(7))], CheckViolation),
    (&TOKEN, &[("pepper_id", Letters(9))], CheckViolation),
    (&TOKEN, &[("digest", Bytes(32, 2))], UniqueViolation),
    (&TOKEN, &[("digest", Bytes(31, 1))], CheckViolation),
    (&TOKEN, &[("digest", Bytes(33, 1))], CheckViolation),
    (&TOKEN, &[("digest", Null)], NotNullViolation),
    (&TOKEN, &[("sealed", Bytes(0, 1))], CheckViolation),
    (&TOKEN, &[("sealed", Bytes(1025, 1))], CheckViolation),
    (&TOKEN, &[("description", Letters(0))], CheckViolation),
    (&TOKEN, &[("description", Letters(256))], CheckViolation),
    (&TOKEN, &[("permissions", Number(0))], CheckViolation),
    (&TOKEN, &[("permissions", Number(8))], CheckViolation),
    (&TOKEN, &[("permissions", Number(-1))], CheckViolation),
    (&TOKEN, &[("expires_at", At(0))], CheckViolation),
    (&TOKEN, &[("created_by", Id(9))], ForeignKeyViolation),
    (&TOKEN, &[("rotated_from", Id(9))], ForeignKeyViolation),
    (&TOKEN, &[("rotated_from", Id(0x20))], CheckViolation),
    (&TOKEN, &[("generation", Number(0))], CheckViolation),
    (&TOKEN, &[("generation", Number(-1))], CheckViolation),
    (&TOKEN, &[("generation", Number(4_294_967_296))], CheckViolation),
    (&TOKEN, &[("grace_until", At(1))], CheckViolation),
    (&TOKEN, &[("rotated_at", At(1))], CheckViolation),
    (&TOKEN, &[("revoked_at", At(1))], CheckViolation),
    (
        &TOKEN,
        &[("reuse_count", Number(-1)), ("reuse_recorded_at", Null)],
        CheckViolation,
    ),
    (&TOKEN, &[("reuse_count", Number(0))], CheckViolation),
    (&ANSWER, &[("caller_id", Id(9))], ForeignKeyViolation),
    (&ANSWER, &[("token_id", Id(9))], ForeignKeyViolation),
    (&ANSWER, &[("key", Letters(0))], CheckViolation),
    (&ANSWER, &[("key", Letters(65))], CheckViolation),
    (&ANSWER, &[("fingerprint", Bytes(31, 1))], CheckViolation),
    (&ANSWER, &[("sealed", Null)], NotNullViolation),
    (&ANSWER, &[("sealed", Bytes(0, 1))], CheckViolation),
    (&ANSWER, &[("sealed", Bytes(1025, 1))], CheckViolation),
    (&ANSWER, &[("description", Letters(256))], CheckViolation),
    (&ANSWER, &[("expires_at", Null)], NotNullViolation),
    (&ENTRY, &[("organization_id", Id(9))], ForeignKeyViolation),
    (&ENTRY, &[("actor", Text("somebody"))], CheckViolation),
    (
        &ENTRY,
        &[("actor", Text("somebody")), ("actor_token_id", Null)],
        CheckViolation,
    ),
    (&ENTRY, &[("actor", Text("operator"))], CheckViolation),
    (&ENTRY, &[("actor", Text("recipient"))], CheckViolation),
    (&ENTRY, &[("actor_token_id", Null)], CheckViolation),
    (&ENTRY, &[("actor_administrator_id", Id(0x7e))], CheckViolation),
    (
        &ENTRY,
        &[("actor", Text("administrator")), ("actor_token_id", Null)],
        CheckViolation,
    ),
    (
        &ENTRY,
        &[
            ("actor", Text("administrator")),
            ("actor_administrator_id", Id(0x7e)),
        ],
        CheckViolation,
    ),
    (&ENTRY, &[("request_id", Letters(0))], CheckViolation),
    (&ENTRY, &[("request_id", Letters(201))], CheckViolation),
    (&ENTRY, &[("address", Letters(1))], CheckViolation),
    (&ENTRY, &[("address", Letters(46))], CheckViolation),
    (&ENTRY, &[("action", Letters(0))], CheckViolation),
    (&ENTRY, &[("action", Letters(65))], CheckViolation),
    (&ENTRY, &[("at", Null)], NotNullViolation),
    (&CANARY, &[("key_id", Letters(7))], CheckViolation),
    (&CANARY, &[("proof", Bytes(0, 1))], CheckViolation),
    (&CANARY, &[("proof", Bytes(256, 1))], CheckViolation),
    (&CANARY, &[("proof", Null)], NotNullViolation),
];

/// PostgreSQL has a type for ids, which leaves nothing to check.
pub(super) const BAD_ON_SQLITE: &[(&Table, Changes)] = &[
    (&ORGANIZATION, &[("id", Bytes(15, 1))]),
    (&TOKEN, &[("id", Bytes(17, 1)), ("rotated_from", Null)]),
    (&ENTRY, &[("id", Bytes(15, 1))]),
    (&ENTRY, &[("actor_token_id", Bytes(17, 1))]),
    (&ENTRY, &[("token_id", Bytes(0, 1))]),
    (&ENTRY, &[("other_token_id", Bytes(36, 1))]),
    (&ENTRY, &[("template_id", Bytes(17, 1))]),
    (&ENTRY, &[("recipient_id", Bytes(15, 1))]),
    (&ENTRY, &[("access_token_id", Bytes(0, 1))]),
    (&ENTRY, &[("administrator_id", Bytes(15, 1))]),
    (
        &ENTRY,
        &[
            ("actor", Text("administrator")),
            ("actor_token_id", Null),
            ("actor_administrator_id", Bytes(17, 1)),
        ],
    ),
];
