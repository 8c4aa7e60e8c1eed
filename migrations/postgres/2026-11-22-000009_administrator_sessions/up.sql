-- Browsers that administrators have signed in with. Only the digest of what the browser shows is kept, so a copy of this
-- table lets nobody in; the id is what the list of sessions calls it by.
CREATE TABLE administrator_sessions (
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    pepper_id text NOT NULL CHECK (char_length(pepper_id) = 8),
    id uuid NOT NULL UNIQUE,
    administrator_id uuid NOT NULL REFERENCES administrators (id) ON DELETE CASCADE,
    stage text NOT NULL CHECK (stage IN ('second_factor', 'full')),
    created_at timestamptz NOT NULL,
    proved_at timestamptz NOT NULL,
    idle_until timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    address text CHECK (char_length(address) BETWEEN 2 AND 45),
    browser text CHECK (char_length(browser) BETWEEN 1 AND 300),
    PRIMARY KEY (digest, pepper_id)
);

-- The sessions of an administrator, the newest first; also finds what ends with a new password, or goes with them.
CREATE INDEX administrator_sessions_newest ON administrator_sessions (administrator_id, created_at, id);

-- Those that can be forgotten, for either reason.
CREATE INDEX administrator_sessions_idle ON administrator_sessions (idle_until);
CREATE INDEX administrator_sessions_end ON administrator_sessions (ends_at);
