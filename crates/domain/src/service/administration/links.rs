//! One-time links: what they lead to, asking for one, and using one up.

use zeroize::Zeroizing;

use super::{
    Proving, ProvingFault,
    notices::notice,
    password_sign_in::{SigningIn, account, begin_after_proof},
    sessions::Visit,
};
use crate::{
    activity::{About, Action},
    administrator::{Administrator, Member},
    administrator_link::{AdministratorLink, LinkPurpose},
    id::AdministratorLinkId,
    notice::{Notice, NoticeSubject},
    password::Password,
    port::{
        Ports, StoreError,
        administrators::{NewProof, Redeeming, Redemption},
    },
    secret::{AdministratorLinkSecret, AdministratorSessionSecret},
    service::{Fault, caller::entry},
    social_profile::Connection,
    text::{MailAddress, PersonName},
    time::Timestamp,
};

/// What a one-time link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkFinding {
    /// To the set-up.
    SetUp,
    /// To joining, as this administrator.
    Invitation(Box<Member>),
    /// To a new password, for this administrator.
    NewPassword(Box<Member>),
    /// Nowhere, for it has expired.
    Expired(LinkPurpose),
    /// Nowhere: unknown, used, or replaced by a newer one. Which of these, nobody is told.
    Spent,
}

/// What a link leads to.
///
/// # Errors
/// Where nothing can be said.
pub async fn look(ports: &Ports, secret: &AdministratorLinkSecret) -> Result<LinkFinding, Fault> {
    let now = ports.clock.now();
    let Some((link, member)) = find(ports, secret).await? else {
        return Ok(LinkFinding::Spent);
    };
    if !link.is_good(now) {
        return Ok(LinkFinding::Expired(link.purpose));
    }
    let member = member
        .filter(|member| member.organization.is_active())
        .map(Box::new);
    Ok(match (link.purpose, member) {
        (LinkPurpose::SetUp, _) if !ports.administrators.exist().await? => LinkFinding::SetUp,
        (LinkPurpose::Invitation(_), Some(member)) => LinkFinding::Invitation(member),
        (LinkPurpose::NewPassword(_), Some(member)) => LinkFinding::NewPassword(member),
        _ => LinkFinding::Spent,
    })
}

/// Names the link while it carries a good invitation, so that a sign-in can be begun for it.
///
/// # Errors
/// Where nothing can be said.
pub async fn invitation(
    ports: &Ports,
    secret: &AdministratorLinkSecret,
) -> Result<Option<AdministratorLinkId>, Fault> {
    let found = find_good(ports, secret, ports.clock.now()).await?;
    Ok(found
        .filter(|(link, _)| matches!(link.purpose, LinkPurpose::Invitation(_)))
        .map(|(link, _)| link.id))
}

/// The link with this value while it is good, with whom it is for.
pub(super) async fn find_good(
    ports: &Ports,
    secret: &AdministratorLinkSecret,
    now: Timestamp,
) -> Result<Option<(AdministratorLink, Option<Member>)>, StoreError> {
    let found = find(ports, secret).await?;
    Ok(found.filter(|(link, _)| link.is_good(now)))
}

