-- Browsers that signed in with a social profile. Only the digest of what the browser shows is kept, so a copy of this
-- table lets nobody in.
CREATE TABLE sessions (
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    pepper_id text NOT NULL CHECK (char_length(pepper_id) = 8),
    provider text NOT NULL CHECK (char_length(provider) BETWEEN 1 AND 32),
    issuer text COLLATE "C" NOT NULL CHECK (char_length(issuer) BETWEEN 1 AND 255),
    subject text COLLATE "C" NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
    hint text NOT NULL CHECK (char_length(hint) <= 100),
    created_at timestamptz NOT NULL,
    idle_until timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (digest, pepper_id)
);

-- The sessions of a profile, which end when it loses what it had claimed.
CREATE INDEX sessions_of_profile ON sessions (issuer, subject);

-- Those that can be forgotten, for either reason.
CREATE INDEX sessions_idle ON sessions (idle_until);
CREATE INDEX sessions_end ON sessions (ends_at);
