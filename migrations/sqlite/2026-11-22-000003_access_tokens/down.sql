-- Takes back up.sql: every link that was mailed stops working for good.
DROP TABLE access_tokens;
