//! What holds however many ask at once.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, MAX_ADMINISTRATORS, Role},
    administrator_link::LinkPurpose,
    organization::Organization,
    page::PageRequest,
    port::administrators::{
        AdministratorChange, Founding, Inviting, NewProof, ProofChange, ProofChanging, Redeeming, SettingUp,
    },
    text::OrganizationName,
};

use super::{
    invitations::invitation_to,
    second_factor::{last_step, left},
    set_up::founding,
};
use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    sample::now,
    scene::{Scene, count, count_of, ok},
};

/// Meetings of two, so that both orders and what lies between them come up.
const ROUNDS: u64 = 20;

/// Of 64 who set the service up at once, each with a link and an organization of their own, one is the first administrator;
/// of the others nothing is left.
pub async fn a_set_up_has_exactly_one_winner<F: Fixture>() {
    let scene = Scene::<F>::empty().await;
    let mut links = Vec::new();
    for _ in 0..RIVALS {
        links.push(scene.set_up_link().await);
    }
    let mut own = links.iter().cloned();
    let outcomes = race(RIVALS, |rival| {
        let (scene, link) = (scene.clone(), own.next().expect("each has a link"));
        async move {
            let organization = Organization {
                name: OrganizationName::parse(&format!("Rival {rival}")).expect("the sample is a name"),
                ..scene.samples.organization()
            };
            let founding = Founding {
                organization: Some(organization.clone()),
                ..scene.samples.founding(organization.id)
            };
            (scene.set_up(&link, &founding, now()).await, founding)
        }
    })
    .await;
    let settled: Vec<_> = outcomes.iter().map(|(outcome, _)| *outcome).collect();
    assert_eq!(count_of(&settled, &SettingUp::Done), 1);
    assert_eq!(count_of(&settled, &SettingUp::SomebodyExists), RIVALS - 1);
    for (outcome, founding) in &outcomes {
        let has_won = *outcome == SettingUp::Done;
        let administrator = &founding.administrator;
        let found = scene.found_administrator(administrator).await;
        assert_eq!(found.as_ref(), has_won.then_some(administrator));
        let log = scene.log_of(administrator.organization).await.items;
        assert_eq!(log == founding.entries, has_won);
    }
    let all = ok(scene.organizations.list(PageRequest::new(1, 100)).await);
    assert_eq!(all.total_count, 1);
    for link in &links {
        assert!(!scene.is_link_kept(link).await);
    }
}

/// A link that is offered while somebody sets the service up is refused, or removed: none is left that somebody could find.
pub async fn an_offer_and_a_set_up_agree<F: Fixture>() {
    for round in 0..ROUNDS {
        let scene = Scene::<F>::empty().await;
        let link = scene.set_up_link().await;
        let late = scene.samples.link(LinkPurpose::SetUp);
        let (outcome, _) = duel_in_round(
            round,
            {
                let (scene, founding) = (scene.clone(), founding(&scene));
                async move { scene.set_up(&link, &founding, now()).await }
            },
            {
                let (scene, late) = (scene.clone(), late.clone());
                async move { ok(scene.administrators.offer_set_up(&late).await) }
            },
        )
        .await;
        assert_eq!(outcome, SettingUp::Done);
        assert!(!scene.is_link_kept(&late).await);
    }
}

/// Of 32 invitations to one mail address, in different cases and by two organizations, one is kept.
pub async fn of_many_invitations_to_one_address_one_is_kept<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let outcomes = race(32, |rival| {
        let (scene, other) = (scene.clone(), other.clone());
        async move {
            let mail = if rival % 3 == 0 {
                "ada@example.org"
            } else {
                "Ada@example.org"
            };
            let organization = if rival % 2 == 0 { scene.owner.id } else { other.id };
            let invitation = invitation_to(&scene, organization, mail);
            (
                scene.invite(&invitation).await,
                scene.is_link_kept(&invitation.link).await,
            )
        }
    })
    .await;
    assert_eq!(count_of(&outcomes, &(Inviting::Invited, true)), 1);
    assert_eq!(count_of(&outcomes, &(Inviting::MailTaken, false)), 31);
    let mut entries = scene.logged(Action::AdministratorInvited).await;
    entries += count(&ok(scene.administrators.list(other.id).await));
    assert_eq!(entries, 1);
}

