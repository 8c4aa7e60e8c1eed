-- Takes back up.sql: lists are slower.
DROP INDEX mails_unsent;
DROP INDEX access_tokens_closed;
DROP INDEX recipients_of_template_by_mail;
DROP INDEX recipients_revoked;
DROP INDEX recipients_claimed;
