//! Symbolon's certificates and badges, drawn as SVG, PNG and PDF.
//!
//! It knows what a sheet looks like, and nothing of what stands behind it: no store, no clock, no randomness, no file
//! and no network. Its fonts are built in, so a sheet is the same, byte for byte, wherever it is drawn.
//!
//! ```
//! use symbolon_certificate::{Kind, Sheet, Words};
//!
//! let sheet = Sheet {
//!     kind: Kind::Certificate,
//!     id: [7; 16],
//!     title: "Foundations of Programming".into(),
//!     holder: "Ada Lovelace".into(),
//!     issuer: "Analytical Engine Institute".into(),
//!     description: None,
//!     issued_on: "21 November 2026".into(),
//!     expires_on: None,
//!     verify_url: "https://credentials.example.org/verify/8FQK".into(),
//!     verify_short: "credentials.example.org/verify/8FQK".into(),
//!     mark: None,
//!     words: Words::english(),
//! };
//! let drawing = sheet.draw()?;
//! assert!(drawing.svg().contains("Ada Lovelace"));
//! assert!(drawing.pdf()?.starts_with(b"%PDF-"));
//! # Ok::<(), symbolon_certificate::RenderError>(())
//! ```
//!
//! | what | where |
//! | --- | --- |
//! | what is printed | [`Sheet`], [`Words`] |
//! | the three forms of it | [`Drawing`] |
//! | the QR code alone, for pages | [`qr_svg`] |
//! | whether the fonts have all letters of a name | [`is_drawable`] |
//!
//! Drawing is work for the processor, some tens of milliseconds, so an asynchronous server does it on a thread of its
//! own. The layout engine writes a warning with the `log` crate for a character that no font has, and the character
//! is in it: a program that logs shows of the target `usvg` errors only.

mod badge;
mod canvas;
mod certificate;
mod drawing;
mod fit;
mod fonts;
mod guilloche;
mod measure;
mod parts;
mod pen;
mod plain;
mod qr;
mod qr_svg;
mod script;
mod shaping;
mod sheet;
mod words;

pub use drawing::{Drawing, PICTURE_WIDTHS, RenderError};
pub use fonts::is_drawable;
pub use qr_svg::{QrPath, qr_path, qr_svg};
pub use sheet::{Kind, Mark, Sheet};
pub use words::Words;
