//! Long work: putting it together, starting and stopping it, and carrying it out a step at a time.

mod begin;
mod import_rows;
mod mandate;
mod stop;

pub use self::{
    begin::{KeepDraft, StartDraft, StartJob},
    import_rows::{ImportRow, ImportRows, ImportRowsError},
    mandate::mandate,
    stop::StopJob,
};
