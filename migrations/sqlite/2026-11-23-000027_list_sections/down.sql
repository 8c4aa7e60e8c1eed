-- Takes back up.sql: nothing is lost by it, for all of it can be counted again.
DROP TABLE list_sections;
DROP TABLE list_differences;
