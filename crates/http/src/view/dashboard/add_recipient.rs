//! Adding one recipient by hand.

use askama::Template;

use super::{
    super::frame::Page, field::Field, frame::DashboardFrame, named::Named, paths,
    template_choices::TemplateChoices,
};

/// The form for a new recipient.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/add_recipient.html")]
pub(crate) struct AddRecipientPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// The templates to choose from; without any there is nothing to award yet.
    pub(crate) templates: TemplateChoices,
    /// The id of the template.
    pub(crate) template: Field,
    /// The first name.
    pub(crate) first_name: Field,
    /// The last name.
    pub(crate) last_name: Field,
    /// The mail address.
    pub(crate) mail: Field,
    /// `en` or `de`.
    pub(crate) locale: Field,
    /// The day on the credential, as `2026-03-05`.
    pub(crate) issued_at: Field,
    /// The last day of its validity, or empty: then the template says.
    pub(crate) expires_at: Field,
    /// What the issuer's own records call them.
    pub(crate) external_id: Field,
    /// Whether no mail is to be sent.
    pub(crate) no_mail: bool,
    /// Whether it is who looks, to try things out: from `?test=1`, with their own name and mail address.
    pub(crate) is_test: bool,
    /// Somebody on the template has this mail address already: their id and name.
    pub(crate) duplicate: Option<Named>,
}

impl Page for AddRecipientPage {
    fn heading(&self) -> String {
        if self.is_test {
            "Add yourself as a test recipient".into()
        } else {
            "Add recipient".into()
        }
    }

    fn status(&self) -> u16 {
        let fields = [
            &self.template,
            &self.first_name,
            &self.last_name,
            &self.mail,
            &self.locale,
            &self.issued_at,
            &self.expires_at,
            &self.external_id,
        ];
        if self.duplicate.is_none() && fields.into_iter().all(Field::is_good) {
            200
        } else {
            422
        }
    }
}

/// The languages to choose from.
fn languages() -> Vec<(String, String)> {
    [("en", "English"), ("de", "German")]
        .map(|(tag, name)| (tag.to_owned(), name.to_owned()))
        .into()
}
