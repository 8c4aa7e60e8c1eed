-- Browsers that administrators have signed in with. Only the digest of what the browser shows is kept, so a copy of this
-- table lets nobody in; the id is what the list of sessions calls it by.
CREATE TABLE administrator_sessions (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    pepper_id TEXT NOT NULL CHECK (length(pepper_id) = 8),
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    administrator_id BLOB NOT NULL REFERENCES administrators (id) ON DELETE CASCADE,
    stage TEXT NOT NULL CHECK (stage IN ('second_factor', 'full')),
    created_at INTEGER NOT NULL,
    proved_at INTEGER NOT NULL,
    idle_until INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    address TEXT CHECK (length(address) BETWEEN 2 AND 45),
    browser TEXT CHECK (length(browser) BETWEEN 1 AND 300),
    PRIMARY KEY (digest, pepper_id)
) STRICT, WITHOUT ROWID;

-- The sessions of an administrator, the newest first; also finds what ends with a new password, or goes with them.
CREATE INDEX administrator_sessions_newest ON administrator_sessions (administrator_id, created_at, id);

-- Those that can be forgotten, for either reason.
CREATE INDEX administrator_sessions_idle ON administrator_sessions (idle_until);
CREATE INDEX administrator_sessions_end ON administrator_sessions (ends_at);
