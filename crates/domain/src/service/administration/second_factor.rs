//! The second factor: giving a code, and setting it up.

use zeroize::Zeroizing;

use super::{
    Proving, ProvingFault,
    account::{Changing, change},
    password_sign_in::SigningIn,
    sessions::{Visit, begin, find_good},
};
use crate::{
    activity::{About, Action, RequestOrigin},
    administrator::Member,
    administrator_session::Stage,
    id::AdministratorId,
    idempotency::RequestFingerprint,
    port::{
        Ports,
        administrators::{ProofChange, ProofChanging},
        one_time_codes::OneTimeCodes,
    },
    sealed::TokenDigest,
    second_factor::{RECOVERY_CODES, RecoveryCode, SecondFactor, TotpSecret, seal_binding},
    secret::{AdministratorSessionSecret, Secret as _},
    service::{
        Fault,
        caller::{SignedInAdministrator, entry},
        reveal::open,
    },
    sign_in_attempts::Attempt,
    time::Timestamp,
};

/// How long somebody has to type the first code of a new authenticator app, in seconds: 30 minutes.
const ENROLMENT_SECONDS: i64 = 30 * 60;

/// Finishes a sign-in with a code of the authenticator app, or with a recovery code.
#[derive(Debug)]
pub struct GiveCode<'a> {
    /// How far the browser has come.
    pub half: &'a AdministratorSessionSecret,
    /// The code.
    pub code: &'a str,
    /// Where the browser comes from; its former session is the half one.
    pub visit: Visit<'a>,
}

impl GiveCode<'_> {
    /// What became of it; `None` where the first proof was given too long ago. Never [`SigningIn::SecondFactor`].
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports, proving: Proving<'_>) -> Result<Option<SigningIn>, ProvingFault> {
        let now = ports.clock.now();
        let Some((_, member)) = find_good(ports, self.half, Stage::SecondFactor, now).await? else {
            return Ok(None);
        };
        let given = give(ports, proving.codes, &member, self.code, &self.visit.origin).await?;
        Ok(Some(match given {
            Given::Right => begin(ports, &member, Stage::Full, &self.visit, ports.clock.now())
                .await?
                .map_or(SigningIn::Wrong, SigningIn::SignedIn),
            Given::Wrong => SigningIn::Wrong,
            Given::TooSoon { from } => SigningIn::TooSoon { from },
        }))
    }
}

/// Who has come half way with this value.
///
/// # Errors
/// Where nothing can be said.
pub async fn half_way(ports: &Ports, secret: &AdministratorSessionSecret) -> Result<Option<Member>, Fault> {
    let found = find_good(ports, secret, Stage::SecondFactor, ports.clock.now()).await?;
    Ok(found.map(|(_, member)| member))
}

/// What a code was worth.
pub(super) enum Given {
    Right,
    Wrong,
    TooSoon { from: Timestamp },
}

/// Judges a code, and uses it up.
pub(super) async fn give(
    ports: &Ports,
    codes: &dyn OneTimeCodes,
    member: &Member,
    code: &str,
    origin: &RequestOrigin,
) -> Result<Given, Fault> {
    let now = ports.clock.now();
    let administrator = &member.administrator;
    let Some(factor) = &administrator.proofs.second_factor else {
        return Ok(Given::Wrong);
    };
    let account = account(ports, administrator.id);
    if let Attempt::TooSoon { from } = ports.attempts.begin(&account, now).await? {
        return Ok(Given::TooSoon { from });
    }
    let binding = seal_binding(administrator.organization, administrator.id);
    let secret: TotpSecret = open(ports, &factor.sealed, &binding)?;
    let is_right = match codes.step_of(&secret, code, now) {
        Some(step) => ports.administrators.take_step(administrator.id, step).await?,
        None => take_recovery_code(ports, member, code, origin, now).await?,
    };
    if is_right {
        ports.attempts.clear(&account).await?;
        Ok(Given::Right)
    } else {
        Ok(Given::Wrong)
    }
}

