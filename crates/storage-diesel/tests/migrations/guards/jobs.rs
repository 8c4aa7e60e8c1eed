//! Jobs, their files and what became of their rows: rows that are good, and rows that are not.

use diesel::result::DatabaseErrorKind::{
    self, CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation,
};

use super::{
    Changes, Table,
    Value::{At, Bytes, Id, Letters, Null, Number, Text},
};

pub(super) const JOB: Table = Table {
    name: "jobs",
    good: &[
        ("id", Id(0x80)),
        ("organization_id", Id(1)),
        ("kind", Letters(64)),
        ("template_id", Id(0x77)),
        ("plan", Bytes(0, 0)),
        ("actor", Letters(64)),
        ("actor_token_id", Null),
        ("actor_administrator_id", Id(0x77)),
        ("request_id", Letters(200)),
        ("address", Letters(45)),
        ("made_at", At(1)),
        ("state", Text("failed")),
        ("total", Number(0)),
        ("done", Number(0)),
        ("skipped", Number(0)),
        ("failed", Number(0)),
        ("cursor", Bytes(0, 0)),
        ("began_at", At(2)),
        ("ended_at", At(3)),
        ("failure", Letters(1)),
        ("due_at", At(4)),
        ("turn", Number(0)),
    ],
};

pub(super) const FILE: Table = Table {
    name: "job_files",
    good: &[("job_id", Id(0x81)), ("content", Bytes(0, 0))],
};

pub(super) const RESULT: Table = Table {
    name: "job_results",
    good: &[
        ("job_id", Id(0x81)),
        ("place", Number(0)),
        ("outcome", Text("failed")),
        ("recipient_id", Id(0x77)),
        ("why", Letters(1)),
        ("row", Bytes(1, 0)),
    ],
};

pub(super) const FOUNDATION: &[(&Table, Changes)] = &[(&JOB, &[("id", Id(0x81))])];

/// Rows that differ from the good one in this, and are good as well.
pub(super) const GOOD: &[(&Table, Changes)] = &[
    (
        &JOB,
        &[
            ("id", Id(0x82)),
            ("state", Text("draft")),
            ("ended_at", Null),
            ("failure", Null),
            ("template_id", Null),
            ("cursor", Null),
            ("began_at", Null),
            ("request_id", Null),
            ("address", Null),
        ],
    ),
    (
        &JOB,
        &[("id", Id(0x83)), ("state", Text("stopped")), ("failure", Null)],
    ),
    (
        &RESULT,
        &[
            ("place", Number(1)),
            ("outcome", Text("skipped")),
            ("recipient_id", Null),
            ("why", Null),
            ("row", Null),
        ],
    ),
];

/// Rows that differ from a good one in this, and are refused for that reason on both databases.
pub(super) const BAD: &[(&Table, Changes, DatabaseErrorKind)] = &[
    (&JOB, &[("id", Id(0x81))], UniqueViolation),
    (&JOB, &[("organization_id", Id(9))], ForeignKeyViolation),
    (&JOB, &[("kind", Letters(0))], CheckViolation),
    (&JOB, &[("kind", Letters(65))], CheckViolation),
    (&JOB, &[("plan", Null)], NotNullViolation),
    (&JOB, &[("actor", Letters(0))], CheckViolation),
    (&JOB, &[("actor", Letters(65))], CheckViolation),
    (&JOB, &[("request_id", Letters(0))], CheckViolation),
    (&JOB, &[("request_id", Letters(201))], CheckViolation),
    (&JOB, &[("address", Letters(1))], CheckViolation),
    (&JOB, &[("address", Letters(46))], CheckViolation),
    (&JOB, &[("made_at", Null)], NotNullViolation),
    (&JOB, &[("state", Text("lost"))], CheckViolation),
    (&JOB, &[("state", Text("running"))], CheckViolation),
    (
        &JOB,
        &[("state", Text("running")), ("ended_at", Null)],
        CheckViolation,
    ),
    (
        &JOB,
        &[("state", Text("done")), ("ended_at", Null), ("failure", Null)],
        CheckViolation,
    ),
    (&JOB, &[("state", Text("done"))], CheckViolation),
    (&JOB, &[("total", Number(-1))], CheckViolation),
    (&JOB, &[("done", Number(-1))], CheckViolation),
    (&JOB, &[("skipped", Number(-1))], CheckViolation),
    (&JOB, &[("failed", Number(-1))], CheckViolation),
    (&JOB, &[("due_at", Null)], NotNullViolation),
    (&JOB, &[("turn", Number(-1))], CheckViolation),
    (&FILE, &[("job_id", Id(9))], ForeignKeyViolation),
    (&FILE, &[("content", Null)], NotNullViolation),
    (&RESULT, &[("job_id", Id(9))], ForeignKeyViolation),
    (&RESULT, &[("place", Number(-1))], CheckViolation),
    (&RESULT, &[("outcome", Text("lost"))], CheckViolation),
];

/// PostgreSQL has a type for ids, which leaves nothing to check.
pub(super) const BAD_ON_SQLITE: &[(&Table, Changes)] = &[
    (&JOB, &[("id", Bytes(15, 1))]),
    (&JOB, &[("template_id", Bytes(17, 1))]),
    (&JOB, &[("actor_token_id", Bytes(15, 1))]),
    (&JOB, &[("actor_administrator_id", Bytes(17, 1))]),
    (&RESULT, &[("recipient_id", Bytes(15, 1))]),
];
