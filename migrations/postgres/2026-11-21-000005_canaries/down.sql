-- Takes back up.sql: key rings are no longer recognized.
DROP TABLE canaries;
