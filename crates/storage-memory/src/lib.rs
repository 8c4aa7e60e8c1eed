//! Symbolon's stores in memory: the reference adapter
