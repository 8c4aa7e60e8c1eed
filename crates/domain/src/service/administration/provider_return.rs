//! An administrator comes back from a sign-in provider: to sign in, to prove again who they are, to connect their account,
//! or to accept an invitation. What was begun for one of these does that one, and nothing else.
//!
//! People are found by the profile that the provider vouches for, never by a mail address.

use super::{
    Proving, ProvingFault,
    account::connect,
    links::{OfferedProof, RedeemLink, RedeemOutcome, find_good},
    password_sign_in::{SigningIn, begin_after_proof, begin_after_proof_at},
    sessions::{Visit, resume},
};
use crate::{
    administrator_session::RECENT_SECONDS,
    id::{AdministratorId, AdministratorLinkId, AdministratorSessionId},
    port::{Ports, administrators::ProofChanging, administrators::Redeeming},
    secret::AdministratorLinkSecret,
    service::{Fault, caller::SignedInAdministrator, finish_sign_in::ReturnedAdministrator},
    sign_in::AdministratorPurpose,
    time::Timestamp,
};

/// How far the clocks of a provider and of this service may be apart, in seconds.
const LEEWAY_SECONDS: i64 = 60;

/// Does what an administrator went to a provider for.
#[derive(Debug)]
pub struct ReturnFromProvider<'a> {
    /// Who came back, and what for.
    pub returned: ReturnedAdministrator,
    /// The one-time link that the browser has opened, if it has.
    pub link: Option<&'a AdministratorLinkSecret>,
    /// Where the browser comes from, and the session that it shows.
    pub visit: Visit<'a>,
}

/// What became of it.
#[derive(Debug)]
pub enum ProviderReturn {
    /// Of a sign-in. [`SigningIn::Wrong`] where nobody has connected this profile, or their organization is cancelled.
    SignIn(SigningIn),
    /// Of proving it again.
    ProveAgain(ProvingAgain),
    /// Of connecting an account.
    Connect(Connecting),
    /// Of an invitation.
    Join(RedeemOutcome),
    /// Of nothing: this browser is not signed in any more as the one who began it.
    NobodyThere,
}

/// What became of proving again who somebody is.
#[derive(Debug)]
pub enum ProvingAgain {
    /// A new session takes the place of the old one: a whole one, or half of one where they use a second factor.
    Begun(SigningIn),
    /// The profile is not the one that they have connected.
    AnotherProfile,
    /// The provider does not say when they authenticated, so it proves nothing new.
    Undated,
    /// They authenticated before they were sent to the provider.
    NotAnew,
}

/// What became of connecting an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connecting {
    /// It was tried.
    Tried(ProofChanging),
    /// They proved who they are too long ago.
    ProveFirst,
}

impl ReturnFromProvider<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports, proving: Proving<'_>) -> Result<ProviderReturn, ProvingFault> {
        match self.returned.purpose {
            AdministratorPurpose::SignIn => self.sign_in(ports).await.map(ProviderReturn::SignIn),
            AdministratorPurpose::ProveAgain(session) => self.prove_again(ports, session).await,
            AdministratorPurpose::Connect(id) => self.connect(ports, id).await,
            AdministratorPurpose::Join(link) => {
                self.join(ports, proving, link).await.map(ProviderReturn::Join)
            }
        }
    }

    /// Signs in whoever has connected the profile.
    async fn sign_in(&self, ports: &Ports) -> Result<SigningIn, ProvingFault> {
        let profile = &self.returned.vouching.connection.profile;
        match ports.administrators.find_by_profile(profile).await? {
            Some(member) if member.organization.is_active() => {
                let proved_at = self.proved_at(ports.clock.now());
                begin_after_proof_at(ports, &member, &self.visit, proved_at).await
            }
            _ => Ok(SigningIn::Wrong),
        }
    }

    /// When who signs in proved who they are. A provider lets a browser through that it knows, without asking: what counts
    /// is when somebody authenticated there, and where it does not say so, that is no recent proof. Otherwise signing out
    /// and in again would stand for one.
    fn proved_at(&self, now: Timestamp) -> Timestamp {
        match self.returned.vouching.authenticated_at {
            Some(at) if !at.is_ahead_of(now) => at,
            Some(_) => now,
            None => now.plus_seconds(-RECENT_SECONDS),
        }
    }

    async fn prove_again(
        &self,
        ports: &Ports,
        session: AdministratorSessionId,
    ) -> Result<ProviderReturn, ProvingFault> {
        let administrator = self.signed_in(ports).await?;
        let Some(administrator) = administrator.filter(|found| found.session.id == session) else {
            return Ok(ProviderReturn::NobodyThere);
        };
        let known = administrator.member.administrator.proofs.connection.as_ref();
        let vouching = &self.returned.vouching;
        let since = self.returned.began_at.plus_seconds(-LEEWAY_SECONDS);
        let proving = if known.is_none_or(|known| known.profile != vouching.connection.profile) {
            ProvingAgain::AnotherProfile
        } else {
            match vouching.authenticated_at {
                None => ProvingAgain::Undated,
                Some(at) if since.is_ahead_of(at) => ProvingAgain::NotAnew,
                Some(_) => {
                    ProvingAgain::Begun(begin_after_proof(ports, &administrator.member, &self.visit).await?)
                }
            }
        };
        Ok(ProviderReturn::ProveAgain(proving))
    }

    async fn connect(&self, ports: &Ports, id: AdministratorId) -> Result<ProviderReturn, ProvingFault> {
        let administrator = self.signed_in(ports).await?;
        let Some(administrator) = administrator.filter(|found| found.id() == id) else {
            return Ok(ProviderReturn::NobodyThere);
        };
        let connecting = if administrator.session.is_recent(ports.clock.now()) {
            let connection = Some(&self.returned.vouching.connection);
            Connecting::Tried(connect(ports, &administrator, connection).await?)
        } else {
            Connecting::ProveFirst
        };
        Ok(ProviderReturn::Connect(connecting))
    }

    async fn join(
        self,
        ports: &Ports,
        proving: Proving<'_>,
        link: AdministratorLinkId,
    ) -> Result<RedeemOutcome, ProvingFault> {
        let spent = Ok(RedeemOutcome::Not(Redeeming::LinkSpent));
        let Some(secret) = self.link else {
            return spent;
        };
        let found = find_good(ports, secret, ports.clock.now()).await?;
        if found.is_none_or(|(found, _)| found.id != link) {
            return spent;
        }
        let redeeming = RedeemLink {
            link: secret,
            name: None,
            proof: OfferedProof::Connection(self.returned.vouching.connection),
            visit: self.visit,
        };
        redeeming.run(ports, proving).await
    }

    /// Who is signed in with the session that the browser shows.
    async fn signed_in(&self, ports: &Ports) -> Result<Option<SignedInAdministrator>, Fault> {
        match self.visit.former {
            Some(secret) => resume(ports, secret, self.visit.origin.clone()).await,
            None => Ok(None),
        }
    }
}
