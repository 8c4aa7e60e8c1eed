//! Setting up a second factor: an authenticator app reads the secret, and proves it with a code.

use askama::Template;

use super::{super::frame::Page, field::Field, frame::DashboardFrame, paths};

/// The secret to scan, and the form for the first code.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/second_factor_setup.html")]
pub(crate) struct SecondFactorSetupPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// The secret as apps take it when it is typed.
    pub(crate) secret: String,
    /// The secret as a QR code.
    pub(crate) qr: QrCode,
    /// What the form carries back as `note`: the sealed secret.
    pub(crate) note: String,
    /// The code that the app shows; its value stays empty.
    pub(crate) code: Field,
}

/// A QR code, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QrCode {
    /// How many modules it is wide and high, with the quiet zone.
    pub(crate) size: u32,
    /// The dark modules, as the data of an SVG path.
    pub(crate) path: String,
}

/// Recovery codes, shown once.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/recovery_codes.html")]
pub(crate) struct RecoveryCodesPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// The codes.
    pub(crate) codes: Vec<String>,
    /// Whether the second factor was set up just now; otherwise they take the place of older ones.
    pub(crate) is_first: bool,
}

impl Page for SecondFactorSetupPage {
    fn heading(&self) -> String {
        "Set up your second factor".into()
    }

    fn status(&self) -> u16 {
        if self.code.is_good() { 200 } else { 422 }
    }
}

impl Page for RecoveryCodesPage {
    fn heading(&self) -> String {
        "Your recovery codes".into()
    }
}

impl SecondFactorSetupPage {
    /// The secret in groups of four, as people type it.
    fn grouped(&self) -> String {
        let mut text = String::with_capacity(self.secret.len() * 5 / 4);
        for (index, character) in self.secret.chars().enumerate() {
            if index > 0 && index.is_multiple_of(4) {
                text.push(' ');
            }
            text.push(character);
        }
        text
    }
}

impl RecoveryCodesPage {
    /// One on each line.
    fn lines(&self) -> String {
        self.codes.join("\n")
    }
}
