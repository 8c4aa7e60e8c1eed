//! Where most tests begin: an organization that has awarded one certificate.

use std::ops::Deref;

use symbolon_tests::{Kind, Office, Person, Site, Spot};

/// An office with its owner, a template, and Ada, who has her mail.
pub(crate) struct Scene {
    pub(crate) office: Office,
    pub(crate) owner: Person,
    /// The id of the template.
    pub(crate) template: String,
    /// Ada's id.
    pub(crate) ada: String,
    /// The link in her mail.
    pub(crate) link: String,
}

impl Scene {
    pub(crate) const TEMPLATE: &str = "First aid";
    pub(crate) const ADA: &str = "Ada Lovelace";
    pub(crate) const MAIL: &str = "countess@example.org";

    pub(crate) async fn set(site: Site) -> Self {
        let office = Office::open(site).await;
        let owner = office.owner().await;
        let template = office.template(&owner, "certificate", Self::TEMPLATE).await;
        let ada = ["Ada", "Lovelace", Self::MAIL];
        let (ada, link) = office.recipient(&owner, &template, ada).await;
        Self {
            office,
            owner,
            template,
            ada,
            link,
        }
    }

    /// One on the built-in database, where the other makes no difference.
    pub(crate) async fn small() -> Self {
        Self::set(Site::new(Kind::Sqlite)).await
    }

    /// The owner goes to Ada's page as people do: by the tab, and a click at her name.
    pub(crate) async fn select_ada(&self) {
        self.owner.goto(&self.office.url("/dashboard")).await;
        self.owner.click(Spot::Link("Recipients")).await;
        self.owner.sees("Recipients").await;
        self.owner.click(Spot::Link(Self::ADA)).await;
        self.owner.sees(Self::ADA).await;
    }

    /// The owner acts on Ada, whose page they see: the button with the dots, and that of the dialog.
    pub(crate) async fn act(&self, verb: &str) {
        self.owner.click(Spot::Link(&format!("{verb}…"))).await;
        self.owner.click(Spot::Button(verb)).await;
    }

    /// The owner has Ada's token and link shown. Returns both.
    pub(crate) async fn reveal(&self) -> (String, String) {
        self.owner.click(Spot::Button("Show token and link")).await;
        (self.owner.text("#token").await, self.owner.text("#link").await)
    }

    /// Somebody new opens Ada's link and connects.
    pub(crate) async fn claimed_by(&self, account: &str) -> Person {
        let person = Person::new().await;
        person.claim(&self.link, account).await;
        person
    }
}

impl Deref for Scene {
    type Target = Office;

    fn deref(&self) -> &Office {
        &self.office
    }
}
