-- Takes back up.sql. What was issued on templates is gone before this runs.
DROP TABLE templates;
