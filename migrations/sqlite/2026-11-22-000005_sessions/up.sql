-- Browsers that signed in with a social profile. Only the digest of what the browser shows is kept, so a copy of this
-- table lets nobody in.
CREATE TABLE sessions (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    pepper_id TEXT NOT NULL CHECK (length(pepper_id) = 8),
    provider TEXT NOT NULL CHECK (length(provider) BETWEEN 1 AND 32),
    issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 255),
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    hint TEXT NOT NULL CHECK (length(hint) <= 100),
    created_at INTEGER NOT NULL,
    idle_until INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (digest, pepper_id)
) STRICT, WITHOUT ROWID;

-- The sessions of a profile, which end when it loses what it had claimed.
CREATE INDEX sessions_of_profile ON sessions (issuer, subject);

-- Those that can be forgotten, for either reason.
CREATE INDEX sessions_idle ON sessions (idle_until);
CREATE INDEX sessions_end ON sessions (ends_at);
