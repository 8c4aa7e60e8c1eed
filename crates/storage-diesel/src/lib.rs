//! Symbolon's stores on SQLite and PostgreSQL
