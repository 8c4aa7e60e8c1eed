-- What administrators see counted: of each template how many recipients there are and what became of them, and of each
-- organization what happens on which day. To count a million recipients for every page would take as long as the page may.
--
-- A step that changes a number adds a row that says by how much, in its own transaction, and changes no row of anybody's:
-- so nobody waits for anybody, and a number is the sum of its rows. Now and then the rows of one number are brought together
-- into one that is settled. Nothing is a foreign key, for that would take the rows it points to; the rows of what is gone
-- sum up to nothing, and are removed when they are settled.
--
-- Days count from 1970-01-01. What is counted by days is not counted by templates as well: nobody asks for it, and the rows
-- would be as many as both multiplied.
CREATE TABLE tallies (
    seq INTEGER PRIMARY KEY,
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    template_id BLOB CHECK (length(template_id) = 16),
    what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 64),
    day INTEGER,
    difference INTEGER NOT NULL CHECK (difference <> 0),
    is_settled INTEGER NOT NULL CHECK (is_settled IN (0, 1)),
    CHECK ((template_id IS NULL) = (day IS NOT NULL))
) STRICT;

-- The numbers of templates, and of an organization; they are summed up from the index alone. Also the settled row of a number.
CREATE INDEX tallies_of_templates ON tallies (organization_id, template_id, what, is_settled, difference)
WHERE template_id IS NOT NULL;

-- The numbers of days, in the same way.
CREATE INDEX tallies_of_days ON tallies (organization_id, what, day, is_settled, difference)
WHERE day IS NOT NULL;

-- What is to be brought together, the oldest first. What is settled costs nothing here.
CREATE INDEX tallies_unsettled ON tallies (seq) WHERE NOT is_settled;

-- What is there already. Test recipients are counted as such, and nowhere else.
INSERT INTO tallies (organization_id, template_id, what, difference, is_settled)
SELECT organization_id, template_id, CASE WHEN is_test THEN 'tests' ELSE 'recipients' END, count(*), 1
FROM recipients
GROUP BY 1, 2, 3;

INSERT INTO tallies (organization_id, template_id, what, difference, is_settled)
SELECT organization_id, template_id, 'claimed', count(*), 1
FROM recipients
WHERE NOT is_test AND first_claimed_at IS NOT NULL
GROUP BY 1, 2;

INSERT INTO tallies (organization_id, template_id, what, difference, is_settled)
SELECT organization_id, template_id, 'revoked', count(*), 1
FROM recipients
WHERE NOT is_test AND revoked_at IS NOT NULL
GROUP BY 1, 2;

INSERT INTO tallies (organization_id, template_id, what, difference, is_settled)
SELECT organization_id, template_id, 'opened', count(*), 1
FROM recipients
WHERE NOT is_test AND EXISTS (
    SELECT 1 FROM access_tokens
    WHERE access_tokens.recipient_id = recipients.id AND access_tokens.first_opened_at IS NOT NULL
)
GROUP BY 1, 2;

INSERT INTO tallies (organization_id, template_id, what, difference, is_settled)
SELECT organization_id, template_id, 'mailed', count(*), 1
FROM recipients
WHERE NOT is_test AND EXISTS (
    SELECT 1 FROM mails
    WHERE mails.recipient_id = recipients.id
        AND mails.kind IN ('access', 'access_again', 'access_reset')
        AND mails.sent_at IS NOT NULL
)
GROUP BY 1, 2;

-- The latest mail with the link of the token in use.
INSERT INTO tallies (organization_id, template_id, what, difference, is_settled)
SELECT organization_id, template_id, 'mail_failed', count(*), 1
FROM recipients
WHERE NOT is_test AND 'failed' = (
    SELECT mails.state FROM mails
    JOIN access_tokens ON access_tokens.id = mails.access_token_id
    WHERE mails.recipient_id = recipients.id
        AND mails.kind IN ('access', 'access_again', 'access_reset')
        AND access_tokens.replaced_at IS NULL
    ORDER BY mails.created_at DESC, mails.id DESC
    LIMIT 1
)
GROUP BY 1, 2;

-- A division of integers rounds towards 1970; days before it are rounded down like all others.
INSERT INTO tallies (organization_id, what, day, difference, is_settled)
SELECT
    organization_id,
    'claims',
    first_claimed_at / 86400000 - (first_claimed_at % 86400000 < 0),
    count(*),
    1
FROM recipients
WHERE NOT is_test AND first_claimed_at IS NOT NULL
GROUP BY 1, 3;

INSERT INTO tallies (organization_id, what, day, difference, is_settled)
SELECT organization_id, 'expiries', expires_at / 86400000 - (expires_at % 86400000 < 0), count(*), 1
FROM recipients
WHERE NOT is_test AND expires_at IS NOT NULL AND revoked_at IS NULL
GROUP BY 1, 3;

-- Who waits for a reset, the longest first.
CREATE INDEX access_tokens_queue ON access_tokens (organization_id, reset_requested_at, recipient_id)
WHERE reset_requested_at IS NOT NULL AND replaced_at IS NULL;
