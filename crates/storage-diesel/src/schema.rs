//! The tables, as queries see them. The truth is in `migrations/`, and the tests compare.

#[cfg(test)]
mod tests;

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{Id, Instant};

    organizations (id) {
        id -> Id,
        name -> Text,
        contact -> Text,
        url -> Nullable<Text>,
        reveal_policy -> Text,
        created_at -> Instant,
        cancelled_at -> Nullable<Instant>,
        revision -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, SmallInt, Text};
    use crate::types::{Id, Instant};

    authorization_tokens (id) {
        id -> Id,
        organization_id -> Id,
        pepper_id -> Text,
        digest -> Binary,
        sealed -> Nullable<Binary>,
        description -> Nullable<Text>,
        permissions -> SmallInt,
        created_at -> Instant,
        expires_at -> Instant,
        created_by -> Nullable<Id>,
        rotated_from -> Nullable<Id>,
        generation -> BigInt,
        replayable_until -> Nullable<Instant>,
        rotated_at -> Nullable<Instant>,
        grace_until -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
        expiry_seen_at -> Nullable<Instant>,
        last_used_at -> Nullable<Instant>,
        reuse_count -> BigInt,
        reuse_recorded_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::types::{Id, Instant};

    stored_answers (caller_id, key) {
        caller_id -> Id,
        key -> Text,
        fingerprint -> Binary,
        token_id -> Id,
        sealed -> Binary,
        description -> Nullable<Text>,
        expires_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{Id, Instant};

    activity (seq) {
        seq -> BigInt,
        id -> Id,
        organization_id -> Id,
        at -> Instant,
        actor -> Text,
        actor_token_id -> Nullable<Id>,
        request_id -> Nullable<Text>,
        address -> Nullable<Text>,
        action -> Text,
        token_id -> Nullable<Id>,
        other_token_id -> Nullable<Id>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};

    canaries (key_id) {
        key_id -> Text,
        proof -> Binary,
    }
}

diesel::joinable!(authorization_tokens -> organizations (organization_id));
diesel::allow_tables_to_appear_in_same_query!(authorization_tokens, organizations);
