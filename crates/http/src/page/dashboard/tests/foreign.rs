//! A16: what another organization has is not there, wherever it is named. Each time those whose it is do the same, and it
//! is: so it was named rightly.

use symbolon_domain::administrator::Role;

use super::{
    coverage::{NOBODY, guarded},
    import::{FILE, draft, imported, send, work},
    office::{Clerk, Office},
};
use crate::{
    page::dashboard::DashboardRoute,
    test_app::{Answer, Badge, Key},
    test_person::Person,
};

/// What is done to one recipient.
const ACTS: [&str; 9] = [
    "send-again",
    "correct-address",
    "dismiss-request",
    "approve-request",
    "reset",
    "replace",
    "revoke-access",
    "revoke-credential",
    "delete",
];
/// What is done to many.
const BULK_ACTS: [&str; 5] = [
    "send_again",
    "reset",
    "revoke_access",
    "revoke_credential",
    "delete",
];

/// Words that stand on their pages alone.
const WORDS: [&str; 4] = ["Difference Engines", "Looms", "joseph@", "basile@"];

/// Another organization, with one of everything.
struct Neighbours<'a> {
    key: Key,
    owner: Clerk<'a>,
    template: String,
    /// Somebody who has asked for a reset.
    badge: Badge,
    /// When that was.
    asked: String,
    draft: String,
    job: String,
    invited: String,
    colleague: String,
    session: String,
}

impl<'a> Neighbours<'a> {
    async fn of(office: &'a Office) -> Self {
        let key = office.app.organization("Difference Engines").await;
        let organization = office.app.owner(&key).await;
        let template = office.app.template(&key, "Looms").await;
        let badge = office.app.badge(&key, &template, "joseph@example.org").await;
        ask_for_a_reset(office, &badge).await;
        let asked = office.app.now().as_millis().to_string();
        let (_, owner) = office
            .joined(&organization, "basile@example.org", Role::Owner)
            .await;
        let (colleague, _) = office
            .joined(&organization, "philippe@example.org", Role::Viewer)
            .await;
        let (invited, _) = office
            .invited(&organization, "jean@example.org", Role::Viewer)
            .await;
        let job = imported(&owner, &template, FILE.as_bytes(), &[]).await;
        work(office).await;
        let draft = draft(&owner, &template, FILE.as_bytes()).await;
        let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        // Another browser of their owner's.
        office.signed_in("basile@example.org").await;
        let account = owner.open("/dashboard/settings/account").await;
        let (before, _) = account.text.split_once("/end\"").expect("another session");
        Self {
            session: last(before),
            key,
            template,
            badge,
            asked,
            draft: last(&draft),
            job: last(&job),
            invited: invited.to_string(),
            colleague: colleague.to_string(),
            owner,
        }
    }

    /// What the id in this address is an id of.
    fn id(&self, path: &str) -> String {
        match path
            .strip_prefix("/dashboard/")
            .unwrap()
            .split('/')
            .next()
            .unwrap()
        {
            "developers" => self.key.id.to_string(),
            "templates" => self.template.clone(),
            "import" => self.draft.clone(),
            "jobs" => self.job.clone(),
            "recipients" => self.badge.id.clone(),
            "settings" if path.contains("/sessions/") => self.session.clone(),
            "settings" if path.contains("/invite-again") => self.invited.clone(),
            "settings" if path.contains("/administrators/") => self.colleague.clone(),
            _ => panic!("nobody knows whose id {path} has"),
        }
    }

    /// All that they see of what they have.
    async fn see(&self) -> Vec<String> {
        let mut pages = Vec::new();
        for path in [
            format!("/dashboard/developers/{}", self.key.id),
            format!("/dashboard/templates/{}", self.template),
            format!("/dashboard/import/{}/columns", self.draft),
            format!("/dashboard/jobs/{}", self.job),
            format!("/dashboard/recipients/{}", self.badge.id),
            "/dashboard/recipients".to_owned(),
            "/dashboard/reset-requests".to_owned(),
            "/dashboard/jobs".to_owned(),
            "/dashboard/activity".to_owned(),
            "/dashboard/settings/administrators".to_owned(),
            "/dashboard/settings/account".to_owned(),
        ] {
            pages.push(self.owner.open(&path).await.expect(200).text.clone());
        }
        pages
    }
}

