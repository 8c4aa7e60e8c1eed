//! The pages before signing in.

use super::*;

impl Samples {
    pub(super) fn outside(&mut self) {
        self.set_up();
        self.links();
        self.sign_in();
        self.second_steps();
    }

    fn set_up(&mut self) {
        let new = WelcomePage {
            frame: self.outside_frame(),
            owned: Owned::New {
                organization: Field::default(),
                contact: Field::default(),
                url: Field::default(),
            },
            name: Field::default(),
            mail: Field::default(),
            password: Field::default(),
        };
        self.add("welcome", &new);
        let wrong = WelcomePage {
            owned: Owned::New {
                organization: self.field(LONG).with(Problem::TooLong { most: 200 }),
                contact: self.field("academy").with(Problem::NotAMail),
                url: self.field("academy").with(Problem::NotAWebAddress),
            },
            name: Field::default().with(Problem::Missing),
            mail: self.field("grace@academy.example.org"),
            password: Field::default().with(Problem::WellKnown),
            ..new.clone()
        };
        self.add("welcome-wrong", &wrong);
        let existing = WelcomePage {
            owned: Owned::OneOf {
                organizations: vec![
                    (self.words(ID), self.words("Example Academy")),
                    (self.words(OTHER_ID), self.words(LONG)),
                ],
                chosen: self.field(OTHER_ID).with(Problem::NotOffered),
            },
            password: Field::default().with(Problem::TooShort { least: 12 }),
            ..new
        };
        self.add("welcome-existing", &existing);
        for (name, role) in [
            ("invitation", Role::Administrator),
            ("invitation-owner", Role::Owner),
            ("invitation-viewer", Role::Viewer),
        ] {
            let page = InvitationPage {
                frame: self.outside_frame(),
                organization: self.words("Example Academy"),
                role,
                mail: self.words("grace.brewster.murray.hopper@department-of-something.academy.example.org"),
                name: Field::default(),
                password: Field::default(),
                providers: self.providers(),
                refusal: None,
            };
            self.add(name, &page);
            if role == Role::Administrator {
                let refusal = Some(Refusal::Taken {
                    provider: self.words("Google"),
                });
                self.add("invitation-taken", &InvitationPage { refusal, ..page });
            }
        }
    }

    fn links(&mut self) {
        for (name, mail) in [
            ("forgotten", Field::default()),
            ("forgotten-wrong", self.field("grace").with(Problem::NotAMail)),
        ] {
            let page = ForgottenPage {
                frame: self.outside_frame(),
                mail,
            };
            self.add(name, &page);
        }
        let sent = ForgottenSentPage {
            frame: self.outside_frame(),
        };
        self.add("forgotten-sent", &sent);
        let chosen = NewPasswordPage {
            frame: self.outside_frame(),
            mail: self.words("grace@academy.example.org"),
            password: Field::default(),
        };
        self.add("new-password", &chosen);
        for (name, reason) in [
            ("unknown", StaleLink::Unknown),
            ("spent", StaleLink::Spent),
            ("set-up-expired", StaleLink::SetUpExpired),
            ("set-up-done", StaleLink::SetUpDone),
            ("invitation-used", StaleLink::InvitationUsed),
            ("invitation-expired", StaleLink::InvitationExpired),
            ("password-used", StaleLink::PasswordUsed),
            ("password-expired", StaleLink::PasswordExpired),
        ] {
            let page = StaleLinkPage {
                frame: self.outside_frame(),
                reason,
            };
            self.add(&format!("link-{name}"), &page);
        }
    }

    fn second_steps(&mut self) {
        for (name, code) in [
            ("second-factor", Field::default()),
            ("second-factor-wrong", Field::default().with(Problem::WrongCode)),
        ] {
            let page = SecondFactorPage {
                frame: self.outside_frame(),
                code,
                next: self.words("/dashboard"),
                refusal: None,
            };
            self.add(name, &page);
        }
        for (name, reason) in [
            ("tokens", ConfirmReason::Tokens),
            ("export", ConfirmReason::Export),
            ("roles", ConfirmReason::Roles),
            ("account", ConfirmReason::Account),
        ] {
            let page = ConfirmPage {
                frame: self.outside_frame(),
                mail: self.words("grace@academy.example.org"),
                reason,
                password: Field::default().with(Problem::WrongPassword),
                code: (name == "tokens").then(Field::default),
                has_password: true,
                next: self.words("/dashboard/developers"),
                providers: Vec::new(),
                refusal: None,
            };
            self.add(&format!("confirm-{name}"), &page);
        }
        let provider = || self.words("Google");
        let refusals = [
            ("another", Refusal::AnotherProfile { provider: provider() }),
            ("undated", Refusal::Undated { provider: provider() }),
            ("not-anew", Refusal::NotAnew { provider: provider() }),
        ];
        for (name, refusal) in refusals {
            let page = ConfirmPage {
                frame: self.outside_frame(),
                mail: self.words("grace@academy.example.org"),
                reason: ConfirmReason::Account,
                has_password: name != "undated",
                password: Field::default(),
                code: None,
                next: self.words("/dashboard/settings/account"),
                providers: self.providers().into_iter().take(1).collect(),
                refusal: Some(refusal),
            };
            self.add(&format!("confirm-{name}"), &page);
        }
    }

    fn sign_in(&mut self) {
        let plain = DashboardSignInPage {
            frame: self.outside_frame(),
            mail: Field::default(),
            next: String::new(),
            providers: Vec::new(),
            refusal: None,
        };
        self.add("sign-in", &plain);
        let inactive = DashboardSignInPage {
            frame: OutsideFrame {
                outcome: Some(Outcome::Inactive),
                ..self.outside_frame()
            },
            next: self.words("/dashboard/developers"),
            providers: self.providers(),
            ..plain.clone()
        };
        self.add("sign-in-inactive", &inactive);
        let refusals = [
            ("sign-in-wrong", Refusal::Wrong),
            (
                "sign-in-too-many",
                Refusal::TooMany {
                    retry_after: 9,
                    until: self.moment("2026-11-21T10:00:09.000Z"),
                },
            ),
            (
                "sign-in-too-many-long",
                Refusal::TooMany {
                    retry_after: 900,
                    until: self.moment("2026-11-21T14:05:00.000Z"),
                },
            ),
            (
                "sign-in-unknown",
                Refusal::Unknown {
                    provider: self.words("Google"),
                },
            ),
            (
                "sign-in-provider-failed",
                Refusal::ProviderFailed {
                    provider: self.words("Google"),
                },
            ),
        ];
        for (name, refusal) in refusals {
            let page = DashboardSignInPage {
                mail: self.field("grace@academy.example.org"),
                refusal: Some(refusal),
                ..inactive.clone()
            };
            let page = DashboardSignInPage {
                frame: self.outside_frame(),
                ..page
            };
            self.add(name, &page);
        }
    }
}
