-- Takes back up.sql: a search reads everybody.
DROP TRIGGER recipients_words_outdated;
DROP TRIGGER recipients_words_removed;
DROP TRIGGER recipients_words_changed;
DROP TRIGGER recipients_words_added;
DROP TABLE recipient_words;
DROP INDEX recipients_without_words;
ALTER TABLE recipients DROP COLUMN words;
