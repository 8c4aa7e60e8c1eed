-- Takes back up.sql: every recipient and every credential is lost for good.
DROP TABLE recipients;
