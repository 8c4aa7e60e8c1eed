//! Imports as the dashboard and the command line make them: files without a header, files looked at before, files of
//! rejected rows.

use crate::{
    Sheet,
    import::{Columns, Field, Need, Oddity, Proof, RejectsWriter, Wishes, open, template_csv},
};
use symbolon_domain::{
    id::{ID_ENTROPY, OrganizationId, TemplateId},
    template::{Template, TemplateKind},
    text::TemplateName,
    time::Timestamp,
};

fn now() -> Timestamp {
    Timestamp::parse("2026-11-22").unwrap()
}

fn template() -> Template {
    Template {
        id: TemplateId::fresh(now(), [1; ID_ENTROPY]),
        organization: OrganizationId::fresh(now(), [2; ID_ENTROPY]),
        kind: TemplateKind::Badge,
        name: TemplateName::parse("Foundations").unwrap(),
        description: None,
        validity: None,
        created_at: now(),
        paused_at: None,
    }
}

fn wishes(fields: Vec<Option<Field>>) -> Wishes {
    Wishes {
        columns: Columns::chosen(fields).unwrap(),
        template: template().id,
        is_test: false,
        suppress_mail: false,
    }
}

/// What stands in the file, line by line: problems or oddities.
fn proof(file: &str) -> Vec<(u64, Vec<String>, Vec<Oddity>)> {
    let mut sheet = open(file.as_bytes(), None).unwrap();
    let mut proof = Proof::new(wishes(Columns::guess(sheet.header())), template(), now());
    let mut found = Vec::new();
    while let Some(row) = sheet.next_row().unwrap() {
        let proven = proof.read(&row);
        let problems = proven.wish.err().unwrap_or_default();
        found.push((
            row.first_line,
            problems.iter().map(ToString::to_string).collect(),
            proven.warnings.iter().map(|warning| warning.oddity).collect(),
        ));
    }
    found
}

#[test]
fn oddities_are_told_and_stop_nothing() {
    let file = "email;first name;last name;issued at;expires at\n\
                ada@gmial.com;Ada;Lovelace;;\n\
                bob@example.org;BOB;MILLER;;\n\
                eve@example.org;eve;;2027-01-01;2028-01-01\n\
                old@example.org;Zoë;Old;2020-01-01;2021-01-01\n\
                ada@example.org;ada;LOVELACE;;\n\
                li@example.org;LI;;;\n\
                wei@example.org;李;伟;;\n\
                ada2@example.org;Ada;;;\n\
                erika.example@example.org;Erika;Example;;\n";
    let found = proof(file);
    assert!(
        found.iter().all(|(_, problems, _)| problems.is_empty()),
        "{found:?}"
    );
    let oddities: Vec<_> = found
        .into_iter()
        .map(|(line, _, oddities)| (line, oddities))
        .collect();
    assert_eq!(
        oddities,
        [
            (2, vec![Oddity::MistypedDomain { like: "gmail.com" }]),
            (3, vec![Oddity::CapitalsOnly]),
            (4, vec![Oddity::NoCapitals, Oddity::IssuedAhead]),
            (5, vec![Oddity::ExpiredAlready]),
            (6, vec![Oddity::SameName { line: 2 }]),
            (7, vec![]),
            (8, vec![]),
            (9, vec![]),
            (10, vec![Oddity::Example]),
        ]
    );
}

#[test]
fn what_would_be_refused_when_it_is_issued_is_told_before() {
    let file = "email,first name,issued at,expires at\n\
                ada@example.org,Ada,,\n\
                ada@EXAMPLE.org,\"Ada\nKing\",,\n\
                ada@example.org,Ada King,,\n\
                bob@example.org,Bob,2026-01-02,2026-01-01\n\
                bob@example.org,Bob,,\n";
    let problems: Vec<_> = proof(file)
        .into_iter()
        .map(|(line, problems, _)| (line, problems))
        .collect();
    let same = "the same mail address is on line 2, which is issued".to_owned();
    let goes_on = "the row goes on to line 4: is a quotation mark \" never closed?".to_owned();
    assert_eq!(
        problems,
        [
            (2, vec![]),
            (
                3,
                vec![
                    "issued_to_first_name must not contain control characters".to_owned(),
                    goes_on
                ]
            ),
            (5, vec![same]),
            (6, vec!["expires_at must be after issued_at".to_owned()]),
            // The line before is not issued, so this one can be.
            (7, vec![]),
        ]
    );
}

