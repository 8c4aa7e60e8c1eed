-- Acts of administrators, and acts on them. As with everybody else there is no foreign key: whoever is removed stays in the
-- log as an id.
ALTER TABLE activity
    ADD COLUMN actor_administrator_id uuid,
    ADD COLUMN administrator_id uuid,
    DROP CONSTRAINT activity_actor_check,
    ADD CONSTRAINT activity_actor_check CHECK (actor IN ('token', 'operator', 'recipient', 'administrator')),
    ADD CONSTRAINT activity_actor_administrator_check
        CHECK ((actor = 'administrator') = (actor_administrator_id IS NOT NULL));

-- An organization's log is found by its own key, and by nothing else that is in the order of the log: where one organization
-- has written most of it, the server would go back through the key of the whole, and through everything that others have
-- written since.
DROP INDEX activity_log;
ALTER TABLE activity
    DROP CONSTRAINT activity_pkey,
    ADD CONSTRAINT activity_log PRIMARY KEY (organization_id, seq);

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
