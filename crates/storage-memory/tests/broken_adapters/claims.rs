//! Flaws in claims.

use symbolon_domain::{
    access_token::{ClaimStanding, Dossier, Refusal},
    id::{AccessTokenId, OrganizationId, RecipientId},
    port::{
        StoreError,
        access_tokens::{AccessRecord, AccessTokens, Claim},
        activity::ActivityLog,
        organizations::Organizations,
        recipients::Recipients,
        templates::Templates,
    },
    sealed::TokenDigest,
    social_profile::Connection,
    time::Timestamp,
};
use symbolon_storage_memory::MemoryStore;

use crate::flaw::{Answer, BreaksAccessTokens, BreaksRecipients, meanwhile};

/// Clears whatever binding there is, and binds.
async fn overwrite(
    store: &MemoryStore,
    id: AccessTokenId,
    connection: &Connection,
    record: AccessRecord<'_>,
    now: Timestamp,
) -> Answer<Claim> {
    if let Some(found) = AccessTokens::find_by_id(store, id).await? {
        let silent = AccessRecord { mail: None, ..record };
        store
            .reset(found.organization.id, found.recipient.id, silent)
            .await?;
    }
    store.claim(id, connection, record, now).await
}

/// Binds whoever came last.
pub(crate) struct LastProfileWins;

impl BreaksAccessTokens for LastProfileWins {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        match store.claim(id, connection, record, now).await? {
            Claim::Refused(Refusal::InUseByAnother) => overwrite(store, id, connection, record, now).await,
            other => Ok(other),
        }
    }
}

/// Looks whether the token is free, and binds in another step.
pub(crate) struct ClaimedInTwoSteps;

impl BreaksAccessTokens for ClaimedInTwoSteps {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        let Some(found) = AccessTokens::find_by_id(store, id).await? else {
            return Ok(Claim::Absent);
        };
        match found.claim_by(&connection.profile) {
            ClaimStanding::AlreadyYours => Ok(Claim::AlreadyYours),
            ClaimStanding::Refused(refusal) => Ok(Claim::Refused(refusal)),
            ClaimStanding::MayClaim => {
                meanwhile().await;
                match store.claim(id, connection, record, now).await? {
                    Claim::Refused(Refusal::InUseByAnother) => {
                        overwrite(store, id, connection, record, now).await
                    }
                    // What was decided since is not seen.
                    _ => Ok(Claim::Bound),
                }
            }
        }
    }
}

/// Writes, for each flaw, which refusal it does not know.
macro_rules! ignores {
    ($($(#[$doc:meta])* $flaw:ident: $refusal:pat,)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksAccessTokens for $flaw {
            async fn claim(
                store: &MemoryStore,
                id: AccessTokenId,
                connection: &Connection,
                record: AccessRecord<'_>,
                now: Timestamp,
            ) -> Answer<Claim> {
                match store.claim(id, connection, record, now).await? {
                    Claim::Refused($refusal) => Ok(Claim::Bound),
                    other => Ok(other),
                }
            }
        }
    )*};
}

ignores! {
    /// Binds though access was revoked.
    AccessRevocationIgnored: Refusal::AccessRevoked,
    /// Binds though the credential was revoked.
    CredentialRevocationIgnored: Refusal::CredentialRevoked(_),
    /// Binds a token that was replaced.
    ReplacementIgnored: Refusal::Replaced { .. },
}

/// Binds though the template is paused.
pub(crate) struct PauseIgnored;

impl BreaksAccessTokens for PauseIgnored {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        let claim = store.claim(id, connection, record, now).await?;
        let found = AccessTokens::find_by_id(store, id).await?;
        let Some((template, at)) =
            found.and_then(|found| Some((found.template.id, found.template.paused_at?)))
        else {
            return Ok(claim);
        };
        let owner = record.entry.organization;
        Templates::resume(store, owner, template, record.entry).await?;
        let claim = store.claim(id, connection, record, now).await;
        Templates::pause(store, owner, template, record.entry, at).await?;
        claim
    }
}

/// Binds though the organization is cancelled.
pub(crate) struct CancellationIgnored;

impl BreaksAccessTokens for CancellationIgnored {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        let claim = store.claim(id, connection, record, now).await?;
        if claim != Claim::Refused(Refusal::OrganizationCancelled) {
            return Ok(claim);
        }
        let owner = record.entry.organization;
        Organizations::reactivate(store, owner, record.entry).await?;
        let claim = store.claim(id, connection, record, now).await;
        Organizations::cancel(store, owner, record.entry, now).await?;
        claim
    }
}

/// Takes what it did not write for a failure.
pub(crate) struct LostClaimIsAnError;