async fn take_recovery_code(
    ports: &Ports,
    member: &Member,
    code: &str,
    origin: &RequestOrigin,
    now: Timestamp,
) -> Result<bool, Fault> {
    let Ok(code) = RecoveryCode::typed(code) else {
        return Ok(false);
    };
    let id = member.administrator.id;
    let entry = entry(
        ports,
        member.organization.id,
        origin.by_administrator(id),
        Action::RecoveryCodeUsed,
        About::administrator(id),
        now,
    )?;
    let active = ports.vault.digest(&code);
    for digest in std::iter::once(active).chain(ports.vault.other_digests(&code)) {
        if ports
            .administrators
            .take_recovery_code(id, &digest, &entry)
            .await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn account(ports: &Ports, id: AdministratorId) -> RequestFingerprint {
    ports
        .vault
        .fingerprint(&[b"administrator second factor", id.as_uuid().as_bytes()])
}

/// A second factor that is being set up: nothing is kept of it yet but what the page carries.
pub struct Enrolment {
    /// What the app has to read.
    pub secret: TotpSecret,
    /// The same, sealed for the page to bring back.
    pub note: Vec<u8>,
}

/// Begins to set up a second factor.
///
/// # Errors
/// Where nothing can be said.
pub fn enrol(ports: &Ports, administrator: &SignedInAdministrator) -> Result<Enrolment, Fault> {
    let secret = TotpSecret::generate(ports.entropy.as_ref())?;
    let until = ports.clock.now().plus_seconds(ENROLMENT_SECONDS);
    let text = Zeroizing::new(format!(
        "second factor {} {} {}",
        administrator.id(),
        until.as_millis(),
        secret.expose()
    ));
    let note = ports.vault.seal_note(text.as_bytes())?;
    Ok(Enrolment { secret, note })
}

/// The secret that a page brings back, if it was made for this administrator not too long ago.
///
/// # Errors
/// Never, but for a note that is none.
#[must_use]
pub fn enrolled(ports: &Ports, administrator: &SignedInAdministrator, note: &[u8]) -> Option<TotpSecret> {
    let opened = ports.vault.open_note(note)?;
    let text = std::str::from_utf8(&opened).ok()?;
    let rest = text.strip_prefix(&format!("second factor {} ", administrator.id()))?;
    let (until, secret) = rest.split_once(' ')?;
    let until = Timestamp::from_millis(until.parse().ok()?);
    let is_good = until.is_ahead_of(ports.clock.now());
    is_good.then(|| TotpSecret::read(secret).ok()).flatten()
}

/// Recovery codes, to be shown once.
pub type RecoveryCodes = Vec<RecoveryCode>;

/// What became of setting up a second factor.
#[derive(Debug)]
pub enum Enrolling {
    /// It is asked for from now on; these are the recovery codes.
    Done(RecoveryCodes),
    /// That is not a code of this secret.
    WrongCode,
    /// The page was made too long ago, or for somebody else.
    Stale,
    /// What lets them in was changed meanwhile.
    Overtaken,
}

/// Finishes setting up a second factor, with the first code of the app.
///
/// # Errors
/// Where nothing can be said.
pub async fn add(
    ports: &Ports,
    codes: &dyn OneTimeCodes,
    administrator: &SignedInAdministrator,
    note: &[u8],
    code: &str,
) -> Result<Enrolling, Fault> {
    let now = ports.clock.now();
    let Some(secret) = enrolled(ports, administrator, note) else {
        return Ok(Enrolling::Stale);
    };
    let Some(step) = codes.step_of(&secret, code, now) else {
        return Ok(Enrolling::WrongCode);
    };
    let binding = seal_binding(administrator.member.organization.id, administrator.id());
    let (shown, digests) = recovery_codes(ports)?;
    let factor = SecondFactor {
        sealed: ports.vault.seal(&secret, &binding)?,
        since: now,
        last_step: step,
        recovery_codes_left: u32::try_from(digests.len()).unwrap_or(u32::MAX),
    };
    let wanted = Changing {
        change: ProofChange::SecondFactor(Some((factor, digests))),
        action: Action::SecondFactorAdded,
    };
    Ok(match change(ports, administrator, wanted, now).await? {
        ProofChanging::Changed => Enrolling::Done(shown),
        _ => Enrolling::Overtaken,
    })
}

/// Stops asking for the second factor.
///
/// # Errors
/// Where nothing can be said.
pub async fn remove(ports: &Ports, administrator: &SignedInAdministrator) -> Result<ProofChanging, Fault> {
    let wanted = Changing {
        change: ProofChange::SecondFactor(None),
        action: Action::SecondFactorRemoved,
    };
    change(ports, administrator, wanted, ports.clock.now()).await
}

/// New recovery codes, in the place of those there are; `None` where what lets them in was changed meanwhile.
///
/// # Errors
/// Where nothing can be said.
pub async fn renew_recovery_codes(
    ports: &Ports,
    administrator: &SignedInAdministrator,
) -> Result<Option<RecoveryCodes>, Fault> {
    let (shown, digests) = recovery_codes(ports)?;
    let wanted = Changing {
        change: ProofChange::RecoveryCodes(digests),
        action: Action::RecoveryCodesRenewed,
    };
    let changed = change(ports, administrator, wanted, ports.clock.now()).await?;
    Ok((changed == ProofChanging::Changed).then_some(shown))
}

fn recovery_codes(ports: &Ports) -> Result<(RecoveryCodes, Vec<TokenDigest>), Fault> {
    let codes = (0..RECOVERY_CODES)
        .map(|_| RecoveryCode::generate(ports.entropy.as_ref()))
        .collect::<Result<RecoveryCodes, _>>()?;
    let digests = codes.iter().map(|code| ports.vault.digest(code)).collect();
    Ok((codes, digests))
}
