-- Mail to administrators that waits to be sent, and what became of it. There is no address and no text in it, as with other
-- mail; it waits here, and not there, so that a new password does not wait behind a hundred thousand certificates.
--
-- A link is no foreign key: it is removed when it is used, and what became of its mail stays to be seen. With an
-- administrator goes all mail to them.
--
-- Whoever takes a notice moves `due_at` to when they give up: until then it is theirs alone, and should they die, it is due
-- again.
CREATE TABLE notices (
    id uuid NOT NULL PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    addressee_id uuid REFERENCES administrators (id) ON DELETE CASCADE,
    subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 64),
    link_id uuid,
    token_id uuid,
    created_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'dropped')),
    attempts bigint NOT NULL CHECK (attempts BETWEEN 0 AND 4294967295),
    due_at timestamptz NOT NULL,
    sent_at timestamptz CHECK (sent_at IS NULL OR state = 'sent'),
    failure text,
    CHECK (link_id IS NULL OR token_id IS NULL),
    CHECK ((subject IN ('invitation', 'new_password')) = (link_id IS NOT NULL))
);

-- What is due, the longest first. What was settled costs nothing here.
CREATE INDEX notices_due ON notices (due_at, id) WHERE state = 'pending';

-- The notices of an organization that were not sent, the newest first.
CREATE INDEX notices_unsent ON notices (organization_id, created_at, id) WHERE state IN ('pending', 'failed');

-- What goes with an administrator.
CREATE INDEX notices_of_addressee ON notices (addressee_id) WHERE addressee_id IS NOT NULL;

-- What waits with a link that a newer one takes the place of.
CREATE INDEX notices_of_link ON notices (link_id) WHERE link_id IS NOT NULL;
