//! Rows of numbers that are good, and rows that are not.

use diesel::result::DatabaseErrorKind::{self, CheckViolation, NotNullViolation};

use super::{
    Changes, Table,
    Value::{Flag, Id, Letters, Null, Number},
};

pub(super) const TALLY: Table = Table {
    name: "tallies",
    good: &[
        ("organization_id", Id(1)),
        ("template_id", Id(5)),
        ("what", Letters(64)),
        ("day", Null),
        ("difference", Number(-1)),
        ("is_settled", Flag(false)),
    ],
};

/// Rows that differ from a good one in this, and are refused for that reason on both databases.
pub(super) const BAD: &[(&Table, Changes, DatabaseErrorKind)] = &[
    (&TALLY, &[("organization_id", Null)], NotNullViolation),
    (&TALLY, &[("template_id", Null)], CheckViolation),
    (&TALLY, &[("day", Number(20_000))], CheckViolation),
    (&TALLY, &[("what", Null)], NotNullViolation),
    (&TALLY, &[("what", Letters(0))], CheckViolation),
    (&TALLY, &[("what", Letters(65))], CheckViolation),
    (&TALLY, &[("difference", Null)], NotNullViolation),
    (&TALLY, &[("difference", Number(0))], CheckViolation),
    (&TALLY, &[("is_settled", Null)], NotNullViolation),
];

/// Rows that differ from the good one in this, and are good as well: two rows of one number, too, and of what is not there.
pub(super) const GOOD: &[(&Table, Changes)] = &[
    (&TALLY, &[]),
    (&TALLY, &[]),
    (
        &TALLY,
        &[("organization_id", Id(0x77)), ("is_settled", Flag(true))],
    ),
    (&TALLY, &[("template_id", Null), ("day", Number(-719_162))]),
];
