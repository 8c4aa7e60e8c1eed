//! The set-up, invitations and changes of who the administrators are, and what happens while they wait.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, MAX_ADMINISTRATORS, Role},
    administrator_link::LinkPurpose,
    port::{
        administrators::{AdministratorChange, Administrators, Inviting, SettingUp},
        organizations::Organizations,
    },
};

use crate::{
    interloper::Scene,
    team::{Team, addition, offered, setting_up},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_with_another_link_sees_the_first_administrator() {
    for commits in [true, false] {
        let scene = Scene::open().await;
        // Another was offered, and is used by somebody else.
        offered(&scene).await;
        let link = offered(&scene).await;
        let other = scene.interloper(&format!(
            "UPDATE foundation SET revision = revision + 1; {}; DELETE FROM administrator_links",
            addition(&scene.samples.administrator(scene.owner.id))
        ));
        let founding = scene.samples.founding(scene.owner.id);
        let expected = if commits {
            SettingUp::SomebodyExists
        } else {
            SettingUp::Done
        };
        let set_up = other.decides(commits, setting_up(&scene, link, founding)).await;
        assert_eq!(set_up, expected);
        let all = Administrators::list(&scene.store(), scene.owner.id)
            .await
            .unwrap();
        assert_eq!(all.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_sees_somebody_who_is_invited_under_the_same_address() {
    let scene = Scene::open().await;
    let link = offered(&scene).await;
    let founding = scene.samples.founding(scene.owner.id);
    let other = scene.interloper(&addition(&Administrator {
        mail: founding.administrator.mail.clone(),
        ..scene.samples.administrator(scene.owner.id)
    }));
    let set_up = other.decides(true, setting_up(&scene, link, founding)).await;
    assert_eq!(set_up, SettingUp::SomebodyExists);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_sees_its_organization_cancelled() {
    let scene = Scene::open().await;
    let link = offered(&scene).await;
    let founding = scene.samples.founding(scene.owner.id);
    let other = scene.interloper("UPDATE organizations SET cancelled_at = now()");
    let set_up = other.decides(true, setting_up(&scene, link, founding)).await;
    assert_eq!(set_up, SettingUp::OrganizationCancelled);
    assert!(!scene.store().exist().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_set_up_is_offered_while_somebody_becomes_the_first_administrator() {
    let scene = Scene::open().await;
    let other = scene.interloper(&format!(
        "UPDATE foundation SET revision = revision + 1; {}",
        addition(&scene.samples.administrator(scene.owner.id))
    ));
    let (store, link) = (scene.store(), scene.samples.link(LinkPurpose::SetUp));
    let offer = tokio::spawn({
        let link = link.clone();
        async move { store.offer_set_up(&link).await.unwrap() }
    });
    assert!(!other.decides(true, offer).await);
    assert_eq!(scene.store().find_link(&link.digest).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_organizations_do_not_invite_the_same_person() {
    for commits in [true, false] {
        let team = Team::open().await;
        let samples = &team.scene.samples;
        let (store, another) = (team.scene.store(), samples.organization());
        let entry = samples.entry(another.id, Action::OrganizationCreated);
        Organizations::insert(&store, &another, &entry).await.unwrap();
        let invitation = samples.invitation(team.scene.owner.id);
        let other = team.scene.interloper(&addition(&Administrator {
            mail: invitation.administrator.mail.clone(),
            ..samples.administrator(another.id)
        }));
        let expected = if commits {
            Inviting::MailTaken
        } else {
            Inviting::Invited
        };
        let inviting = other.decides(commits, team.inviting(&invitation)).await;
        assert_eq!(inviting, expected);
        let is_kept = store.find_link(&invitation.link.digest).await.unwrap().is_some();
        assert_eq!(is_kept, !commits);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_counts_those_that_another_has_invited() {
    let team = Team::open().await;
    let other = team.scene.interloper(&format!(
        "UPDATE organizations SET revision = revision + 1; \
         INSERT INTO administrators (id, organization_id, mail, role, created_at, generation) \
         SELECT gen_random_uuid(), id, n || '@example.org', 'viewer', now(), 0 \
         FROM organizations, generate_series(2, {MAX_ADMINISTRATORS}) AS n"
    ));
    let invitation = team.scene.samples.invitation(team.scene.owner.id);
    let inviting = other.decides(true, team.inviting(&invitation)).await;
    assert_eq!(inviting, Inviting::LimitReached);
}

/// The last step is to write the log.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_is_invited_while_an_invitation_goes_on() {
    let team = Team::open().await;
    let invitation = team.scene.samples.invitation(team.scene.owner.id);
    let mut other = team.scene.interloper("LOCK TABLE activity IN SHARE MODE");
    let inviting = team.inviting(&invitation);
    other.holds(&inviting).await;
    let mut third = team.scene.interloper("SELECT 1");
    assert!(!third.could("SELECT FROM organizations FOR SHARE NOWAIT"));
    other.commits();
    assert_eq!(inviting.await.unwrap(), Inviting::Invited);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_sees_its_organization_cancelled() {
    let team = Team::open().await;
    let other = team
        .scene
        .interloper("UPDATE organizations SET cancelled_at = now()");
    let invitation = team.scene.samples.invitation(team.scene.owner.id);
    let inviting = other.decides(true, team.inviting(&invitation)).await;
    assert_eq!(inviting, Inviting::OrganizationCancelled);
}

/// Two owners, of whom somebody else demotes or removes the one while the other goes.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_of_two_owners_stays() {
    for act in [
        "UPDATE administrators SET role = 'viewer'",
        "DELETE FROM administrators",
    ] {
        for commits in [true, false] {
            for removes in [true, false] {
                let team = Team::open().await;
                let second = team.join(Role::Owner).await;
                let other = team.scene.interloper(&format!(
                    "UPDATE organizations SET revision = revision + 1; {act} WHERE id = '{}'",
                    second.id
                ));
                let call = if removes {
                    team.removing(&team.founder)
                } else {
                    team.demoting(&team.founder)
                };
                let expected = if commits {
                    AdministratorChange::LastOwner
                } else {
                    AdministratorChange::Changed
                };
                assert_eq!(other.decides(commits, call).await, expected, "{act}");
            }
        }
    }
}

/// The last step of both is to write the log.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_team_holds_the_organization_until_it_ends() {
    for removes in [true, false] {
        let team = Team::open().await;
        team.join(Role::Owner).await;
        let mut other = team.scene.interloper("LOCK TABLE activity IN SHARE MODE");
        let call = if removes {
            team.removing(&team.founder)
        } else {
            team.demoting(&team.founder)
        };
        other.holds(&call).await;
        let mut third = team.scene.interloper("SELECT 1");
        assert!(!third.could("SELECT FROM organizations FOR SHARE NOWAIT"));
        other.commits();
        assert_eq!(call.await.unwrap(), AdministratorChange::Changed);
    }
}

/// Of two that renew a link at once, the second takes the place of the first.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_renewed_links_one_is_left() {
    let team = Team::open().await;
    let invitation = team.invite(Role::Viewer).await;
    let id = invitation.administrator.id;
    let renewed = team.scene.samples.link(LinkPurpose::Invitation(id));
    let other = team.scene.interloper(&format!(
        "SELECT FROM administrators WHERE id = '{id}' FOR NO KEY UPDATE; \
         UPDATE administrator_links SET id = gen_random_uuid(), digest = sha256(digest)"
    ));
    let renewing = tokio::spawn({
        let (store, link) = (team.scene.store(), renewed.clone());
        async move { store.renew_link(&link, None, None).await.unwrap() }
    });
    assert!(other.decides(true, renewing).await);
    let store = team.scene.store();
    let found = store.find_link(&renewed.digest).await.unwrap();
    assert_eq!(found.unwrap().0, renewed);
    let forgotten = store.forget_links(renewed.expires_at).await;
    assert_eq!(forgotten.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_not_renewed_for_somebody_who_joins_meanwhile() {
    let team = Team::open().await;
    let invitation = team.invite(Role::Viewer).await;
    let id = invitation.administrator.id;
    let link = team.scene.samples.link(LinkPurpose::Invitation(id));
    let other = team.scene.interloper(&format!(
        "UPDATE administrators SET joined_at = now() WHERE id = '{id}'"
    ));
    let store = team.scene.store();
    let renewing = tokio::spawn(async move { store.renew_link(&link, None, None).await.unwrap() });
    assert!(!other.decides(true, renewing).await);
}
