-- Takes back up.sql: every authorization token stops working for good.
DROP TABLE authorization_tokens;
