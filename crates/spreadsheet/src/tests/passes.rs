//! Files are read the same in one pass and in several, and no file makes reading panic.

use crate::{Position, Row, Sheet, SheetWriter};
use proptest::prelude::*;

/// What can be told of a row.
type Told = (u64, u64, Vec<String>);

fn told(row: &Row) -> Told {
    (row.first_line, row.last_line, row.cells().collect())
}

/// The rows of a file, each with where it begins, and whether all could be read.
fn in_one_pass(sheet: &mut Sheet<'_>) -> (Vec<(Position, Told)>, bool) {
    let mut rows = Vec::new();
    loop {
        let at = sheet.position();
        match sheet.next_row() {
            Ok(Some(row)) => rows.push((at, told(&row))),
            Ok(None) => return (rows, true),
            Err(_) => return (rows, false),
        }
    }
}

fn without_places(rows: &[(Position, Told)]) -> Vec<Told> {
    rows.iter().map(|(_, row)| row.clone()).collect()
}

/// Reads on from every row, and compares.
fn check_every_boundary(file: &[u8], has_header: bool) -> Result<(), TestCaseError> {
    let Ok(sheet) = Sheet::read(file, |heading| heading == "mail") else {
        return Ok(());
    };
    let mut sheet = if has_header { sheet } else { sheet.without_header() };
    let shape = sheet.shape().clone();
    let (rows, is_whole) = in_one_pass(&mut sheet);
    for (index, (at, _)) in rows.iter().enumerate() {
        let begin = usize::try_from(at.byte).unwrap();
        let mut rest = Sheet::resume(&file[begin..], shape.clone(), *at);
        prop_assert_eq!(rest.position(), *at);
        let (found, found_whole) = in_one_pass(&mut rest);
        prop_assert_eq!(&found, &rows[index..]);
        prop_assert_eq!(found_whole, is_whole);
    }
    Ok(())
}

/// Files that are full of what matters here.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => Just(&b"\r\n"[..]), 3 => Just(&b"\n"[..]), 3 => Just(&b"\r"[..]), 6 => Just(&b";"[..]), 2 => Just(&b","[..]),
        4 => Just(&b"\""[..]), 5 => Just(&b"a"[..]), 2 => Just(&b"mail"[..]), 2 => Just(&b"\xef\xbb\xbf"[..]),
        2 => Just(&b"'="[..]), 1 => Just(&b"\xfc"[..]), 1 => Just(&b"sep=;"[..]), 1 => Just(&b"\t"[..]), 1 => Just(&b"\0"[..]),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn reading_on_at_any_row_gives_the_rows_of_one_pass(file in hostile(), has_header: bool) {
        check_every_boundary(&file, has_header)?;
    }

    #[test]
    fn no_bytes_make_reading_panic(file in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        check_every_boundary(&file, true)?;
    }

    #[test]
    fn what_was_written_is_read_back(
        rows in proptest::collection::vec(proptest::collection::vec("[^\r]{0,6}x|", 2..4), 0..6),
        delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
    ) {
        let mut file = Vec::new();
        let mut writer = SheetWriter::begin(&mut file, delimiter).unwrap();
        writer.add(["mail", "name"]).unwrap();
        for row in &rows {
            writer.add(row).unwrap();
        }
        writer.flush().unwrap();
        drop(writer);
        let mut sheet = Sheet::read(&file[..], |heading| heading == "mail").unwrap();
        prop_assert_eq!(sheet.delimiter(), delimiter);
        let (found, is_whole) = in_one_pass(&mut sheet);
        prop_assert!(is_whole);
        // Rows without anything in them are passed over.
        let written: Vec<_> =
            rows.into_iter().filter(|row| row.iter().any(|cell| !cell.trim_ascii().is_empty())).collect();
        let found: Vec<_> = found.into_iter().map(|(_, (_, _, cells))| cells).collect();
        prop_assert_eq!(found, written);
    }
}

/// Larger than every buffer on the way, with line ends of two bytes at all distances from their edges.
#[test]
fn reading_on_is_the_same_beyond_every_buffer() {
    let mut file = b"\xef\xbb\xbfmail;name\r\n".to_vec();
    for number in 0..12_000 {
        let line = format!("p{number}@example.org;{}\r\n", "x".repeat(number % 17));
        file.extend_from_slice(line.as_bytes());
    }
    let mut sheet = Sheet::read(&file[..], |heading| heading == "mail").unwrap();
    let shape = sheet.shape().clone();
    let (rows, is_whole) = in_one_pass(&mut sheet);
    assert!(is_whole && rows.len() == 12_000 && file.len() > 300_000);
    assert_eq!(sheet.position().byte, u64::try_from(file.len()).unwrap());
    for (index, (at, row)) in rows.iter().enumerate().step_by(37) {
        let begin = usize::try_from(at.byte).unwrap();
        assert!(
            file[begin..].starts_with(format!("p{index}@").as_bytes()),
            "{at:?}"
        );
        let mut rest = Sheet::resume(&file[begin..], shape.clone(), *at);
        assert_eq!(&told(&rest.next_row().unwrap().unwrap()), row);
    }
    let middle = rows[6_000].0;
    let begin = usize::try_from(middle.byte).unwrap();
    let mut rest = Sheet::resume(&file[begin..], shape, middle);
    assert_eq!(
        without_places(&in_one_pass(&mut rest).0),
        without_places(&rows[6_000..])
    );
}

#[test]
fn an_endless_row_is_one_wherever_reading_began() {
    for length in [1024 * 1024 - 100, 1024 * 1024 + 100] {
        let file = format!("mail;name\r\na;b\r\nc;{}\r\nd;e\r\n", "x".repeat(length));
        let mut sheet = Sheet::read(file.as_bytes(), |heading| heading == "mail").unwrap();
        let shape = sheet.shape().clone();
        let (rows, is_whole) = in_one_pass(&mut sheet);
        assert_eq!(is_whole, length < 1024 * 1024);
        let at = if is_whole {
            rows[1].0
        } else {
            Position { byte: 16, line: 3 }
        };
        assert_eq!(at, Position { byte: 16, line: 3 });
        let mut rest = Sheet::resume(&file.as_bytes()[16..], shape, at);
        let (rest, rest_is_whole) = in_one_pass(&mut rest);
        assert_eq!((rest.len(), rest_is_whole), (rows.len() - 1, is_whole));
    }
}
