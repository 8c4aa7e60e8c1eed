//! Sign-ins that did not succeed.

use askama::Template;

use super::{
    frame::{Frame, Page},
    paths,
    sentence::fill,
};

/// A sign-in that did not succeed; nothing has changed by it.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in_problem.html")]
pub(crate) struct SignInProblemPage {
    /// Around it.
    pub(crate) frame: Frame,
    /// What is wrong.
    pub(crate) problem: SignInProblem,
    /// Where the person can try again.
    pub(crate) back: WayBack,
}

/// What is wrong with a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SignInProblem {
    /// It was used, has expired, or was begun in another browser.
    Over,
    /// The person declined.
    Declined {
        /// What people call the provider.
        provider: String,
    },
    /// What came back proves nothing.
    Unproven {
        /// What people call the provider.
        provider: String,
    },
    /// The provider does not answer.
    Unreachable {
        /// What people call the provider.
        provider: String,
    },
    /// None is configured.
    NoProvider,
    /// The cookie that carries the access token is gone or has expired.
    HandOverExpired,
}

/// Where a person can try again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WayBack {
    /// At the access page: they came by a link, and the cookie still has it.
    Access,
    /// At what their profile holds.
    Credentials,
    /// At this page of the dashboard, from which an administrator left.
    Dashboard(String),
}

impl Page for SignInProblemPage {
    fn heading(&self) -> String {
        let words = &self.frame.words().sign_in_problem;
        self.named(match &self.problem {
            SignInProblem::Over => words.over,
            SignInProblem::Declined { .. } => words.declined,
            SignInProblem::Unproven { .. } => words.unproven,
            SignInProblem::Unreachable { .. } => words.unreachable,
            SignInProblem::NoProvider => words.no_provider,
            SignInProblem::HandOverExpired => words.hand_over,
        })
    }

    fn status(&self) -> u16 {
        match self.problem {
            SignInProblem::Declined { .. } => 200,
            SignInProblem::Over | SignInProblem::Unproven { .. } | SignInProblem::HandOverExpired => 400,
            SignInProblem::Unreachable { .. } | SignInProblem::NoProvider => 503,
        }
    }
}

impl SignInProblemPage {
    fn why(&self) -> String {
        let words = &self.frame.words().sign_in_problem;
        self.named(match &self.problem {
            SignInProblem::Over => words.over_why,
            SignInProblem::Declined { .. } => words.declined_why,
            SignInProblem::Unproven { .. } => words.unproven_why,
            SignInProblem::Unreachable { .. } => words.unreachable_why,
            SignInProblem::NoProvider => words.no_provider_why,
            SignInProblem::HandOverExpired => words.hand_over_why,
        })
    }

    fn what_to_do(&self) -> &'static str {
        let words = &self.frame.words().sign_in_problem;
        match &self.problem {
            SignInProblem::Over => words.over_do,
            SignInProblem::Declined { .. } => words.declined_do,
            SignInProblem::Unproven { .. } => words.unproven_do,
            SignInProblem::Unreachable { .. } => words.unreachable_do,
            SignInProblem::NoProvider => words.no_provider_do,
            SignInProblem::HandOverExpired => words.hand_over_do,
        }
    }

    /// Where to try again; nowhere without a provider or without the token.
    fn again(&self) -> Option<String> {
        let path = match (&self.problem, &self.back) {
            (SignInProblem::NoProvider | SignInProblem::HandOverExpired, _) => return None,
            (_, WayBack::Access) => paths::ACCESS,
            (_, WayBack::Credentials) => paths::CREDENTIALS,
            (_, WayBack::Dashboard(page)) => page,
        };
        Some(self.frame.to(path))
    }

    fn named(&self, pattern: &str) -> String {
        let words = &self.frame.words().sign_in_problem;
        let provider = match &self.problem {
            SignInProblem::Declined { provider }
            | SignInProblem::Unproven { provider }
            | SignInProblem::Unreachable { provider } => provider,
            SignInProblem::Over | SignInProblem::NoProvider | SignInProblem::HandOverExpired => {
                words.provider
            }
        };
        fill(pattern, &[("provider", provider)])
    }
}
