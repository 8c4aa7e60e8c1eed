-- Failed attempts to sign in to the dashboard, so that guessing grows slower. An account is named by a keyed fingerprint of
-- what was typed, for people type passwords into the wrong field. What has no failures has no row.
CREATE TABLE sign_in_attempts (
    account bytea NOT NULL PRIMARY KEY CHECK (octet_length(account) = 32),
    failures bigint NOT NULL CHECK (failures BETWEEN 1 AND 4294967295),
    blocked_until timestamptz NOT NULL CHECK (blocked_until <= remembered_until),
    remembered_until timestamptz NOT NULL
);

-- Those that can be forgotten.
CREATE INDEX sign_in_attempts_memory ON sign_in_attempts (remembered_until);
