//! What every adapter of a Symbolon port must promise, as tests
