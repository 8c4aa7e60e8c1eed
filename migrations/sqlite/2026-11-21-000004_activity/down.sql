-- Takes back up.sql: the whole log is lost. Its triggers go with it.
DROP TABLE activity;
