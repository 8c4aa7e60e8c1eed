-- One person on one template, with their credential. Deleting the row deletes all that is known of the person: whatever
-- else belongs to them goes with it, and the activity log keeps the id only.
--
-- The request that issued a credential is named by columns of the credential itself: what it made is found again for as
-- long as it is there, and no second table can disagree. The caller is no foreign key, for it only tells requests apart.
CREATE TABLE recipients (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    template_id BLOB NOT NULL REFERENCES templates (id),
    first_name TEXT NOT NULL CHECK (length(first_name) BETWEEN 1 AND 200),
    last_name TEXT CHECK (length(last_name) BETWEEN 1 AND 200),
    mail TEXT NOT NULL CHECK (length(mail) BETWEEN 3 AND 254),
    locale TEXT NOT NULL CHECK (length(locale) BETWEEN 2 AND 35),
    external_id TEXT CHECK (length(external_id) BETWEEN 1 AND 200),
    is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
    created_at INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER,
    first_claimed_at INTEGER,
    revoked_at INTEGER,
    revocation_reason TEXT CHECK (length(revocation_reason) BETWEEN 1 AND 500),
    issue_caller_id BLOB CHECK (length(issue_caller_id) = 16),
    issue_key TEXT CHECK (length(issue_key) BETWEEN 1 AND 64),
    issue_fingerprint BLOB CHECK (length(issue_fingerprint) = 32),
    issue_place INTEGER CHECK (issue_place BETWEEN 0 AND 4294967295),
    CHECK (revocation_reason IS NULL OR revoked_at IS NOT NULL),
    CHECK (
        (issue_caller_id IS NULL) = (issue_key IS NULL)
        AND (issue_fingerprint IS NULL) = (issue_key IS NULL)
        AND (issue_place IS NULL) = (issue_key IS NULL)
    )
) STRICT;

-- The promise that nobody gets the same credential twice; a revoked one may be issued anew.
CREATE UNIQUE INDEX recipients_once ON recipients (template_id, mail) WHERE revoked_at IS NULL;

-- The promise that a repeated request issues nothing again, and the look-up of what it has issued.
CREATE UNIQUE INDEX recipients_requests ON recipients (issue_caller_id, issue_key, issue_place)
WHERE issue_key IS NOT NULL;

-- The list of an organization's recipients, in each of its orders.
CREATE INDEX recipients_newest ON recipients (organization_id, created_at, id);
CREATE INDEX recipients_issued ON recipients (organization_id, issued_at, id);
CREATE INDEX recipients_by_mail ON recipients (organization_id, mail, id);

-- The same list for one template, and whether a template has any recipients at all.
CREATE INDEX recipients_of_template ON recipients (template_id, created_at, id);

-- All links of one person, for those who have lost their mail; they know no organization.
CREATE INDEX recipients_of_person ON recipients (mail, created_at, id);
