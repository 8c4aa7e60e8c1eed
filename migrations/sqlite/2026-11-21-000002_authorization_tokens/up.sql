-- The API credentials of organizations, without their values: a keyed digest to find a token by, and a sealed copy
-- where it must be shown again.
--
-- The checks repeat what the writes see to: should one of them forget, the database refuses instead of keeping a
-- retired token's sealed copy, or a second successor.
CREATE TABLE authorization_tokens (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    pepper_id TEXT NOT NULL CHECK (length(pepper_id) = 8),
    digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
    sealed BLOB CHECK (length(sealed) BETWEEN 1 AND 1024),
    description TEXT CHECK (length(description) BETWEEN 1 AND 255),
    permissions INTEGER NOT NULL CHECK (permissions BETWEEN 1 AND 7),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at >= created_at),
    created_by BLOB REFERENCES authorization_tokens (id),
    -- Unique, so that a token has one successor at most.
    rotated_from BLOB UNIQUE REFERENCES authorization_tokens (id) CHECK (rotated_from <> id),
    generation INTEGER NOT NULL CHECK (generation BETWEEN 0 AND 4294967295),
    replayable_until INTEGER,
    rotated_at INTEGER,
    grace_until INTEGER CHECK (grace_until IS NULL OR rotated_at IS NOT NULL),
    revoked_at INTEGER,
    expiry_seen_at INTEGER,
    last_used_at INTEGER,
    reuse_count INTEGER NOT NULL DEFAULT 0 CHECK (reuse_count >= 0),
    -- When reuse was last written to the activity log; reuse soon after is only counted.
    reuse_recorded_at INTEGER CHECK (reuse_recorded_at IS NULL OR reuse_count > 0),
    CHECK (rotated_from IS NULL OR generation > 0),
    CHECK (sealed IS NULL OR (rotated_at IS NULL AND revoked_at IS NULL))
) STRICT;

-- The list of an organization's tokens, newest first.
CREATE INDEX authorization_tokens_newest ON authorization_tokens (organization_id, created_at, id);

-- The same list of live tokens only, and their number. Whether one has expired depends on the time of asking, so an
-- index cannot know it.
CREATE INDEX authorization_tokens_unretired ON authorization_tokens (organization_id, created_at, id)
WHERE rotated_at IS NULL AND revoked_at IS NULL;
