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
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL,
    -- On which template recipients are; none where it is authorization tokens.
    template_id uuid,
    -- When they were created, in milliseconds since 1970.
    at bigint NOT NULL,
    difference bigint NOT NULL CHECK (difference <> 0)
);

CREATE INDEX list_differences_of_organization ON list_differences (organization_id, seq);

CREATE TABLE list_sections (
    organization_id uuid NOT NULL,
    -- Of a template by its id, over all templates by that of the organization; of authorization tokens by zeros.
    list_id uuid NOT NULL,
    -- The first section of a list begins with the first instant there is: with the year 1.
    begins_at bigint NOT NULL,
    -- Nothing in the last section was created later than this: the next one can begin after it.
    latest_at bigint NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (organization_id, list_id, begins_at)
);

-- From here on it is also done where lists are mended.

-- Nobody writes while what is there is counted: it is three statements, and each would see another moment.
LOCK TABLE authorization_tokens, recipients IN SHARE MODE;

-- What is there already. Those of one instant are in one section.
INSERT INTO list_sections (organization_id, list_id, begins_at, latest_at, number)
SELECT
    organization_id,
    organization_id,
    CASE WHEN section = 0 THEN -62135596800000 ELSE min(at) END,
    max(at),
    count(*)
FROM (
    SELECT
        organization_id,
        (extract(epoch FROM created_at) * 1000)::bigint AS at,
        (rank() OVER (PARTITION BY organization_id ORDER BY created_at) - 1) / 4096 AS section
    FROM recipients
) AS ranked
GROUP BY organization_id, section;

INSERT INTO list_sections (organization_id, list_id, begins_at, latest_at, number)
SELECT
    organization_id,
    template_id,
    CASE WHEN section = 0 THEN -62135596800000 ELSE min(at) END,
    max(at),
    count(*)
FROM (
    SELECT
        organization_id,
        template_id,
        (extract(epoch FROM created_at) * 1000)::bigint AS at,
        (rank() OVER (PARTITION BY organization_id, template_id ORDER BY created_at) - 1) / 4096 AS section
    FROM recipients
) AS ranked
GROUP BY organization_id, template_id, section;

INSERT INTO list_sections (organization_id, list_id, begins_at, latest_at, number)
SELECT
    organization_id,
    '00000000-0000-0000-0000-000000000000',
    CASE WHEN section = 0 THEN -62135596800000 ELSE min(at) END,
    max(at),
    count(*)
FROM (
    SELECT
        organization_id,
        (extract(epoch FROM created_at) * 1000)::bigint AS at,
        (rank() OVER (PARTITION BY organization_id ORDER BY created_at) - 1) / 4096 AS section
    FROM authorization_tokens
) AS ranked
GROUP BY organization_id, section;
