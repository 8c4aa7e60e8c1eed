//! Cells that a spreadsheet would run: made harmless on the way out, and as they were on the way back in.
//!
//! A cell that begins with one of the [`DANGEROUS`] characters is taken for a formula. A quotation mark `'` before it
//! makes it text. The same holds after whatever may begin a cell where the file is read with another delimiter than it
//! was written with, as Excel does with commas in countries that write decimals with them.

/// What begins a formula, or what a spreadsheet drops before it looks: `=`, `+`, `-`, `@`, their full-width twins, tab,
/// line ends and NUL.
pub(crate) const DANGEROUS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// After what another reader may see a cell begin. Of these, white space is no danger itself: what follows it is looked
/// at in its turn.
const BEFORE_A_CELL: [char; 6] = [',', ';', '\t', '\r', '\n', '"'];

const MARK: char = '\'';

/// The cell as text that no spreadsheet runs. [`restored`] takes it back, whatever it is.
pub(crate) fn neutralized(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len() + 1);
    for (place, part) in parts(cell) {
        if is_dangerous(place, part.trim_start_matches(MARK)) {
            safe.push(MARK);
        }
        safe.push_str(part);
    }
    safe
}

/// The cell as it was before it was [`neutralized`].
pub(crate) fn restored(cell: &str) -> String {
    parts(cell)
        .map(|(place, part)| match part.strip_prefix(MARK) {
            Some(rest) if is_dangerous(place, rest.trim_start_matches(MARK)) => rest,
            _ => part,
        })
        .collect()
}

/// The parts of a cell that some reader may take for cells, each with its place and with what ends it.
fn parts(cell: &str) -> impl Iterator<Item = (usize, &str)> {
    cell.split_inclusive(BEFORE_A_CELL).enumerate()
}

fn is_dangerous(place: usize, part: &str) -> bool {
    part.starts_with(DANGEROUS) && (place == 0 || !part.starts_with(BEFORE_A_CELL))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_text_and_names_stay() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("＝1", "'＝1"),
            ("-7", "'-7"),
            ("\tx", "'\tx"),
            ("'=x", "''=x"),
            ("Ada;=cmd()", "Ada;'=cmd()"),
            ("two\n\n\"lines\"\n", "two\n\n\"lines\"\n"),
            ("a;\t=1", "a;\t'=1"),
            ("Zoë O'Neill-Smith", "Zoë O'Neill-Smith"),
            ("'t Hooft", "'t Hooft"),
            ("", ""),
        ] {
            assert_eq!(neutralized(cell), safe, "{cell:?}");
        }
    }

    /// Texts that are full of what matters here.
    fn hostile() -> impl Strategy<Value = String> {
        prop_oneof![
            "['=+@\t\r\n\0＝＋－＠;,\"a -]{0,8}",
            ".*",
            "['=+-]{1,4}[a-zA-Z(!|]{0,8}"
        ]
    }

    proptest! {
        #[test]
        fn nothing_begins_a_formula_wherever_a_cell_begins(cell in hostile()) {
            let safe = neutralized(&cell);
            prop_assert!(!safe.starts_with(DANGEROUS));
            for part in safe.split(BEFORE_A_CELL) {
                prop_assert!(!part.starts_with(DANGEROUS), "{part:?} in {safe:?}");
            }
        }

        #[test]
        fn what_was_made_harmless_comes_back(cell in hostile()) {
            prop_assert_eq!(restored(&neutralized(&cell)), cell);
        }
    }
}
