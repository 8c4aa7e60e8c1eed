-- Acts of recipients, and acts on templates, recipients and access tokens. Of somebody who holds a link the log keeps no
-- name and no address, and no foreign key: an id that leads nowhere is all that stays of a deleted recipient.
ALTER TABLE activity
    ADD COLUMN template_id uuid,
    ADD COLUMN recipient_id uuid,
    ADD COLUMN access_token_id uuid,
    DROP CONSTRAINT activity_actor_check,
    ADD CONSTRAINT activity_actor_check CHECK (actor IN ('token', 'operator', 'recipient'));
