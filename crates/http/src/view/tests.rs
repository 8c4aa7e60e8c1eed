//! Checks over every page.

mod escaping;
mod gallery;
mod snapshots;
mod structure;

/// What pages load, as the source tree calls it.
const ASSETS: [&str; 5] = [
    "style.css",
    "favicon.svg",
    "touch-icon.png",
    "dashboard.js",
    "vendor/htmx.min.js",
];
