-- Acts of administrators, and acts on them. As with everybody else there is no foreign key: whoever is removed stays in the
-- log as an id.
--
-- SQLite cannot change a check, so the table is made anew; every entry keeps its number, and the triggers come back.
ALTER TABLE activity RENAME TO activity_before;
DROP INDEX activity_log;
DROP TRIGGER activity_refuses_update;
DROP TRIGGER activity_refuses_delete;
DROP TRIGGER activity_refuses_replacement;

CREATE TABLE activity (
    -- AUTOINCREMENT, so that no number is ever given twice.
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('token', 'operator', 'recipient', 'administrator')),
    actor_token_id BLOB CHECK (length(actor_token_id) = 16),
    request_id TEXT CHECK (length(request_id) BETWEEN 1 AND 200),
    address TEXT CHECK (length(address) BETWEEN 2 AND 45),
    action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 64),
    token_id BLOB CHECK (length(token_id) = 16),
    other_token_id BLOB CHECK (length(other_token_id) = 16),
    template_id BLOB CHECK (length(template_id) = 16),
    recipient_id BLOB CHECK (length(recipient_id) = 16),
    access_token_id BLOB CHECK (length(access_token_id) = 16),
    actor_administrator_id BLOB CHECK (length(actor_administrator_id) = 16),
    administrator_id BLOB CHECK (length(administrator_id) = 16),
    CHECK ((actor = 'token') = (actor_token_id IS NOT NULL)),
    CHECK ((actor = 'administrator') = (actor_administrator_id IS NOT NULL))
) STRICT;

INSERT INTO activity (
    seq, id, organization_id, at, actor, actor_token_id, request_id, address, action, token_id, other_token_id, template_id,
    recipient_id, access_token_id
)
SELECT
    seq, id, organization_id, at, actor, actor_token_id, request_id, address, action, token_id, other_token_id, template_id,
    recipient_id, access_token_id
FROM activity_before
ORDER BY seq;

-- The numbers go on where they were.
DELETE FROM sqlite_sequence WHERE name = 'activity';
INSERT INTO sqlite_sequence (name, seq) SELECT 'activity', seq FROM sqlite_sequence WHERE name = 'activity_before';
DROP TABLE activity_before;

-- An organization's log, in order.
CREATE INDEX activity_log ON activity (organization_id, seq);

-- The log from its end, for one recipient, one token or one administrator, whether they did it or it was done to them.
-- Each is read from its own end, so that a page costs the same however long the log is.
CREATE INDEX activity_of_recipient ON activity (organization_id, recipient_id, seq) WHERE recipient_id IS NOT NULL;
CREATE INDEX activity_by_token ON activity (organization_id, actor_token_id, seq) WHERE actor_token_id IS NOT NULL;
CREATE INDEX activity_of_token ON activity (organization_id, token_id, seq) WHERE token_id IS NOT NULL;
CREATE INDEX activity_of_other_token ON activity (organization_id, other_token_id, seq) WHERE other_token_id IS NOT NULL;
CREATE INDEX activity_by_administrator ON activity (organization_id, actor_administrator_id, seq)
WHERE actor_administrator_id IS NOT NULL;
CREATE INDEX activity_of_administrator ON activity (organization_id, administrator_id, seq)
WHERE administrator_id IS NOT NULL;

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