/// The link with this value, under whichever pepper it was made.
async fn find(
    ports: &Ports,
    secret: &AdministratorLinkSecret,
) -> Result<Option<(AdministratorLink, Option<Member>)>, StoreError> {
    let active = ports.vault.digest(secret);
    for digest in std::iter::once(active).chain(ports.vault.other_digests(secret)) {
        if let Some(found) = ports.administrators.find_link(&digest).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Seals a link for the browser that opened it, so that its address can be clean: nobody else can read or make it.
///
/// # Errors
/// Where the vault cannot seal.
pub fn hand_over(ports: &Ports, secret: &AdministratorLinkSecret) -> Result<Vec<u8>, Fault> {
    let note = Zeroizing::new(format!("{HANDED_OVER}{}", secret.expose()));
    Ok(ports.vault.seal_note(note.as_bytes())?)
}

/// The link that was [handed over](hand_over) so.
#[must_use]
pub fn handed_over(ports: &Ports, note: &[u8]) -> Option<AdministratorLinkSecret> {
    let opened = ports.vault.open_note(note)?;
    let text = std::str::from_utf8(&opened).ok()?;
    AdministratorLinkSecret::parse(text.strip_prefix(HANDED_OVER)?).ok()
}

/// What sets such a note apart from others.
const HANDED_OVER: &str = "administrator link ";

/// Accepts an invitation, or chooses a new password. Whoever has no second factor is signed in by it.
#[derive(Debug)]
pub struct RedeemLink<'a> {
    /// The link.
    pub link: &'a AdministratorLinkSecret,
    /// What they are called; asked of whoever joins.
    pub name: Option<PersonName>,
    /// What lets them in from now on.
    pub proof: OfferedProof,
    /// Where the browser comes from.
    pub visit: Visit<'a>,
}

/// A proof that somebody offers with a link.
#[derive(Debug)]
pub enum OfferedProof {
    /// A password.
    Password(Password),
    /// An account at a sign-in provider, which vouched for them just now. Only for invitations.
    Connection(Connection),
}

/// What became of it.
#[derive(Debug)]
pub enum RedeemOutcome {
    /// They are signed in.
    SignedIn(AdministratorSessionSecret),
    /// The second factor is asked for.
    SecondFactor(AdministratorSessionSecret),
    /// Nothing was changed, for this reason; never [`Redeeming::Redeemed`].
    Not(Redeeming),
}

impl RedeemLink<'_> {
    /// What became of it.
    ///
    /// # Errors
    /// Where nothing can be said.
    pub async fn run(self, ports: &Ports, proving: Proving<'_>) -> Result<RedeemOutcome, ProvingFault> {
        let found = find_good(ports, self.link, ports.clock.now()).await?;
        let Some((link, Some(member))) = found else {
            return Ok(RedeemOutcome::Not(Redeeming::LinkSpent));
        };
        let is_invitation = matches!(link.purpose, LinkPurpose::Invitation(_));
        let proof = match self.proof {
            OfferedProof::Password(password) => NewProof::Password(proving.passwords.hash(password).await?),
            OfferedProof::Connection(connection) if is_invitation => NewProof::Connection(connection),
            OfferedProof::Connection(_) => return Ok(RedeemOutcome::Not(Redeeming::LinkSpent)),
        };
        let now = ports.clock.now();
        let id = member.administrator.id;
        let action = if is_invitation {
            Action::AdministratorJoined
        } else {
            Action::PasswordChanged
        };
        let entry = entry(
            ports,
            member.organization.id,
            self.visit.origin.by_administrator(id),
            action,
            About::administrator(id),
            now,
        )?;
        let redemption = Redemption {
            name: self.name,
            proof,
        };
        let redeemed = ports
            .administrators
            .redeem(&link.digest, &redemption, &entry, now)
            .await?;
        let administrator = match redeemed {
            Redeeming::Redeemed(administrator) => *administrator,
            not => return Ok(RedeemOutcome::Not(not)),
        };
        // Whoever reads their mail has shown more than a guesser could: the account is open to them again.
        ports.attempts.clear(&account(ports, &administrator.mail)).await?;
        let member = Member {
            administrator,
            organization: member.organization,
        };
        Ok(match begin_after_proof(ports, &member, &self.visit).await? {
            SigningIn::SignedIn(secret) => RedeemOutcome::SignedIn(secret),
            SigningIn::SecondFactor(secret) => RedeemOutcome::SecondFactor(secret),
            SigningIn::Wrong | SigningIn::TooSoon { .. } => RedeemOutcome::Not(Redeeming::LinkSpent),
        })
    }
}

/// Mails a link for a new password, if an administrator has this mail address. Nobody is told whether one has.
///
/// # Errors
/// Where nothing can be said.
pub async fn forgotten(ports: &Ports, mail: &MailAddress) -> Result<(), Fault> {
    let now = ports.clock.now();
    let Some(member) = ports.administrators.find_by_mail(mail).await? else {
        return Ok(());
    };
    let administrator = &member.administrator;
    let fresh = FreshLink::draw(
        ports,
        administrator,
        LinkPurpose::NewPassword(administrator.id),
        now,
    )?;
    let notice = fresh.notice(ports, administrator, now)?;
    // Whoever has not joined is not told either: they have an invitation.
    ports
        .administrators
        .renew_link(&fresh.link, Some(&notice), None)
        .await?;
    Ok(())
}

/// A link that nobody has yet, and its value.
pub(super) struct FreshLink {
    pub(super) link: AdministratorLink,
    pub(super) secret: AdministratorLinkSecret,
}

impl FreshLink {
    /// A link that can be mailed.
    pub(super) fn draw(
        ports: &Ports,
        administrator: &Administrator,
        purpose: LinkPurpose,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let secret = AdministratorLinkSecret::generate(ports.entropy.as_ref())?;
        let mut link = AdministratorLink {
            id: AdministratorLinkId::fresh(now, ports.id_entropy()?),
            digest: ports.vault.digest(&secret),
            purpose,
            sealed: None,
            created_at: now,
            expires_at: now.plus_seconds(purpose.seconds()),
        };
        let binding = link.seal_binding(administrator.organization);
        link.sealed = Some(ports.vault.seal(&secret, &binding)?);
        Ok(Self { link, secret })
    }

    /// The notice that mails it.
    pub(super) fn notice(
        &self,
        ports: &Ports,
        administrator: &Administrator,
        now: Timestamp,
    ) -> Result<Notice, Fault> {
        let subject = match self.link.purpose {
            LinkPurpose::NewPassword(_) => NoticeSubject::NewPassword(self.link.id),
            LinkPurpose::Invitation(_) | LinkPurpose::SetUp => NoticeSubject::Invitation(self.link.id),
        };
        notice(
            ports,
            administrator.organization,
            Some(administrator.id),
            subject,
            now,
        )
    }
}
