//! What is kept reads back equal.

use symbolon_domain::{
    administrator::{Administrator, Proofs, Role},
    administrator_link::{AdministratorLink, LinkPurpose},
    password::PasswordHash,
    port::administrators::{Founding, Inviting, ProofChange, ProofChanging, SettingUp},
    sealed::SealedSecret,
    second_factor::SecondFactor,
    social_profile::{Connection, ProfileHint, ProviderId, SocialProfile},
    text::{MailAddress, PersonName},
    time::Timestamp,
};

use crate::{
    Fixture,
    sample::{connection, key_id, now, person_name},
    scene::{Scene, ok},
};

/// The first administrator with as little in it as may be, and with as much; and the organization that is made with them.
pub async fn what_the_set_up_makes_reads_back_equal<F: Fixture>() {
    let with_little = |mut administrator: Administrator| {
        administrator.name = None;
        administrator
    };
    let with_much = |administrator: Administrator| Administrator {
        created_at: now().plus_millis(1),
        joined_at: Some(now().plus_millis(2)),
        signed_in_at: Some(now().plus_millis(3)),
        proofs: Proofs {
            generation: 7,
            connection: Some(connection("https://people.example", "ada")),
            ..administrator.proofs.clone()
        },
        ..administrator
    };
    for make in [with_little, with_much] {
        let scene = Scene::<F>::empty().await;
        let founding = scene.samples.founding(scene.owner.id);
        let founding = Founding {
            organization: Some(scene.owner.clone()),
            administrator: make(founding.administrator),
            ..founding
        };
        let link = scene.set_up_link().await;
        assert_eq!(scene.set_up(&link, &founding, now()).await, SettingUp::Done);
        let kept = scene.administrator(&founding.administrator).await;
        assert_eq!(kept, founding.administrator);
        assert_eq!(scene.stored_organization(scene.owner.id).await, scene.owner);
    }
}

/// Whoever is invited, to whatever role: without a name and without any proof.
pub async fn whoever_is_invited_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for role in Role::ALL {
        let invitation = scene.invited(role).await;
        let kept = scene.administrator(&invitation.administrator).await;
        assert_eq!(kept, invitation.administrator, "{role}");
    }
}

/// Names count characters, not bytes, and are kept as they were typed; a mail address is kept in the case in which it
/// was given.
pub async fn every_name_and_mail_address_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let longest = format!("{}@{}.example", "x".repeat(64), "y".repeat(60));
    for (name, mail) in [
        ("𒀀".repeat(PersonName::MAX), longest),
        (
            "e\u{301} and é, Straße".to_owned(),
            "Ada.Lovelace@example.org".to_owned(),
        ),
        (
            "O'Brien \"\\ % -- ; $1 ? :a {}".to_owned(),
            "o'brien+%_@example.org".to_owned(),
        ),
        ("x".to_owned(), "x@x.yz".to_owned()),
    ] {
        let mut administrator = scene.samples.invited(scene.owner.id, Role::Owner);
        administrator.mail = MailAddress::parse(&mail).expect("the sample is a mail address");
        let invitation = scene.samples.invitation_for(administrator.clone());
        assert_eq!(scene.invite(&invitation).await, Inviting::Invited);
        administrator.name = Some(person_name(&name));
        ok(scene
            .administrators
            .rename(administrator.id, &person_name(&name))
            .await);
        assert_eq!(scene.administrator(&administrator).await, administrator);
    }
}

/// Instants from the year 1 to the year 9999, to the millisecond, of administrators and of links.
pub async fn every_instant_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (at, later) in [
        (Timestamp::MIN, Timestamp::MAX),
        (Timestamp::from_millis(-1), Timestamp::from_millis(0)),
        (now(), now().plus_millis(1)),
    ] {
        let administrator = Administrator {
            created_at: at,
            ..scene.samples.invited(scene.owner.id, Role::Viewer)
        };
        let mut invitation = scene.samples.invitation_for(administrator);
        invitation.link.created_at = at;
        invitation.link.expires_at = later;
        assert_eq!(scene.invite(&invitation).await, Inviting::Invited);
        let kept = scene.administrator(&invitation.administrator).await;
        assert_eq!(kept, invitation.administrator);
        link_reads_back_equal(&scene, &invitation.link).await;
    }
}

