-- The people who sign in to the dashboard, and what lets them in: of a password its hash, of the secret that an
-- authenticator app shares a sealed copy, of recovery codes and one-time links keyed digests. A copy of these tables lets
-- nobody in.
--
-- The checks and the unique indexes repeat what the writes see to: should one of them forget, the database refuses instead
-- of keeping half a connection, or two people who sign in with one address.
CREATE TABLE administrators (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    mail text COLLATE "C" NOT NULL CHECK (char_length(mail) BETWEEN 3 AND 254),
    name text CHECK (char_length(name) BETWEEN 1 AND 200),
    role text NOT NULL CHECK (role IN ('viewer', 'administrator', 'owner')),
    created_at timestamptz NOT NULL,
    joined_at timestamptz,
    signed_in_at timestamptz,
    generation bigint NOT NULL CHECK (generation BETWEEN 0 AND 4294967295),
    password text CHECK (char_length(password) BETWEEN 1 AND 1024),
    connected_provider text CHECK (char_length(connected_provider) BETWEEN 1 AND 32),
    connected_issuer text COLLATE "C" CHECK (char_length(connected_issuer) BETWEEN 1 AND 255),
    connected_subject text COLLATE "C" CHECK (char_length(connected_subject) BETWEEN 1 AND 255),
    connected_hint text CHECK (char_length(connected_hint) <= 100),
    factor_sealed bytea CHECK (octet_length(factor_sealed) BETWEEN 1 AND 1024),
    factor_since timestamptz,
    factor_last_step bigint,
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
);

-- The promise that an address names one person, and the look-up at signing in. Addresses are ASCII.
CREATE UNIQUE INDEX administrators_mail ON administrators (lower(mail));

-- The same of a social profile.
CREATE UNIQUE INDEX administrators_profile ON administrators (connected_issuer, connected_subject)
WHERE connected_issuer IS NOT NULL;

-- The administrators of an organization, in the order in which they came; their number, and the owners among them.
CREATE INDEX administrators_of_organization ON administrators (organization_id, created_at, id);

-- Codes that stand in for a second factor, each once: it is used by being removed.
CREATE TABLE recovery_codes (
    administrator_id uuid NOT NULL REFERENCES administrators (id) ON DELETE CASCADE,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    pepper_id text NOT NULL CHECK (char_length(pepper_id) = 8),
    PRIMARY KEY (administrator_id, digest, pepper_id)
);

-- One-time links: each is used by being removed. The value is kept, sealed, where it is to be mailed.
CREATE TABLE administrator_links (
    id uuid NOT NULL PRIMARY KEY,
    pepper_id text NOT NULL CHECK (char_length(pepper_id) = 8),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    purpose text NOT NULL CHECK (purpose IN ('set_up', 'invitation', 'new_password')),
    administrator_id uuid REFERENCES administrators (id) ON DELETE CASCADE,
    sealed bytea CHECK (octet_length(sealed) BETWEEN 1 AND 1024),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    UNIQUE (digest, pepper_id),
    -- Nobody is known yet who could set the service up.
    CHECK ((purpose = 'set_up') = (administrator_id IS NULL))
);

-- The promise that a newer link takes the place of an older one; also finds what goes with an administrator.
CREATE UNIQUE INDEX administrator_links_once ON administrator_links (administrator_id, purpose)
WHERE administrator_id IS NOT NULL;

-- Those that can be forgotten.
CREATE INDEX administrator_links_expiry ON administrator_links (expires_at);

-- One row, and `revision` carries no meaning: changing it is how a set-up takes the service for itself, so that of two with
-- different links the second sees what the first has done. There is nothing else yet that both would have to take.
CREATE TABLE foundation (
    id smallint NOT NULL PRIMARY KEY CHECK (id = 1),
    revision bigint NOT NULL
);
INSERT INTO foundation (id, revision) VALUES (1, 0);
