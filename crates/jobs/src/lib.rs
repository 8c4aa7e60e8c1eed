//! Long work: what an import or an act on many recipients is asked to do, and how a turn of it is carried out.
//!
//! The domain keeps jobs without knowing what is in their plans; here the plans are written, read, and followed. A turn is a
//! few seconds of steps, after which others come first; so no job keeps another waiting, and whatever ends the process – an
//! update, a power cut – loses at most the step that was under way.
//!
//! | what | where |
//! | --- | --- |
//! | acts on many recipients: on whom, and what is done to each | [`ActPlan`], [`Whom`], [`Act`] |
//! | imports: the file, what its columns mean, what a check finds | [`ImportPlan`], [`prove`], [`rejects`] |
//! | carrying out whatever waits | [`take_turn`] |

mod act;
mod act_plan;
mod act_turn;
mod import_check;
mod import_plan;
mod import_turn;
mod rejects;
mod turn;
mod whom;

pub use self::{
    act::Act,
    act_plan::ActPlan,
    import_check::{Check, CheckError, LineProblem, Proved, prove},
    import_plan::{FileError, ImportPlan, Look, MAX_ROWS},
    rejects::{rejects, rejects_begun, row_told},
    turn::{Turned, take_turn},
    whom::Whom,
};

/// A plan cannot be read: it was written by a later version, or somebody changed the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the plan of this job cannot be read")]
pub struct UnreadablePlan;
