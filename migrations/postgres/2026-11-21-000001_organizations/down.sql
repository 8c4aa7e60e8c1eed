-- Takes back up.sql. Everything that belonged to an organization is gone before this runs.
DROP TABLE organizations;
