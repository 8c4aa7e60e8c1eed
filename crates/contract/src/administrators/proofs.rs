//! Changing what lets an administrator in.

use symbolon_domain::{
    activity::Action,
    administrator::{Administrator, Proofs, Role},
    notice::NoticeSubject,
    port::administrators::{AdministratorChange, AdministratorRecord, ProofChange, ProofChanging},
};

use super::keeping::changed;
use crate::{
    Fixture,
    sample::now,
    scene::{Scene, Stage, ok},
};

/// Each change sets what it names or takes it away, and counts one more generation; everything else stays, of this
/// administrator and of others.
pub async fn a_change_of_proofs_changes_what_it_names<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (mut wanted, _) = scene.cautious_colleague().await;
    let (other, _) = scene.cautious_colleague().await;
    let factor = scene.samples.second_factor();
    for change in [
        ProofChange::Password(scene.samples.password_hash()),
        ProofChange::RecoveryCodes(scene.samples.recovery_codes(3)),
        ProofChange::Connection(Some(scene.samples.connection())),
        ProofChange::SecondFactor(None),
        ProofChange::SecondFactor(Some(factor)),
        ProofChange::SecondFactor(Some(scene.samples.second_factor())),
        ProofChange::Connection(None),
        ProofChange::Password(scene.samples.password_hash()),
        ProofChange::RecoveryCodes(vec![]),
    ] {
        assert_eq!(scene.change_proof(&wanted, &change).await, ProofChanging::Changed);
        wanted.proofs = changed(&wanted.proofs, &change);
        assert_eq!(scene.administrator(&wanted).await, wanted, "{change:?}");
    }
    assert_eq!(scene.administrator(&other).await, other);
}

/// The entry and the notice are the ones that were given, whole, and there is one of each.
pub async fn a_change_of_proofs_appends_its_entry_and_queues_its_notice<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let (log, unsent) = (scene.log().await, scene.unsent_of(scene.owner.id).await);
    let entry = scene.samples.entry_of(&administrator, Action::PasswordChanged);
    let mut notice = scene
        .samples
        .notice_to(&administrator, NoticeSubject::ProofsChanged);
    notice.created_at = now().plus_millis(1);
    let record = AdministratorRecord {
        entry: &entry,
        notice: Some(&notice),
    };
    let change = ProofChange::Password(scene.samples.password_hash());
    let generation = administrator.proofs.generation;
    let changing = scene
        .administrators
        .change_proof(administrator.id, generation, &change, None, record);
    assert_eq!(ok(changing.await), ProofChanging::Changed);
    assert_eq!(scene.log().await, [log, vec![entry]].concat());
    assert_eq!(
        scene.unsent_of(scene.owner.id).await,
        [vec![notice], unsent].concat()
    );
}

/// Every session of theirs ends but the one to keep; whoever names somebody else's to keep keeps none of theirs, and
/// others keep their own.
pub async fn a_change_of_proofs_ends_every_session_but_one<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.colleague(Role::Viewer).await;
    let others = scene.administrator_session(&other).await;
    for keeps in [Keeps::None, Keeps::One, Keeps::Foreign] {
        let administrator = scene.colleague(Role::Viewer).await;
        let (one, two) = (
            scene.administrator_session(&administrator).await,
            scene.administrator_session(&administrator).await,
        );
        let keep = match keeps {
            Keeps::None => None,
            Keeps::One => Some(one.digest),
            Keeps::Foreign => Some(others.digest),
        };
        let change = ProofChange::Password(scene.samples.password_hash());
        let changing = scene.change_proof_keeping(&administrator, &change, keep.as_ref());
        assert_eq!(changing.await, ProofChanging::Changed);
        assert_eq!(scene.is_session_kept(&one).await, keep == Some(one.digest));
        assert!(!scene.is_session_kept(&two).await);
        assert!(scene.is_session_kept(&others).await);
    }
}

/// Every link of theirs is removed, and those of others stay.
pub async fn a_change_of_proofs_removes_links<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let administrator = scene.colleague(Role::Viewer).await;
    let other = scene.colleague(Role::Viewer).await;
    let (link, _) = scene.password_link(&administrator).await;
    let (elsewhere, _) = scene.password_link(&other).await;
    let change = ProofChange::Connection(Some(scene.samples.connection()));
    assert_eq!(
        scene.change_proof(&administrator, &change).await,
        ProofChanging::Changed
    );
    assert!(!scene.is_link_kept(&link).await);
    assert!(scene.is_link_kept(&elsewhere).await);
}

