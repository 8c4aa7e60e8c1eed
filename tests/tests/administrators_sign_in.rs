//! Administrators and a sign-in provider, with a real browser and a certified provider.
#![cfg(test)]

use serde_json::json;
use symbolon_tests::{OpenId, Person, Site, Spot, Stage, on_both};

on_both!(
    an_owner_connects_an_account_and_signs_in_with_it,
    a_stranger_with_an_account_is_refused,
    who_is_invited_joins_with_an_account,
    who_is_signed_in_proves_it_again_at_the_provider,
    a_recipients_account_opens_no_dashboard,
);

const PASSWORD: &str = "nine kettles by the lake";
const GUARDED: &str = "/dashboard/settings/account/second-factor";

/// A service whose provider is for administrators too, and Ada, its owner, who has joined with a password.
struct Office {
    stage: Stage,
    open_id: OpenId,
    ada: Person,
}

impl Office {
    async fn open(site: Site) -> Self {
        let open_id = OpenId::start().await;
        let mut provider = Stage::provider("example", Stage::PROVIDER, open_id.issuer());
        provider["administrators"] = json!(true);
        let stage = Stage::set(site, Stage::ISSUER, &[provider]).await;
        open_id.allow(&stage.callback("example")).await;
        let ada = Person::new().await;
        let office = Self { stage, open_id, ada };
        let link = office.invite("ada@example.org", "owner");
        office.ada.goto(&link).await;
        office.ada.sees("Join Analytical Engines").await;
        office.ada.fill(Spot::Field("Your name"), "Ada Lovelace").await;
        office.ada.fill(Spot::Field("Password"), PASSWORD).await;
        office.ada.click(Spot::Button("Accept and sign in")).await;
        office.ada.sees(Stage::ISSUER).await;
        office
    }

    /// Invites somebody at the command line, and returns the link.
    fn invite(&self, mail: &str, role: &str) -> String {
        let made = self.stage.site.json(&[
            "administrators",
            "invite",
            mail,
            "--organization",
            &self.stage.issuer.key.organization,
            "--role",
            role,
        ]);
        // The command does not know where the service listens.
        let (_, secret) = made["link"].as_str().unwrap().rsplit_once('/').unwrap();
        self.stage.url(&format!("/dashboard/link/{secret}"))
    }

    /// Ada connects her account at the provider.
    async fn connect(&self) {
        let account = self.stage.url("/dashboard/settings/account");
        self.ada.goto(&account).await;
        self.ada.click(Spot::Button("Connect Example ID")).await;
        self.ada.click(Spot::Button("Ada Lovelace")).await;
        self.ada.sees("Your account").await;
        let read = self.ada.reads().await;
        assert!(read.contains("The account is connected"), "{read}");
        assert!(
            read.contains("You can sign in with Example ID (a…@example.org)."),
            "{read}"
        );
    }

    async fn was_safe(&self, person: &Person) {
        person
            .was_safe(&[self.stage.url("").as_str(), self.open_id.issuer()])
            .await;
    }
}

async fn an_owner_connects_an_account_and_signs_in_with_it(site: Site) {
    let office = Office::open(site).await;
    office.connect().await;
    let ada = &office.ada;
    ada.click(Spot::Button("Sign out")).await;
    ada.sees("Sign in").await;
    ada.goto(&office.stage.url("/dashboard/templates")).await;
    ada.sees("Sign in").await;
    ada.click(Spot::Button("Continue with Example ID")).await;
    // The provider remembers her: there is nothing to choose.
    ada.sees("Templates").await;
    assert_eq!(
        ada.current_url().await.as_str(),
        office.stage.url("/dashboard/templates")
    );
    // The two sites share a browser; the session is a dashboard's and nobody else's.
    assert!(!ada.has_session().await);
    assert_eq!(ada.cookie("symbolon-departure").await, None);
    let elsewhere = Person::new().await;
    elsewhere.goto(&office.stage.url("/dashboard/sign-in")).await;
    elsewhere.click(Spot::Button("Continue with Example ID")).await;
    elsewhere.click(Spot::Button("Ada Lovelace")).await;
    elsewhere.sees(Stage::ISSUER).await;
    office.was_safe(ada).await;
    office.was_safe(&elsewhere).await;
}

