-- Takes back up.sql: sign-ins under way have to be begun again.
DROP TABLE sign_ins;
