//! The dashboard: what administrators of an organization see.
//!
//! Its pages speak English only, so their words stand in their templates and files. Those for people who are signed in
//! stand in [`DashboardFrame`] (`templates/dashboard/base.html`), the others in [`OutsideFrame`]
//! (`templates/dashboard/outside.html`). Each works without script; what scripts add is in `assets/dashboard.js` and
//! in the `hx-` attributes of one template.
//!
//! Values that come with a sign or an exact time bring their own HTML: [`icon::Icon`], [`Since`], [`mark::Mark`], [`Field`]'s input.

mod account;
mod activity;
mod actor;
mod add_recipient;
mod address;
mod administrators;
mod amount;
mod bulk_preview;
mod chart;
mod choices;
mod claim_state;
mod client_address;
mod deed;
mod error;
mod field;
mod frame;
mod icon;
mod import_check;
mod import_columns;
mod import_file;
mod instant;
mod invitation;
mod job;
mod job_page;
mod key_pages;
mod listing;
mod mail_state;
mod mail_text;
mod mark;
mod named;
mod new_password;
mod outcome;
mod outside;
mod overview;
pub(crate) mod paths;
mod question;
mod recipient;
mod recipient_act;
mod recipient_filter;
mod recipient_list;
mod recipient_page;
mod recipient_preview;
mod recipient_questions;
mod reset_requests;
#[cfg(test)]
pub(super) mod samples;
mod second_factor;
mod second_factor_setup;
mod select;
mod settings;
mod sign_in;
mod since;
mod stale_link;
mod template_choices;
mod template_form;
mod template_list;
mod template_page;
mod timeline;
mod token_form;
mod token_list;
mod token_page;
mod token_questions;
mod token_state;
mod welcome;

pub(crate) use account::{AccountPage, SecondFactor, SessionRow};
pub(crate) use activity::{About, AboutKind, ActivityFilter, ActivityPage, ActivityRow, ActorKind};
pub(crate) use actor::Actor;
pub(crate) use add_recipient::AddRecipientPage;
pub(crate) use administrators::{AdministratorRow, AdministratorsPage, Invitation, Membership};
pub(crate) use amount::Amount;
pub(crate) use bulk_preview::{BulkPreviewPage, BulkScope, Skipped};
pub(crate) use chart::{Chart, ChartBar};
pub(crate) use choices::Choice;
pub(crate) use claim_state::ClaimState;
pub(crate) use client_address::ClientAddress;
pub(crate) use deed::DeedGroup;
pub(crate) use error::{DashboardError, DashboardErrorPage};
pub(crate) use field::{Field, Problem};
pub(crate) use frame::{Alert, DashboardFrame, Role, Section};
pub(crate) use import_check::{ImportCheckPage, LineProblem, SampleRow};
pub(crate) use import_columns::{ColumnMeaning, ColumnsProblem, ImportColumn, ImportColumnsPage};
pub(crate) use import_file::{FileProblem, ImportFilePage};
pub(crate) use invitation::InvitationPage;
pub(crate) use job::{Job, JobKind, JobState};
pub(crate) use job_page::{JobListPage, JobPage, JobRow, RowOutcome};
pub(crate) use key_pages::KeyPages;
pub(crate) use listing::Listing;
pub(crate) use mail_state::MailState;
pub(crate) use named::Named;
pub(crate) use new_password::{ForgottenPage, ForgottenSentPage, NewPasswordPage};
pub(crate) use outcome::Outcome;
pub(crate) use outside::OutsideFrame;
pub(crate) use overview::{OverviewNumbers, OverviewPage};
#[cfg(test)]
pub(crate) use question::QuestionField;
pub(crate) use question::QuestionPage;
pub(crate) use recipient::Recipient;
pub(crate) use recipient_act::RecipientAct;
pub(crate) use recipient_filter::{MailShown, Order, RecipientFilter, StateShown};
pub(crate) use recipient_list::{BulkAct, RecipientListPage, RecipientRow};
pub(crate) use recipient_page::{Key, RecipientPage, ResetRequest};
pub(crate) use recipient_preview::RecipientPreviewPage;
pub(crate) use reset_requests::{ResetRequestRow, ResetRequestsPage};
pub(crate) use second_factor::{ConfirmPage, ConfirmReason, SecondFactorPage};
pub(crate) use second_factor_setup::{QrCode, RecoveryCodesPage, SecondFactorSetupPage};
pub(crate) use settings::{RevealPolicy, SettingsPage};
pub(crate) use sign_in::{DashboardSignInPage, Refusal};
pub(crate) use since::Since;
pub(crate) use stale_link::{StaleLink, StaleLinkPage};
pub(crate) use template_choices::TemplateChoices;
pub(crate) use template_form::{TemplateFormPage, TemplatePreview};
pub(crate) use template_list::{TemplateListPage, TemplateNumbers, TemplateRow, TemplateState};
pub(crate) use template_page::TemplatePage;
pub(crate) use timeline::{Event, Happening};
pub(crate) use token_form::{Rotation, TokenFormPage, TokenMadePage};
pub(crate) use token_list::{TokenListPage, TokenRow, TokensShown};
pub(crate) use token_page::{Descendant, TokenLink, TokenPage, TokenValue};
pub(crate) use token_state::{Expiry, Permissions, Reuse, TokenState};
pub(crate) use welcome::{Owned, WelcomePage};
