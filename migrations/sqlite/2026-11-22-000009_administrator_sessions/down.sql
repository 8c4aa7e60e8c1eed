-- Takes back up.sql: every administrator has to sign in again.
DROP TABLE administrator_sessions;
