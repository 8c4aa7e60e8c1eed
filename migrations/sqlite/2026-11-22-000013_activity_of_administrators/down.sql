-- Takes back up.sql. Entries by administrators and about them, and of acts that are new with them, are lost, for the version
-- before cannot read them.
ALTER TABLE activity RENAME TO activity_before;
DROP INDEX activity_log;
DROP INDEX activity_of_recipient;
DROP INDEX activity_by_token;
DROP INDEX activity_of_token;
DROP INDEX activity_of_other_token;
DROP INDEX activity_by_administrator;
DROP INDEX activity_of_administrator;
DROP TRIGGER activity_refuses_update;
DROP TRIGGER activity_refuses_delete;
DROP TRIGGER activity_refuses_replacement;

CREATE TABLE activity (
    -- AUTOINCREMENT, so that no number is ever given twice.
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('token', 'operator', 'recipient')),
    actor_token_id BLOB CHECK (length(actor_token_id) = 16),
    request_id TEXT CHECK (length(request_id) BETWEEN 1 AND 200),
    address TEXT CHECK (length(address) BETWEEN 2 AND 45),
    action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 64),
    token_id BLOB CHECK (length(token_id) = 16),
    other_token_id BLOB CHECK (length(other_token_id) = 16),
    template_id BLOB CHECK (length(template_id) = 16),
    recipient_id BLOB CHECK (length(recipient_id) = 16),
    access_token_id BLOB CHECK (length(access_token_id) = 16),
    CHECK ((actor = 'token') = (actor_token_id IS NOT NULL))
) STRICT;

INSERT INTO activity (
    seq, id, organization_id, at, actor, actor_token_id, request_id, address, action, token_id, other_token_id, template_id,
    recipient_id, access_token_id
)
SELECT
    seq, id, organization_id, at, actor, actor_token_id, request_id, address, action, token_id, other_token_id, template_id,
    recipient_id, access_token_id
FROM activity_before
WHERE actor <> 'administrator' AND administrator_id IS NULL
    AND action NOT IN ('organization.changed', 'recipient.address_corrected')
ORDER BY seq;

-- The numbers go on where they were.
DELETE FROM sqlite_sequence WHERE name = 'activity';
INSERT INTO sqlite_sequence (name, seq) SELECT 'activity', seq FROM sqlite_sequence WHERE name = 'activity_before';
DROP TABLE activity_before;

-- An organization's log, in order.
CREATE INDEX activity_log ON activity (organization_id, seq);

CREATE TRIGGER activity_refuses_update BEFORE UPDATE ON activity
BEGIN
    SELECT RAISE(ABORT, 'the activity log is append-only');
END;

CREATE TRIGGER activity_refuses_delete BEFORE DELETE ON activity
BEGIN
    SELECT RAISE(ABORT, 'the activity log is append-only');
END;

-- INSERT OR REPLACE removes the row in its way without asking the trigger above.
CREATE TRIGGER activity_refuses_replacement BEFORE INSERT ON activity
WHEN EXISTS (SELECT 1 FROM activity WHERE id = NEW.id OR seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'the activity log is append-only');
END;
