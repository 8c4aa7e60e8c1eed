-- Recipients' keys to their credentials, without their values: a keyed digest to find one by, and a sealed copy while its
-- link may still have to be mailed or shown.
--
-- The checks and the unique indexes repeat what the writes see to: should one of them forget, the database refuses
-- instead of keeping half a binding, a useless token's sealed copy, or two tokens that both work.
CREATE TABLE access_tokens (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    recipient_id BLOB NOT NULL REFERENCES recipients (id) ON DELETE CASCADE,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    pepper_id TEXT NOT NULL CHECK (length(pepper_id) = 8),
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    sealed BLOB CHECK (length(sealed) BETWEEN 1 AND 1024),
    generation INTEGER NOT NULL CHECK (generation BETWEEN 0 AND 4294967295),
    created_at INTEGER NOT NULL,
    bound_provider TEXT CHECK (length(bound_provider) BETWEEN 1 AND 32),
    bound_issuer TEXT CHECK (length(bound_issuer) BETWEEN 1 AND 255),
    bound_subject TEXT CHECK (length(bound_subject) BETWEEN 1 AND 255),
    bound_hint TEXT CHECK (length(bound_hint) <= 100),
    bound_at INTEGER,
    revoked_at INTEGER,
    replaced_at INTEGER,
    reset_requested_at INTEGER,
    reset_provider TEXT CHECK (length(reset_provider) BETWEEN 1 AND 32),
    reset_hint TEXT CHECK (length(reset_hint) <= 100),
    first_opened_at INTEGER,
    opens INTEGER NOT NULL DEFAULT 0 CHECK (opens >= 0),
    UNIQUE (recipient_id, generation),
    CHECK (
        (bound_provider IS NULL) = (bound_at IS NULL)
        AND (bound_issuer IS NULL) = (bound_at IS NULL)
        AND (bound_subject IS NULL) = (bound_at IS NULL)
        AND (bound_hint IS NULL) = (bound_at IS NULL)
    ),
    CHECK (sealed IS NULL OR (revoked_at IS NULL AND replaced_at IS NULL)),
    CHECK ((reset_provider IS NULL) = (reset_hint IS NULL)),
    CHECK (reset_provider IS NULL OR reset_requested_at IS NOT NULL)
) STRICT;

-- The promise that at most one token of a recipient works.
CREATE UNIQUE INDEX access_tokens_current ON access_tokens (recipient_id) WHERE replaced_at IS NULL;

-- What a social profile holds, newest binding first.
CREATE INDEX access_tokens_held ON access_tokens (bound_issuer, bound_subject, bound_at, recipient_id)
WHERE bound_at IS NOT NULL AND replaced_at IS NULL;

-- The few in an organization who wait for a reset.
CREATE INDEX access_tokens_waiting ON access_tokens (organization_id, recipient_id)
WHERE reset_requested_at IS NOT NULL AND replaced_at IS NULL;
