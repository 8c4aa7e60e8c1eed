-- Who did what, when. Entries are only ever added: triggers refuse everything else, also from other programs.
--
-- Tokens are named without foreign keys, for an entry must outlive what it tells of.
CREATE TABLE activity (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    at timestamptz NOT NULL,
    actor text NOT NULL CHECK (actor IN ('token', 'operator')),
    actor_token_id uuid,
    request_id text CHECK (char_length(request_id) BETWEEN 1 AND 200),
    address text CHECK (char_length(address) BETWEEN 2 AND 45),
    action text NOT NULL CHECK (char_length(action) BETWEEN 1 AND 64),
    token_id uuid,
    other_token_id uuid,
    CHECK ((actor = 'token') = (actor_token_id IS NOT NULL))
);

-- An organization's log, in order.
CREATE INDEX activity_log ON activity (organization_id, seq);

CREATE FUNCTION activity_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the activity log is append-only';
END
$$;

CREATE TRIGGER activity_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON activity
FOR EACH STATEMENT EXECUTE FUNCTION activity_is_append_only();
