-- One person on one template, with their credential. Deleting the row deletes all that is known of the person: whatever
-- else belongs to them goes with it, and the activity log keeps the id only.
--
-- What is searched and sorted is compared by its bytes, as the domain does it, whatever locale the database has.
--
-- The request that issued a credential is named by columns of the credential itself: what it made is found again for as
-- long as it is there, and no second table can disagree. The caller is no foreign key, for it only tells requests apart.
CREATE TABLE recipients (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    template_id uuid NOT NULL REFERENCES templates (id),
    first_name text COLLATE "C" NOT NULL CHECK (char_length(first_name) BETWEEN 1 AND 200),
    last_name text COLLATE "C" CHECK (char_length(last_name) BETWEEN 1 AND 200),
    mail text COLLATE "C" NOT NULL CHECK (char_length(mail) BETWEEN 3 AND 254),
    locale text NOT NULL CHECK (char_length(locale) BETWEEN 2 AND 35),
    external_id text COLLATE "C" CHECK (char_length(external_id) BETWEEN 1 AND 200),
    is_test boolean NOT NULL,
    created_at timestamptz NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz,
    first_claimed_at timestamptz,
    revoked_at timestamptz,
    revocation_reason text CHECK (char_length(revocation_reason) BETWEEN 1 AND 500),
    issue_caller_id uuid,
    issue_key text COLLATE "C" CHECK (char_length(issue_key) BETWEEN 1 AND 64),
    issue_fingerprint bytea CHECK (octet_length(issue_fingerprint) = 32),
    issue_place bigint CHECK (issue_place BETWEEN 0 AND 4294967295),
    CHECK (revocation_reason IS NULL OR revoked_at IS NOT NULL),
    CHECK (
        (issue_caller_id IS NULL) = (issue_key IS NULL)
        AND (issue_fingerprint IS NULL) = (issue_key IS NULL)
        AND (issue_place IS NULL) = (issue_key IS NULL)
    )
);

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
