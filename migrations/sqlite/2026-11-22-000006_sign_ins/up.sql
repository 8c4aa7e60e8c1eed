-- Sign-ins between the button and the return from the provider. Each is found once, by its `state`, and only by the browser
-- that began it; of both only digests are kept.
CREATE TABLE sign_ins (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    state_digest BLOB NOT NULL CHECK (length(state_digest) = 32),
    state_pepper_id TEXT NOT NULL CHECK (length(state_pepper_id) = 8),
    browser_digest BLOB NOT NULL CHECK (length(browser_digest) = 32),
    browser_pepper_id TEXT NOT NULL CHECK (length(browser_pepper_id) = 8),
    provider TEXT NOT NULL CHECK (length(provider) BETWEEN 1 AND 32),
    access_token_id BLOB REFERENCES access_tokens (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    UNIQUE (state_digest, state_pepper_id)
) STRICT;

-- Those that wait for a token, in order: the oldest makes room. Also finds what goes with a token.
CREATE INDEX sign_ins_of_token ON sign_ins (access_token_id, seq) WHERE access_token_id IS NOT NULL;

-- Those that can be forgotten.
CREATE INDEX sign_ins_expiry ON sign_ins (expires_at);
