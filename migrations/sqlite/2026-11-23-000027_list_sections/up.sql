-- Where in a long list of recipients or authorization tokens a page begins, and how long the list is. To count ten million rows,
-- or to pass over five million of them, takes most of a second.
--
-- A list is cut into sections by instants: each has all that were created from one instant on and before that of the next, some
-- thousands of them. To find a page is to sum up sections, and to pass over some rows of the last.
--
-- A step that adds or removes some adds a row that says how many of which instant, in its own transaction, and changes no row of
-- anybody's. Now and then these are brought into the sections, and the sections that have become full get a next one.
-- Nothing is a foreign key, for that would take the rows it points to.
CREATE TABLE list_differences (
    seq INTEGER PRIMARY KEY,
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    -- On which template recipients are; none where it is authorization tokens.
    template_id BLOB CHECK (length(template_id) = 16),
    -- When they were created, in milliseconds since 1970.
    at INTEGER NOT NULL,
    difference INTEGER NOT NULL CHECK (difference <> 0)
) STRICT;

CREATE INDEX list_differences_of_organization ON list_differences (organization_id, seq);

CREATE TABLE list_sections (
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    -- Of a template by its id, over all templates by that of the organization; of authorization tokens by zeros.
    list_id BLOB NOT NULL CHECK (length(list_id) = 16),
    -- The first section of a list begins with the first instant there is: with the year 1.
    begins_at INTEGER NOT NULL,
    -- Nothing in the last section was created later than this: the next one can begin after it.
    latest_at INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (organization_id, list_id, begins_at)
) STRICT, WITHOUT ROWID;

-- From here on it is also done where lists are mended.

-- What is there already. Those of one instant are in one section.
INSERT INTO list_sections (organization_id, list_id, begins_at, latest_at, number)
SELECT
    organization_id,
    organization_id,
    CASE WHEN section = 0 THEN -62135596800000 ELSE min(created_at) END,
    max(created_at),
    count(*)
FROM (
    SELECT
        organization_id,
        created_at,
        (rank() OVER (PARTITION BY organization_id ORDER BY created_at) - 1) / 4096 AS section
    FROM recipients
)
GROUP BY organization_id, section;

INSERT INTO list_sections (organization_id, list_id, begins_at, latest_at, number)
SELECT
    organization_id,
    template_id,
    CASE WHEN section = 0 THEN -62135596800000 ELSE min(created_at) END,
    max(created_at),
    count(*)
FROM (
    SELECT
        organization_id,
        template_id,
        created_at,
        (rank() OVER (PARTITION BY organization_id, template_id ORDER BY created_at) - 1) / 4096 AS section
    FROM recipients
)
GROUP BY organization_id, template_id, section;

INSERT INTO list_sections (organization_id, list_id, begins_at, latest_at, number)
SELECT
    organization_id,
    zeroblob(16),
    CASE WHEN section = 0 THEN -62135596800000 ELSE min(created_at) END,
    max(created_at),
    count(*)
FROM (
    SELECT
        organization_id,
        created_at,
        (rank() OVER (PARTITION BY organization_id ORDER BY created_at) - 1) / 4096 AS section
    FROM authorization_tokens
)
GROUP BY organization_id, section;
