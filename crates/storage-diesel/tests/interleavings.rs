//! Two transactions on PostgreSQL, stopped where it matters: one that is written out here holds a row, the store's own
//! must wait for it, and then go by what the other has done.
//!
//! Races find such mistakes by luck; these find them each time. On SQLite there is one writer, so nothing interleaves.

#![cfg(test)]

#[path = "interleavings/access.rs"]
mod access;
#[path = "interleavings/attempts.rs"]
mod attempts;
#[path = "interleavings/claims.rs"]
mod claims;
#[path = "interleavings/corrections.rs"]
mod corrections;
#[path = "interleavings/creation.rs"]
mod creation;
#[path = "interleavings/interloper.rs"]
mod interloper;
#[path = "interleavings/issues.rs"]
mod issues;
#[path = "interleavings/jobs.rs"]
mod jobs;
#[path = "interleavings/notices.rs"]
mod notices;
#[path = "interleavings/organizations.rs"]
mod organizations;
#[path = "interleavings/outbox.rs"]
mod outbox;
#[path = "interleavings/proofs.rs"]
mod proofs;
#[path = "interleavings/rotation.rs"]
mod rotation;
#[path = "interleavings/stage.rs"]
mod stage;
#[path = "support/stores.rs"]
mod support;
#[path = "interleavings/tallies.rs"]
mod tallies;
#[path = "interleavings/team.rs"]
mod team;
#[path = "interleavings/team_changes.rs"]
mod team_changes;
#[path = "interleavings/tree.rs"]
mod tree;
#[path = "interleavings/words.rs"]
mod words;
