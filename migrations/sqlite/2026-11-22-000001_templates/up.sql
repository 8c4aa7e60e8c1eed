-- What organizations award: recipients hang on one, and pausing it stops all their links by changing this one row.
CREATE TABLE templates (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    kind TEXT NOT NULL CHECK (kind IN ('badge', 'certificate')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    description TEXT CHECK (length(description) BETWEEN 1 AND 2000),
    validity_days INTEGER CHECK (validity_days BETWEEN 1 AND 36600),
    created_at INTEGER NOT NULL,
    paused_at INTEGER
) STRICT;

-- The list of an organization's templates, newest first.
CREATE INDEX templates_newest ON templates (organization_id, created_at, id);