/// Of 16 invitations where there is room for one, one is kept.
pub async fn the_limit_holds_however_many_are_invited<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for _ in 1..MAX_ADMINISTRATORS {
        scene.invited(Role::Viewer).await;
    }
    let outcomes = race(16, |_| {
        let scene = scene.clone();
        async move { scene.invite(&scene.samples.invitation(scene.owner.id)).await }
    })
    .await;
    assert_eq!(count_of(&outcomes, &Inviting::Invited), 1);
    assert_eq!(count_of(&outcomes, &Inviting::LimitReached), 15);
    let all = ok(scene.administrators.list(scene.owner.id).await);
    assert_eq!(count(&all), MAX_ADMINISTRATORS);
}

/// Of 64 who redeem one link one does, and theirs is the password that lets in; the others change nothing.
pub async fn a_link_is_redeemed_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let invitation = scene.invited(Role::Viewer).await;
    let outcomes = race(RIVALS, |_| {
        let (scene, link) = (scene.clone(), invitation.link.clone());
        async move { scene.redeem(&link, scene.password(), now()).await }
    })
    .await;
    let kept = scene.administrator(&invitation.administrator).await;
    assert_eq!(kept.proofs.generation, 1);
    let redeemed = Redeeming::Redeemed(Box::new(kept));
    assert_eq!(count_of(&outcomes, &redeemed), 1);
    assert_eq!(count_of(&outcomes, &Redeeming::LinkSpent), RIVALS - 1);
    assert_eq!(scene.logged(Action::AdministratorJoined).await, 1);
}

/// A link that is redeemed while a newer one takes its place was good, or is not any more; never does the newer one come
/// for who has joined meanwhile.
pub async fn a_redemption_and_a_newer_link_agree<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let invitation = scene.invited(Role::Viewer).await;
        let newer = scene.samples.link(invitation.link.purpose);
        let (redeemed, renewed) = duel_in_round(
            round,
            {
                let (scene, link) = (scene.clone(), invitation.link.clone());
                async move { scene.redeem(&link, scene.password(), now()).await }
            },
            {
                let (scene, newer) = (scene.clone(), newer.clone());
                async move { ok(scene.administrators.renew_link(&newer, None, None).await) }
            },
        )
        .await;
        let has_joined = matches!(redeemed, Redeeming::Redeemed(_));
        assert!(has_joined != renewed, "{redeemed:?}");
        assert_eq!(scene.is_link_kept(&newer).await, renewed);
        assert!(!scene.is_link_kept(&invitation.link).await);
        let kept = scene.administrator(&invitation.administrator).await;
        assert_eq!(kept.joined_at.is_some(), has_joined);
    }
}

/// Of 64 changes of the same proofs one is made; the others are overtaken, and change nothing.
pub async fn a_change_of_proofs_has_exactly_one_winner<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let outcomes = race(RIVALS, |_| {
        let (scene, administrator) = (scene.clone(), administrator.clone());
        async move {
            let hash = scene.samples.password_hash();
            let change = ProofChange::Password(hash.clone());
            (scene.change_proof(&administrator, &change).await, hash)
        }
    })
    .await;
    let kept = scene.administrator(&administrator).await.proofs;
    assert_eq!(kept.generation, administrator.proofs.generation + 1);
    let is_kept = |outcome: &(ProofChanging, _)| Some(&outcome.1) == kept.password.as_ref();
    for outcome in &outcomes {
        assert_eq!(is_kept(outcome), outcome.0 == ProofChanging::Changed);
    }
    let settled: Vec<_> = outcomes.iter().map(|(outcome, _)| *outcome).collect();
    assert_eq!(count_of(&settled, &ProofChanging::Changed), 1);
    assert_eq!(count_of(&settled, &ProofChanging::Overtaken), RIVALS - 1);
    assert_eq!(scene.logged(Action::PasswordChanged).await, 1);
}

/// Of 32 who connect one profile, half of them by a link, one does.
pub async fn one_profile_is_connected_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let connection = scene.samples.connection();
    let mut rivals = Vec::new();
    for number in 0..32 {
        let invitation = scene.invited(Role::Viewer).await;
        if number % 2 == 0 {
            scene.redeem(&invitation.link, scene.password(), now()).await;
        }
        let administrator = scene.administrator(&invitation.administrator).await;
        rivals.push((administrator, invitation.link));
    }
    let mut own = rivals.clone().into_iter();
    let outcomes = race(32, |_| {
        let (scene, connection) = (scene.clone(), connection.clone());
        let (administrator, link) = own.next().expect("there are 32");
        async move {
            if administrator.joined_at.is_some() {
                let change = ProofChange::Connection(Some(connection));
                return match scene.change_proof(&administrator, &change).await {
                    ProofChanging::Changed => true,
                    ProofChanging::ProfileTaken => false,
                    ProofChanging::Overtaken => panic!("nobody has overtaken them"),
                };
            }
            match scene.redeem(&link, NewProof::Connection(connection), now()).await {
                Redeeming::Redeemed(_) => true,
                Redeeming::ProfileTaken => false,
                other => panic!("the link is good: {other:?}"),
            }
        }
    })
    .await;
    assert_eq!(count_of(&outcomes, &true), 1);
    let mut holders = 0;
    for ((administrator, _), has_won) in rivals.iter().zip(outcomes) {
        let kept = scene.administrator(administrator).await.proofs.connection;
        assert_eq!(kept.is_some(), has_won);
        holders += u64::from(kept.is_some());
    }
    assert_eq!(holders, 1);
}

