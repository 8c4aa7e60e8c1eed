//! Every page in every variant, as people see it: on a telephone and on a desk, in light and in dark colours.
//!
//! The screenshots are for people, in `target/screenshots`; what a program can judge of them is judged here.
#![cfg(test)]

mod credentials;
mod dashboard;
mod dashboard_accounts;
mod dashboard_acts;
mod dashboard_at_first;
mod general;
mod links;
mod looker;

use looker::Looker;
