-- A known text under each key of the ring: starting with another ring is noticed here, and not as a thousand refused
-- tokens.
CREATE TABLE canaries (
    key_id text NOT NULL PRIMARY KEY CHECK (char_length(key_id) = 8),
    proof bytea NOT NULL CHECK (octet_length(proof) BETWEEN 1 AND 255)
);
