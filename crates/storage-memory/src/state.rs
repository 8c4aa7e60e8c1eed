//! What is kept, and the judgements that more than one port needs.

use std::collections::{BTreeMap, HashMap};

use symbolon_domain::{
    access_token::AccessToken,
    activity::ActivityEntry,
    administrator::Administrator,
    administrator_link::AdministratorLink,
    administrator_session::AdministratorSession,
    authorization_token::{AuthorizationToken, MAX_LIVE_TOKENS, OwnedToken, Standing},
    id::{
        AccessTokenId, AdministratorId, AdministratorLinkId, AuthorizationTokenId, JobId, MailId, NoticeId,
        OrganizationId, RecipientId, TemplateId,
    },
    idempotency::{IdempotencyKey, StoredAnswer},
    mail::Mail,
    notice::Notice,
    organization::{Organization, RevealPolicy},
    port::recipients::IssueRequest,
    recipient::Recipient,
    sealed::{KeyId, TokenDigest},
    session::Session,
    sign_in::PendingSignIn,
    sign_in_attempts::Attempts,
    template::Template,
    time::Timestamp,
};

use crate::jobs::KeptJob;

/// Everything.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) organizations: HashMap<OrganizationId, Organization>,
    pub(crate) tokens: HashMap<AuthorizationTokenId, AuthorizationToken>,
    pub(crate) digests: HashMap<TokenDigest, AuthorizationTokenId>,
    pub(crate) answers: HashMap<(AuthorizationTokenId, IdempotencyKey), StoredAnswer>,
    /// When an entry for reuse was last appended for a token.
    pub(crate) reuse_entered_at: HashMap<AuthorizationTokenId, Timestamp>,
    pub(crate) templates: HashMap<TemplateId, Template>,
    pub(crate) recipients: HashMap<RecipientId, Recipient>,
    pub(crate) access: HashMap<AccessTokenId, AccessToken>,
    pub(crate) access_digests: HashMap<TokenDigest, AccessTokenId>,
    /// Of each recipient, the access token that has not been replaced.
    pub(crate) current: HashMap<RecipientId, AccessTokenId>,
    pub(crate) requests: Vec<(IssueRequest, RecipientId)>,
    pub(crate) mails: HashMap<MailId, Mail>,
    /// Of each access token, the mails about it.
    pub(crate) mails_about: HashMap<AccessTokenId, Vec<MailId>>,
    pub(crate) sessions: HashMap<TokenDigest, Session>,
    pub(crate) sign_ins: HashMap<TokenDigest, PendingSignIn>,
    pub(crate) administrators: HashMap<AdministratorId, Administrator>,
    pub(crate) administrator_links: HashMap<AdministratorLinkId, AdministratorLink>,
    pub(crate) administrator_sessions: HashMap<TokenDigest, AdministratorSession>,
    /// Of each administrator, the recovery codes that are left.
    pub(crate) recovery_codes: HashMap<AdministratorId, Vec<TokenDigest>>,
    /// By the fingerprint of the account.
    pub(crate) attempts: HashMap<[u8; 32], Attempts>,
    pub(crate) notices: HashMap<NoticeId, Notice>,
    pub(crate) jobs: BTreeMap<JobId, KeptJob>,
    pub(crate) activity: Vec<ActivityEntry>,
    pub(crate) canaries: BTreeMap<KeyId, Vec<u8>>,
}

impl State {
    /// The standing of a token; `None` where it or its organization is not kept.
    pub(crate) fn standing(&self, id: AuthorizationTokenId, now: Timestamp) -> Option<Standing> {
        let token = self.tokens.get(&id)?;
        let owner = self.organizations.get(&token.organization)?;
        Some(token.standing(owner, now))
    }

    /// The token and its organization.
    pub(crate) fn with_owner(&self, id: AuthorizationTokenId) -> Option<OwnedToken> {
        let token = self.tokens.get(&id)?;
        let owner = self.organizations.get(&token.organization)?;
        Some(OwnedToken {
            token: token.clone(),
            owner: owner.clone(),
        })
    }

    /// The token, if this organization owns it.
    pub(crate) fn owned(
        &self,
        organization: OrganizationId,
        id: AuthorizationTokenId,
    ) -> Option<&AuthorizationToken> {
        self.tokens
            .get(&id)
            .filter(|token| token.organization == organization)
    }

    /// Whether an organization has as many live tokens as it may have.
    pub(crate) fn is_full(&self, owner: &Organization, now: Timestamp) -> bool {
        let live = self
            .tokens
            .values()
            .filter(|token| token.organization == owner.id && token.own_standing(now) == Standing::Live)
            .count();
        u64::try_from(live).is_ok_and(|live| live >= MAX_LIVE_TOKENS)
    }

    /// The unexpired answer under this caller and key.
    pub(crate) fn answer(
        &self,
        caller: AuthorizationTokenId,
        key: &IdempotencyKey,
        now: Timestamp,
    ) -> Option<&StoredAnswer> {
        self.answers
            .get(&(caller, key.clone()))
            .filter(|answer| answer.expires_at.is_ahead_of(now))
    }

    /// Whether another token has this id or digest already.
    pub(crate) fn is_taken(&self, token: &AuthorizationToken) -> bool {
        let has_rival = token.rotated_from.is_some()
            && self
                .tokens
                .values()
                .any(|kept| kept.rotated_from == token.rotated_from);
        self.tokens.contains_key(&token.id) || self.digests.contains_key(&token.digest) || has_rival
    }

    /// Keeps a token; its sealed copy only where the policy is to keep one.
    pub(crate) fn keep(&mut self, token: &AuthorizationToken) {
        let owner = self.organizations.get(&token.organization);
        let keeps_sealed = owner.is_some_and(|owner| owner.reveal_policy == RevealPolicy::Always);
        let sealed = token.sealed.clone().filter(|_| keeps_sealed);
        self.digests.insert(token.digest, token.id);
        self.tokens.insert(
            token.id,
            AuthorizationToken {
                sealed,
                ..token.clone()
            },
        );
    }

    pub(crate) fn keep_answer(&mut self, answer: &StoredAnswer) {
        self.answers
            .insert((answer.caller, answer.request.key.clone()), answer.clone());
    }
}
