//! Settings of who is signed in.

use askama::Template;

use super::{
    super::{
        connect::Provider,
        frame::{Page, Profile},
    },
    client_address::ClientAddress,
    field::Field,
    frame::DashboardFrame,
    listing::counted,
    paths,
    question::QuestionPage,
    since::Since,
};

/// The own account.
#[derive(Debug, Clone, Template)]
#[template(path = "dashboard/account.html")]
pub(crate) struct AccountPage {
    /// Around it.
    pub(crate) frame: DashboardFrame,
    /// The name.
    pub(crate) name: Field,
    /// The mail address, which stays.
    pub(crate) mail: String,
    /// Whether there is a password yet; somebody who joined with a provider has none.
    pub(crate) has_password: bool,
    /// The password that counts; its value stays empty.
    pub(crate) current: Field,
    /// The new one; its value stays empty.
    pub(crate) password: Field,
    /// The second factor.
    pub(crate) second_factor: SecondFactor,
    /// The account at a provider.
    pub(crate) connected: Option<Profile>,
    /// The providers that can be connected.
    pub(crate) providers: Vec<Provider>,
    /// The browsers that are signed in, the one that looks first.
    pub(crate) sessions: Vec<SessionRow>,
}

/// Whether an administrator uses a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecondFactor {
    /// They do not.
    Off,
    /// They do.
    On {
        /// Since when.
        since: Since,
        /// How many recovery codes are left.
        codes_left: u64,
    },
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SessionRow {
    /// Names it.
    pub(crate) id: String,
    /// Whether it is the one that looks.
    pub(crate) is_this: bool,
    /// What it calls itself.
    pub(crate) browser: Option<String>,
    /// The address it signed in from.
    pub(crate) address: Option<ClientAddress>,
    /// When it signed in.
    pub(crate) began: Since,
    /// When it was last used, to the minute.
    pub(crate) active: Since,
}

impl Page for AccountPage {
    fn heading(&self) -> String {
        "Your account".into()
    }

    fn status(&self) -> u16 {
        if [&self.name, &self.current, &self.password]
            .into_iter()
            .all(Field::is_good)
        {
            200
        } else {
            422
        }
    }
}

impl AccountPage {
    fn below(&self, rest: &str) -> String {
        self.frame.below(paths::ACCOUNT, rest)
    }

    fn has_others(&self) -> bool {
        self.sessions.iter().any(|session| !session.is_this)
    }
}

impl SecondFactor {
    /// How many recovery codes are left, in words.
    fn codes(&self) -> String {
        counted(
            self.codes_left(),
            "recovery code is left",
            "recovery codes are left",
        )
    }

    /// Whether new recovery codes should be made soon.
    const fn runs_short(&self) -> bool {
        self.codes_left() < 3
    }

    const fn codes_left(&self) -> u64 {
        match self {
            Self::Off => 0,
            Self::On { codes_left, .. } => *codes_left,
        }
    }
}

impl QuestionPage {
    /// Asks whether to go without a second factor; posts to `…/account/second-factor/remove`.
    pub(crate) fn remove_second_factor(frame: DashboardFrame) -> Self {
        account_question(
            frame,
            "Remove your second factor?",
            "From then on your password alone lets in, or your account at a provider. Your recovery codes stop working.",
            "Remove second factor",
            "second-factor/remove",
            true,
        )
    }

    /// Asks whether to make new recovery codes; posts to `…/account/recovery-codes`.
    pub(crate) fn new_recovery_codes(frame: DashboardFrame) -> Self {
        account_question(
            frame,
            "Make new recovery codes?",
            "The old ones stop working at once. The new ones are shown next, and never again.",
            "Make new codes",
            "recovery-codes",
            false,
        )
    }

    /// Asks whether to disconnect the account at a provider; posts to `…/account/disconnect`.
    pub(crate) fn disconnect(frame: DashboardFrame, connected: &Profile) -> Self {
        let title = format!("Disconnect {}?", connected.provider);
        account_question(
            frame,
            &title,
            "You can no longer sign in with it. Your password still lets you in.",
            "Disconnect",
            "disconnect",
            true,
        )
    }
}

fn account_question(
    frame: DashboardFrame,
    title: &str,
    consequence: &str,
    verb: &str,
    act: &str,
    is_danger: bool,
) -> QuestionPage {
    QuestionPage {
        title: title.into(),
        consequences: vec![consequence.into()],
        fields: Vec::new(),
        verb: verb.into(),
        action: frame.below(paths::ACCOUNT, act),
        cancel: frame.to(paths::ACCOUNT),
        is_danger,
        frame,
    }
}
