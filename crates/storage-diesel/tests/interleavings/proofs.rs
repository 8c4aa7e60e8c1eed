//! Using up links, changing what lets in, beginning sessions, and what happens while they wait.

use symbolon_domain::{
    activity::{Action, ActivityEntry},
    administrator::{Administrator, Role},
    port::{
        administrator_sessions::AdministratorSessions,
        administrators::{Administrators, NewProof, ProofChange, ProofChanging, Redeeming},
    },
    sealed::TokenDigest,
    social_profile::Connection,
};
use tokio::task::JoinHandle;

use crate::{interloper::literal, team::Team};

/// What connects an account to somebody, as somebody else would.
fn connection(to: &Administrator, connected: &Connection) -> String {
    format!(
        "UPDATE administrators SET connected_provider = 'sample', connected_issuer = '{}', \
            connected_subject = '{}', connected_hint = '' WHERE id = '{}'",
        connected.profile.issuer(),
        connected.profile.subject(),
        to.id
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_another_uses_is_spent() {
    for commits in [true, false] {
        let team = Team::open().await;
        let invitation = team.invite(Role::Viewer).await;
        let other = team.scene.interloper(&format!(
            "UPDATE administrators SET joined_at = now(), password = 'other' WHERE id = '{}'; \
             DELETE FROM administrator_links",
            invitation.administrator.id
        ));
        let proof = NewProof::Password(team.scene.samples.password_hash());
        let redeeming = other.decides(commits, team.redeeming(&invitation, proof)).await;
        let left = team.found(&invitation.administrator).await.unwrap();
        if commits {
            assert_eq!(redeeming, Redeeming::LinkSpent);
            assert_eq!(left.proofs.generation, 0);
        } else {
            assert_eq!(redeeming, Redeeming::Redeemed(Box::new(left)));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_spent_once_its_administrator_is_removed() {
    let team = Team::open().await;
    let invitation = team.invite(Role::Viewer).await;
    let other = team.scene.interloper(&format!(
        "DELETE FROM administrators WHERE id = '{}'",
        invitation.administrator.id
    ));
    let proof = NewProof::Password(team.scene.samples.password_hash());
    let redeeming = other.decides(true, team.redeeming(&invitation, proof)).await;
    assert_eq!(redeeming, Redeeming::LinkSpent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redemption_sees_its_organization_cancelled() {
    let team = Team::open().await;
    let invitation = team.invite(Role::Viewer).await;
    let other = team
        .scene
        .interloper("UPDATE organizations SET cancelled_at = now()");
    let proof = NewProof::Password(team.scene.samples.password_hash());
    let redeeming = other.decides(true, team.redeeming(&invitation, proof)).await;
    assert_eq!(redeeming, Redeeming::OrganizationCancelled);
    let found = team
        .scene
        .store()
        .find_link(&invitation.link.digest)
        .await
        .unwrap();
    assert!(found.is_some(), "the link stays");
}

/// Two who connect the same account at once meet at the unique index.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_another_connects_is_taken() {
    for commits in [true, false] {
        let team = Team::open().await;
        let invitation = team.invite(Role::Viewer).await;
        let connected = team.scene.samples.connection();
        let other = team.scene.interloper(&connection(&team.founder, &connected));
        let proof = NewProof::Connection(connected.clone());
        let redeeming = other.decides(commits, team.redeeming(&invitation, proof)).await;
        assert_eq!(redeeming == Redeeming::ProfileTaken, commits, "{redeeming:?}");
        let link = team
            .scene
            .store()
            .find_link(&invitation.link.digest)
            .await
            .unwrap();
        assert_eq!(link.is_some(), commits);

        let team = Team::open().await;
        let second = team.join(Role::Viewer).await;
        let other = team.scene.interloper(&connection(&team.founder, &connected));
        let change = ProofChange::Connection(Some(connected));
        let changing = other.decides(commits, team.changing(&second, change)).await;
        let expected = if commits {
            ProofChanging::ProfileTaken
        } else {
            ProofChanging::Changed
        };
        assert_eq!(changing, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_proofs_is_overtaken_by_another() {
    for commits in [true, false] {
        let team = Team::open().await;
        let other = team
            .scene
            .interloper("UPDATE administrators SET generation = generation + 1");
        let hash = team.scene.samples.password_hash();
        let change = ProofChange::Password(hash.clone());
        let changing = other.decides(commits, team.changing(&team.founder, change)).await;
        let left = team.found(&team.founder).await.unwrap().proofs;
        assert_eq!(left.generation, 1);
        if commits {
            assert_eq!(changing, ProofChanging::Overtaken);
            assert_eq!(left.password, team.founder.proofs.password);
        } else {
            assert_eq!(changing, ProofChanging::Changed);
            assert_eq!(left.password, Some(hash));
        }
    }
}

/// A session on its way, that of a whole sign-in where there is an entry.
fn beginning(team: &Team, entry: Option<ActivityEntry>) -> JoinHandle<bool> {
    let (store, founder) = (team.scene.store(), team.founder.clone());
    let session = team.scene.samples.administrator_session(founder.id);
    tokio::spawn(async move {
        let generation = founder.proofs.generation;
        AdministratorSessions::begin(&store, &session, generation, None, entry.as_ref())
            .await
            .unwrap()
    })
}

fn entries(team: &Team) -> [Option<ActivityEntry>; 2] {
    let signed_in = team
        .scene
        .samples
        .entry_of(&team.founder, Action::AdministratorSignedIn);
    [None, Some(signed_in)]
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_while_the_password_changes_comes_too_late() {
    let team = Team::open().await;
    for entry in entries(&team) {
        for commits in [false, true] {
            let team = Team::open().await;
            let other = team
                .scene
                .interloper("UPDATE administrators SET generation = generation + 1");
            let has_begun = other.decides(commits, beginning(&team, entry.clone())).await;
            assert_eq!(has_begun, !commits);
            let sessions = team.scene.store().of(team.founder.id).await.unwrap();
            assert_eq!(sessions.len(), usize::from(!commits));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_password_changes_while_a_session_begins() {
    let team = Team::open().await;
    for entry in entries(&team) {
        let mut other = team
            .scene
            .interloper("LOCK TABLE administrator_sessions IN SHARE MODE");
        let session = beginning(&team, entry);
        other.holds(&session).await;
        let mut third = team.scene.interloper("SELECT 1");
        assert!(!third.could("SELECT FROM administrators FOR NO KEY UPDATE NOWAIT"));
        other.commits();
        assert!(session.await.unwrap());
    }
}

/// Two browsers of one person: neither waits for the other to end in a circle.
#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_one_person_begin_beside_each_other() {
    let team = Team::open().await;
    let other = team.scene.interloper("SELECT FROM administrators FOR SHARE");
    assert!(beginning(&team, None).await.unwrap());
    other.commits();
}

/// What uses up a recovery code, as somebody else would.
fn deletion(code: TokenDigest) -> String {
    format!(
        "DELETE FROM recovery_codes WHERE digest = {}",
        literal(&code.bytes)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_taken_once() {
    let team = Team::open().await;
    let (factor, codes) = team.scene.samples.second_factor();
    let (step, mut code, another) = (factor.last_step, codes[0], codes[1]);
    let change = ProofChange::SecondFactor(Some((factor, codes)));
    assert_eq!(
        team.changing(&team.founder, change).await.unwrap(),
        ProofChanging::Changed
    );
    let (store, id) = (team.scene.store(), team.founder.id);
    let other = team
        .scene
        .interloper("UPDATE administrators SET factor_last_step = factor_last_step + 1");
    let taking = tokio::spawn({
        let store = store.clone();
        async move { store.take_step(id, step + 1).await.unwrap() }
    });
    assert!(!other.decides(true, taking).await);

    for commits in [true, false] {
        let entry = team
            .scene
            .samples
            .entry_of(&team.founder, Action::RecoveryCodeUsed);
        let other = team.scene.interloper(&deletion(code));
        let taking = tokio::spawn({
            let store = store.clone();
            async move { store.take_recovery_code(id, &code, &entry).await.unwrap() }
        });
        assert_eq!(other.decides(commits, taking).await, !commits);
        code = another;
    }
}
