-- Long work that an administrator asks for and that goes on without them: an import, or one act on many recipients.
--
-- Whoever takes a job moves `due_at` to when they give up, and counts `turn`: until then it is theirs alone, and should they
-- die, it is due again. What they do carries the number of their turn, and changes nothing once another was taken.
--
-- What only whoever carries it out understands is bytes, kept as they came. Template and recipient are no foreign keys: what
-- became of a job stays to be seen when they are gone.
CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    template_id BLOB CHECK (length(template_id) = 16),
    plan BLOB NOT NULL,
    actor TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 64),
    actor_token_id BLOB CHECK (length(actor_token_id) = 16),
    actor_administrator_id BLOB CHECK (length(actor_administrator_id) = 16),
    request_id TEXT CHECK (length(request_id) BETWEEN 1 AND 200),
    address TEXT CHECK (length(address) BETWEEN 2 AND 45),
    made_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'running', 'done', 'failed', 'stopped')),
    total INTEGER NOT NULL CHECK (total >= 0),
    done INTEGER NOT NULL CHECK (done >= 0),
    skipped INTEGER NOT NULL CHECK (skipped >= 0),
    failed INTEGER NOT NULL CHECK (failed >= 0),
    cursor BLOB,
    began_at INTEGER,
    ended_at INTEGER,
    failure TEXT,
    due_at INTEGER NOT NULL,
    turn INTEGER NOT NULL CHECK (turn >= 0),
    CHECK ((state IN ('done', 'failed', 'stopped')) = (ended_at IS NOT NULL)),
    CHECK (failure IS NULL OR state = 'failed')
) STRICT;

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
    job_id BLOB NOT NULL PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    content BLOB NOT NULL
) STRICT;

-- What became of rows or recipients. The primary key is also the list of them.
CREATE TABLE job_results (
    job_id BLOB NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 0),
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'skipped', 'failed')),
    recipient_id BLOB CHECK (length(recipient_id) = 16),
    why TEXT,
    row BLOB,
    PRIMARY KEY (job_id, place)
) STRICT;

-- The list of those with one outcome.
CREATE INDEX job_results_by_outcome ON job_results (job_id, outcome, place);

-- Rows that are to be forgotten before the rest is.
CREATE INDEX job_results_rows ON job_results (job_id) WHERE row IS NOT NULL;

-- Rows about a recipient who goes.
CREATE INDEX job_results_of_recipient ON job_results (recipient_id) WHERE recipient_id IS NOT NULL AND row IS NOT NULL;
