-- Takes back up.sql: filters have no indexes.
DROP INDEX activity_of_days;
DROP INDEX activity_of_actions;
