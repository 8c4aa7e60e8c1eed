-- Takes back up.sql: whoever keeps tokens in memory would not hear of changes any more, so only versions that keep none may
-- run afterwards.
DROP TRIGGER organizations_changed ON organizations;
DROP TRIGGER authorization_tokens_removed ON authorization_tokens;
DROP TRIGGER authorization_tokens_used ON authorization_tokens;
DROP TRIGGER authorization_tokens_changed ON authorization_tokens;
DROP FUNCTION note_changed_organization();
DROP FUNCTION note_changed_token();
DROP TABLE changed_tokens;