async fn a_stranger_with_an_account_is_refused(site: Site) {
    let office = Office::open(site).await;
    office.connect().await;
    // The mail address is nothing to go by.
    let claims = json!({ "email": "ada@example.org" });
    office.open_id.claims("grace", &claims).await;
    let grace = Person::new().await;
    grace.goto(&office.stage.url("/dashboard/sign-in")).await;
    grace.click(Spot::Button("Continue with Example ID")).await;
    grace.click(Spot::Button("Grace Hopper")).await;
    grace.sees("Sign in").await;
    let problem = grace.text(".problem").await;
    assert_eq!(
        problem,
        "Nobody has connected this Example ID account. Sign in with your password, and connect it under Settings, Your \
         account."
    );
    assert_eq!(grace.cookie("symbolon-dashboard").await, None);
    grace.goto(&office.stage.url("/dashboard/templates")).await;
    grace.sees("Sign in").await;
    let hesitant = Person::new().await;
    hesitant.goto(&office.stage.url("/dashboard/sign-in")).await;
    hesitant.click(Spot::Button("Continue with Example ID")).await;
    hesitant.click(Spot::Button("Cancel")).await;
    hesitant.sees("Sign in").await;
    assert_eq!(
        hesitant.text(".problem").await,
        "Example ID did not say who you are. Try again, or use a password."
    );
    office.was_safe(&grace).await;
    office.was_safe(&hesitant).await;
}

async fn who_is_invited_joins_with_an_account(site: Site) {
    let office = Office::open(site).await;
    let link = office.invite("grace@example.org", "viewer");
    let grace = Person::new().await;
    grace.goto(&link).await;
    grace.sees("Join Analytical Engines").await;
    grace.click(Spot::Button("Continue with Example ID")).await;
    grace.click(Spot::Button("Grace Hopper")).await;
    grace.sees("Your account").await;
    let read = grace.reads().await;
    assert!(read.contains("You have joined"), "{read}");
    assert!(read.contains("You have none yet"), "{read}");
    grace.fill(Spot::Field("Name"), "Grace Hopper").await;
    grace.click(Spot::Button("Save the name")).await;
    grace.sees("Your account").await;
    grace.click(Spot::Button("Sign out")).await;
    grace.sees("Sign in").await;
    grace.click(Spot::Button("Continue with Example ID")).await;
    grace.sees(Stage::ISSUER).await;
    assert!(grace.reads().await.contains("Grace Hopper"));
    // The link has done its work.
    let late = Person::new().await;
    late.goto(&link).await;
    assert_eq!(late.status().await, 404);
    office.was_safe(&grace).await;
}

/// A certified provider asks anew where it is told to, and says so.
async fn who_is_signed_in_proves_it_again_at_the_provider(site: Site) {
    let office = Office::open(site).await;
    office.connect().await;
    let ada = &office.ada;
    let confirm = office.stage.url(&format!("/dashboard/confirm?next={GUARDED}"));
    ada.goto(&confirm).await;
    ada.sees("Confirm that it is you").await;
    let session = ada.cookie("symbolon-dashboard").await;
    ada.click(Spot::Button("Continue with Example ID")).await;
    // It knows her, and asks all the same.
    ada.click(Spot::Button("Ada Lovelace")).await;
    ada.wait_for_url("the page behind", |url| url.path() == GUARDED)
        .await;
    assert_ne!(ada.cookie("symbolon-dashboard").await, session);
    ada.goto(&confirm).await;
    ada.click(Spot::Button("Continue with Example ID")).await;
    ada.click(Spot::Button("Grace Hopper")).await;
    ada.sees("Confirm that it is you").await;
    let problem = ada.text(".problem").await;
    assert!(
        problem.starts_with("That is not the Example ID account that you have connected."),
        "{problem}"
    );
    office.was_safe(ada).await;
}

async fn a_recipients_account_opens_no_dashboard(site: Site) {
    let office = Office::open(site).await;
    office.connect().await;
    let badge = office.stage.invite_ada().await;
    // The same person at the provider, as a recipient.
    let person = Person::new().await;
    person.claim(&badge.link, "Ada Lovelace").await;
    person.sees("Programming").await;
    assert!(person.has_session().await);
    person.goto(&office.stage.url("/dashboard")).await;
    person.sees("Sign in").await;
    assert_eq!(person.cookie("symbolon-dashboard").await, None);
    office.was_safe(&person).await;
}
