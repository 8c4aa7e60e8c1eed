-- Answers that gave out a token, kept for a while under the client's own name for its request, so that a client which
-- lost one gets the same again. The primary key is the promise: one answer per caller and name.
CREATE TABLE stored_answers (
    caller_id BLOB NOT NULL REFERENCES authorization_tokens (id),
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 64),
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    token_id BLOB NOT NULL REFERENCES authorization_tokens (id),
    sealed BLOB NOT NULL CHECK (length(sealed) BETWEEN 1 AND 1024),
    description TEXT CHECK (length(description) BETWEEN 1 AND 255),
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (caller_id, key)
) STRICT, WITHOUT ROWID;

-- Finds those that can be forgotten.
CREATE INDEX stored_answers_expiry ON stored_answers (expires_at);
