-- Takes back up.sql: nothing is lost, for everything that was counted is still there.
DROP INDEX access_tokens_queue;
DROP TABLE tallies;
