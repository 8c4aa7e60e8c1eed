-- A search reads an index of words instead of every recipient. What the words of somebody are is for the program to say,
-- which knows all alphabets: it writes them into the recipient's row, after a number, each after a space, and makes those of
-- whoever is here already in steps of their own afterwards, between which others can write.
ALTER TABLE recipients ADD COLUMN words TEXT;

-- Whose words are still to be made: nobody, mostly. It is asked for again and again.
CREATE INDEX recipients_without_words ON recipients (id) WHERE words IS NULL;

-- Who has which word. The rows follow the column by triggers, so that no way to write or delete a recipient can forget them,
-- not even an earlier version of the program that still runs beside this one. A foreign key would need a second index as
-- large as the first, to find somebody's words; the column has them.
--
-- What a list of many is sorted by stands beside each word, and so does the number before the words, a signature of all of
-- them: whoever lacks one of several words that are looked for is mostly passed over by it, without a look at their row.
CREATE TABLE recipient_words (
    organization_id BLOB NOT NULL CHECK (length(organization_id) = 16),
    word TEXT NOT NULL CHECK (length(word) BETWEEN 1 AND 64),
    recipient_id BLOB NOT NULL CHECK (length(recipient_id) = 16),
    signature INTEGER NOT NULL,
    mail TEXT NOT NULL,
    PRIMARY KEY (organization_id, word, recipient_id)
) STRICT, WITHOUT ROWID;

-- Words have neither spaces nor quotes nor backslashes: nothing in them is anything to JSON, which is how SQLite splits a
-- text. Of a text that begins with a number, SQLite takes that for the number.
CREATE TRIGGER recipients_words_added AFTER INSERT ON recipients WHEN NEW.words LIKE '% %'
BEGIN
    INSERT INTO recipient_words (organization_id, word, recipient_id, signature, mail)
    SELECT NEW.organization_id, value, NEW.id, CAST(NEW.words AS INTEGER), NEW.mail
    FROM json_each('["' || replace(substr(NEW.words, instr(NEW.words, ' ') + 1), ' ', '","') || '"]');
END;

CREATE TRIGGER recipients_words_changed AFTER UPDATE OF words ON recipients WHEN OLD.words IS NOT NEW.words
BEGIN
    DELETE FROM recipient_words
    WHERE organization_id = OLD.organization_id AND recipient_id = OLD.id
        AND word IN (
            SELECT value FROM json_each('["' || replace(substr(OLD.words, instr(OLD.words, ' ') + 1), ' ', '","') || '"]')
        );
    INSERT INTO recipient_words (organization_id, word, recipient_id, signature, mail)
    SELECT NEW.organization_id, value, NEW.id, CAST(NEW.words AS INTEGER), NEW.mail
    FROM json_each('["' || replace(substr(NEW.words, instr(NEW.words, ' ') + 1), ' ', '","') || '"]')
    WHERE NEW.words LIKE '% %';
END;

CREATE TRIGGER recipients_words_removed AFTER DELETE ON recipients WHEN OLD.words LIKE '% %'
BEGIN
    DELETE FROM recipient_words
    WHERE organization_id = OLD.organization_id AND recipient_id = OLD.id
        AND word IN (
            SELECT value FROM json_each('["' || replace(substr(OLD.words, instr(OLD.words, ' ') + 1), ' ', '","') || '"]')
        );
END;

-- An earlier version of the program corrects addresses too, and leaves the words of the wrong one: they are taken away, so
-- that nobody is found by them, until others are made.
CREATE TRIGGER recipients_words_outdated AFTER UPDATE OF first_name, last_name, mail, external_id ON recipients
WHEN OLD.words IS NEW.words AND (
    OLD.first_name IS NOT NEW.first_name OR OLD.last_name IS NOT NEW.last_name
    OR OLD.mail IS NOT NEW.mail OR OLD.external_id IS NOT NEW.external_id
)
BEGIN
    UPDATE recipients SET words = NULL WHERE id = NEW.id;
END;
