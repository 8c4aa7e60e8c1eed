//! Signing in with a mail address and a password, and proving it again.

use super::{
    Proving, ProvingFault,
    second_factor::{self, Given, give},
    sessions::{Visit, begin, begin_proved_at},
};
use crate::{
    administrator::{Administrator, Member},
    administrator_session::Stage,
    idempotency::RequestFingerprint,
    password::Password,
    port::{Ports, passwords::PasswordCheck},
    secret::AdministratorSessionSecret,
    service::{Fault, caller::SignedInAdministrator},
    sign_in_attempts::Attempt,
    text::MailAddress,
    time::Timestamp,
};

/// Signs in with a password.
#[derive(Debug)]
pub struct PasswordSignIn<'a> {
    /// Who they say they are.
    pub mail: &'a MailAddress,
    /// How they prove it.
    pub password: Password,
    /// Where the browser comes from.
    pub visit: Visit<'a>,
}

/// What became of a sign-in.
#[derive(Debug)]
pub enum SigningIn {
    /// They are signed in; this lets the browser in again.
    SignedIn(AdministratorSessionSecret),
    /// The second factor is asked for; this says how far the browser has come.
    SecondFactor(AdministratorSessionSecret),
    /// That is not it. Whether the address is known, nobody is told.
    Wrong,
    /// The last attempt at this account was not long enough ago.
    TooSoon {
        /// From when on one may be made.
        from: Timestamp,
    },
}

impl PasswordSignIn<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports, proving: Proving<'_>) -> Result<SigningIn, ProvingFault> {
        let now = ports.clock.now();
        let account = account(ports, self.mail);
        if let Attempt::TooSoon { from } = ports.attempts.begin(&account, now).await? {
            return Ok(SigningIn::TooSoon { from });
        }
        let member = ports.administrators.find_by_mail(self.mail).await?;
        let hash = member
            .as_ref()
            .and_then(|member| member.administrator.proofs.password.clone());
        let check = proving.passwords.check(self.password, hash).await?;
        let member = match (member, check) {
            (Some(member), PasswordCheck::Right) => member,
            (Some(member), PasswordCheck::RightAndRehashed(hash)) => {
                let administrator = &member.administrator;
                ports
                    .administrators
                    .rehash(administrator.id, administrator.proofs.generation, &hash)
                    .await?;
                member
            }
            _ => return Ok(SigningIn::Wrong),
        };
        if !member.organization.is_active() {
            return Ok(SigningIn::Wrong);
        }
        ports.attempts.clear(&account).await?;
        begin_after_proof(ports, &member, &self.visit).await
    }
}

/// The session of somebody who has given their first proof just now: a whole one, or half of one where they use a second factor.
///
/// # Errors
/// Where nothing can be said.
pub async fn begin_after_proof(
    ports: &Ports,
    member: &Member,
    visit: &Visit<'_>,
) -> Result<SigningIn, ProvingFault> {
    begin_after_proof_at(ports, member, visit, ports.clock.now()).await
}

/// The same of somebody who gave it at this instant.
pub(super) async fn begin_after_proof_at(
    ports: &Ports,
    member: &Member,
    visit: &Visit<'_>,
    proved_at: Timestamp,
) -> Result<SigningIn, ProvingFault> {
    let stage = match member.administrator.proofs.second_factor {
        Some(_) => Stage::SecondFactor,
        None => Stage::Full,
    };
    let begun = begin_proved_at(ports, member, stage, visit, proved_at, ports.clock.now()).await?;
    Ok(match (begun, stage) {
        (Some(secret), Stage::Full) => SigningIn::SignedIn(secret),
        (Some(secret), Stage::SecondFactor) => SigningIn::SecondFactor(secret),
        (None, _) => SigningIn::Wrong,
    })
}

/// Names an account for counting attempts, whether there is one or not.
pub(super) fn account(ports: &Ports, mail: &MailAddress) -> RequestFingerprint {
    let mail = mail.as_str().to_ascii_lowercase();
    ports
        .vault
        .fingerprint(&[b"administrator account", mail.as_bytes()])
}

/// Forgets the wrong passwords at an account, of both steps. `false` where there were none.
///
/// # Errors
/// Where nothing can be said.
pub async fn unlock(ports: &Ports, administrator: &Administrator) -> Result<bool, Fault> {
    let first = ports.attempts.clear(&account(ports, &administrator.mail)).await?;
    let second = ports
        .attempts
        .clear(&second_factor::account(ports, administrator.id))
        .await?;
    Ok(first || second)
}

/// Proves again who is signed in, for acts that ask for a recent proof. A new session takes the place of the old one.
#[derive(Debug)]
pub struct ProveAgain<'a> {
    /// Who is signed in.
    pub administrator: &'a SignedInAdministrator,
    /// Their password.
    pub password: Password,
    /// The code of their second factor, where they use one.
    pub code: Option<&'a str>,
    /// Where the browser comes from.
    pub visit: Visit<'a>,
}

impl ProveAgain<'_> {
    /// What became of it; never [`SigningIn::SecondFactor`].
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports, proving: Proving<'_>) -> Result<SigningIn, ProvingFault> {
        let now = ports.clock.now();
        let member = &self.administrator.member;
        let proofs = &member.administrator.proofs;
        let account = account(ports, &member.administrator.mail);
        if let Attempt::TooSoon { from } = ports.attempts.begin(&account, now).await? {
            return Ok(SigningIn::TooSoon { from });
        }
        let check = proving
            .passwords
            .check(self.password, proofs.password.clone())
            .await?;
        if check == PasswordCheck::Wrong {
            return Ok(SigningIn::Wrong);
        }
        if proofs.second_factor.is_some() {
            let code = self.code.unwrap_or_default();
            match give(ports, proving.codes, member, code, &self.visit.origin).await? {
                Given::Right => {}
                Given::Wrong => return Ok(SigningIn::Wrong),
                Given::TooSoon { from } => return Ok(SigningIn::TooSoon { from }),
            }
        }
        ports.attempts.clear(&account).await?;
        let begun = begin(ports, member, Stage::Full, &self.visit, ports.clock.now()).await?;
        Ok(begun.map_or(SigningIn::Wrong, SigningIn::SignedIn))
    }
}
