//! A turn of an act on many recipients.

use symbolon_domain::{
    access_token::Dossier,
    id::RecipientId,
    job::{JobCounts, JobResult},
    port::jobs::{JobStep, Next},
    service::{Fault, caller::Authority},
    time::Timestamp,
};

use crate::{
    ActPlan, UnreadablePlan, Whom,
    turn::{Stepped, Taken},
};

/// How many recipients are dealt with in a step. Where the process is killed within a step, what it did is done, but is told
/// as "was so already" when it is taken up again; so a step is small.
const STEP: u32 = 20;

/// Where the next step begins, and the place of the first recipient in it.
struct Cursor {
    place: u64,
    after: Option<(Timestamp, RecipientId)>,
}

pub(crate) async fn work(taken: &mut Taken<'_>) -> Result<(), Fault> {
    let Ok(plan) = ActPlan::of(&taken.job) else {
        return Ok(taken
            .give_up("It was begun by another version of this service. Begin it again.")
            .await?);
    };
    loop {
        let Ok(cursor) = Cursor::read(taken.job.cursor.as_deref()) else {
            return Ok(taken
                .give_up("Where it stopped cannot be read. Begin it again.")
                .await?);
        };
        let recipients = due(taken, &plan.whom, &cursor).await?;
        let Some(last) = recipients.last().copied() else {
            let done = Next::Done(taken.ports.clock.now());
            return Ok(taken.rest(done).await?);
        };
        let mut counts = JobCounts::default();
        let mut results = Vec::new();
        let mut place = cursor.place;
        for (_, recipient) in recipients {
            let authority = Authority::Mandate(&taken.mandate);
            let (outcome, why) = plan.act.carry_out(taken.ports, authority, recipient).await?;
            counts.count(outcome);
            results.push(JobResult {
                place,
                outcome,
                recipient: Some(recipient),
                why: why.map(str::to_owned),
                row: None,
            });
            place += 1;
        }
        let cursor = Cursor {
            place,
            after: Some(last),
        };
        let step = JobStep {
            results,
            counts,
            cursor: Some(cursor.written()),
            next: taken.next(),
        };
        if let Stepped::Over = taken.keep(step).await? {
            return Ok(());
        }
    }
}

/// Whom the next step is about.
async fn due(
    taken: &Taken<'_>,
    whom: &Whom,
    cursor: &Cursor,
) -> Result<Vec<(Timestamp, RecipientId)>, Fault> {
    match whom {
        Whom::Chosen(recipients) => {
            let begin = usize::try_from(cursor.place - 1).unwrap_or(usize::MAX);
            let most = usize::try_from(STEP).unwrap_or(usize::MAX);
            let chosen = recipients.iter().skip(begin).take(most);
            Ok(chosen.map(|recipient| (taken.job.made_at, *recipient)).collect())
        }
        Whom::All(filter) => {
            let walked = taken
                .ports
                .recipients
                .walk(taken.job.organization, filter, cursor.after, STEP)
                .await?;
            let place = |dossier: &Dossier| (dossier.recipient.created_at, dossier.recipient.id);
            // Whoever was added after the job was begun was in nobody's mind.
            Ok(walked
                .iter()
                .map(place)
                .take_while(|(created_at, _)| *created_at <= taken.job.made_at)
                .collect())
        }
    }
}

impl Cursor {
    fn read(text: Option<&str>) -> Result<Self, UnreadablePlan> {
        let Some(text) = text else {
            return Ok(Self {
                place: 1,
                after: None,
            });
        };
        let mut parts = text.split(' ');
        let mut part = || parts.next().ok_or(UnreadablePlan);
        let (place, at, id) = (part()?, part()?, part()?);
        let at = at.parse().map_err(|_| UnreadablePlan)?;
        Ok(Self {
            place: place.parse().map_err(|_| UnreadablePlan)?,
            after: Some((
                Timestamp::from_millis(at),
                RecipientId::parse(id).ok_or(UnreadablePlan)?,
            )),
        })
    }

    fn written(&self) -> String {
        match self.after {
            None => String::new(),
            Some((at, id)) => format!("{} {} {id}", self.place, at.as_millis()),
        }
    }
}