/// On proofs of any other generation, earlier or later, nothing changes; nor where the administrator is gone.
pub async fn an_overtaken_change_of_proofs_changes_nothing<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, codes) = scene.cautious_colleague().await;
    let session = scene.administrator_session(&administrator).await;
    let (link, _) = scene.password_link(&administrator).await;
    let gone = scene.colleague(Role::Viewer).await;
    assert_eq!(
        scene.remove_administrator(&gone).await,
        AdministratorChange::Changed
    );
    let unknown = scene.samples.administrator(scene.owner.id);
    let generation = administrator.proofs.generation;
    let elsewhere = [0, generation - 1, generation + 1, u32::MAX].map(|generation| Administrator {
        proofs: Proofs {
            generation,
            ..Proofs::default()
        },
        ..administrator.clone()
    });
    let before = scene.shown().await;
    for overtaken in elsewhere.into_iter().chain([gone, unknown]) {
        for change in [
            ProofChange::Password(scene.samples.password_hash()),
            ProofChange::Connection(Some(scene.samples.connection())),
            ProofChange::Connection(None),
            ProofChange::SecondFactor(None),
            ProofChange::RecoveryCodes(scene.samples.recovery_codes(2)),
        ] {
            let changing = scene.change_proof(&overtaken, &change).await;
            assert_eq!(changing, ProofChanging::Overtaken);
            assert_eq!(scene.shown().await, before);
        }
    }
    assert!(scene.is_session_kept(&session).await && scene.is_link_kept(&link).await);
    for code in &codes {
        assert!(scene.take_recovery_code(&administrator, code).await);
    }
}

/// A profile that somebody else has connected, of whatever organization, is not connected, and nothing changes; one's own
/// can be connected anew, and one that was disconnected is free. That the change was overtaken is told first.
pub async fn a_profile_of_another_is_not_connected<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let other = scene.organization().await;
    let holder = scene.colleague_of(other.id, Role::Viewer).await;
    let connecting = ProofChange::Connection(Some(scene.samples.connection()));
    let holder = has_changed(&scene, &holder, &connecting).await;
    let holder = has_changed(&scene, &holder, &connecting).await;

    let administrator = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    let before = (scene.shown().await, scene.shown_of(other.id).await);
    let refused = scene.change_proof(&administrator, &connecting).await;
    assert_eq!(refused, ProofChanging::ProfileTaken);
    let mut overtaken = administrator.clone();
    overtaken.proofs.generation += 1;
    let refused = scene.change_proof(&overtaken, &connecting).await;
    assert_eq!(refused, ProofChanging::Overtaken);
    let after = (scene.shown().await, scene.shown_of(other.id).await);
    assert_eq!(after, before);
    assert!(scene.is_session_kept(&session).await);

    has_changed(&scene, &holder, &ProofChange::Connection(None)).await;
    has_changed(&scene, &administrator, &connecting).await;
}

/// A stronger hash takes the place of the weaker one, and nothing else changes: no generation is counted, no session ends,
/// no link is removed, nothing is entered. On proofs of another generation nothing changes at all.
pub async fn a_stronger_hash_changes_nothing_else<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let (administrator, _) = scene.cautious_colleague().await;
    let other = scene.colleague(Role::Viewer).await;
    let session = scene.administrator_session(&administrator).await;
    let (link, _) = scene.password_link(&administrator).await;
    let log = scene.log().await;
    let (stronger, too_late) = (scene.samples.password_hash(), scene.samples.password_hash());
    let generation = administrator.proofs.generation;
    let rehash = |generation, hash| scene.administrators.rehash(administrator.id, generation, hash);
    ok(rehash(generation, &stronger).await);
    let wanted = Administrator {
        proofs: Proofs {
            password: Some(stronger.clone()),
            ..administrator.proofs.clone()
        },
        ..administrator.clone()
    };
    assert_eq!(scene.administrator(&wanted).await, wanted);
    for overtaken in [0, generation - 1, generation + 1] {
        ok(rehash(overtaken, &too_late).await);
        assert_eq!(scene.administrator(&wanted).await, wanted);
    }
    let unknown = scene.samples.administrator(scene.owner.id);
    ok(scene.administrators.rehash(unknown.id, 0, &too_late).await);
    assert_eq!(scene.administrator(&other).await, other);
    assert!(scene.is_session_kept(&session).await && scene.is_link_kept(&link).await);
    assert_eq!(scene.log().await, log);
}

/// A hash is put in the place of one: whoever has no password gets none by it.
pub async fn no_hash_is_made_stronger_where_there_is_none<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let invited = scene.invited(Role::Viewer).await.administrator;
    let hash = scene.samples.password_hash();
    ok(scene.administrators.rehash(invited.id, 0, &hash).await);
    assert_eq!(scene.administrator(&invited).await, invited);
}

/// Which session is to be kept.
enum Keeps {
    None,
    One,
    Foreign,
}

/// The administrator after a change.
pub(super) async fn has_changed(
    stage: &Stage,
    administrator: &Administrator,
    change: &ProofChange,
) -> Administrator {
    let changing = stage.change_proof(administrator, change).await;
    assert_eq!(changing, ProofChanging::Changed);
    stage.administrator(administrator).await
}