/// Links with and without a sealed copy, of any bytes.
pub async fn every_link_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for (pepper, byte) in [("00000000", 0), ("zzzzzzzz", 0xff), ("a1b2c3d4", b'\'')] {
        let mut link = scene.samples.link(LinkPurpose::SetUp);
        link.digest.pepper = key_id(pepper);
        link.digest.bytes = [byte; 32];
        link.sealed = Some(SealedSecret::from_bytes(vec![byte; 100]));
        assert!(ok(scene.administrators.offer_set_up(&link).await));
        link_reads_back_equal(&scene, &link).await;
    }
    let unsealed = AdministratorLink {
        sealed: None,
        ..scene.samples.link(LinkPurpose::SetUp)
    };
    assert!(ok(scene.administrators.offer_set_up(&unsealed).await));
    link_reads_back_equal(&scene, &unsealed).await;
}

/// Every proof there is, of any characters and bytes, alone and with the others.
pub async fn every_proof_reads_back_equal<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let longest = "𒀀".repeat(SocialProfile::MAX);
    let connections = [
        Connection {
            provider: ProviderId::parse(&"z".repeat(32)).expect("the sample names a provider"),
            hint: ProfileHint::of(None, Some(&"𒀀".repeat(ProfileHint::MAX))),
            ..connection(&longest, &longest)
        },
        connection("https://people.example", "it's \"quoted\" \\ % -- ; $1"),
    ];
    let hashes = [
        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI",
        "it's \"quoted\" \\ % -- ; $1 ? :a {}",
    ];
    let factors = [
        (0, Timestamp::MIN, i64::MIN),
        (0xff, Timestamp::MAX, i64::MAX),
        (b'\'', now(), 0),
    ];
    let mut changes: Vec<_> = connections.map(|one| ProofChange::Connection(Some(one))).into();
    changes.extend(hashes.map(|hash| ProofChange::Password(PasswordHash::from_kept(hash.to_owned()))));
    changes.extend(factors.map(|(byte, since, last_step)| {
        let factor = SecondFactor {
            sealed: SealedSecret::from_bytes(vec![byte; 70]),
            since,
            last_step,
            recovery_codes_left: 0,
        };
        ProofChange::SecondFactor(Some((factor, vec![])))
    }));
    let mut wanted = scene.colleague(Role::Viewer).await;
    for change in changes {
        assert_eq!(scene.change_proof(&wanted, &change).await, ProofChanging::Changed);
        wanted.proofs = changed(&wanted.proofs, &change);
        assert_eq!(scene.administrator(&wanted).await, wanted, "{change:?}");
    }
}

/// No two administrators have the same id, and no two links the same id or digest: what would make a second is an error,
/// and changes nothing.
pub async fn no_two_administrators_or_links_are_alike<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let kept = scene.invited(Role::Viewer).await;
    let before = scene.shown().await;
    let link = kept.link.clone();
    for alike in [
        {
            let mut alike = scene.samples.invitation(scene.owner.id);
            alike.administrator.id = kept.administrator.id;
            alike
        },
        {
            let mut alike = scene.samples.invitation(scene.owner.id);
            alike.link.id = link.id;
            alike
        },
        {
            let mut alike = scene.samples.invitation(scene.owner.id);
            alike.link.digest = link.digest;
            alike
        },
    ] {
        assert!(scene.administrators.invite(&alike).await.is_err());
        assert_eq!(scene.shown().await, before);
    }
    link_reads_back_equal(&scene, &link).await;
}

async fn link_reads_back_equal<F: Fixture>(scene: &Scene<F>, link: &AdministratorLink) {
    let (kept, member) = scene
        .found_link(link)
        .await
        .expect("a link that was kept is found");
    assert_eq!(kept, *link);
    let whom = member.map(|member| member.administrator.id);
    assert_eq!(whom, link.purpose.administrator());
}

/// The proofs as they are after a change.
pub(super) fn changed(proofs: &Proofs, change: &ProofChange) -> Proofs {
    let mut proofs = Proofs {
        generation: proofs.generation.saturating_add(1),
        ..proofs.clone()
    };
    match change {
        ProofChange::Password(hash) => proofs.password = Some(hash.clone()),
        ProofChange::Connection(connection) => proofs.connection.clone_from(connection),
        ProofChange::SecondFactor(factor) => {
            proofs.second_factor = factor.as_ref().map(|(factor, _)| factor.clone());
        }
        ProofChange::RecoveryCodes(codes) => {
            if let Some(factor) = &mut proofs.second_factor {
                factor.recovery_codes_left = u32::try_from(codes.len()).unwrap_or(u32::MAX);
            }
        }
    }
    proofs
}
