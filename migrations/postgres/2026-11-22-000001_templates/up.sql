-- What organizations award: recipients hang on one, and pausing it stops all their links by changing this one row.
CREATE TABLE templates (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    kind text NOT NULL CHECK (kind IN ('badge', 'certificate')),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    description text CHECK (char_length(description) BETWEEN 1 AND 2000),
    validity_days bigint CHECK (validity_days BETWEEN 1 AND 36600),
    created_at timestamptz NOT NULL,
    paused_at timestamptz
);

-- The list of an organization's templates, newest first.
CREATE INDEX templates_newest ON templates (organization_id, created_at, id);