/// Another than who has claimed it asks.
async fn ask_for_a_reset(office: &Office, badge: &Badge) {
    Person::new(&office.app)
        .connect(&badge.link, "thief")
        .await
        .expect(200);
    let asking = Person::new(&office.app);
    let refused = asking.connect(&badge.link, "rightful").await;
    let csrf = Person::csrf(refused.expect(409));
    asking
        .post("/access/reset-request", &[("csrf", &csrf)])
        .await
        .expect(303);
}

/// The addresses of a page with an id: one, or one for every act.
fn addresses(route: &DashboardRoute, id: &str) -> Vec<String> {
    let path = route.path.replace("{id}", id);
    let acts = ACTS
        .iter()
        .filter(|act| !act.ends_with("-request") || route.method == "POST");
    if path.contains("{act}") {
        acts.map(|act| path.replace("{act}", act)).collect()
    } else {
        vec![path]
    }
}

/// Opens it, or sends a form that has everything any of them needs.
async fn ask(clerk: &Clerk<'_>, method: &str, path: &str, asked: &str) -> Answer {
    let fields = [
        ("asked", asked),
        ("mail", "jacquard@example.org"),
        ("name", "Looms of another kind"),
        ("kind", "certificate"),
        ("role", "administrator"),
        ("description", "Another"),
        ("grace_seconds", "0"),
        ("descendants", "true"),
        ("column-1", "first_name"),
        ("column-2", "last_name"),
        ("column-3", "mail"),
        ("column-4", "skip"),
    ];
    match method {
        "GET" => clerk.get(path).await,
        _ => clerk.post(path, &fields).await,
    }
}

/// The page without the number that each has.
fn unnumbered(answer: &Answer) -> String {
    answer.text.replace(answer.header("x-request-id").unwrap(), "")
}

#[actix_web::test]
async fn what_others_have_is_not_there() {
    let office = Office::open().await;
    let neighbours = Neighbours::of(&office).await;
    let owner = office.owner().await;
    let before = neighbours.see().await;
    let with_id: Vec<_> = guarded()
        .map(|(route, _)| route)
        .filter(|route| route.path.contains("{id}"))
        .collect();
    for route in &with_id {
        let (foreign, absent) = (
            addresses(route, &neighbours.id(route.path)),
            addresses(route, NOBODY),
        );
        for (foreign, absent) in foreign.iter().zip(&absent) {
            let (method, there) = (
                route.method,
                ask(&owner, route.method, foreign, &neighbours.asked).await,
            );
            assert_eq!(there.status, 404, "{method} {foreign}: {}", there.text);
            let nowhere = ask(&owner, method, absent, &neighbours.asked).await;
            assert_eq!(unnumbered(&there), unnumbered(&nowhere), "{method} {foreign}");
        }
    }
    assert_eq!(neighbours.see().await, before);
    for route in &with_id {
        for path in addresses(route, &neighbours.id(route.path)) {
            let theirs = ask(&neighbours.owner, route.method, &path, &neighbours.asked).await;
            assert!(
                matches!(theirs.status, 200 | 303 | 422),
                "{} {path}: {} {}",
                route.method,
                theirs.status,
                theirs.text
            );
        }
    }
    let done = office.app.actions(neighbours.key.organization).await;
    for action in [
        "token.revoked",
        "template.paused",
        "recipient.deleted",
        "administrator.removed",
    ] {
        assert!(done.contains(&action), "{action} in {done:?}");
    }
}

