-- Which authorization tokens have changed, and in which transaction. Whoever keeps tokens in memory asks for what has become
-- visible since the last snapshot they saw, and forgets these: what they then still have is as it stands here. Rows of the
-- last minutes are enough, for nobody keeps a token longer without asking.
--
-- A sequence would not do: its numbers are drawn in another order than transactions commit in, so a row could appear below
-- the last number that was seen. To draw them in the order of the commits, one transaction would have to wait for the other.
CREATE TABLE changed_tokens (
    turn xid8 NOT NULL DEFAULT pg_current_xact_id(),
    -- One of them: a token by its digest, or all tokens of an organization.
    digest bytea CHECK (octet_length(digest) = 32),
    organization_id uuid,
    CHECK ((digest IS NULL) <> (organization_id IS NULL))
);

CREATE INDEX changed_tokens_in_order ON changed_tokens (turn);

CREATE FUNCTION note_changed_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changed_tokens (digest) VALUES (OLD.digest);
    RETURN NULL;
END
$$;

-- By triggers, so that no way to change a token can forget it. Every column but `last_used_at`: that is written every few
-- seconds for whoever was used, says roughly when, and decides nothing once it is there.
CREATE TRIGGER authorization_tokens_changed AFTER UPDATE OF
    id, organization_id, pepper_id, digest, sealed, description, permissions, created_at, expires_at, created_by,
    rotated_from, generation, replayable_until, rotated_at, grace_until, revoked_at, expiry_seen_at, reuse_count,
    reuse_recorded_at, announce_at
ON authorization_tokens
FOR EACH ROW EXECUTE FUNCTION note_changed_token();

-- The first use decides whether a rotation can be repeated.
CREATE TRIGGER authorization_tokens_used AFTER UPDATE OF last_used_at ON authorization_tokens
FOR EACH ROW WHEN (OLD.last_used_at IS NULL) EXECUTE FUNCTION note_changed_token();

CREATE TRIGGER authorization_tokens_removed AFTER DELETE ON authorization_tokens
FOR EACH ROW EXECUTE FUNCTION note_changed_token();

CREATE FUNCTION note_changed_organization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changed_tokens (organization_id) VALUES (OLD.id);
    RETURN NULL;
END
$$;

-- Every column but `revision`, which changes with each token that is added.
CREATE TRIGGER organizations_changed AFTER UPDATE OF id, name, contact, url, reveal_policy, created_at, cancelled_at
ON organizations
FOR EACH ROW EXECUTE FUNCTION note_changed_organization();
