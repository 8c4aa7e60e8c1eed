-- Takes back up.sql: mail that waits is never sent.
DROP TABLE mails;
