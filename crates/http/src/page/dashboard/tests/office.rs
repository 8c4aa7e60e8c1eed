//! An organization with administrators of every role, and browsers in which they sit.

use symbolon_domain::{
    administrator::Role,
    id::AdministratorId,
    organization::{Organization, RevealPolicy},
    permissions::Permissions,
    service::{
        administration::{
            set_up,
            team::{InviteAdministrator, Invited},
        },
        caller::Authority,
        create_token::LifeRequest,
    },
    text::MailAddress,
};

use crate::{
    test_app::{Answer, Key, TestApp},
    test_person::Person,
};

pub(super) const PASSWORD: &str = "nine kettles by the lake";

/// An office: an application with one organization, which has a first owner.
pub(super) struct Office {
    pub(super) app: TestApp,
    pub(super) organization: Organization,
    /// A token of theirs with all permissions.
    pub(super) key: Key,
}

/// Somebody in the office, with a browser.
pub(super) struct Clerk<'a> {
    pub(super) person: Person<'a>,
}

impl Office {
    /// Ada sets it up.
    pub(super) async fn open() -> Self {
        Self::open_in(TestApp::start().await).await
    }

    /// The same in an application of the test's own.
    pub(super) async fn open_in(app: TestApp) -> Self {
        let organization = app
            .bare_organization("Analytical Engines", RevealPolicy::Always)
            .await;
        let key = app
            .token(&organization, Permissions::ALL, LifeRequest::Default)
            .await;
        let office = Self {
            app,
            organization,
            key,
        };
        let link = office.set_up_link().await.expect("nobody is there yet");
        let clerk = office.visitor();
        let page = clerk.open(&link).await;
        let done = clerk
            .submit(
                &page,
                "/dashboard/welcome",
                &[
                    ("organization_id", &office.organization.id.to_string()),
                    ("name", "Ada Lovelace"),
                    ("mail", "ada@example.org"),
                    ("password", PASSWORD),
                ],
            )
            .await;
        done.expect(303);
        office
    }

    /// The path of the link that is printed while there is nobody.
    pub(super) async fn set_up_link(&self) -> Option<String> {
        let secret = set_up::offer(&self.app.ports).await.unwrap()?;
        Some(format!("/dashboard/link/{}", secret.expose()))
    }

    /// A browser in which nobody is signed in.
    pub(super) fn visitor(&self) -> Clerk<'_> {
        Clerk {
            person: Person::new(&self.app),
        }
    }

    /// A browser in which the first owner is signed in.
    pub(super) async fn owner(&self) -> Clerk<'_> {
        self.signed_in("ada@example.org").await
    }

    /// A browser in which this person is signed in.
    pub(super) async fn signed_in(&self, mail: &str) -> Clerk<'_> {
        let clerk = self.visitor();
        let answer = clerk.sign_in(mail, PASSWORD).await;
        assert_eq!(answer.header("location"), Some("/dashboard"), "{}", answer.text);
        clerk
    }

    /// Somebody who has joined in this role, and their browser.
    pub(super) async fn colleague(&self, mail: &str, role: Role) -> (AdministratorId, Clerk<'_>) {
        self.joined(&self.organization, mail, role).await
    }

    /// Somebody who has joined an organization in this role, and their browser.
    pub(super) async fn joined(
        &self,
        organization: &Organization,
        mail: &str,
        role: Role,
    ) -> (AdministratorId, Clerk<'_>) {
        let (id, link) = self.invited(organization, mail, role).await;
        let clerk = self.visitor();
        let page = clerk.open(&link).await;
        let fields = [("name", "Grace Hopper"), ("password", PASSWORD)];
        clerk
            .submit(&page, "/dashboard/welcome", &fields)
            .await
            .expect(303);
        (id, clerk)
    }

    /// Somebody who is invited, and the path of their link.
    pub(super) async fn invite(&self, mail: &str, role: Role) -> (AdministratorId, String) {
        self.invited(&self.organization, mail, role).await
    }

    /// Somebody whom this organization has invited, and the path of their link.
    pub(super) async fn invited(
        &self,
        organization: &Organization,
        mail: &str,
        role: Role,
    ) -> (AdministratorId, String) {
        let inviting = InviteAdministrator {
            authority: Authority::Operator(organization),
            mail: MailAddress::parse(mail).unwrap(),
            role,
        };
        match inviting.run(&self.app.ports).await.unwrap() {
            Invited::Done(administrator, secret) => {
                (administrator.id, format!("/dashboard/link/{}", secret.expose()))
            }
            Invited::Not(reason) => panic!("{reason:?}"),
        }
    }

    /// The names of what was done, in order.
    pub(super) async fn actions(&self) -> Vec<&'static str> {
        self.app.actions(self.organization.id).await
    }
}

impl Clerk<'_> {
    /// Opens an address, and follows where it leads.
    pub(super) async fn open(&self, path: &str) -> Answer {
        self.person.open(path).await
    }

    /// Opens an address, without following.
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.person.get(path).await
    }

    /// Sends the form of a page that was opened.
    pub(super) async fn submit(&self, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = Person::csrf(page);
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.person.post(path, &all).await
    }

    /// Sends a form to an address, from a page of the dashboard.
    pub(super) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.open("/dashboard").await;
        self.submit(page.expect(200), path, fields).await
    }

    /// Does an act, and goes where it leads.
    pub(super) async fn act(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        let to = answer.expect(303).header("location").unwrap().to_owned();
        self.open(&to).await
    }

    /// Signs in with a password.
    pub(super) async fn sign_in(&self, mail: &str, password: &str) -> Answer {
        let page = self.open("/dashboard/sign-in").await;
        let fields = [("mail", mail), ("password", password)];
        self.submit(&page, "/dashboard/sign-in", &fields).await
    }

    /// The browser's session.
    pub(super) fn session(&self) -> Option<String> {
        let cookies = self.person.cookies.borrow();
        cookies.get("__Host-symbolon-dashboard").cloned()
    }
}
