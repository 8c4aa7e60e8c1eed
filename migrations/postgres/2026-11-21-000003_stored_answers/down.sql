-- Takes back up.sql: lost answers can no longer be asked for again.
DROP TABLE stored_answers;
