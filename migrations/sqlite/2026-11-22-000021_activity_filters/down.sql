-- Takes back up.sql: filters have no indexes, and neither have notices about tokens.
DROP INDEX notices_of_token;
DROP INDEX activity_of_days;
DROP INDEX activity_of_actions;
