//! The file that people fill in when they have none.

use std::io;

use symbolon_domain::text::MailAddress;

use super::Field;
use crate::SheetWriter;

/// The columns of the file. Whole names are not among them, for first and last name say the same better.
const FIELDS: [Field; 8] = [
    Field::FirstName,
    Field::LastName,
    Field::Mail,
    Field::IssuedAt,
    Field::ExpiresAt,
    Field::Locale,
    Field::ExternalId,
    Field::Test,
];
const ROWS: [[&str; FIELDS.len()]; 2] = [
    [
        "Erika",
        "Example",
        "erika.example@example.org",
        "2026-01-31",
        "2099-12-31",
        "de",
        "P-1001",
        "false",
    ],
    [
        "John",
        "Sample",
        "john.sample@example.org",
        "",
        "never",
        "en",
        "",
        "false",
    ],
];

/// A file with all headings and two rows that show what may stand below them.
///
/// It is in UTF-8 with a byte order mark, so that Excel reads and keeps all letters, and has semicolons, as Excel
/// expects them wherever decimals are written with commas.
///
/// # Errors
/// Never, in memory.
pub fn template_csv() -> io::Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut writer = SheetWriter::begin(&mut file, b';')?;
    writer.add(FIELDS.map(Field::label))?;
    for row in ROWS {
        writer.add(row)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(file)
}

/// Whether an address is one of the template file's.
pub(super) fn is_in_template(mail: &MailAddress) -> bool {
    ROWS.iter().flatten().any(|cell| *cell == mail.as_str())
}