#[test]
fn problems_name_their_column_and_what_to_do() {
    let file = "Name;Wann;E-Mail\n;1/2/2027;ada@\n";
    let mut sheet = open(file.as_bytes(), None).unwrap();
    let mut fields = Columns::guess(sheet.header());
    assert_eq!(fields, [Some(Field::Name), None, Some(Field::Mail)]);
    fields[1] = Some(Field::IssuedAt);
    let row = sheet.next_row().unwrap().unwrap();
    let problems = wishes(fields).read(&row).unwrap_err();
    let told: Vec<_> = problems
        .iter()
        .map(|problem| (problem.column, problem.what(), problem.remedy()))
        .collect();
    assert_eq!(
        told,
        [
            (Some(2), "This is no mail address.".to_owned(), "Correct it."),
            (Some(0), "First name is missing.".to_owned(), "Fill it in."),
            (
                Some(1),
                "Issued on is no date that has one meaning.".to_owned(),
                "Write it as 2027-01-31 or 31.01.2027."
            ),
        ]
    );
}

#[test]
fn a_file_without_a_header_is_read_from_its_first_row() {
    let file = "\u{feff}Ada,ada@example.org,x\r\nBob,bob@example.org,\r\n";
    let mut sheet = open(file.as_bytes(), None).unwrap();
    assert_eq!(sheet.header(), ["", "", ""]);
    let at = sheet.position();
    assert_eq!((at.byte, at.line), (3, 1));
    let wishes = wishes(vec![Some(Field::FirstName), Some(Field::Mail), None]);
    let row = sheet.next_row().unwrap().unwrap();
    assert_eq!((row.first_line, row.last_line), (1, 1));
    assert_eq!(wishes.read(&row).unwrap().mail.as_str(), "ada@example.org");
    assert_eq!(sheet.position().line, 2);
    let row = sheet.next_row().unwrap().unwrap();
    assert_eq!(wishes.read(&row).unwrap().first_name.as_str(), "Bob");
    assert!(sheet.next_row().unwrap().is_none());
    // Whoever knows better says so.
    assert_eq!(
        open(file.as_bytes(), Some(true)).unwrap().header()[1],
        "ada@example.org"
    );
}

/// Rejects every row for the same reason, in two goes.
fn rejected(sheet: &mut Sheet<'_>, columns: &Columns) -> Vec<u8> {
    let mut file = Vec::new();
    let shape = sheet.shape().clone();
    let mut writer = RejectsWriter::begin(&mut file, &shape, columns).unwrap();
    let first = sheet.next_row().unwrap().unwrap();
    writer.add(&first, "has a reason; and another").unwrap();
    writer.flush().unwrap();
    drop(writer);
    let mut writer = RejectsWriter::resume(&mut file, &shape, columns);
    while let Some(row) = sheet.next_row().unwrap() {
        writer.add(&row, "has a reason").unwrap();
    }
    writer.flush().unwrap();
    drop(writer);
    file
}

