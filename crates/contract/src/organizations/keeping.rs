//! What is kept reads back equal.

use symbolon_domain::{
    activity::Action,
    organization::{Organization, RevealPolicy},
    page::PageRequest,
    text::{MailAddress, OrganizationName, WebAddress},
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::now,
    scene::{Scene, ok},
};

/// An organization with as little in it as may be, one with as much, and one that is kept cancelled.
pub async fn what_is_kept_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let longest = |start: &str, max: usize, end: &str| {
        format!("{start}{}{end}", "x".repeat(max - start.len() - end.len()))
    };
    let label = "x".repeat(63);
    let address = format!("{label}@{label}.{label}.{}.example", "y".repeat(54));
    assert_eq!(address.len(), MailAddress::MAX);

    let least = scene.samples.organization();
    let most = Organization {
        name: OrganizationName::parse(&"𒀀".repeat(OrganizationName::MAX)).expect("the sample is a name"),
        contact: MailAddress::parse(&address).expect("the sample is a mail address"),
        url: Some(
            WebAddress::parse(&longest("https://", WebAddress::MAX, "/ü?a=%20&b='#c"))
                .expect("the sample is a web address"),
        ),
        reveal_policy: RevealPolicy::Once,
        created_at: Timestamp::MIN,
        ..scene.samples.organization()
    };
    let cancelled = Organization {
        name: OrganizationName::parse("L'Institut \"Ästhetik\" \\ 100 %").expect("the sample is a name"),
        created_at: Timestamp::from_millis(-1),
        cancelled_at: Some(now()),
        ..scene.samples.organization()
    };
    let ageless = Organization {
        created_at: Timestamp::MAX,
        cancelled_at: Some(Timestamp::MAX),
        ..scene.samples.organization()
    };
    for organization in [least, most, cancelled, ageless] {
        scene.keep_organization(&organization).await;
        assert_eq!(
            scene.stored_organization(organization.id).await,
            organization,
            "by its id"
        );
        let listed = ok(scene.organizations.list(PageRequest::new(1, 100)).await);
        assert!(listed.items.contains(&organization), "in the list");
    }
}

/// The entry is the one that was given, whole, and there is one.
pub async fn keeping_appends_its_entry<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let entry = scene.samples.entry(scene.owner.id, Action::OrganizationCreated);
    ok(scene.organizations.insert(&scene.owner, &entry).await);
    assert_eq!(scene.log().await, [entry]);
}

/// An id that is not kept leads to nothing.
pub async fn an_unknown_organization_is_not_found<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let nobody = scene.samples.organization();
    assert_eq!(ok(scene.organizations.find(nobody.id).await), None);
}

/// Two organizations may have the same name, address and instant: the id alone tells them apart.
pub async fn namesakes_are_two_organizations<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let namesake = Organization {
        id: scene.samples.organization().id,
        ..scene.owner.clone()
    };
    scene.keep_organization(&namesake).await;
    for organization in [&scene.owner, &namesake] {
        let stored = scene.stored_organization(organization.id).await;
        assert_eq!(stored, *organization);
    }
}
