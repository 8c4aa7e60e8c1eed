//! Claims access tokens all over a database that `large` has filled, one after the other, for `cargo xtask bench`: prints how
//! many microseconds one takes, the median. Each is durable before the next begins.

use std::time::Instant;

use symbolon_contract::sample::Samples;
use symbolon_domain::{
    activity::Action,
    id::{ActivityId, MailId, OrganizationId},
    mail::MailKind,
    page::PageRequest,
    port::{
        access_tokens::{AccessRecord, AccessTokens, Claim},
        entropy::Entropy as _,
        organizations::Organizations,
        recipients::{RecipientFilter, RecipientOrder, Recipients},
    },
    time::Timestamp,
};
use symbolon_storage_diesel::{DatabaseUrl, DieselStore, Settings};
use symbolon_vault::SystemEntropy;

/// How many are claimed, all over the list.
const CLAIMS: u64 = 400;

/// Later than all that there is: 2026-11-01.
const NOW: i64 = 1_793_491_200_000;

#[tokio::main]
async fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [url] = arguments.as_slice() else {
        println!("claims: give the URL of a database of no value, filled by `large`");
        return;
    };
    let url = DatabaseUrl::parse(url).expect("it is a URL");
    let store = DieselStore::open(Settings::new(url)).expect("the database can be opened");
    let first = Organizations::list(&store, PageRequest::new(1, 1))
        .await
        .expect("it answers");
    let owner = first.items.first().expect("there is an organization").id;
    let mut taken = Vec::new();
    for part in 0..CLAIMS {
        taken.extend(claim(&store, owner, part).await);
    }
    taken.sort_unstable();
    let median = taken.get(taken.len() / 2).expect("somebody could be claimed");
    println!("{median}");
}

/// Claims for somebody of this part of the list, where there is somebody to claim for; how many microseconds it took.
async fn claim(store: &DieselStore, owner: OrganizationId, part: u64) -> Option<u128> {
    let samples = Samples::default();
    let (filter, order) = (RecipientFilter::default(), RecipientOrder::default());
    let one = PageRequest::new(1, 50);
    let all = Recipients::list(store, owner, &filter, order, one)
        .await
        .expect("it answers");
    let page = PageRequest::new(all.total_count * part / CLAIMS / 50 + 1, 50);
    let page = Recipients::list(store, owner, &filter, order, page)
        .await
        .expect("it answers");
    let connection = samples.connection();
    for dossier in page.items {
        if dossier.token.binding.is_some() {
            continue;
        }
        let (mut mail, mut entry) = (
            samples.mail(&dossier.token, MailKind::Claimed),
            samples.entry_about(&dossier.token, dossier.template.id, Action::AccessClaimed),
        );
        mail.id = MailId::fresh(now(), random());
        entry.id = ActivityId::fresh(now(), random());
        let record = AccessRecord {
            entry: &entry,
            mail: Some(&mail),
        };
        let begun = Instant::now();
        let claim = store.claim(dossier.token.id, &connection, record, now()).await;
        let taken = begun.elapsed();
        if claim.expect("it answers") == Claim::Bound {
            return Some(taken.as_micros());
        }
    }
    None
}

fn now() -> Timestamp {
    Timestamp::from_millis(NOW)
}

fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    SystemEntropy::new()
        .fill(&mut bytes)
        .expect("there are random bytes");
    bytes
}
