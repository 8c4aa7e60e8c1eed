//! Acts on many: whom they reach, whom they leave, and what is told of each.

use std::sync::atomic::Ordering;

use symbolon_domain::{
    activity::Action,
    job::{JobKind, JobState},
    port::{
        access_tokens::AccessRecord,
        clock::Clock as _,
        recipients::{RecipientFilter, RecipientState},
    },
    service::{caller::Authority, change_access::RevokeAccess, change_recipient::RevokeCredential},
    text::RevocationReason,
};
use symbolon_jobs::{Act, ActPlan, Turned, Whom};

use super::desk::{Desk, mails};

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
async fn what_an_act_applies_to_is_what_its_filters_let_through() {
    let desk = Desk::open().await;
    let ids = desk.issue(&mails(5)).await;
    let organization = desk.organization.id;
    let by = Authority::Operator(&desk.organization);
    RevokeAccess {
        authority: by,
        recipient: ids[0],
    }
    .run(&desk.ports)
    .await
    .unwrap();
    RevokeCredential {
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
    let record = AccessRecord {
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
