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
        announce_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::{lookup::Turn, types::{Id, Instant}};

    changed_tokens (turn) {
        turn -> Turn,
        digest -> Nullable<Binary>,
        organization_id -> Nullable<Id>,
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

    templates (id) {
        id -> Id,
        organization_id -> Id,
        kind -> Text,
        name -> Text,
        description -> Nullable<Text>,
        validity_days -> Nullable<BigInt>,
        created_at -> Instant,
        paused_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text};
    use crate::types::{Id, Instant};

    recipients (id) {
        id -> Id,
        organization_id -> Id,
        template_id -> Id,
        first_name -> Text,
        last_name -> Nullable<Text>,
        mail -> Text,
        locale -> Text,
        external_id -> Nullable<Text>,
        is_test -> Bool,
        created_at -> Instant,
        issued_at -> Instant,
        expires_at -> Nullable<Instant>,
        first_claimed_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
        revocation_reason -> Nullable<Text>,
        issue_caller_id -> Nullable<Id>,
        issue_key -> Nullable<Text>,
        issue_fingerprint -> Nullable<Binary>,
        issue_place -> Nullable<BigInt>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::types::Id;

    recipient_words (organization_id, word, recipient_id) {
        organization_id -> Id,
        word -> Text,
        recipient_id -> Id,
        signature -> BigInt,
        mail -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::types::{Id, Instant};

    access_tokens (id) {
        id -> Id,
        recipient_id -> Id,
        organization_id -> Id,
        pepper_id -> Text,
        digest -> Binary,
        sealed -> Nullable<Binary>,
        generation -> BigInt,
        created_at -> Instant,
        bound_provider -> Nullable<Text>,
        bound_issuer -> Nullable<Text>,
        bound_subject -> Nullable<Text>,
        bound_hint -> Nullable<Text>,
        bound_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
        replaced_at -> Nullable<Instant>,
        reset_requested_at -> Nullable<Instant>,
        reset_provider -> Nullable<Text>,
        reset_hint -> Nullable<Text>,
        first_opened_at -> Nullable<Instant>,
        opens -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{Id, Instant};

    mails (id) {
        id -> Id,
        recipient_id -> Id,
        access_token_id -> Id,
        organization_id -> Id,
        kind -> Text,
        created_at -> Instant,
        state -> Text,
        attempts -> BigInt,
        due_at -> Instant,
        sent_at -> Nullable<Instant>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    use crate::types::Instant;

    sessions (digest, pepper_id) {
        digest -> Binary,
        pepper_id -> Text,
        provider -> Text,
        issuer -> Text,
        subject -> Text,
        hint -> Text,
        created_at -> Instant,
        idle_until -> Instant,
        ends_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::types::{Id, Instant};

    sign_ins (seq) {
        seq -> BigInt,
        state_digest -> Binary,
        state_pepper_id -> Text,
        browser_digest -> Binary,
        browser_pepper_id -> Text,
        provider -> Text,
        access_token_id -> Nullable<Id>,
        expires_at -> Instant,
        purpose -> Text,
        subject_id -> Nullable<Id>,
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
        template_id -> Nullable<Id>,
        recipient_id -> Nullable<Id>,
        access_token_id -> Nullable<Id>,
        actor_administrator_id -> Nullable<Id>,
        administrator_id -> Nullable<Id>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::types::{Id, Instant};

    administrators (id) {
        id -> Id,
        organization_id -> Id,
        mail -> Text,
        name -> Nullable<Text>,
        role -> Text,
        created_at -> Instant,
        joined_at -> Nullable<Instant>,
        signed_in_at -> Nullable<Instant>,
        generation -> BigInt,
        password -> Nullable<Text>,
        connected_provider -> Nullable<Text>,
        connected_issuer -> Nullable<Text>,
        connected_subject -> Nullable<Text>,
        connected_hint -> Nullable<Text>,
        factor_sealed -> Nullable<Binary>,
        factor_since -> Nullable<Instant>,
        factor_last_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    use crate::types::Id;

    recovery_codes (administrator_id, digest, pepper_id) {
        administrator_id -> Id,
        digest -> Binary,
        pepper_id -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::types::{Id, Instant};

    administrator_links (id) {
        id -> Id,
        pepper_id -> Text,
        digest -> Binary,
        purpose -> Text,
        administrator_id -> Nullable<Id>,
        sealed -> Nullable<Binary>,
        created_at -> Instant,
        expires_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, SmallInt};

    foundation (id) {
        id -> SmallInt,
        revision -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::types::{Id, Instant};

    administrator_sessions (digest, pepper_id) {
        digest -> Binary,
        pepper_id -> Text,
        id -> Id,
        administrator_id -> Id,
        stage -> Text,
        created_at -> Instant,
        proved_at -> Instant,
        idle_until -> Instant,
        ends_at -> Instant,
        address -> Nullable<Text>,
        browser -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary};
    use crate::types::Instant;

    sign_in_attempts (account) {
        account -> Binary,
        failures -> BigInt,
        blocked_until -> Instant,
        remembered_until -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::types::{Id, Instant};

    notices (id) {
        id -> Id,
        organization_id -> Id,
        addressee_id -> Nullable<Id>,
        subject -> Text,
        link_id -> Nullable<Id>,
        token_id -> Nullable<Id>,
        created_at -> Instant,
        state -> Text,
        attempts -> BigInt,
        due_at -> Instant,
        sent_at -> Nullable<Instant>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::types::{Id, Instant};

    jobs (id) {
        id -> Id,
        organization_id -> Id,
        kind -> Text,
        template_id -> Nullable<Id>,
        plan -> Binary,
        actor -> Text,
        actor_token_id -> Nullable<Id>,
        actor_administrator_id -> Nullable<Id>,
        request_id -> Nullable<Text>,
        address -> Nullable<Text>,
        made_at -> Instant,
        state -> Text,
        total -> BigInt,
        done -> BigInt,
        skipped -> BigInt,
        failed -> BigInt,
        cursor -> Nullable<Binary>,
        began_at -> Nullable<Instant>,
        ended_at -> Nullable<Instant>,
        failure -> Nullable<Text>,
        due_at -> Instant,
        turn -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::Binary;
    use crate::types::Id;

    job_files (job_id) {
        job_id -> Id,
        content -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::types::Id;

    job_results (job_id, place) {
        job_id -> Id,
        place -> BigInt,
        outcome -> Text,
        recipient_id -> Nullable<Id>,
        why -> Nullable<Text>,
        row -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::types::Id;

    tallies (seq) {
        seq -> BigInt,
        organization_id -> Id,
        template_id -> Nullable<Id>,
        what -> Text,
        day -> Nullable<BigInt>,
        difference -> BigInt,
        is_settled -> Bool,
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
diesel::joinable!(recipients -> templates (template_id));
diesel::joinable!(recipients -> organizations (organization_id));
diesel::joinable!(access_tokens -> recipients (recipient_id));
diesel::joinable!(mails -> access_tokens (access_token_id));
diesel::joinable!(administrators -> organizations (organization_id));
diesel::joinable!(administrator_sessions -> administrators (administrator_id));
diesel::joinable!(notices -> organizations (organization_id));
diesel::joinable!(notices -> administrators (addressee_id));
diesel::joinable!(notices -> administrator_links (link_id));
diesel::joinable!(notices -> authorization_tokens (token_id));
diesel::joinable!(job_files -> jobs (job_id));
diesel::joinable!(job_results -> jobs (job_id));
diesel::allow_tables_to_appear_in_same_query!(
    organizations,
    authorization_tokens,
    templates,
    recipients,
    recipient_words,
    access_tokens,
    mails,
    administrators,
    recovery_codes,
    administrator_links,
    administrator_sessions,
    notices,
    jobs,
    job_files,
    job_results,
);

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable};
    use crate::types::Id;

    list_differences (seq) {
        seq -> BigInt,
        organization_id -> Id,
        template_id -> Nullable<Id>,
        at -> BigInt,
        difference -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::types::Id;

    list_sections (organization_id, list_id, begins_at) {
        organization_id -> Id,
        list_id -> Id,
        begins_at -> BigInt,
        latest_at -> BigInt,
        number -> BigInt,
    }
}
