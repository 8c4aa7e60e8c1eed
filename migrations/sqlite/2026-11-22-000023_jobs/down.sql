-- Takes back up.sql: what goes on stops, and what was done stays done.
DROP TABLE job_results;
DROP TABLE job_files;
DROP TABLE jobs;
