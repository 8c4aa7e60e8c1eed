//! Symbolon's HTTP API
