-- Issuers: everything else belongs to one of them, so they come first.
--
-- `revision` carries no meaning. Changing it is how a write takes this row for itself, so that the number of tokens is
-- counted and a token added without another creation, or a cancellation, in between.
CREATE TABLE organizations (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    contact TEXT NOT NULL CHECK (length(contact) BETWEEN 3 AND 254),
    url TEXT CHECK (length(url) BETWEEN 1 AND 2048),
    reveal_policy TEXT NOT NULL CHECK (reveal_policy IN ('always', 'once')),
    created_at INTEGER NOT NULL,
    cancelled_at INTEGER,
    revision INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The list of all organizations, oldest first.
CREATE INDEX organizations_oldest ON organizations (created_at, id);
