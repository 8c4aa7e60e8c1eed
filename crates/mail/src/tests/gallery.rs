//! All mails and notices, rendered. Shared with the gallery.

use symbolon_domain::{
    mail::MailKind,
    recipient::Locale,
    template::TemplateKind,
    text::{OrganizationName, PersonName, TemplateName},
};
use symbolon_mail::Rendered;

use super::{
    notice_sample::{NoticeSample, subjects},
    sample::Sample,
};

/// Every mail and notice, and one of each with names that are hard to lay out, by their names.
pub(crate) fn all() -> Vec<(String, Rendered)> {
    let mut all: Vec<_> = Sample::all()
        .into_iter()
        .map(|(name, sample)| (name, sample.rendered()))
        .collect();
    all.push(("hostile".to_owned(), hostile().rendered()));
    all.extend(
        NoticeSample::all()
            .into_iter()
            .map(|(name, sample)| (name, sample.rendered())),
    );
    all.push(("notice-hostile".to_owned(), hostile_notice().rendered()));
    all
}

/// A notice full of names that are no names.
pub(crate) fn hostile_notice() -> NoticeSample {
    let [.., expires, _] = subjects();
    NoticeSample::new(expires).hostile()
}

/// A letter full of names that are no names.
pub(crate) fn hostile() -> Sample {
    let mut sample = Sample::new(MailKind::Access, TemplateKind::Certificate, Locale::English);
    let dossier = &mut sample.dossier;
    dossier.organization.name =
        OrganizationName::parse("<img src=x onerror=alert(1)> \"&\" {title} O’Neill").unwrap();
    dossier.template.name = TemplateName::parse(&format!(
        "</title></style><script>alert(1)</script>{}",
        "W".repeat(140)
    ))
    .unwrap();
    dossier.recipient.first_name = PersonName::parse("'\"><a href=javascript:alert(1)>").unwrap();
    sample
}