/// Of 64 who show the code of one step one is let in.
pub async fn a_step_is_taken_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, _) = scene.cautious_colleague().await;
    let step = last_step(&administrator) + 1;
    let taken = race(RIVALS, |_| {
        let (scene, id) = (scene.clone(), administrator.id);
        async move { ok(scene.administrators.take_step(id, step).await) }
    })
    .await;
    assert_eq!(count_of(&taken, &true), 1);
    assert_eq!(last_step(&scene.administrator(&administrator).await), step);
}

/// Of 64 who show one recovery code one is let in, and one fewer is left.
pub async fn a_recovery_code_is_taken_by_one_of_many<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, codes) = scene.cautious_colleague().await;
    let code = codes.first().copied().expect("there are ten");
    let taken = race(RIVALS, |_| {
        let (scene, administrator) = (scene.clone(), administrator.clone());
        async move { scene.take_recovery_code(&administrator, &code).await }
    })
    .await;
    assert_eq!(count_of(&taken, &true), 1);
    assert_eq!(scene.logged(Action::RecoveryCodeUsed).await, 1);
    assert_eq!(left(&scene.administrator(&administrator).await), Some(9));
}

/// All recovery codes at once are all taken, and none is left.
pub async fn no_recovery_code_of_many_is_lost<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, codes) = scene.cautious_colleague().await;
    let mut codes = codes.into_iter();
    let taken = race(10, |_| {
        let (scene, administrator) = (scene.clone(), administrator.clone());
        let code = codes.next().expect("there are ten");
        async move { scene.take_recovery_code(&administrator, &code).await }
    })
    .await;
    assert_eq!(count_of(&taken, &true), 10);
    assert_eq!(left(&scene.administrator(&administrator).await), Some(0));
}

/// A stronger hash of the old password never takes the place of the new one.
pub async fn a_stronger_hash_never_brings_an_old_password_back<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let administrator = scene.colleague(Role::Viewer).await;
        let (old, new) = (scene.samples.password_hash(), scene.samples.password_hash());
        let change = ProofChange::Password(new.clone());
        let (changing, ()) = duel_in_round(
            round,
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                async move { scene.change_proof(&administrator, &change).await }
            },
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                async move {
                    let generation = administrator.proofs.generation;
                    ok(scene
                        .administrators
                        .rehash(administrator.id, generation, &old)
                        .await);
                }
            },
        )
        .await;
        assert_eq!(changing, ProofChanging::Changed);
        assert_eq!(
            scene.administrator(&administrator).await.proofs.password,
            Some(new)
        );
    }
}

/// Whoever is removed while they redeem a link, get a new one, or get a notice is gone, with all of it.
pub async fn a_removal_leaves_nothing_behind<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let administrator = scene.colleague(Role::Viewer).await;
        let (link, _) = scene.password_link(&administrator).await;
        let newer = scene.samples.link(link.purpose);
        let (removed, ()) = duel_in_round(
            round,
            {
                let (scene, administrator) = (scene.clone(), administrator.clone());
                async move { scene.remove_administrator(&administrator).await }
            },
            {
                let (scene, administrator): (_, Administrator) = (scene.clone(), administrator.clone());
                let (link, newer) = (link.clone(), newer.clone());
                async move {
                    scene.notice_to(&administrator).await;
                    scene.redeem(&link, scene.password(), now()).await;
                    ok(scene.administrators.renew_link(&newer, None, None).await);
                }
            },
        )
        .await;
        assert_eq!(removed, AdministratorChange::Changed);
        assert_eq!(scene.found_administrator(&administrator).await, None);
        assert!(!scene.is_link_kept(&link).await && !scene.is_link_kept(&newer).await);
        let unsent = scene.unsent_of(scene.owner.id).await;
        assert!(
            unsent
                .iter()
                .all(|notice| notice.addressee != Some(administrator.id))
        );
    }
}
