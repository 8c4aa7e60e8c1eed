//! Where the links and forms of the dashboard lead, below the base path.

/// `GET`: numbers, and what to do next.
pub(crate) const OVERVIEW: &str = "/dashboard";
/// `GET` (`token` in the link): set-up, an invitation or a new password. `POST`: does it.
pub(crate) const WELCOME: &str = "/dashboard/welcome";
/// `GET` (`next`): sign in. `POST` (`mail`, `password`, `next`): does it.
pub(crate) const SIGN_IN: &str = "/dashboard/sign-in";
/// `POST` (`provider`): accept an invitation with an account at a provider.
pub(crate) const WELCOME_PROVIDER: &str = "/dashboard/welcome/provider";
/// `POST` (`provider`, `next`): sign in with a provider.
pub(crate) const SIGN_IN_PROVIDER: &str = "/dashboard/sign-in/provider";
/// `GET`: asks for the second factor. `POST` (`code`): checks it.
pub(crate) const SECOND_FACTOR: &str = "/dashboard/second-factor";
/// `GET`: asks for the mail address. `POST` (`mail`): mails a link for a new password.
pub(crate) const FORGOTTEN: &str = "/dashboard/forgotten";
/// `GET` (`next`): asks who sits there. `POST` (`password`, `code`, `next`): checks it.
pub(crate) const CONFIRM: &str = "/dashboard/confirm";
/// `POST` (`provider`, `next`): sends to a provider, to prove there who sits there.
pub(crate) const CONFIRM_PROVIDER: &str = "/dashboard/confirm/provider";
/// `POST`: sign out.
pub(crate) const SIGN_OUT: &str = "/dashboard/sign-out";
/// `GET` (`show=all`, `page`): the authorization tokens; below it `new` and each of them.
pub(crate) const DEVELOPERS: &str = "/dashboard/developers";
/// `GET` (`page`): the templates; below it `new`, `preview` and each of them.
pub(crate) const TEMPLATES: &str = "/dashboard/templates";
/// `GET` (`q`, `template`, `state`, `mail`, `sort`, `after`, `before`): the recipients; below it `new`, `bulk` and each of
/// them.
pub(crate) const RECIPIENTS: &str = "/dashboard/recipients";
/// `GET` (`template`, `test`): add a recipient. `POST` (`template`, `first_name`, `last_name`, `mail`, `locale`, `issued_at`,
/// `expires_at`, `external_id`, `no_mail`, `is_test`): does it.
pub(crate) const RECIPIENTS_NEW: &str = "/dashboard/recipients/new";
/// `GET` (`template`): import recipients from a file. `POST` (`template`, `file`): takes it; below it `template.csv` and each
/// import.
pub(crate) const IMPORT: &str = "/dashboard/import";
/// `GET`: long work, the latest first; below it each job.
pub(crate) const JOBS: &str = "/dashboard/jobs";
/// `GET` (`after`, `before`): reset requests that wait. `POST` (`id`, `asked`, `act`): approves or dismisses one.
pub(crate) const REQUESTS: &str = "/dashboard/reset-requests";
/// `GET` (`what`, `actor`, `since`, `until`, `after`, `before`): who did what.
pub(crate) const ACTIVITY: &str = "/dashboard/activity";
/// `GET`: settings of the organization. `POST` (`name`, `contact`, `url`): changes them.
pub(crate) const SETTINGS: &str = "/dashboard/settings";
/// `GET`: the administrators. `POST` (`mail`, `role`): invites one; below it each of them.
pub(crate) const ADMINISTRATORS: &str = "/dashboard/settings/administrators";
/// `GET`: settings of who is signed in.
pub(crate) const ACCOUNT: &str = "/dashboard/settings/account";
