-- Takes back up.sql: every failed attempt is forgotten.
DROP TABLE sign_in_attempts;
