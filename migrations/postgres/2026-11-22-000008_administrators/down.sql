-- Takes back up.sql: nobody can sign in to the dashboard any more, and every invitation is void.
DROP TABLE foundation;
DROP TABLE administrator_links;
DROP TABLE recovery_codes;
DROP TABLE administrators;