#[test]
fn rejected_rows_can_be_imported_as_they_are() {
    // The headings were corrected by hand: two mislead, one says nothing.
    let file = "Mail;Kontakt;Vorname;Bemerkung\n\
                post;ada@example.org;Ada;=1\n\
                post;bob@example.org;\"B\nob\";;beyond\n";
    let mut sheet = open(file.as_bytes(), None).unwrap();
    let fields = vec![None, Some(Field::Mail), Some(Field::FirstName), None];
    let columns = Columns::chosen(fields).unwrap();
    let rejects = rejected(&mut sheet, &columns);
    assert_eq!(
        String::from_utf8(rejects.clone()).unwrap(),
        "\u{feff}Mail (left out);recipient_email;Vorname;Bemerkung;line;reason\r\n\
         post;ada@example.org;Ada;'=1;2;\"has a reason; and another\"\r\n\
         post;bob@example.org;\"B\nob\";;3;has a reason;beyond\r\n"
    );

    let mut again = open(&rejects[..], None).unwrap();
    let columns = Columns::chosen(Columns::guess(again.header())).unwrap();
    assert_eq!(
        (columns.place(Field::Mail), columns.place(Field::FirstName)),
        (Some(1), Some(2))
    );
    let row = again.next_row().unwrap().unwrap();
    assert!(
        Wishes {
            columns: columns.clone(),
            ..wishes(vec![Some(Field::Mail), Some(Field::Name)])
        }
        .read(&row)
        .is_ok()
    );
    // What is rejected once more has its new line and reason in place of the old ones.
    let twice = String::from_utf8(rejected(&mut open(&rejects[..], None).unwrap(), &columns)).unwrap();
    assert_eq!(twice.as_bytes(), rejects);
}

#[test]
fn rejected_rows_of_a_file_without_a_header_get_one() {
    let file = "Ada,ada@example.org,x\nBob,bob@example.org,y\n";
    let mut sheet = open(file.as_bytes(), None).unwrap();
    let columns = Columns::chosen(vec![Some(Field::FirstName), Some(Field::Mail), None]).unwrap();
    let rejects = rejected(&mut sheet, &columns);
    let mut again = open(&rejects[..], None).unwrap();
    assert_eq!(
        again.header(),
        ["issued_to_first_name", "recipient_email", "", "line", "reason"]
    );
    let wishes = wishes(Columns::guess(again.header()));
    let row = again.next_row().unwrap().unwrap();
    assert_eq!(wishes.read(&row).unwrap().mail.as_str(), "ada@example.org");
}

#[test]
fn the_template_file_can_be_imported_and_says_everything() {
    let file = template_csv().unwrap();
    assert!(file.starts_with(b"\xef\xbb\xbf"));
    let mut sheet = open(&file[..], None).unwrap();
    assert_eq!(sheet.delimiter(), b';');
    let fields = Columns::guess(sheet.header());
    let left_out: Vec<_> = Field::CHOICES
        .into_iter()
        .filter(|field| !fields.contains(&Some(*field)))
        .collect();
    assert_eq!(left_out, [Field::Name, Field::RevokedAt]);
    let mut proof = Proof::new(wishes(fields), template(), now());
    for _ in 0..2 {
        let proven = proof.read(&sheet.next_row().unwrap().unwrap());
        assert!(proven.wish.is_ok(), "{proven:?}");
        // Who forgets to remove it is reminded.
        assert_eq!(proven.warnings.len(), 1, "{proven:?}");
        assert_eq!(proven.warnings[0].oddity, Oddity::Example);
    }
    assert!(sheet.next_row().unwrap().is_none());
}

#[test]
fn the_examples_of_all_fields_make_a_row() {
    let fields: Vec<_> = Field::CHOICES
        .into_iter()
        .filter(|field| *field != Field::RevokedAt)
        .collect();
    assert_eq!(
        fields.iter().filter(|field| field.need() == Need::Always).count(),
        1
    );
    let headings = fields
        .iter()
        .map(|field| field.label())
        .collect::<Vec<_>>()
        .join(";");
    let cells = fields
        .iter()
        .map(|field| field.example())
        .collect::<Vec<_>>()
        .join(";");
    let found = proof(&format!("{headings}\n{cells}\n"));
    assert_eq!(found, [(2, vec![], vec![])]);
}
