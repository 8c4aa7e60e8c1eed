//! Symbolon's digests, sealed copies, key ring and randomness
