-- Lists of recipients that stay quick at a million of them, whatever they are filtered by. What a condition leaves few of is
-- named by an index of its own; what it leaves many of is read in the order of the list.

-- Who has claimed, in the order of the list: of those who have just been added nobody has, and they are many.
CREATE INDEX recipients_claimed ON recipients (organization_id, created_at, id) WHERE first_claimed_at IS NOT NULL;

-- Whose credential is revoked, in the same way.
CREATE INDEX recipients_revoked ON recipients (organization_id, created_at, id) WHERE revoked_at IS NOT NULL;

-- The list of one template by mail address, also of those whose credential is revoked.
CREATE INDEX recipients_of_template_by_mail ON recipients (template_id, mail, id);

-- Whose access is revoked.
CREATE INDEX access_tokens_closed ON access_tokens (organization_id, recipient_id)
WHERE revoked_at IS NOT NULL AND replaced_at IS NULL;

-- Who has mail that waits, failed or was dropped. Mail that was sent costs nothing here.
CREATE INDEX mails_unsent ON mails (organization_id, state, recipient_id) WHERE state <> 'sent';
