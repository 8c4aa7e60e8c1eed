-- Takes back up.sql: a search reads everybody.
DROP TRIGGER recipients_words_outdated ON recipients;
DROP TRIGGER recipients_words_removed ON recipients;
DROP TRIGGER recipients_words_changed ON recipients;
DROP TRIGGER recipients_words_added ON recipients;
DROP FUNCTION take_words_of_recipient();
DROP FUNCTION change_words_of_recipient();
DROP FUNCTION add_words_of_recipients();
DROP TABLE recipient_words;
DROP INDEX recipients_without_words;
ALTER TABLE recipients DROP COLUMN words;
