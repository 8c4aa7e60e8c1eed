//! Whole files, from their bytes to what they wish for.

mod excel;
mod import;
mod passes;
