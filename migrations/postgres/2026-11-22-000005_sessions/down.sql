-- Takes back up.sql: everybody has to sign in again.
DROP TABLE sessions;
