//! Files as spreadsheets save them, from the bytes to the wishes.

use crate::{
    SheetError,
    import::{Columns, Problem, Reason, Wishes, open},
};
use symbolon_domain::{
    id::{ID_ENTROPY, TemplateId},
    service::issue_credentials::CredentialWish,
    time::Timestamp,
};

type Wished = Result<CredentialWish, Vec<Problem>>;

fn wished(file: &[u8]) -> Vec<(u64, Wished)> {
    let mut sheet = open(file, None).unwrap();
    let wishes = Wishes {
        columns: Columns::chosen(Columns::guess(sheet.header())).unwrap(),
        template: TemplateId::fresh(Timestamp::from_millis(1), [1; ID_ENTROPY]),
        is_test: false,
        suppress_mail: false,
    };
    std::iter::from_fn(|| {
        sheet
            .next_row()
            .unwrap()
            .map(|row| (row.first_line, wishes.read(&row)))
    })
    .collect()
}

fn names(file: &[u8]) -> Vec<(u64, String, String)> {
    let wishes = wished(file).into_iter().map(|(line, wish)| {
        let wish = wish.unwrap();
        let last = wish.last_name.map_or_else(String::new, |name| name.to_string());
        (line, wish.mail.to_string(), format!("{}/{last}", wish.first_name))
    });
    wishes.collect()
}

fn expected(rows: [(u64, &str, &str); 2]) -> Vec<(u64, String, String)> {
    rows.map(|(line, mail, name)| (line, mail.to_owned(), name.to_owned()))
        .to_vec()
}

#[test]
fn csv_utf8_of_a_german_excel() {
    let file = "\u{feff}Vorname;Name;E-Mail;Gültig bis;Anschrift\r\n\
                Jürgen;Müller;juergen@example.org;31.12.2099;\"Am Markt 1\n10115 Berlin\"\r\n\
                Zoë;\"O'Neill; \"\"Zo\"\"\";zoe@example.org;nie;\r\n";
    assert_eq!(
        names(file.as_bytes()),
        expected([
            (2, "juergen@example.org", "Jürgen/Müller"),
            (4, "zoe@example.org", "Zoë/O'Neill; \"Zo\""),
        ])
    );
}

#[test]
fn csv_utf8_of_an_english_excel_with_empty_rows_at_its_end() {
    let file = "\u{feff}Full Name,Email,\r\nAda King Lovelace,ada@example.org,\r\nPlato,plato@example.org,\r\n,,\r\n,,\r\n";
    assert_eq!(
        names(file.as_bytes()),
        expected([
            (2, "ada@example.org", "Ada King/Lovelace"),
            (3, "plato@example.org", "Plato/")
        ])
    );
}

#[test]
fn libreoffice_with_every_cell_quoted_and_lines_ended_by_lf() {
    let file = b"\"first name\",\"email\"\n\"Ada\",\"ada@example.org\"\n\"Bob\",\"bob@example.org\"";
    assert_eq!(
        names(file),
        expected([(2, "ada@example.org", "Ada/"), (3, "bob@example.org", "Bob/")])
    );
}

#[test]
fn text_with_tabs_of_an_old_mac() {
    let file = b"first name\temail\rAda\tada@example.org\rBob\tbob@example.org\r";
    assert_eq!(
        names(file),
        expected([(2, "ada@example.org", "Ada/"), (3, "bob@example.org", "Bob/")])
    );
}

/// What Excel calls “CSV (Comma delimited)” is in the code page of the machine, which the file does not tell.
#[test]
fn windows_1252_is_refused_where_letters_would_be_lost() {
    let wishes = wished(b"Vorname;E-Mail\r\nJ\xfcrgen;juergen@example.org\r\nAda;ada@example.org\r\n");
    let problems = wishes[0].1.as_ref().unwrap_err();
    assert_eq!(problems[0].reason, Reason::NotUtf8);
    assert_eq!(problems[0].column, Some(0));
    assert!(problems[0].remedy().contains("CSV UTF-8"));
    assert!(wishes[1].1.is_ok());

    let refused = open(&b"Vorname;G\xfcltig bis\r\nAda;nie\r\n"[..], None)
        .map(drop)
        .unwrap_err();
    assert!(matches!(refused, SheetError::UnreadableHeading { line: 1 }));
    assert!(refused.advice().unwrap().contains("CSV UTF-8"));
}

#[test]
fn workbooks_and_utf16_are_named() {
    for (file, what) in [(&b"PK\x03\x04"[..], "Excel workbook"), (b"\xff\xfeE\0", "UTF-16")] {
        let refused = open(file, None).map(drop).unwrap_err();
        assert!(
            refused.to_string().contains(what) && refused.advice().is_some(),
            "{refused}"
        );
    }
}
