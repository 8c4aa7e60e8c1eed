-- Answers that gave out a token, kept for a while under the client's own name for its request, so that a client which
-- lost one gets the same again. The primary key is the promise: one answer per caller and name.
CREATE TABLE stored_answers (
    caller_id uuid NOT NULL REFERENCES authorization_tokens (id),
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 64),
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    token_id uuid NOT NULL REFERENCES authorization_tokens (id),
    sealed bytea NOT NULL CHECK (octet_length(sealed) BETWEEN 1 AND 1024),
    description text CHECK (char_length(description) BETWEEN 1 AND 255),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (caller_id, key)
);

-- Finds those that can be forgotten.
CREATE INDEX stored_answers_expiry ON stored_answers (expires_at);
