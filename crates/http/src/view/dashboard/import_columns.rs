//! The second step of an import: what the columns of the file mean.

use askama::Template;

use super::{
    super::frame::Page,
    choices::{Choice, choices},
    frame::DashboardFrame,
    listing::counted,
    named::Named,
    paths,
};

/// The columns of the file, each with what it is taken for.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/import_columns.html")]
pub(crate) struct ImportColumnsPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// Names the import.
    pub(crate) id: String,
    /// What the file is called.
    pub(crate) file: String,
    /// What is awarded.
    pub(crate) template: Named,
    /// How many rows there are below the headings.
    pub(crate) rows: u64,
    /// The columns in their order; the form sends their meanings as `column-1`, `column-2` and so on.
    pub(crate) columns: Vec<ImportColumn>,
    /// What stands in the way of going on; told after a try.
    pub(crate) problems: Vec<ColumnsProblem>,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportColumn {
    /// What stands in the first row.
    pub(crate) heading: String,
    /// The first values below it, at most three.
    pub(crate) samples: Vec<String>,
    /// What it is taken for.
    pub(crate) meaning: ColumnMeaning,
}

choices! {
    /// What a column holds.
    ColumnMeaning {
        /// Nothing that is wanted.
        Skip "skip" "Leave out";
        /// The first name.
        FirstName "first_name" "First name";
        /// The last name.
        LastName "last_name" "Last name";
        /// First and last name.
        WholeName "name" "Whole name";
        /// The mail address.
        Mail "mail" "Mail address";
        /// The language: `en` or `de`.
        Locale "locale" "Language";
        /// The date on the credential.
        IssuedAt "issued_at" "Issued on";
        /// Until when it is valid.
        ExpiresAt "expires_at" "Valid until";
        /// What the issuer's own records call them.
        ExternalId "external_id" "External id";
        /// Whether this is somebody who tries things out.
        Test "test" "Test recipient";
        /// When the credential was revoked: such a row is left out.
        RevokedAt "revoked_at" "Revoked on";
    }
}

/// What is wrong with the meanings of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnsProblem {
    /// No column has the mail address.
    NoMail,
    /// No column has the name.
    NoName,
    /// Two columns have the same meaning.
    Twice(ColumnMeaning),
}

impl Page for ImportColumnsPage {
    fn heading(&self) -> String {
        "What the columns mean".into()
    }

    fn status(&self) -> u16 {
        if self.problems.is_empty() { 200 } else { 422 }
    }
}

impl ImportColumnsPage {
    fn rows(&self) -> String {
        counted(self.rows, "row", "rows")
    }

    fn address(&self) -> String {
        self.frame.below(paths::IMPORT, &format!("{}/columns", self.id))
    }
}

impl ColumnsProblem {
    fn sentence(self) -> String {
        match self {
            Self::NoMail => "No column has the mail address. Choose “Mail address” for the one that does.".into(),
            Self::NoName => {
                "No column has the name. Choose “Whole name” for one column, or “First name” and “Last name” for two."
                    .into()
            }
            Self::Twice(meaning) => format!("Choose “{}” for one column only.", meaning.label()),
        }
    }
}
