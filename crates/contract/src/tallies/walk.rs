//! Acts in no order, and a recount after them.

use symbolon_domain::{
    access_token::AccessToken,
    activity::Action,
    mail::Mail,
    port::{
        recipients::{Correction, NewRecipient},
        tallies::Numbers,
    },
    template::Template,
    time::{Day, Timestamp},
};

use super::{again, correct, failed, numbers, recount::agree, sent_at, settle_all};
use crate::{
    Fixture,
    sample::{mail_address, now},
    scene::{Scene, Stage, ok},
};

/// Acts in one walk.
const ACTS: u64 = 400;
/// After so many acts everything is counted.
const STRETCH: u64 = 20;
/// Recipients at once, at most.
const CROWD: usize = 30;

/// Whatever is done in whatever order, and whenever it is brought together, every number is what a recount of the other ports
/// says; and when everybody is removed, nothing is left.
pub async fn numbers_are_those_of_a_recount_whatever_is_done<F: Fixture>() {
    let scene = Scene::<F>::open().await;
    let mut walk = Walk::begin(&scene).await;
    for act in 0..ACTS {
        walk.act(&scene).await;
        if act % STRETCH == STRETCH - 1 {
            walk.is_counted(&scene).await;
        }
    }
    let (counted, acts) = (numbers(&scene).await, walk.acts);
    for (what, number) in [
        ("recipients", counted.recipients),
        ("mailed", counted.mailed),
        ("opened", counted.opened),
        ("claimed", counted.claimed),
        ("revoked", counted.revoked),
    ] {
        assert!(number > 0, "nobody is counted as {what}: the walk shows nothing");
    }
    for (act, times) in acts.iter().enumerate() {
        assert!(*times > 0, "nothing was done of {act}");
    }
    for holder in std::mem::take(&mut walk.holders) {
        assert!(scene.remove(&holder.new).await);
    }
    walk.is_counted(&scene).await;
    assert_eq!(numbers(&scene).await, Numbers::default());
    settle_all(&scene).await;
    walk.is_counted(&scene).await;
}

/// How many acts there are to choose from.
const CHOICES: usize = 16;

/// Somebody with a credential.
struct Holder {
    new: NewRecipient,
    /// All that they ever had, the one in use last.
    tokens: Vec<AccessToken>,
}

/// Where a walk is.
struct Walk {
    chance: Chance,
    /// What time it is: it passes, so that mail may be mailed again.
    now: Timestamp,
    templates: Vec<Template>,
    holders: Vec<Holder>,
    acts: [u64; CHOICES],
}

impl Walk {
    async fn begin(stage: &Stage) -> Self {
        let other = stage.organization().await;
        let mut templates = Vec::new();
        for organization in [stage.owner.id, stage.owner.id, other.id] {
            templates.push(stage.template_of(organization).await);
        }
        Self {
            chance: Chance(0x5EED),
            now: now(),
            templates,
            holders: Vec::new(),
            acts: [0; CHOICES],
        }
    }

    async fn is_counted(&self, stage: &Stage) {
        for template in self.templates.iter().skip(1) {
            agree(stage, template.organization).await;
        }
    }

    async fn act(&mut self, stage: &Stage) {
        self.now = self
            .now
            .plus_seconds(i64::try_from(self.chance.below(9_000)).unwrap_or(0));
        let is_crowded = self.holders.len() >= CROWD;
        let choice = match self.chance.below(CHOICES) {
            0 if is_crowded => 9,
            _ if self.holders.len() < 3 => 0,
            choice => choice,
        };
        self.acts = std::array::from_fn(|act| {
            let times = self.acts.get(act).copied().unwrap_or_default();
            times + u64::from(act == choice)
        });
        if choice == 0 {
            self.issue(stage).await;
            return;
        }
        let place = self.chance.below(self.holders.len());
        let mut holder = self.holders.swap_remove(place);
        if self.do_to(stage, choice, &mut holder).await {
            self.holders.push(holder);
        }
    }

    /// Issues to some who are new, and to one who has it already.
    async fn issue(&mut self, stage: &Stage) {
        let mut batch: Vec<_> = (0..=self.chance.below(3)).map(|_| self.somebody(stage)).collect();
        let taken = self
            .holders
            .first()
            .map(|holder| holder.new.recipient.mail.clone());
        if let Some(mail) = taken {
            let mut twin = self.somebody(stage);
            twin.recipient.mail = mail;
            batch.push(twin);
        }
        let outcomes = ok(stage.recipients.issue(&batch).await);
        for (new, outcome) in batch.into_iter().zip(outcomes) {
            if outcome == symbolon_domain::port::recipients::Issuing::Issued {
                let tokens = vec![new.token.clone()];
                self.holders.push(Holder { new, tokens });
            }
        }
    }

