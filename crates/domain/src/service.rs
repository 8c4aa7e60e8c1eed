//! The use cases, one file each: a struct holds what is asked for, and `run` does it with the [ports](crate::port).
//!
//! | use case | does |
//! | --- | --- |
//! | [`Authenticate`](authenticate::Authenticate) | turns a shown value into a [`Caller`](caller::Caller), or refuses it |
//! | [`CreateToken`](create_token::CreateToken) | makes a token with at most its maker's permissions |
//! | [`RotateToken`](rotate_token::RotateToken) | puts a successor in a token's place; one winner |
//! | [`RevokeToken`](revoke_token::RevokeToken) | ends a token |
//! | [`DescribeToken`](describe_token::DescribeToken) | changes what a token is said to be for |
//! | [`ListTokens`](list_tokens::ListTokens), [`ShowToken`](show_token::ShowToken) | show tokens, with values where the policy allows |
//! | [`PendingUses`](record_use::PendingUses) | writes `last_used_at` in batches |
//! | [`CreateOrganization`](create_organization::CreateOrganization), [`ChangeOrganization`](change_organization::ChangeOrganization) | make, cancel, reactivate |
//! | [`CreateTemplate`](create_template::CreateTemplate), [`ChangeTemplate`](change_template::ChangeTemplate) | make, edit, pause, resume, delete what is awarded |
//! | [`IssueCredentials`](issue_credentials::IssueCredentials) | recipient, credential, access token and mail in one step |
//! | [`ReplaceCredential`](replace_credential::ReplaceCredential), [`RevokeCredential`](change_recipient::RevokeCredential), [`DeleteRecipient`](change_recipient::DeleteRecipient) | end what was issued |
//! | [`RevealAccess`](reveal_access::RevealAccess), [`ResetAccess`](change_access::ResetAccess), [`RevokeAccess`](change_access::RevokeAccess), [`ReplaceAccess`](change_access::ReplaceAccess) | what administrators do with an access token |
//! | [`MailAgain`](mail_again::MailAgain), [`RetrieveLinks`](mail_again::RetrieveLinks), [`DeliverMail`](deliver_mail::DeliverMail) | queue and send mail |
//! | [`OpenLink`](open_link::OpenLink), [`hand_over`] | from a mailed link to a clean URL; binds nothing |
//! | [`BeginSignIn`](begin_sign_in::BeginSignIn), [`FinishSignIn`](finish_sign_in::FinishSignIn) | sign-in with a provider, of recipients and of administrators, each for what it was begun for |
//! | [`ReturnedRecipient::enter`](finish_sign_in::ReturnedRecipient::enter) | lets a recipient in; the only place that binds |
//! | [`resume_session`], [`view_credential`] | the holder's and everybody's view |
//! | [`RequestReset`](request_reset::RequestReset) | asks the issuer for a reset |
//! | [`PendingOpens`](record_opens::PendingOpens) | counts opened links in batches |
//! | [`BeginExport`](begin_export::BeginExport) | records that data is taken away, before it is |
//! | [`administration`] | administrators: setting up, joining, signing in, proving it again, who else may |
//! | [`jobs`] | long work: imports, acts on many recipients |
//! | [`AdmitVault`](admit_vault::AdmitVault) | refuses a key ring that does not belong to the store |
//!
//! A use case reads the clock once, judges with the pure rules, and makes at most one changing call.

mod access_draft;
pub mod administration;
pub mod admit_vault;
pub mod authenticate;
pub mod begin_export;
pub mod begin_sign_in;
pub mod caller;
pub mod change_access;
pub mod change_organization;
pub mod change_recipient;
pub mod change_template;
pub mod create_organization;
pub mod create_template;
pub mod create_token;
pub mod deliver_mail;
pub mod describe_token;
pub mod enter;
pub mod finish_sign_in;
pub mod hand_over;
pub mod issue_credentials;
pub mod jobs;
pub mod list_tokens;
pub mod mail_again;
pub mod open_link;
pub mod record_opens;
pub mod record_use;
mod repetition;
pub mod replace_credential;
pub mod request_reset;
pub mod resume_session;
pub mod reveal;
pub mod reveal_access;
pub mod revoke_token;
pub mod rotate_token;
pub mod show_token;
pub mod view_credential;

use crate::port::{StoreError, entropy::EntropyError, vault::VaultError};

/// Something outside failed, and nothing can be concluded about what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There are no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The vault could not seal or open.
    #[error(transparent)]
    Vault(#[from] VaultError),
}
