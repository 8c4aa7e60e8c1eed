-- Takes back up.sql: whoever keeps tokens in memory would not hear of changes any more, so only versions that keep none may
-- run afterwards.
DROP TRIGGER organizations_changed;
DROP TRIGGER authorization_tokens_removed;
DROP TRIGGER authorization_tokens_used;
DROP TRIGGER authorization_tokens_changed;
DROP TABLE changed_tokens;
