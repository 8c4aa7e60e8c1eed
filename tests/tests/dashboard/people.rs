//! A file of people as Excel saves it where semicolons separate cells: a byte order mark, CRLF, quoted cells, umlauts.

/// First names that not everybody's keyboard has.
const FIRST_NAMES: [&str; 5] = ["Jürgen", "Zoë", "Łukasz", "Ada", "Søren"];

/// Somebody in the file, by their number from 1.
pub(crate) struct Somebody(pub(crate) usize);

impl Somebody {
    pub(crate) fn name(&self) -> String {
        let first = FIRST_NAMES[self.0 % FIRST_NAMES.len()];
        format!("{first} Müller-{:04}", self.0)
    }

    pub(crate) fn mail(&self) -> String {
        format!("person{:04}@example.org", self.0)
    }

    fn row(&self) -> String {
        let name = self.name();
        let (first, last) = name.split_once(' ').expect("two names");
        let number = self.0;
        // Every tenth has a remark with everything that has to be quoted.
        let remark = if number.is_multiple_of(10) {
            "\"says \"\"hello\"\"; and\r\nmore\""
        } else {
            ""
        };
        let mail = self.mail();
        format!("{first};\"{last}\";{mail};en;31.12.2099;P-{number};{remark}")
    }
}

/// The file, with somebody in each row of these, and further rows at its end.
pub(crate) fn file(numbers: std::ops::RangeInclusive<usize>, further: &[&str]) -> Vec<u8> {
    let mut file =
        "\u{feff}Vorname;Nachname;E-Mail;Sprache;Gültig bis;Personalnummer;Bemerkung\r\n".to_owned();
    for number in numbers {
        file.push_str(&Somebody(number).row());
        file.push_str("\r\n");
    }
    for row in further {
        file.push_str(row);
        file.push_str("\r\n");
    }
    file.into_bytes()
}
