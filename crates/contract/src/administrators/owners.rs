//! An organization keeps an owner, however many of them go at once.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Role},
    port::administrators::AdministratorChange,
};

use crate::{
    Fixture,
    race::{RIVALS, duel_in_round, race},
    scene::{Scene, Stage, count_of, ok},
};

/// Meetings of two, so that both orders and what lies between them come up.
const ROUNDS: u64 = 20;

/// Of two owners who demote each other one is left.
pub async fn two_owners_who_demote_each_other_leave_one<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let (one, other) = two_owners(&scene).await;
        let changes = duel_in_round(
            round,
            {
                let (scene, other) = (scene.clone(), other.clone());
                async move { scene.change_role(&other, Role::Viewer).await }
            },
            {
                let (scene, one) = (scene.clone(), one.clone());
                async move { scene.change_role(&one, Role::Administrator).await }
            },
        )
        .await;
        leaves_one(&scene, changes, &one).await;
    }
}

/// Of two owners who remove each other one is left.
pub async fn two_owners_who_remove_each_other_leave_one<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let (one, other) = two_owners(&scene).await;
        let changes = duel_in_round(
            round,
            {
                let (scene, other) = (scene.clone(), other.clone());
                async move { scene.remove_administrator(&other).await }
            },
            {
                let (scene, one) = (scene.clone(), one.clone());
                async move { scene.remove_administrator(&one).await }
            },
        )
        .await;
        leaves_one(&scene, changes, &one).await;
    }
}

/// Where one owner is demoted while the other is removed one is left.
pub async fn an_owner_who_goes_and_one_who_steps_down_leave_one<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    for round in 0..ROUNDS {
        let (one, other) = two_owners(&scene).await;
        let changes = duel_in_round(
            round,
            {
                let (scene, other) = (scene.clone(), other.clone());
                async move { scene.remove_administrator(&other).await }
            },
            {
                let (scene, one) = (scene.clone(), one.clone());
                async move { scene.change_role(&one, Role::Viewer).await }
            },
        )
        .await;
        leaves_one(&scene, changes, &one).await;
    }
}

/// Of sixteen owners who all go at once, one way or the other, one is left.
pub async fn of_many_owners_who_go_one_is_left<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut owners = Vec::new();
    for _ in 0..16 {
        owners.push(scene.colleague(Role::Owner).await);
    }
    let mut going = owners.into_iter();
    let changes = race(16, |rival| {
        let (scene, owner) = (scene.clone(), going.next().expect("there are sixteen"));
        async move {
            if rival % 2 == 0 {
                scene.change_role(&owner, Role::Administrator).await
            } else {
                scene.remove_administrator(&owner).await
            }
        }
    })
    .await;
    assert_eq!(count_of(&changes, &AdministratorChange::Changed), 15);
    assert_eq!(count_of(&changes, &AdministratorChange::LastOwner), 1);
    assert_eq!(owners_of(&scene).await.len(), 1);
}

/// Of 64 who give somebody the same role one does.
pub async fn a_role_is_changed_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let changes = race(RIVALS, |_| {
        let (scene, administrator) = (scene.clone(), administrator.clone());
        async move { scene.change_role(&administrator, Role::Owner).await }
    })
    .await;
    assert_eq!(count_of(&changes, &AdministratorChange::Changed), 1);
    assert_eq!(count_of(&changes, &AdministratorChange::Unchanged), RIVALS - 1);
    assert_eq!(scene.logged(Action::RoleChanged).await, 1);
}

/// Of 64 who remove somebody one does.
pub async fn an_administrator_is_removed_once<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let changes = race(RIVALS, |_| {
        let (scene, administrator) = (scene.clone(), administrator.clone());
        async move { scene.remove_administrator(&administrator).await }
    })
    .await;
    assert_eq!(count_of(&changes, &AdministratorChange::Changed), 1);
    assert_eq!(count_of(&changes, &AdministratorChange::Absent), RIVALS - 1);
    assert_eq!(scene.logged(Action::AdministratorRemoved).await, 1);
}

/// Two owners who have joined, and no other.
async fn two_owners(stage: &Stage) -> (Administrator, Administrator) {
    let one = stage.colleague(Role::Owner).await;
    let other = stage.colleague(Role::Owner).await;
    for former in owners_of(stage).await {
        if former.id != one.id && former.id != other.id {
            let removed = stage.remove_administrator(&former).await;
            assert_eq!(removed, AdministratorChange::Changed);
        }
    }
    (one, other)
}

/// The other went first, or the one did; whoever came second was the last.
async fn leaves_one(stage: &Stage, changes: (AdministratorChange, AdministratorChange), one: &Administrator) {
    let left = owners_of(stage).await;
    let [left] = left.as_slice() else {
        panic!("one owner is left, not {}", left.len());
    };
    let wanted = if left.id == one.id {
        (AdministratorChange::Changed, AdministratorChange::LastOwner)
    } else {
        (AdministratorChange::LastOwner, AdministratorChange::Changed)
    };
    assert_eq!(changes, wanted);
}

/// The owners of the owner who have joined.
async fn owners_of(stage: &Stage) -> Vec<Administrator> {
    let mut owners = ok(stage.administrators.list(stage.owner.id).await);
    owners.retain(|one| one.role == Role::Owner && one.joined_at.is_some());
    owners
}
