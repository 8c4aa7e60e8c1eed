-- Mail that waits to be sent, and what became of it. There is no address and no text in it: both are made from the rows it
-- points to at the moment of sending, so that what was revoked or deleted meanwhile is never sent.
--
-- Whoever takes a mail moves `due_at` to when they give up: until then it is theirs alone, and should they die, it is due
-- again.
CREATE TABLE mails (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    recipient_id BLOB NOT NULL REFERENCES recipients (id) ON DELETE CASCADE,
    access_token_id BLOB NOT NULL REFERENCES access_tokens (id) ON DELETE CASCADE,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'dropped')),
    attempts INTEGER NOT NULL CHECK (attempts BETWEEN 0 AND 4294967295),
    due_at INTEGER NOT NULL,
    sent_at INTEGER CHECK (sent_at IS NULL OR state = 'sent'),
    failure TEXT
) STRICT;

-- What is due, the longest first. Mail that was settled costs nothing here.
CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'pending';

-- All mail about a recipient, in order; also finds what goes with them.
CREATE INDEX mails_of_recipient ON mails (recipient_id, created_at, id);

-- The latest mail about a token; also finds what goes with it.
CREATE INDEX mails_of_token ON mails (access_token_id, created_at, id);
