-- Takes back up.sql: what waits is never sent.
DROP TABLE notices;
