//! Everything that a database keeps, as bytes to be searched.

use std::fs;

use crate::site::{Kind, Site};

impl Site {
    /// The bytes of everything that the database keeps.
    pub fn kept(&self) -> Vec<u8> {
        match self.kind() {
            Kind::Sqlite => self.files_of_sqlite(),
            Kind::Postgres => self.rows_of_postgres(),
        }
    }

    /// The file, and what lies beside it: the log of what was written last, and its index.
    fn files_of_sqlite(&self) -> Vec<u8> {
        let files = self.data().read_dir().expect("there is a data directory");
        let databases = files
            .map(|entry| entry.expect("the directory can be read").path())
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.starts_with("symbolon.db")
            });
        databases
            .flat_map(|path| fs::read(path).expect("the file can be read"))
            .collect()
    }

    /// Texts as they are, and bytes as the texts they may be.
    fn rows_of_postgres(&self) -> Vec<u8> {
        let database = self.postgres();
        let tables = database.query(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
        );
        assert!(tables.len() >= 10, "{tables:?}");
        let rows = tables.iter().flat_map(|table| {
            let escaped = format!("SET bytea_output = 'escape'; SELECT t::text FROM \"{table}\" AS t");
            database.query(&escaped)
        });
        rows.collect::<Vec<_>>().join("\n").into_bytes()
    }
}

/// Where a part begins within bytes.
pub fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut start = 0;
    while let Some(rest) = bytes.get(start..) {
        let at = start + rest.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(part) {
            return Some(at);
        }
        start = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn parts_are_found() {
        for (bytes, part, at) in [
            ("abc", "abc", Some(0)),
            ("aabc", "abc", Some(1)),
            ("ababc", "abc", Some(2)),
            ("ab", "abc", None),
            ("", "a", None),
        ] {
            assert_eq!(find(bytes.as_bytes(), part.as_bytes()), at, "{part} in {bytes}");
        }
    }
}
