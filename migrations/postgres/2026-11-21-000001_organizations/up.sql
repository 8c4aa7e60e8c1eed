-- Issuers: everything else belongs to one of them, so they come first.
--
-- `revision` carries no meaning. Changing it is how a write takes this row for itself, so that the number of tokens is
-- counted and a token added without another creation, or a cancellation, in between.
CREATE TABLE organizations (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    contact text NOT NULL CHECK (char_length(contact) BETWEEN 3 AND 254),
    url text CHECK (char_length(url) BETWEEN 1 AND 2048),
    reveal_policy text NOT NULL CHECK (reveal_policy IN ('always', 'once')),
    created_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    revision bigint NOT NULL DEFAULT 0
);

-- The list of all organizations, oldest first.
CREATE INDEX organizations_oldest ON organizations (created_at, id);
