//! Templates, recipients and what belongs to them: rows that are good. Those that are not stand in `refused`.

use super::{
    Changes, Table,
    Value::{At, Bytes, Flag, Id, Letters, Null, Number, Text},
};

pub(super) const TEMPLATE: Table = Table {
    name: "templates",
    good: &[
        ("id", Id(0x40)),
        ("organization_id", Id(1)),
        ("kind", Text("certificate")),
        ("name", Letters(200)),
        ("description", Letters(2000)),
        ("validity_days", Number(36_600)),
        ("created_at", At(1)),
        ("paused_at", At(1)),
    ],
};

pub(super) const RECIPIENT: Table = Table {
    name: "recipients",
    good: &[
        ("id", Id(0x41)),
        ("organization_id", Id(1)),
        ("template_id", Id(5)),
        ("first_name", Letters(200)),
        ("last_name", Letters(200)),
        ("mail", Letters(254)),
        ("locale", Text("de")),
        ("external_id", Letters(200)),
        ("is_test", Flag(true)),
        ("created_at", At(1)),
        ("issued_at", At(2)),
        ("expires_at", At(3)),
        ("first_claimed_at", At(4)),
        ("revoked_at", Null),
        ("revocation_reason", Null),
        ("issue_caller_id", Id(0x77)),
        ("issue_key", Letters(64)),
        ("issue_fingerprint", Bytes(32, 1)),
        ("issue_place", Number(4_294_967_295)),
    ],
};

pub(super) const ACCESS: Table = Table {
    name: "access_tokens",
    good: &[
        ("id", Id(0x42)),
        ("recipient_id", Id(8)),
        ("organization_id", Id(1)),
        ("pepper_id", Text("pepper01")),
        ("digest", Bytes(32, 0x42)),
        ("sealed", Bytes(1024, 1)),
        ("generation", Number(4_294_967_295)),
        ("created_at", At(1)),
        ("bound_provider", Letters(32)),
        ("bound_issuer", Letters(255)),
        ("bound_subject", Letters(255)),
        ("bound_hint", Letters(100)),
        ("bound_at", At(1)),
        ("revoked_at", Null),
        ("replaced_at", Null),
        ("reset_requested_at", At(1)),
        ("reset_provider", Letters(32)),
        ("reset_hint", Letters(100)),
        ("first_opened_at", At(1)),
        ("opens", Number(1)),
    ],
};

pub(super) const MAIL: Table = Table {
    name: "mails",
    good: &[
        ("id", Id(0x43)),
        ("recipient_id", Id(6)),
        ("access_token_id", Id(7)),
        ("organization_id", Id(1)),
        ("kind", Letters(64)),
        ("created_at", At(1)),
        ("state", Text("sent")),
        ("attempts", Number(4_294_967_295)),
        ("due_at", At(1)),
        ("sent_at", At(1)),
        ("failure", Letters(5000)),
    ],
};

pub(super) const SESSION: Table = Table {
    name: "sessions",
    good: &[
        ("digest", Bytes(32, 0x44)),
        ("pepper_id", Text("pepper01")),
        ("provider", Letters(32)),
        ("issuer", Letters(255)),
        ("subject", Letters(255)),
        ("hint", Letters(100)),
        ("created_at", At(1)),
        ("idle_until", At(2)),
        ("ends_at", At(3)),
    ],
};

pub(super) const SIGN_IN: Table = Table {
    name: "sign_ins",
    good: &[
        ("state_digest", Bytes(32, 0x45)),
        ("state_pepper_id", Text("pepper01")),
        ("browser_digest", Bytes(32, 1)),
        ("browser_pepper_id", Text("pepper01")),
        ("provider", Letters(32)),
        ("access_token_id", Id(7)),
        ("expires_at", At(1)),
        ("purpose", Text("claim")),
        ("subject_id", Null),
    ],
};

/// What must be there before the good rows. Recipient 6 has token 7; recipient 8 has none.
pub(super) const FOUNDATION: &[(&Table, Changes)] = &[
    (&TEMPLATE, &[("id", Id(5))]),
    (
        &RECIPIENT,
        &[
            ("id", Id(6)),
            ("mail", Text("six@example.org")),
            ("issue_place", Number(6)),
        ],
    ),
    (
        &RECIPIENT,
        &[
            ("id", Id(8)),
            ("mail", Text("eight@example.org")),
            ("issue_place", Number(8)),
        ],
    ),
    (
        &ACCESS,
        &[
            ("id", Id(7)),
            ("recipient_id", Id(6)),
            ("digest", Bytes(32, 7)),
            ("generation", Number(0)),
        ],
    ),
    (&MAIL, &[("id", Id(9))]),
    (&SESSION, &[("digest", Bytes(32, 9))]),
    (&SIGN_IN, &[("state_digest", Bytes(32, 9))]),
];

/// Rows that differ from a good one in this, and are good as well: what the guards leave free.
pub(super) const GOOD: &[(&Table, Changes)] = &[
    // The same person on the same template, once the first credential is revoked.
    (
        &RECIPIENT,
        &[
            ("id", Id(0x51)),
            ("mail", Text("six@example.org")),
            ("revoked_at", At(1)),
            ("revocation_reason", Letters(500)),
            ("issue_place", Number(0)),
        ],
    ),
    // Two that no request names.
    (
        &RECIPIENT,
        &[
            ("id", Id(0x52)),
            ("mail", Text("a@b.c")),
            ("issue_caller_id", Null),
            ("issue_key", Null),
            ("issue_fingerprint", Null),
            ("issue_place", Null),
        ],
    ),
    (
        &RECIPIENT,
        &[
            ("id", Id(0x53)),
            ("mail", Text("A@b.c")),
            ("issue_caller_id", Null),
            ("issue_key", Null),
            ("issue_fingerprint", Null),
            ("issue_place", Null),
        ],
    ),
    // Another token of a recipient, once it is replaced.
    (
        &ACCESS,
        &[
            ("id", Id(0x54)),
            ("recipient_id", Id(6)),
            ("digest", Bytes(32, 0x54)),
            ("generation", Number(1)),
            ("sealed", Null),
            ("replaced_at", At(1)),
        ],
    ),
    // The same digest under another pepper is another digest.
    (
        &SESSION,
        &[("digest", Bytes(32, 9)), ("pepper_id", Text("pepper02"))],
    ),
    (
        &SIGN_IN,
        &[
            ("state_digest", Bytes(32, 9)),
            ("state_pepper_id", Text("pepper02")),
            ("access_token_id", Null),
        ],
    ),
    // Nobody need be there any more that it is about.
    (
        &SIGN_IN,
        &[
            ("state_digest", Bytes(32, 0x46)),
            ("access_token_id", Null),
            ("purpose", Text("connect")),
            ("subject_id", Id(0x55)),
        ],
    ),
];
