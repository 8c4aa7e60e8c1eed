-- Takes back up.sql: nobody is told of an expiry.
DROP INDEX authorization_tokens_made;
DROP INDEX authorization_tokens_announced;
ALTER TABLE authorization_tokens DROP COLUMN announce_at;
