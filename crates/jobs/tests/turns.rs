//! Jobs from their start to their end, over the store in memory: a turn at a time, stopped and taken up again anywhere.
#![expect(clippy::unwrap_used, reason = "what panics here only fails a test")]

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering},
};

use symbolon_contract::sample::{self, Samples, mail_address, person_name};
use symbolon_domain::{
    activity::{Action, Actor, Attribution},
    administrator::Administrator,
    administrator_link::LinkPurpose,
    id::{ID_ENTROPY, JobId, RecipientId},
    job::{Job, JobCounts, JobKind, JobOutcome, JobState},
    organization::Organization,
    page::PageRequest,
    port::{
        Ports,
        clock::Clock,
        recipients::{RecipientFilter, RecipientOrder, RecipientState},
    },
    service::{
        caller::Authority,
        issue_credentials::{CredentialWish, ExpiryWish, IssueCredentials},
    },
    template::Template,
    text::RevocationReason,
    time::Timestamp,
};
use symbolon_jobs::{Act, ActPlan, ImportPlan, Turned, Whom, prove, rejects, rejects_begun, take_turn};
use symbolon_spreadsheet::import::Field;
use symbolon_storage_memory::MemoryStore;
use symbolon_vault::{KeyRing, RingVault, SystemEntropy};

/// A clock that goes on by so much whenever it is looked at.
struct Ticking(AtomicI64, AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        let step = self.1.load(Ordering::SeqCst);
        Timestamp::from_millis(self.0.fetch_add(step, Ordering::SeqCst))
    }
}

struct Desk {
    ports: Ports,
    clock: Arc<Ticking>,
    sample: Samples,
    organization: Organization,
    template: Template,
    administrator: Administrator,
    jobs: AtomicU32,
}

impl Desk {
    async fn open() -> Self {
        let clock = Arc::new(Ticking(
            AtomicI64::new(sample::now().as_millis()),
            AtomicI64::new(0),
        ));
        let entropy = Arc::new(SystemEntropy::new());
        let ring = KeyRing::generate(entropy.as_ref(), clock.now()).unwrap();
        let vault = Arc::new(RingVault::new(&ring));
        let ports = Ports::over(Arc::new(MemoryStore::new()), clock.clone(), entropy, vault);
        let sample = Samples::default();
        let organization = sample.organization();
        let entry = sample.entry(organization.id, Action::OrganizationCreated);
        ports.organizations.insert(&organization, &entry).await.unwrap();
        let link = sample.link(LinkPurpose::SetUp);
        ports.administrators.offer_set_up(&link).await.unwrap();
        let founding = sample.founding(organization.id);
        ports
            .administrators
            .set_up(&link.digest, &founding, clock.now())
            .await
            .unwrap();
        let template = sample.template(organization.id);
        let entry = sample.entry(organization.id, Action::TemplateCreated);
        ports.templates.insert(&template, &entry).await.unwrap();
        Self {
            ports,
            clock,
            sample,
            organization,
            template,
            administrator: founding.administrator,
            jobs: AtomicU32::new(0),
        }
    }

    fn job(&self, kind: JobKind, plan: String, total: u64) -> Job {
        let number = u8::try_from(self.jobs.fetch_add(1, Ordering::SeqCst)).unwrap();
        let now = self.clock.now();
        Job {
            id: JobId::fresh(now, [number; ID_ENTROPY]),
            organization: self.organization.id,
            kind,
            template: Some(self.template.id),
            plan,
            by: Attribution {
                actor: Actor::Administrator(self.administrator.id),
                request_id: Some("a-request".to_owned()),
                address: None,
            },
            made_at: now,
            state: JobState::Waiting,
            total,
            counts: JobCounts::default(),
            cursor: None,
            began_at: None,
            ended_at: None,
            failure: None,
        }
    }

    async fn keep(&self, job: &Job, file: Option<&[u8]>) {
        assert!(self.ports.jobs.keep(job, file, None).await.unwrap());
    }

    async fn turn(&self) -> Turned {
        take_turn(&self.ports, &|| false).await.unwrap()
    }

    async fn look(&self, job: &Job) -> Job {
        let found = self.ports.jobs.find(self.organization.id, job.id).await;
        found.unwrap().expect("the job is kept")
    }

