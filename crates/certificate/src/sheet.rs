//! What is printed on a sheet, in plain words.

use crate::{Drawing, RenderError, Words, badge, certificate, plain};

/// The most characters of a name, which is the longest text of a sheet. What is longer is cut with ….
const MAX: usize = 400;

/// One credential as it is printed. All texts are plain and may hold any characters.
///
/// Days are texts already, in the reader's language: this crate has neither a clock nor a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which of the two it is.
    pub kind: Kind,
    /// The credential's id. The line work is computed from it, so that no two credentials have quite the same.
    pub id: [u8; 16],
    /// What was awarded: the template's name.
    pub title: String,
    /// The person's name.
    pub holder: String,
    /// Who awards it.
    pub issuer: String,
    /// One or two lines under the title. A badge has no room for it and leaves it to the textual description.
    pub description: Option<String>,
    /// The day it was issued: "21 November 2026".
    pub issued_on: String,
    /// The last day it is good for, if there is one.
    pub expires_on: Option<String>,
    /// Where it is verified, in full: this is in the QR code.
    pub verify_url: String,
    /// The same address, as short as a person would type it.
    pub verify_short: String,
    /// What stands across the sheet of a credential that is no longer good.
    pub mark: Option<Mark>,
    /// The fixed words.
    pub words: Words,
}

/// What kind of sheet it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A4 landscape.
    Certificate,
    /// A round seal on a square sheet, 210 mm wide.
    Badge,
}

/// Why a credential is no longer good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Its last day has passed.
    Expired,
    /// Its issuer has withdrawn it.
    Revoked,
}

/// How large a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Format {
    /// Units from left to right; four to the millimetre.
    pub(crate) width: u16,
    /// Units from top to bottom.
    pub(crate) height: u16,
}

/// Units of a sheet in one millimetre.
pub(crate) const UNITS_PER_MM: u16 = 4;

impl Kind {
    pub(crate) const fn format(self) -> Format {
        match self {
            Self::Certificate => Format {
                width: 1188,
                height: 840,
            },
            Self::Badge => Format {
                width: 840,
                height: 840,
            },
        }
    }
}

impl Sheet {
    /// Draws the sheet. Equal sheets have equal drawings, byte for byte.
    ///
    /// No text leaves its room: it is made smaller, then broken into lines, then cut with ….
    ///
    /// # Errors
    /// [`RenderError::AddressTooLong`] when the verification address does not fit into a QR code.
    pub fn draw(&self) -> Result<Drawing, RenderError> {
        let sheet = self.cleaned();
        let canvas = match sheet.kind {
            Kind::Certificate => certificate::layout(&sheet)?,
            Kind::Badge => badge::layout(&sheet)?,
        };
        Drawing::new(&sheet, &canvas)
    }

    /// The same sheet with texts of one line each, without characters that have no place on it.
    fn cleaned(&self) -> Self {
        let clean = |text: &str| plain::clean(text, MAX);
        let words = &self.words;
        Self {
            kind: self.kind,
            id: self.id,
            title: clean(&self.title),
            holder: clean(&self.holder),
            issuer: clean(&self.issuer),
            description: self.description.as_deref().map(clean),
            issued_on: clean(&self.issued_on),
            expires_on: self.expires_on.as_deref().map(clean),
            verify_url: self.verify_url.clone(),
            verify_short: clean(&self.verify_short),
            mark: self.mark,
            words: Words {
                language: clean(&words.language),
                certifies: clean(&words.certifies),
                awarded: clean(&words.awarded),
                issued: clean(&words.issued),
                valid_until: clean(&words.valid_until),
                expired_on: clean(&words.expired_on),
                verify_at: clean(&words.verify_at),
                issued_by: clean(&words.issued_by),
                expired: clean(&words.expired),
                revoked: clean(&words.revoked),
            },
        }
    }

    /// The word before the last day.
    pub(crate) fn expiry_word(&self) -> &str {
        match self.mark {
            Some(Mark::Expired) => &self.words.expired_on,
            _ => &self.words.valid_until,
        }
    }

    /// The mark's word.
    pub(crate) fn mark_word(&self) -> Option<&str> {
        self.mark.map(|mark| match mark {
            Mark::Expired => self.words.expired.as_str(),
            Mark::Revoked => self.words.revoked.as_str(),
        })
    }

    /// What the sheet is, in one line.
    pub(crate) fn name(&self) -> String {
        format!("{} – {}", self.title, self.holder)
    }

    /// All that the sheet says, for who does not see it.
    pub(crate) fn account(&self) -> String {
        let words = &self.words;
        let mut account = String::new();
        let mut say = |sentence: String| {
            account.push_str(sentence.trim());
            account.push_str(". ");
        };
        if let Some(mark) = self.mark_word() {
            say(mark.to_owned());
        }
        say(format!(
            "{} {} {} {}",
            words.certifies, self.holder, words.awarded, self.title
        ));
        if let Some(description) = &self.description {
            say(description.trim_end_matches('.').to_owned());
        }
        say(format!("{} {}", words.issued_by, self.issuer));
        say(format!("{} {}", words.issued, self.issued_on));
        if let Some(day) = &self.expires_on {
            say(format!("{} {day}", self.expiry_word()));
        }
        account.extend([&words.verify_at, " ", &self.verify_short]);
        account
    }
}
