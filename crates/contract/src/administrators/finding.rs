//! How administrators are found.

use symbolon_domain::{
    administrator::{Administrator, Role},
    port::administrators::{Inviting, ProofChange, ProofChanging},
    text::MailAddress,
};

use crate::{
    Fixture,
    sample::{connection, key_id, mail_address, now, person_name},
    scene::{Scene, Stage, ok},
};

/// An administrator is found by their own organization, and by no other; one who is not kept is not found.
pub async fn an_administrator_is_found_by_their_organization_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let find = |organization, id| scene.administrators.find(organization, id);
    let found = ok(find(scene.owner.id, administrator.id).await);
    assert_eq!(found.as_ref(), Some(&administrator));
    assert_eq!(ok(find(other.id, administrator.id).await), None);
    let unknown = scene.samples.invited(scene.owner.id, Role::Viewer);
    assert_eq!(ok(find(scene.owner.id, unknown.id).await), None);
    assert_eq!(ok(scene.administrators.find_by_mail(&unknown.mail).await), None);
}

/// A mail address finds its administrator in whatever ASCII case, with their organization as it is; one that differs
/// otherwise finds nobody.
pub async fn an_administrator_is_found_by_their_mail_address_in_whatever_case<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let ada = with_mail(&scene, "Ada_L%ovelace@Example.org").await;
    let stranger = scene.colleague_of(other.id, Role::Owner).await;
    for same in [
        "ada_l%ovelace@example.org",
        "ADA_L%OVELACE@EXAMPLE.ORG",
        "aDA_l%OVELACE@example.org",
    ] {
        assert_eq!(by_mail(&scene, same).await.as_ref(), Some(&ada), "{same}");
    }
    for another in [
        "adaXl%ovelace@example.org",
        "a_a_l%ovelace@example.org",
        "%@example.org",
        "ada_lxovelace@example.org",
        "ada_l%ovelace@example.com",
    ] {
        assert_eq!(by_mail(&scene, another).await, None, "{another}");
    }
    scene.cancel(other.id, now()).await;
    let member = ok(scene.administrators.find_by_mail(&stranger.mail).await).expect("they are kept");
    assert_eq!(member.administrator, stranger);
    assert_eq!(member.organization, scene.stored_organization(other.id).await);
    assert!(!member.organization.is_active());
}

/// A profile finds who has connected it, with their organization; one that differs in anything finds nobody, nor does one
/// that was disconnected.
pub async fn an_administrator_is_found_by_their_profile<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut administrator = scene.colleague(Role::Viewer).await;
    scene.colleague(Role::Viewer).await;
    let known = connection("https://people.example", "Ada");
    for connected in [Some(known.clone()), None] {
        let change = ProofChange::Connection(connected.clone());
        assert_eq!(
            scene.change_proof(&administrator, &change).await,
            ProofChanging::Changed
        );
        administrator = scene.administrator(&administrator).await;
        let found = ok(scene.administrators.find_by_profile(&known.profile).await);
        let wanted = connected.map(|_| (administrator.clone(), scene.owner.clone()));
        let found = found.map(|member| (member.administrator, member.organization));
        assert_eq!(found, wanted);
        for (issuer, subject) in [
            ("https://people.example", "ada"),
            ("https://people.example", "Ada "),
            ("https://people.example/", "Ada"),
            ("https://others.example", "Ada"),
        ] {
            let other = connection(issuer, subject);
            let found = ok(scene.administrators.find_by_profile(&other.profile).await);
            assert_eq!(found, None, "{issuer} {subject}");
        }
    }
}

/// Administrators stand in the order in which they came, those of one instant by id; of one organization, invited ones
/// included.
pub async fn administrators_are_listed_in_the_order_in_which_they_came<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let mut wanted = Vec::new();
    for millis in [3, 0, 3, -5, 3, 0, 1, 3] {
        let administrator = Administrator {
            created_at: now().plus_millis(millis),
            ..scene.samples.invited(scene.owner.id, Role::Administrator)
        };
        let invitation = scene.samples.invitation_for(administrator);
        assert_eq!(scene.invite(&invitation).await, Inviting::Invited);
        wanted.push(invitation.administrator);
    }
    assert_eq!(ok(scene.administrators.list(other.id).await), []);
    scene.invited_by(other.id, Role::Owner).await;
    wanted.sort_by_key(|administrator| (administrator.created_at, administrator.id));
    assert_eq!(ok(scene.administrators.list(scene.owner.id).await), wanted);
}

/// A link is found whether it is good or not, with whom it is for as they are; one that differs anywhere finds nothing.
pub async fn a_link_is_found_by_its_digest_only<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut invitation = scene.samples.invitation(scene.owner.id);
    invitation.link.expires_at = now().plus_seconds(-1);
    assert_eq!(scene.invite(&invitation).await, Inviting::Invited);
    scene.cancel(scene.owner.id, now()).await;
    let (link, member) = scene.found_link(&invitation.link).await.expect("it is kept");
    let member = member.expect("it is for somebody");
    assert!(!link.is_good(now()) && !member.organization.is_active());
    assert_eq!(
        (link, member.administrator),
        (invitation.link.clone(), invitation.administrator)
    );
    for place in 0..32 {
        let mut other = invitation.link.clone();
        if let Some(byte) = other.digest.bytes.get_mut(place) {
            *byte ^= 1;
        }
        assert!(!scene.is_link_kept(&other).await);
    }
    let mut other = invitation.link;
    other.digest.pepper = key_id("pepper02");
    assert!(!scene.is_link_kept(&other).await);
}

/// A new name is kept, and nothing else changes; who is not kept is passed over.
pub async fn renaming_changes_the_name_and_nothing_else<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, codes) = scene.cautious_colleague().await;
    let session = scene.administrator_session(&administrator).await;
    let other = scene.colleague(Role::Owner).await;
    let log = scene.log().await;
    for name in ["Ada", "Ada Lovelace"] {
        let name = person_name(name);
        ok(scene.administrators.rename(administrator.id, &name).await);
        let wanted = Administrator {
            name: Some(name),
            ..administrator.clone()
        };
        assert_eq!(scene.administrator(&wanted).await, wanted);
    }
    let unknown = scene.samples.invited(scene.owner.id, Role::Viewer);
    let name = person_name("Nobody");
    ok(scene.administrators.rename(unknown.id, &name).await);
    assert_eq!(scene.found_administrator(&unknown).await, None);
    assert_eq!(scene.administrator(&other).await, other);
    assert!(scene.is_session_kept(&session).await);
    assert_eq!(scene.log().await, log);
    for code in &codes {
        assert!(scene.take_recovery_code(&administrator, code).await);
    }
}

async fn with_mail(stage: &Stage, mail: &str) -> Administrator {
    let administrator = Administrator {
        mail: mail_address(mail),
        ..stage.samples.invited(stage.owner.id, Role::Viewer)
    };
    let invitation = stage.samples.invitation_for(administrator);
    assert_eq!(stage.invite(&invitation).await, Inviting::Invited);
    invitation.administrator
}

async fn by_mail(stage: &Stage, mail: &str) -> Option<Administrator> {
    let mail = MailAddress::parse(mail).expect("the sample is a mail address");
    let member = ok(stage.administrators.find_by_mail(&mail).await);
    member.map(|member| member.administrator)
}