    fn somebody(&mut self, stage: &Stage) -> NewRecipient {
        let place = self.chance.below(self.templates.len());
        let template = self.templates.get(place).expect("there are templates");
        let mut recipient = stage.samples.recipient(template);
        recipient.is_test = self.chance.below(6) == 0;
        let days = i64::try_from(self.chance.below(4)).unwrap_or_default();
        recipient.expires_at = (days > 0).then(|| Day::of(now()).plus(days).start());
        stage.samples.new_for(recipient)
    }

    /// Does something to a recipient; `false` where they are gone by it.
    async fn do_to(&mut self, stage: &Stage, choice: usize, holder: &mut Holder) -> bool {
        let Some(token) = holder.tokens.last().cloned() else {
            return false;
        };
        let new = holder.new.clone();
        match choice {
            1 | 2 => {
                let connection = stage.samples.connection();
                stage.claim(&token, &connection, self.now).await;
            }
            3 => {
                stage.reset_by(token.organization, &token).await;
            }
            4 => {
                let successor = stage.samples.access_successor(&token);
                stage.replace(&successor, self.now).await;
                self.keep(stage, holder, successor).await;
            }
            5 => {
                stage.request_reset(&token).await;
            }
            6 => {
                let entry = stage.samples.entry(token.organization, Action::ResetDismissed);
                let dismissed =
                    stage
                        .access
                        .dismiss_reset(token.organization, new.recipient.id, now(), &entry);
                ok(dismissed.await);
            }
            7 => {
                stage.revoke_access_by(token.organization, &token, self.now).await;
            }
            8 => {
                stage.revoke_credential(&new, self.now).await;
            }
            9 => return !stage.remove(&new).await,
            10 => {
                let address = mail_address(&format!("right-{}", new.recipient.mail));
                let (corrected, successor) = correct(stage, &token, &address).await;
                if corrected == Correction::Corrected {
                    holder.new.recipient.mail = address;
                }
                self.keep(stage, holder, successor).await;
            }
            11 => {
                let count = 1 + self.chance.below(holder.tokens.len());
                let opens: Vec<_> = holder.tokens.iter().take(count).collect();
                let opens: Vec<_> = opens.iter().map(|token| (token.id, 1, self.now)).collect();
                ok(stage.access.record_opens(&opens).await);
            }
            12 | 13 => self.settle_mail(stage, &new).await,
            14 => {
                stage.mail_again(&token, self.now).await;
            }
            _ => {
                self.succeed(stage, &new).await;
                ok(stage.tallies.settle().await);
            }
        }
        true
    }

    /// Notes that a token has taken the place of another, if it has.
    async fn keep(&self, stage: &Stage, holder: &mut Holder, successor: AccessToken) {
        if stage.found(&successor).await.is_some() {
            holder.tokens.push(successor);
        }
    }

    /// Something becomes of one of the mails, whether it waits or not.
    async fn settle_mail(&mut self, stage: &Stage, new: &NewRecipient) {
        let mails = stage.mails(new).await;
        let attempt = match self.chance.below(4) {
            0 => again(),
            1 => failed(),
            _ => sent_at(self.now),
        };
        if let Some(Mail { id, .. }) = mails.get(self.chance.below(mails.len())) {
            ok(stage.outbox.settle(*id, &attempt).await);
        }
    }

    /// Another credential takes the place of this one, if it is in force.
    async fn succeed(&mut self, stage: &Stage, old: &NewRecipient) {
        let mut successor = self.somebody(stage);
        let same = old.recipient.clone();
        if successor.recipient.organization == same.organization {
            successor.recipient.mail = same.mail;
            let succession = stage.succeed(old, &successor).await;
            if succession == symbolon_domain::port::recipients::Succession::Succeeded {
                let tokens = vec![successor.token.clone()];
                self.holders.push(Holder {
                    new: successor,
                    tokens,
                });
            }
        }
    }
}

/// Numbers in no order, and always the same (Knuth's linear congruence for 64 bits).
struct Chance(u64);

impl Chance {
    /// A number below this one; 0 below 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let number = usize::try_from(self.0 >> 33).unwrap_or_default();
        number.checked_rem(limit).unwrap_or_default()
    }
}
