//! The sample data of the demonstration, made by the same use cases as any other.

use symbolon_domain::{
    administrator::Role,
    id::{OrganizationId, RecipientId, TemplateId},
    organization::{Organization, RevealPolicy},
    permissions::Permissions,
    recipient::Locale,
    secret::AdministratorLinkSecret,
    service::{
        administration::team::{InviteAdministrator, Invited},
        caller::Authority,
        create_organization::CreateOrganization,
        create_template::CreateTemplate,
        create_token::{CreateToken, LifeRequest, MadeToken},
        issue_credentials::{CredentialWish, ExpiryWish, IssueCredentials, IssueCredentialsError, Issued},
    },
    template::{Template, TemplateKind, Validity},
    text::{
        Description, MailAddress, OrganizationName, PersonName, TemplateDescription, TemplateName, TextError,
    },
};

use super::super::{organizations, tokens};
use crate::{assembly::Assembly, failure::Failure};

/// Who issues.
pub(super) const NAME: &str = "Analytical Engines Institute";
const CONTACT: &str = "office@analytical-engines.example";
/// Who administers it.
const OWNER: &str = "you@analytical-engines.example";

const CERTIFICATE: &str = "Programming the Analytical Engine";
const CERTIFICATE_ABOUT: &str = "Wrote programs for a machine with store, mill and punched cards: loops, conditional \
                                 steps, and the numbers of Bernoulli.";
const BADGE: &str = "Compiler Pioneer";
const BADGE_ABOUT: &str = "Taught a machine to translate what people write into what machines do.";
/// Two years.
const BADGE_DAYS: i64 = 730;

/// What the tour speaks of.
pub(super) struct Sample {
    pub(super) organization: OrganizationId,
    /// It has all permissions.
    pub(super) token: MadeToken,
    /// Lets an owner into the dashboard, once.
    pub(super) invitation: AdministratorLinkSecret,
    pub(super) badge: TemplateId,
    /// Ada Lovelace, who was issued a certificate.
    pub(super) ada: RecipientId,
}

/// Fills an empty database. The mails are on their way when this returns.
pub(super) async fn fill(assembly: &Assembly) -> Result<Sample, Failure> {
    let request = CreateOrganization {
        name: OrganizationName::parse(NAME).map_err(wrong)?,
        contact: MailAddress::parse(CONTACT).map_err(wrong)?,
        url: None,
        reveal_policy: RevealPolicy::Always,
    };
    let (organization, token) = organizations::make(assembly, request).await?;
    let reader = CreateToken {
        authority: Authority::Operator(&organization),
        description: Some(Description::parse("Read-only, for the website").map_err(wrong)?),
        permissions: Some(Permissions::READ),
        life: LifeRequest::Days(30),
        request: None,
    };
    reader.run(&assembly.ports).await.map_err(tokens::refused)?;

    let invite = InviteAdministrator {
        authority: Authority::Operator(&organization),
        mail: MailAddress::parse(OWNER).map_err(wrong)?,
        role: Role::Owner,
    };
    let Invited::Done(_, invitation) = invite.run(&assembly.ports).await? else {
        return Err(Failure::new("the sample data: nobody was invited"));
    };

    let certificate = template(
        assembly,
        &organization,
        TemplateKind::Certificate,
        CERTIFICATE,
        CERTIFICATE_ABOUT,
        None,
    );
    let certificate = certificate.await?;
    let two_years = Validity::from_days(BADGE_DAYS).ok();
    let badge = template(
        assembly,
        &organization,
        TemplateKind::Badge,
        BADGE,
        BADGE_ABOUT,
        two_years,
    );
    let badge = badge.await?;

    let wishes = vec![
        wish(&certificate, ("Ada", "Lovelace"), Locale::English)?,
        wish(&badge, ("Grace", "Hopper"), Locale::English)?,
        wish(&certificate, ("Konrad", "Zuse"), Locale::German)?,
    ];
    let issue = IssueCredentials {
        authority: Authority::Operator(&organization),
        wishes,
        request: None,
    };
    let issued = issue.run(&assembly.ports).await.map_err(refused)?;
    let Some(Issued::Made(ada)) = issued.first() else {
        return Err(Failure::new(
            "the sample data: nothing was issued to Ada Lovelace",
        ));
    };
    Ok(Sample {
        organization: organization.id,
        token,
        invitation,
        badge: badge.id,
        ada: ada.dossier.recipient.id,
    })
}

async fn template(
    assembly: &Assembly,
    organization: &Organization,
    kind: TemplateKind,
    name: &str,
    description: &str,
    validity: Option<Validity>,
) -> Result<Template, Failure> {
    let create = CreateTemplate {
        authority: Authority::Operator(organization),
        kind,
        name: TemplateName::parse(name).map_err(wrong)?,
        description: Some(TemplateDescription::parse(description).map_err(wrong)?),
        validity,
    };
    let made = create.run(&assembly.ports).await?;
    made.ok_or_else(|| Failure::new("the sample data: the organization is gone"))
}

/// A credential for somebody whose mail address is made of their name.
fn wish(template: &Template, (first, last): (&str, &str), locale: Locale) -> Result<CredentialWish, Failure> {
    let mail = format!("{first}.{last}@example.org").to_lowercase();
    Ok(CredentialWish {
        template: template.id,
        mail: MailAddress::parse(&mail).map_err(wrong)?,
        first_name: PersonName::parse(first).map_err(wrong)?,
        last_name: Some(PersonName::parse(last).map_err(wrong)?),
        issued_at: None,
        expiry: ExpiryWish::Template,
        locale,
        external_id: None,
        is_test: false,
        suppress_mail: false,
    })
}

fn wrong(error: TextError) -> Failure {
    Failure::new(format!("the sample data: {error}"))
}

fn refused(error: IssueCredentialsError) -> Failure {
    match error {
        IssueCredentialsError::Fault(fault) => fault.into(),
        IssueCredentialsError::KeyTaken | IssueCredentialsError::OrganizationCancelled => {
            Failure::new(format!("the sample data: {error}"))
        }
    }
}