    async fn issue(&self, mails: &[String]) -> Vec<RecipientId> {
        let wishes = mails.iter().map(|mail| CredentialWish {
            template: self.template.id,
            mail: mail_address(mail),
            first_name: person_name("Ada"),
            last_name: None,
            issued_at: None,
            expiry: ExpiryWish::Never,
            locale: symbolon_domain::recipient::Locale::English,
            external_id: None,
            is_test: false,
            suppress_mail: true,
        });
        let issuing = IssueCredentials {
            authority: Authority::Operator(&self.organization),
            wishes: wishes.collect(),
            request: None,
        };
        let issued = issuing.run(&self.ports).await.unwrap();
        issued
            .into_iter()
            .map(|issued| match issued {
                symbolon_domain::service::issue_credentials::Issued::Made(made) => made.dossier.recipient.id,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    async fn count(&self, filter: &RecipientFilter) -> u64 {
        let page = PageRequest::new(1, 1);
        let listed = self
            .ports
            .recipients
            .list(self.organization.id, filter, RecipientOrder::default(), page)
            .await;
        listed.unwrap().total_count
    }
}

fn mails(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("person{number}@example.org"))
        .collect()
}

/// A file with so many good rows, and a bad one after every hundredth.
fn file(rows: usize) -> (String, usize) {
    let mut file = String::from("mail;name\r\n");
    let mut bad = 0;
    for (number, mail) in mails(rows).iter().enumerate() {
        file += &format!("{mail};\"Ada\r\n{number}\"\r\n").replace("\"Ada\r\n", "\"Ada ");
        if number % 100 == 99 {
            file += "nowhere;\"Nobody; at all\"\r\n";
            bad += 1;
        }
    }
    (file, bad)
}

#[tokio::test]
async fn an_import_in_many_turns_is_that_in_one() {
    let (file, bad) = file(1_000);
    // The clock stands still, or a turn lasts for one step only, or for a few.
    for tick in [0, 5_000, 300] {
        let desk = Desk::open().await;
        let plan = ImportPlan::suggested("people.csv".to_owned(), file.as_bytes()).unwrap();
        let job = desk.job(JobKind::Import, plan.written(), plan.rows);
        desk.keep(&job, Some(file.as_bytes())).await;
        desk.clock.1.store(tick, Ordering::SeqCst);
        let mut turns = 0;
        while desk.turn().await == Turned::Worked {
            turns += 1;
        }
        let done = desk.look(&job).await;
        assert_eq!(done.state, JobState::Done, "{done:?}");
        assert_eq!(turns > 1, tick > 0, "{turns} turns at {tick}");
        let failed = u64::try_from(bad).unwrap();
        assert_eq!((done.counts.done, done.counts.failed), (1_000, failed));
        assert_eq!(done.total, done.counts.dealt_with());
        assert_eq!(desk.count(&RecipientFilter::default()).await, 1_000);
        assert_eq!(
            desk.ports.jobs.file(job.organization, job.id).await.unwrap(),
            None,
            "the file is of no further use"
        );
        let results = desk
            .ports
            .jobs
            .results(job.organization, job.id, Some(JobOutcome::Failed), None, 100)
            .await
            .unwrap();
        let mut sheet = rejects_begun(&plan).unwrap();
        sheet.extend(rejects(&plan, &results).unwrap());
        let again = ImportPlan::suggested("again.csv".to_owned(), &sheet).unwrap();
        assert_eq!(again.rows, failed);
        assert_eq!(again.fields()[..2], [Some(Field::Mail), Some(Field::Name)]);
        assert!(String::from_utf8(sheet).unwrap().contains("Nobody; at all"));
    }
}

#[tokio::test]
async fn a_service_that_stops_leaves_the_rest_to_the_next() {
    let desk = Desk::open().await;
    let (file, _) = file(1_000);
    let plan = ImportPlan::suggested("people.csv".to_owned(), file.as_bytes()).unwrap();
    let job = desk.job(JobKind::Import, plan.written(), plan.rows);
    desk.keep(&job, Some(file.as_bytes())).await;
    let is_stopping = AtomicBool::new(true);
    let told = || is_stopping.load(Ordering::SeqCst);
    take_turn(&desk.ports, &told).await.unwrap();
    let halfway = desk.look(&job).await;
    assert_eq!(halfway.state, JobState::Running);
    assert!((1..1_000).contains(&halfway.counts.dealt_with()), "{halfway:?}");
    // It need not wait for the lease of whoever stopped.
    is_stopping.store(false, Ordering::SeqCst);
    assert_eq!(take_turn(&desk.ports, &told).await.unwrap(), Turned::Worked);
    assert_eq!(desk.look(&job).await.counts.done, 1_000);
}

#[tokio::test]
async fn two_jobs_take_turns() {
    let desk = Desk::open().await;
    let recipients = desk.issue(&mails(200)).await;
    let chosen = |whom: &[RecipientId]| ActPlan {
        act: Act::MailAgain,
        whom: Whom::Chosen(whom.to_vec()),
        about: String::new(),
    };
    let long = desk.job(JobKind::MailAgain, chosen(&recipients).written(), 200);
    desk.keep(&long, None).await;
    let short = desk.job(JobKind::MailAgain, chosen(&recipients[..1]).written(), 1);
    desk.keep(&short, None).await;
    // Each step takes longer than a turn; one more finds that nothing is left.
    desk.clock.1.store(3_000, Ordering::SeqCst);
    for _ in 0..4 {
        desk.turn().await;
    }
    assert_eq!(desk.look(&short).await.state, JobState::Done);
    assert_eq!(desk.look(&long).await.state, JobState::Running);
}

#[tokio::test]
async fn an_act_on_all_reaches_each_of_them_once() {
    for tick in [0, 3_000] {
        let desk = Desk::open().await;
        desk.issue(&mails(90)).await;
        let reason = RevocationReason::parse("Printed twice").unwrap();
        let filter = RecipientFilter {
            state: Some(RecipientState::Pending),
            ..RecipientFilter::default()
        };
        let plan = ActPlan {
            act: Act::RevokeCredential(Some(reason.clone())),
            whom: Whom::All(Box::new(filter.clone())),
            about: "All".to_owned(),
        };
        let job = desk.job(JobKind::RevokeCredential, plan.written(), 90);
        desk.keep(&job, None).await;
        desk.clock.0.fetch_add(1, Ordering::SeqCst);
        let late = desk.issue(&["late@example.org".to_owned()]).await;
        desk.clock.1.store(tick, Ordering::SeqCst);
        while desk.turn().await == Turned::Worked {}
        let done = desk.look(&job).await;
        assert_eq!((done.state, done.counts.done), (JobState::Done, 90), "{done:?}");
        assert_eq!(desk.count(&filter).await, 1, "only who came later");
        let late = desk
            .ports
            .recipients
            .find(desk.organization.id, late[0])
            .await
            .unwrap();
        assert_eq!(late.unwrap().recipient.revocation, None);
        let results = desk
            .ports
            .jobs
            .results(job.organization, job.id, None, None, 1_000)
            .await
            .unwrap();
        let places: Vec<_> = results.iter().map(|result| result.place).collect();
        assert_eq!(places, (1..=90).collect::<Vec<_>>());
        for result in results {
            let found = desk
                .ports
                .recipients
                .find(desk.organization.id, result.recipient.unwrap())
                .await;
            let revocation = found.unwrap().unwrap().recipient.revocation.unwrap();
            assert_eq!(revocation.reason.as_ref(), Some(&reason));
        }
    }
}

#[tokio::test]
async fn who_cannot_be_acted_on_is_told_by_name_and_reason() {
    let desk = Desk::open().await;
    let mut recipients = desk.issue(&mails(3)).await;
    let gone = desk.sample.entry(desk.organization.id, Action::RecipientDeleted);
    desk.ports
        .recipients
        .remove(desk.organization.id, recipients[0], &gone)
        .await
        .unwrap();
    recipients.rotate_left(1);
    for (kind, act, told) in [
        (
            JobKind::ResetAccess,
            Act::ResetAccess,
            ["Nobody has claimed it."; 2],
        ),
        (JobKind::DeleteRecipient, Act::DeleteRecipient, [""; 2]),
        (
            JobKind::RevokeAccess,
            Act::RevokeAccess,
            ["The recipient was deleted meanwhile."; 2],
        ),
    ] {
        let plan = ActPlan {
            act,
            whom: Whom::Chosen(recipients.clone()),
            about: String::new(),
        };
        let job = desk.job(kind, plan.written(), 3);
        desk.keep(&job, None).await;
        while desk.turn().await == Turned::Worked {}
        let results = desk
            .ports
            .jobs
            .results(job.organization, job.id, None, None, 10)
            .await
            .unwrap();
        let why: Vec<_> = results
            .iter()
            .map(|result| result.why.clone().unwrap_or_default())
            .collect();
        assert_eq!(why[..2], told, "{kind:?}");
        assert_eq!(why[2], "The recipient was deleted meanwhile.");
        let done = desk.look(&job).await;
        assert_eq!(done.counts.failed, 0);
        assert_eq!(
            done.counts.done,
            if kind == JobKind::DeleteRecipient { 2 } else { 0 }
        );
    }
}

#[tokio::test]
async fn what_cannot_be_understood_is_not_half_done() {
    let desk = Desk::open().await;
    desk.issue(&mails(2)).await;
    for (kind, plan) in [
        (JobKind::DeleteRecipient, "{}"),
        (JobKind::DeleteRecipient, "nonsense"),
        // A word of a later version: without it the filter would let everybody through.
        (
            JobKind::DeleteRecipient,
            r#"{"about":"","whom":{"all":{"colour":"red"}}}"#,
        ),
        (
            JobKind::DeleteRecipient,
            r#"{"about":"","whom":{"all":{"state":"asleep"}}}"#,
        ),
        (
            JobKind::DeleteRecipient,
            r#"{"about":"","whom":{"chosen":["x"]}}"#,
        ),
        (JobKind::Import, "{}"),
    ] {
        let job = desk.job(kind, plan.to_owned(), 2);
        desk.keep(&job, None).await;
        while desk.turn().await == Turned::Worked {}
        let failed = desk.look(&job).await;
        assert_eq!(failed.state, JobState::Failed, "{plan}");
        assert!(
            failed.failure.unwrap().contains("gain."),
            "{plan}: says what to do"
        );
    }
    assert_eq!(desk.count(&RecipientFilter::default()).await, 2);
}

#[tokio::test]
async fn a_check_finds_what_the_import_does() {
    let desk = Desk::open().await;
    desk.issue(&["held@example.org".to_owned()]).await;
    let file = "mail;name;until\n\
        ada@example.org;Ada Lovelace;\n\
        held@example.org;Held;\n\
        nowhere;Nobody;\n\
        ada@example.org;Ada Byron;\n\
        late@example.org;Late;1999-01-01\n\
        BOB@example.org;ALAN TURING;\n";
    let mut plan = ImportPlan::suggested("a.csv".to_owned(), file.as_bytes()).unwrap();
    plan.choose(&[Some(Field::Mail), Some(Field::Name), Some(Field::ExpiresAt)]);
    let proved = prove(&plan, file.as_bytes(), &desk.template, desk.clock.now()).unwrap();
    let check = proved.settled(&desk.ports, &desk.template).await.unwrap();
    let lines: Vec<_> = check
        .problems
        .iter()
        .filter(|one| one.is_bad)
        .map(|one| one.line)
        .collect();
    assert_eq!(lines, [3, 4, 5, 6]);
    assert_eq!((check.good, check.warned, check.bad, check.rows()), (1, 1, 4, 6));
    assert_eq!(
        check.sample.first().unwrap().1.mail,
        mail_address("ada@example.org")
    );

    let job = desk.job(JobKind::Import, plan.written(), plan.rows);
    desk.keep(&job, Some(file.as_bytes())).await;
    while desk.turn().await == Turned::Worked {}
    let counts = desk.look(&job).await.counts;
    assert_eq!(
        (counts.done, counts.failed),
        (check.good + check.warned, check.bad)
    );
}

#[tokio::test]
async fn what_an_act_applies_to_is_what_its_filters_let_through() {
    let desk = Desk::open().await;
    let ids = desk.issue(&mails(5)).await;
    let organization = desk.organization.id;
    let by = Authority::Operator(&desk.organization);
    symbolon_domain::service::change_access::RevokeAccess {
        authority: by,
        recipient: ids[0],
    }
    .run(&desk.ports)
    .await
    .unwrap();
    symbolon_domain::service::change_recipient::RevokeCredential {
        authority: by,
        recipient: ids[1],
        reason: None,
    }
    .run(&desk.ports)
    .await
    .unwrap();
    let token = desk
        .ports
        .recipients
        .find(organization, ids[2])
        .await
        .unwrap()
        .unwrap()
        .token;
    let entry = desk
        .sample
        .entry_about(&token, desk.template.id, Action::AccessClaimed);
    let record = symbolon_domain::port::access_tokens::AccessRecord {
        entry: &entry,
        mail: None,
    };
    let connection = desk.sample.connection();
    desk.ports
        .access
        .claim(token.id, &connection, record, desk.clock.now())
        .await
        .unwrap();
    let all = desk
        .ports
        .recipients
        .walk(organization, &RecipientFilter::default(), None, 10)
        .await
        .unwrap();
    let filters = [
        RecipientFilter::default(),
        RecipientFilter {
            state: Some(RecipientState::Pending),
            ..RecipientFilter::default()
        },
        RecipientFilter {
            state: Some(RecipientState::Accepted),
            ..RecipientFilter::default()
        },
        RecipientFilter {
            state: Some(RecipientState::Revoked),
            ..RecipientFilter::default()
        },
        RecipientFilter {
            access_revoked: Some(true),
            ..RecipientFilter::default()
        },
        RecipientFilter {
            access_revoked: Some(false),
            ..RecipientFilter::default()
        },
    ];
    let acts = [
        Act::MailAgain,
        Act::ResetAccess,
        Act::RevokeAccess,
        Act::RevokeCredential(None),
        Act::DeleteRecipient,
    ];
    assert!(
        acts.iter()
            .any(|act| all.iter().any(|dossier| !act.applies_to(dossier)))
    );
    for filter in &filters {
        for act in &acts {
            let mut expected = 0;
            for dossier in &desk
                .ports
                .recipients
                .walk(organization, filter, None, 10)
                .await
                .unwrap()
            {
                expected += u64::from(act.applies_to(dossier));
            }
            let mut found = 0;
            for narrowed in act.narrowed(filter) {
                found += desk.count(&narrowed).await;
            }
            assert_eq!(found, expected, "{act:?} {filter:?}");
        }
    }
}
