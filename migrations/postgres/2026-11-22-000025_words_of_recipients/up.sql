-- A search reads an index of words instead of every recipient. What the words of somebody are is for the program to say,
-- which knows all alphabets: it writes them into the recipient's row, after a number, each after a space, and makes those of
-- whoever is here already in steps of their own afterwards, while this table is free for everybody else.
ALTER TABLE recipients ADD COLUMN words text COLLATE "C";

-- Whose words are still to be made: nobody, mostly. It is asked for again and again.
CREATE INDEX recipients_without_words ON recipients (id) WHERE words IS NULL;

-- Who has which word. The rows follow the column by triggers, so that no way to write or delete a recipient can forget them,
-- not even an earlier version of the program that still runs beside this one. A foreign key would need a second index as
-- large as the first, to find somebody's words; the column has them.
--
-- What a list of many is sorted by stands beside each word, and so does the number before the words, a signature of all of
-- them: whoever lacks one of several words that are looked for is mostly passed over by it, without a look at their row. Both
-- are in the index, so that the table itself is not read.
CREATE TABLE recipient_words (
    organization_id uuid NOT NULL,
    word text COLLATE "C" NOT NULL CHECK (char_length(word) BETWEEN 1 AND 64),
    recipient_id uuid NOT NULL,
    signature bigint NOT NULL,
    mail text COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, word, recipient_id) INCLUDE (signature, mail)
);

-- Once for all that a statement adds.
CREATE FUNCTION add_words_of_recipients() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO recipient_words (organization_id, word, recipient_id, signature, mail)
    SELECT organization_id, unnest((string_to_array(words, ' '))[2:]), id, split_part(words, ' ', 1)::bigint, mail
    FROM added;
    RETURN NULL;
END
$$;

CREATE TRIGGER recipients_words_added AFTER INSERT ON recipients
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION add_words_of_recipients();

CREATE FUNCTION change_words_of_recipient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM recipient_words
    WHERE organization_id = OLD.organization_id AND recipient_id = OLD.id
        AND word = ANY ((string_to_array(OLD.words, ' '))[2:]);
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO recipient_words (organization_id, word, recipient_id, signature, mail)
        SELECT NEW.organization_id, unnest((string_to_array(NEW.words, ' '))[2:]), NEW.id,
            split_part(NEW.words, ' ', 1)::bigint, NEW.mail;
    END IF;
    RETURN NULL;
END
$$;

-- Whatever the statement names: what a trigger before it has changed counts too.
CREATE TRIGGER recipients_words_changed AFTER UPDATE ON recipients
FOR EACH ROW WHEN (OLD.words IS DISTINCT FROM NEW.words) EXECUTE FUNCTION change_words_of_recipient();

CREATE TRIGGER recipients_words_removed AFTER DELETE ON recipients
FOR EACH ROW EXECUTE FUNCTION change_words_of_recipient();

-- An earlier version of the program corrects addresses too, and leaves the words of the wrong one: they are taken away, so
-- that nobody is found by them, until others are made.
CREATE FUNCTION take_words_of_recipient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := NULL;
    RETURN NEW;
END
$$;

CREATE TRIGGER recipients_words_outdated BEFORE UPDATE OF first_name, last_name, mail, external_id ON recipients
FOR EACH ROW WHEN (
    OLD.words IS NOT DISTINCT FROM NEW.words
    AND (OLD.first_name, OLD.last_name, OLD.mail, OLD.external_id)
        IS DISTINCT FROM (NEW.first_name, NEW.last_name, NEW.mail, NEW.external_id)
) EXECUTE FUNCTION take_words_of_recipient();
