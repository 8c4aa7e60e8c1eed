-- Takes back up.sql. Entries about templates, recipients and access tokens are lost, for the version before cannot read
-- them: this once, the log is not append-only.
ALTER TABLE activity DISABLE TRIGGER activity_refuses_change;
DELETE FROM activity
WHERE actor = 'recipient' OR template_id IS NOT NULL OR recipient_id IS NOT NULL OR access_token_id IS NOT NULL;
ALTER TABLE activity ENABLE TRIGGER activity_refuses_change;
ALTER TABLE activity
    DROP COLUMN template_id,
    DROP COLUMN recipient_id,
    DROP COLUMN access_token_id,
    DROP CONSTRAINT activity_actor_check,
    ADD CONSTRAINT activity_actor_check CHECK (actor IN ('token', 'operator'));
