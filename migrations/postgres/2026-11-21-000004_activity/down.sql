-- Takes back up.sql: the whole log is lost. Its trigger goes with it.
DROP TABLE activity;
DROP FUNCTION activity_is_append_only();
