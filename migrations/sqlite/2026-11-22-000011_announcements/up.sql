-- When an organization is next told that one of its tokens expires.
ALTER TABLE authorization_tokens ADD COLUMN announce_at INTEGER;

-- Tokens that are there already: 30 days before they expire. There is no telling here which of the later days the first one
-- to come is; where that one has passed, the first mail comes at once, and says how many days are left.
UPDATE authorization_tokens SET announce_at = expires_at - 2592000000
WHERE rotated_at IS NULL AND revoked_at IS NULL AND expiry_seen_at IS NULL;

-- What is due, the longest first.
CREATE INDEX authorization_tokens_announced ON authorization_tokens (announce_at, id) WHERE announce_at IS NOT NULL;

-- What a token has made, and what that has made: all that is revoked with it. Successors are found by their unique index.
CREATE INDEX authorization_tokens_made ON authorization_tokens (created_by) WHERE created_by IS NOT NULL;