#[actix_web::test]
async fn what_others_have_cannot_be_named_in_a_form() {
    let office = Office::open().await;
    let neighbours = Neighbours::of(&office).await;
    let owner = office.owner().await;
    let before = neighbours.see().await;
    let (template, badge) = (neighbours.template.as_str(), neighbours.badge.id.as_str());

    let recipient = [
        ("template", template),
        ("first_name", "Marie"),
        ("mail", "marie@example.org"),
    ];
    owner
        .post("/dashboard/recipients/new", &recipient)
        .await
        .expect(422);
    send(&owner, template, FILE.as_bytes()).await.expect(422);
    for act in BULK_ACTS {
        let chosen = [("act", act), ("scope", "chosen"), ("id", badge), ("confirm", "1")];
        let all = [
            ("act", act),
            ("scope", "filter"),
            ("template", template),
            ("confirm", "1"),
        ];
        for wish in [chosen, all] {
            for path in ["/dashboard/recipients/bulk", "/dashboard/recipients/bulk/start"] {
                let answer = owner.post(path, &wish).await;
                let told = match answer.header("location") {
                    Some(to) => owner.open(to).await,
                    None => answer,
                };
                work(&office).await;
                for word in WORDS {
                    assert!(!told.text.contains(word), "{path} {wish:?}: {word}");
                }
            }
        }
    }
    let answer = async |clerk: &Clerk<'_>, act: &str| {
        let fields = [("id", badge), ("act", act), ("asked", neighbours.asked.as_str())];
        let answer = clerk.post("/dashboard/reset-requests", &fields).await;
        answer.expect(303).header("location").unwrap().to_owned()
    };
    for act in ["approve", "dismiss"] {
        assert_eq!(
            answer(&owner, act).await,
            "/dashboard/reset-requests?done=request-gone"
        );
    }
    assert_eq!(neighbours.see().await, before);

    // They themselves can.
    let theirs = &neighbours.owner;
    assert_eq!(
        answer(theirs, "approve").await,
        "/dashboard/reset-requests?done=access-reset"
    );
    theirs
        .post("/dashboard/recipients/new", &recipient)
        .await
        .expect(303);
    send(theirs, template, FILE.as_bytes()).await.expect(303);
    let wish = [("act", "revoke_access"), ("scope", "chosen"), ("id", badge)];
    theirs
        .post("/dashboard/recipients/bulk/start", &wish)
        .await
        .expect(303);
    work(&office).await;
    let actions = office.app.actions(neighbours.key.organization).await;
    assert!(actions.contains(&"access.revoked"), "{actions:?}");
}

#[actix_web::test]
async fn what_others_have_cannot_be_asked_for() {
    let office = Office::open().await;
    let neighbours = Neighbours::of(&office).await;
    let owner = office.owner().await;
    let (template, badge, job) = (&neighbours.template, &neighbours.badge.id, &neighbours.job);
    for path in [
        format!("/dashboard/recipients?template={template}"),
        format!("/dashboard/recipients?after={badge}"),
        format!("/dashboard/recipients?before={badge}"),
        format!("/dashboard/recipients.csv?template={template}"),
        format!("/dashboard/recipients/new?template={template}"),
        format!("/dashboard/import?template={template}"),
        format!("/dashboard/import/template.csv?template={template}"),
        format!("/dashboard/reset-requests?after=0.{badge}"),
        format!("/dashboard/jobs?after={job}"),
        format!("/dashboard/jobs?before={job}"),
        "/dashboard/recipients?q=joseph".to_owned(),
        "/dashboard/activity".to_owned(),
        "/dashboard/activity.jsonl".to_owned(),
        "/dashboard/settings/administrators".to_owned(),
        "/dashboard/developers?show=all".to_owned(),
        "/dashboard/templates".to_owned(),
        "/dashboard".to_owned(),
    ] {
        let page = owner.open(&path).await;
        for word in WORDS {
            assert!(!page.expect(200).text.contains(word), "{path}: {word}");
        }
    }
    let theirs = neighbours.owner.open("/dashboard/recipients?q=joseph").await;
    assert!(
        theirs.text.contains("joseph@") && theirs.text.contains("Looms"),
        "the words are those of their pages"
    );
}
