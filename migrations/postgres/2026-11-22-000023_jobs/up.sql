-- Long work that an administrator asks for and that goes on without them: an import, or one act on many recipients.
--
-- Whoever takes a job moves `due_at` to when they give up, and counts `turn`: until then it is theirs alone, and should they
-- die, it is due again. What they do carries the number of their turn, and changes nothing once another was taken.
--
-- What only whoever carries it out understands is bytes, kept as they came. Template and recipient are no foreign keys: what
-- became of a job stays to be seen when they are gone.
CREATE TABLE jobs (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 64),
    template_id uuid,
    plan bytea NOT NULL,
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 64),
    actor_token_id uuid,
    actor_administrator_id uuid,
    request_id text CHECK (char_length(request_id) BETWEEN 1 AND 200),
    address text CHECK (char_length(address) BETWEEN 2 AND 45),
    made_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'waiting', 'running', 'done', 'failed', 'stopped')),
    total bigint NOT NULL CHECK (total >= 0),
    done bigint NOT NULL CHECK (done >= 0),
    skipped bigint NOT NULL CHECK (skipped >= 0),
    failed bigint NOT NULL CHECK (failed >= 0),
    cursor bytea,
    began_at timestamptz,
    ended_at timestamptz,
    failure text,
    due_at timestamptz NOT NULL,
    turn bigint NOT NULL CHECK (turn >= 0),
    CHECK ((state IN ('done', 'failed', 'stopped')) = (ended_at IS NOT NULL)),
    CHECK (failure IS NULL OR state = 'failed')
);

-- What is due, the longest first. What is over, and what nobody has started, costs nothing here.
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state IN ('waiting', 'running');

-- The list of an organization's jobs, the newest first.
CREATE INDEX jobs_newest ON jobs (organization_id, id) WHERE state <> 'draft';

-- How many an organization has that are not over, which is limited.
CREATE INDEX jobs_open ON jobs (organization_id) WHERE state IN ('draft', 'waiting', 'running');

-- What is to be forgotten.
CREATE INDEX jobs_drafts ON jobs (made_at) WHERE state = 'draft';
CREATE INDEX jobs_over ON jobs (ended_at) WHERE ended_at IS NOT NULL;

-- The file of a job, apart from it: it is large, read once a step, and gone before the job is.
CREATE TABLE job_files (
    job_id uuid NOT NULL PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    content bytea NOT NULL
);

-- What became of rows or recipients. The primary key is also the list of them.
CREATE TABLE job_results (
    job_id uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    place bigint NOT NULL CHECK (place >= 0),
    outcome text NOT NULL CHECK (outcome IN ('done', 'skipped', 'failed')),
    recipient_id uuid,
    why text,
    row bytea,
    PRIMARY KEY (job_id, place)
);

-- The list of those with one outcome.
CREATE INDEX job_results_by_outcome ON job_results (job_id, outcome, place);

-- Rows that are to be forgotten before the rest is.
CREATE INDEX job_results_rows ON job_results (job_id) WHERE row IS NOT NULL;

-- Rows about a recipient who goes.
CREATE INDEX job_results_of_recipient ON job_results (recipient_id) WHERE recipient_id IS NOT NULL AND row IS NOT NULL;
