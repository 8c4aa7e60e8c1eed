-- The people who sign in to the dashboard, and what lets them in: of a password its hash, of the secret that an
-- authenticator app shares a sealed copy, of recovery codes and one-time links keyed digests. A copy of these tables lets
-- nobody in.
--
-- The checks and the unique indexes repeat what the writes see to: should one of them forget, the database refuses instead
-- of keeping half a connection, or two people who sign in with one address.
CREATE TABLE administrators (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    mail TEXT NOT NULL CHECK (length(mail) BETWEEN 3 AND 254),
    name TEXT CHECK (length(name) BETWEEN 1 AND 200),
    role TEXT NOT NULL CHECK (role IN ('viewer', 'administrator', 'owner')),
    created_at INTEGER NOT NULL,
    joined_at INTEGER,
    signed_in_at INTEGER,
    generation INTEGER NOT NULL CHECK (generation BETWEEN 0 AND 4294967295),
    password TEXT CHECK (length(password) BETWEEN 1 AND 1024),
    connected_provider TEXT CHECK (length(connected_provider) BETWEEN 1 AND 32),
    connected_issuer TEXT CHECK (length(connected_issuer) BETWEEN 1 AND 255),
    connected_subject TEXT CHECK (length(connected_subject) BETWEEN 1 AND 255),
    connected_hint TEXT CHECK (length(connected_hint) <= 100),
    factor_sealed BLOB CHECK (length(factor_sealed) BETWEEN 1 AND 1024),
    factor_since INTEGER,
    factor_last_step INTEGER,
    CHECK (
        (connected_provider IS NULL) = (connected_issuer IS NULL)
        AND (connected_subject IS NULL) = (connected_issuer IS NULL)
        AND (connected_hint IS NULL) = (connected_issuer IS NULL)
    ),
    CHECK (
        (factor_sealed IS NULL) = (factor_since IS NULL)
        AND (factor_last_step IS NULL) = (factor_since IS NULL)
    ),
    -- Whoever has not joined has shown nothing yet that could let them in.
    CHECK (joined_at IS NOT NULL OR (password IS NULL AND connected_issuer IS NULL AND factor_since IS NULL))
) STRICT;

-- The promise that an address names one person, and the look-up at signing in. Addresses are ASCII.
CREATE UNIQUE INDEX administrators_mail ON administrators (lower(mail));

-- The same of a social profile.
CREATE UNIQUE INDEX administrators_profile ON administrators (connected_issuer, connected_subject)
WHERE connected_issuer IS NOT NULL;

-- The administrators of an organization, in the order in which they came; their number, and the owners among them.
CREATE INDEX administrators_of_organization ON administrators (organization_id, created_at, id);

-- Codes that stand in for a second factor, each once: it is used by being removed.
CREATE TABLE recovery_codes (
    administrator_id BLOB NOT NULL REFERENCES administrators (id) ON DELETE CASCADE,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    pepper_id TEXT NOT NULL CHECK (length(pepper_id) = 8),
    PRIMARY KEY (administrator_id, digest, pepper_id)
) STRICT, WITHOUT ROWID;

-- One-time links: each is used by being removed. The value is kept, sealed, where it is to be mailed.
CREATE TABLE administrator_links (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    pepper_id TEXT NOT NULL CHECK (length(pepper_id) = 8),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    purpose TEXT NOT NULL CHECK (purpose IN ('set_up', 'invitation', 'new_password')),
    administrator_id BLOB REFERENCES administrators (id) ON DELETE CASCADE,
    sealed BLOB CHECK (length(sealed) BETWEEN 1 AND 1024),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    UNIQUE (digest, pepper_id),
    -- Nobody is known yet who could set the service up.
    CHECK ((purpose = 'set_up') = (administrator_id IS NULL))
) STRICT;

-- The promise that a newer link takes the place of an older one; also finds what goes with an administrator.
CREATE UNIQUE INDEX administrator_links_once ON administrator_links (administrator_id, purpose)
WHERE administrator_id IS NOT NULL;

-- Those that can be forgotten.
CREATE INDEX administrator_links_expiry ON administrator_links (expires_at);

-- One row, and `revision` carries no meaning: changing it is how a set-up takes the service for itself, so that of two with
-- different links the second sees what the first has done. There is nothing else yet that both would have to take.
CREATE TABLE foundation (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO foundation (id, revision) VALUES (1, 0);
