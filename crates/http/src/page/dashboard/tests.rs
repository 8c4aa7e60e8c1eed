//! The dashboard as administrators, curious colleagues and attackers meet it. The numbers are those of the abuse cases that
//! `docs/SECURITY.md` lists.

mod activity;
mod bulk;
mod coverage;
mod developers;
mod exports;
mod faltering;
mod foreign;
mod htmx;
mod import;
mod nowhere;
mod office;
mod one_time_links;
mod provider_proofs;
mod provider_purposes;
mod providers;
mod recipients;
mod revealing;
mod settings;
mod signing_in;
mod telling;
mod templates;
