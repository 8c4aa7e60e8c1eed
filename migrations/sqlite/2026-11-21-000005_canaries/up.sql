-- A known text under each key of the ring: starting with another ring is noticed here, and not as a thousand refused
-- tokens.
CREATE TABLE canaries (
    key_id TEXT NOT NULL PRIMARY KEY CHECK (length(key_id) = 8),
    proof BLOB NOT NULL CHECK (length(proof) BETWEEN 1 AND 255)
) STRICT, WITHOUT ROWID;
