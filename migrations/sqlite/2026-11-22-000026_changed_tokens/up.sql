-- Which authorization tokens have changed, one row after the other. Whoever keeps tokens in memory asks for what came after
-- the last row they saw, and forgets these: what they then still have is as it stands here. Rows of the last minutes are
-- enough, for nobody keeps a token longer without asking.
--
-- SQLite has one writer at a time, so the numbers are in the order of the commits. AUTOINCREMENT, so that a number is never
-- given again once its row is removed.
CREATE TABLE changed_tokens (
    turn INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- One of them: a token by its digest, or all tokens of an organization.
    digest BLOB CHECK (length(digest) = 32),
    organization_id BLOB CHECK (length(organization_id) = 16),
    CHECK ((digest IS NULL) <> (organization_id IS NULL))
) STRICT;

-- By triggers, so that no way to change a token can forget it. Every column but `last_used_at`: that is written every few
-- seconds for whoever was used, says roughly when, and decides nothing once it is there.
CREATE TRIGGER authorization_tokens_changed AFTER UPDATE OF
    id, organization_id, pepper_id, digest, sealed, description, permissions, created_at, expires_at, created_by,
    rotated_from, generation, replayable_until, rotated_at, grace_until, revoked_at, expiry_seen_at, reuse_count,
    reuse_recorded_at, announce_at
ON authorization_tokens
BEGIN
    INSERT INTO changed_tokens (digest) VALUES (OLD.digest);
END;

-- The first use decides whether a rotation can be repeated.
CREATE TRIGGER authorization_tokens_used AFTER UPDATE OF last_used_at ON authorization_tokens
WHEN OLD.last_used_at IS NULL
BEGIN
    INSERT INTO changed_tokens (digest) VALUES (OLD.digest);
END;

CREATE TRIGGER authorization_tokens_removed AFTER DELETE ON authorization_tokens
BEGIN
    INSERT INTO changed_tokens (digest) VALUES (OLD.digest);
END;

-- Every column but `revision`, which changes with each token that is added.
CREATE TRIGGER organizations_changed AFTER UPDATE OF id, name, contact, url, reveal_policy, created_at, cancelled_at
ON organizations
BEGIN
    INSERT INTO changed_tokens (organization_id) VALUES (OLD.id);
END;