impl BreaksAccessTokens for LostClaimIsAnError {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        match store.claim(id, connection, record, now).await? {
            Claim::Refused(_) => Err(StoreError::new("no row was updated")),
            other => Ok(other),
        }
    }
}

/// Writes to the log whatever comes of it.
pub(crate) struct LostClaimIsEntered;

impl BreaksAccessTokens for LostClaimIsEntered {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        let claim = store.claim(id, connection, record, now).await?;
        if claim != Claim::Bound {
            store.append(record.entry).await?;
        }
        Ok(claim)
    }
}

/// Knows people by their subject, whoever vouches.
pub(crate) struct IssuerIgnored;

impl BreaksAccessTokens for IssuerIgnored {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        let claim = store.claim(id, connection, record, now).await?;
        let found = AccessTokens::find_by_id(store, id).await?;
        let bound = found.and_then(|found| found.token.binding);
        let is_namesake =
            bound.is_some_and(|bound| bound.connection.profile.subject() == connection.profile.subject());
        match claim {
            Claim::Refused(Refusal::InUseByAnother) if is_namesake => Ok(Claim::AlreadyYours),
            other => Ok(other),
        }
    }
}

/// Compares people as a database with a lenient collation does.
pub(crate) struct ProfilesFolded;

impl BreaksAccessTokens for ProfilesFolded {
    async fn claim(
        store: &MemoryStore,
        id: AccessTokenId,
        connection: &Connection,
        record: AccessRecord<'_>,
        now: Timestamp,
    ) -> Answer<Claim> {
        let claim = store.claim(id, connection, record, now).await?;
        let found = AccessTokens::find_by_id(store, id).await?;
        let fold = |connection: &Connection| {
            let profile = &connection.profile;
            (
                profile.issuer().to_owned(),
                profile.subject().trim_end().to_lowercase(),
            )
        };
        let bound = found.and_then(|found| found.token.binding);
        let is_alike = bound.is_some_and(|bound| fold(&bound.connection) == fold(connection));
        match claim {
            Claim::Refused(Refusal::InUseByAnother) if is_alike => Ok(Claim::AlreadyYours),
            other => Ok(other),
        }
    }
}

/// Writes, for each flaw, how it reads a dossier wrongly.
macro_rules! misreads {
    ($($(#[$doc:meta])* $flaw:ident: $misread:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) struct $flaw;

        impl BreaksRecipients for $flaw {
            async fn find(
                store: &MemoryStore,
                organization: OrganizationId,
                id: RecipientId,
            ) -> Answer<Option<Dossier>> {
                Ok(Recipients::find(store, organization, id).await?.and_then($misread))
            }

            async fn find_by_id(store: &MemoryStore, id: RecipientId) -> Answer<Option<Dossier>> {
                Ok(Recipients::find_by_id(store, id).await?.and_then($misread))
            }
        }

        impl BreaksAccessTokens for $flaw {
            async fn find_by_digest(
                store: &MemoryStore,
                digest: &TokenDigest,
            ) -> Answer<Option<Dossier>> {
                Ok(AccessTokens::find_by_digest(store, digest).await?.and_then($misread))
            }

            async fn find_by_id(store: &MemoryStore, id: AccessTokenId) -> Answer<Option<Dossier>> {
                Ok(AccessTokens::find_by_id(store, id).await?.and_then($misread))
            }
        }
    )*};
}

misreads! {
    /// Writes when a credential was first claimed with every claim.
    FirstClaimOverwritten: |mut found: Dossier| {
        if let Some(binding) = &found.token.binding {
            found.recipient.first_claimed_at = Some(binding.bound_at);
        }
        Some(found)
    };
    /// Takes a credential for public while it is bound.
    FirstClaimCleared: |mut found: Dossier| {
        if found.token.binding.is_none() {
            found.recipient.first_claimed_at = None;
        }
        Some(found)
    };
    /// Finds only what can be used.
    ReplacedAreGone: |found: Dossier| found.token.replaced_at.is_none().then_some(found);
    /// Keeps the sealed copy of what is good for nothing.
    LinkKept: |mut found: Dossier| {
        let sealed = symbolon_domain::sealed::SealedSecret::from_bytes(vec![1; 72]);
        found.token.sealed.get_or_insert(sealed);
        Some(found)
    };
    /// Erases links together with the values of authorization tokens.
    OnceErasesLinks: |mut found: Dossier| {
        if found.organization.reveal_policy == symbolon_domain::organization::RevealPolicy::Once {
            found.token.sealed = None;
        }
        Some(found)
    };
    /// Has a cache for what seldom changes.
    PauseFromACache: |mut found: Dossier| {
        found.template.paused_at = None;
        Some(found)
    };
    /// Says that no mail was ever queued.
    MailForgotten: |mut found: Dossier| {
        found.mail = None;
        Some(found)
    };
}
