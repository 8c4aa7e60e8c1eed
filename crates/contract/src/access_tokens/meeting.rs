//! Claims that meet something else.

use symbolon_domain::{
    access_token::Refusal,
    activity::Action,
    mail::MailKind,
    port::{access_tokens::Claim, recipients::NewRecipient},
};

use crate::{
    Fixture,
    race::{HeadStart, race},
    sample::now,
    scene::{Scene, Stage, count_of},
};

/// Meetings, so that all orders and what lies between them come up.
pub(crate) const ROUNDS: u64 = 10;
/// Profiles that connect at once.
pub(crate) const CLAIMS: u64 = 8;

/// What came of a meeting.
pub(crate) struct Meeting<T> {
    pub(crate) new: NewRecipient,
    /// What the other act answered.
    pub(crate) act: T,
    /// What the profiles were told.
    pub(crate) claims: Vec<Claim>,
    /// What one was told that came after the act had returned.
    pub(crate) late: Claim,
}

impl<T> Meeting<T> {
    /// Whether one of the profiles was bound, and no more.
    pub(crate) fn has_winner(&self) -> bool {
        let winners = count_of(&self.claims, &Claim::Bound);
        assert!(winners <= 1, "{winners} profiles are bound");
        winners == 1
    }

    /// Everyone was refused by the act or by the winner, if they were not bound.
    pub(crate) fn losers_know(&self, refusal: &Refusal) {
        let forbidden = Claim::Refused(refusal.clone());
        let in_use = Claim::Refused(Refusal::InUseByAnother);
        for claim in &self.claims {
            let is_known = [&Claim::Bound, &forbidden, &in_use].contains(&claim);
            assert!(is_known, "not a reason here: {claim:?}");
        }
        if !self.has_winner() {
            assert_eq!(count_of(&self.claims, &forbidden), CLAIMS);
        }
        assert_eq!(self.late, forbidden);
    }

    /// Token, log and mail agree with what was told.
    pub(crate) async fn agrees(&self, stage: &Stage) {
        let claims = u64::from(self.has_winner());
        let binding = stage.dossier(&self.new.token).await.token.binding;
        assert_eq!(u64::from(binding.is_some()), claims);
        self.is_recorded(stage, claims).await;
    }

    /// So many claims stand in the log, and as many mails tell of them.
    pub(crate) async fn is_recorded(&self, stage: &Stage, claims: u64) {
        let log = stage.log().await;
        let entries = log.iter().filter(|entry| {
            entry.action == Action::AccessClaimed && entry.about.access_token == Some(self.new.token.id)
        });
        assert_eq!(u64::try_from(entries.count()), Ok(claims));
        let kinds = stage.mail_kinds(&self.new).await;
        assert_eq!(count_of(&kinds, &MailKind::Claimed), claims);
    }
}

/// Has profiles claim the recipient's token at once, and something else be done meanwhile; in every round another has a
/// head start.
pub(crate) async fn meet<F, T, A>(
    scene: &Scene<F>,
    round: u64,
    new: NewRecipient,
    act: impl FnOnce(Scene<F>, NewRecipient) -> A,
) -> Meeting<T>
where
    F: Fixture,
    T: Send + 'static,
    A: Future<Output = T> + Send + 'static,
{
    let start = HeadStart::of(round);
    let mut act = Some(act);
    let mut outcomes = race(CLAIMS + 1, |rival| {
        let (scene, new) = (scene.clone(), new.clone());
        let act = act
            .take()
            .filter(|_| rival == 0)
            .map(|act| act(scene.clone(), new.clone()));
        async move {
            let acted = if let Some(act) = act {
                start.of_the_other().await;
                Some(act.await)
            } else {
                start.of_the_one().await;
                None
            };
            let connection = scene.samples.connection();
            (acted, scene.claim(&new.token, &connection, now()).await)
        }
    })
    .await
    .into_iter();
    let Some((Some(act), late)) = outcomes.next() else {
        panic!("the first rival acts");
    };
    Meeting {
        act,
        claims: outcomes.map(|(_, claim)| claim).collect(),
        late,
        new,
    }
}
