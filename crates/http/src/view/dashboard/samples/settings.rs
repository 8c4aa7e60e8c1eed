//! Settings: the organization, its administrators, the own account.

use super::*;

impl Samples {
    pub(super) fn settings(&mut self) {
        self.organization();
        self.administrators();
        self.account();
        self.second_factor_setup();
        self.settings_questions();
    }

    fn organization(&mut self) {
        let owner = SettingsPage {
            frame: self.frame(Section::Settings),
            name: self.field("Example Academy"),
            contact: self.field("credentials@academy.example.org"),
            url: self.field("https://academy.example.org/"),
            reveal_policy: RevealPolicy::Always,
            recipients_providers: vec![self.words("Google"), self.words("LinkedIn")],
            administrators_providers: vec![self.words("Google")],
            may_govern: true,
        };
        self.add("settings", &owner);
        let wrong = SettingsPage {
            name: Field::default().with(Problem::Missing),
            contact: self.field("nobody").with(Problem::NotAMail),
            url: self.field("academy").with(Problem::NotAWebAddress),
            reveal_policy: RevealPolicy::Once,
            ..owner.clone()
        };
        self.add("settings-wrong", &wrong);
        let viewer = SettingsPage {
            frame: self.viewer(Section::Settings),
            url: Field::default(),
            reveal_policy: RevealPolicy::Once,
            recipients_providers: Vec::new(),
            administrators_providers: Vec::new(),
            may_govern: false,
            ..owner
        };
        self.add("settings-viewer", &viewer);
    }

    fn administrator(&self) -> AdministratorRow {
        AdministratorRow {
            id: self.words(ID),
            name: Some(self.words("Grace Hopper")),
            mail: self.words("grace@academy.example.org"),
            role: Role::Owner,
            membership: Membership::Joined {
                signed_in: Some(self.since("2026-11-21T07:00:00.000Z")),
                has_second_factor: true,
            },
            is_you: true,
            is_last_owner: true,
        }
    }

    fn invited(&self) -> AdministratorRow {
        AdministratorRow {
            name: None,
            mail: self.words("margaret@academy.example.org"),
            role: Role::Viewer,
            membership: Membership::Invited {
                at: self.since("2026-11-20T07:00:00.000Z"),
            },
            is_you: false,
            is_last_owner: false,
            ..self.administrator()
        }
    }

    fn colleague(&self) -> AdministratorRow {
        AdministratorRow {
            name: Some(self.words(LONG)),
            mail: self.words(LONG_MAIL),
            role: Role::Administrator,
            membership: Membership::Joined {
                signed_in: None,
                has_second_factor: false,
            },
            ..self.invited()
        }
    }

    fn administrators(&mut self) {
        let owner = AdministratorsPage {
            frame: self.frame(Section::Settings),
            administrators: vec![self.administrator(), self.colleague(), self.invited()],
            mail: Field::default(),
            role: self.field("administrator"),
            invitation: None,
            may_govern: true,
        };
        self.add("administrators", &owner);
        let invited = AdministratorsPage {
            invitation: Some(Invitation {
                mail: self.words("margaret@academy.example.org"),
                link: self.words(
                    "https://credentials.example.org/dashboard/welcome?token=symadm_3v9cZ8Xq2mKfT7LwYb1Rn",
                ),
            }),
            ..owner.clone()
        };
        self.add("administrators-invited", &invited);
        let wrong = AdministratorsPage {
            mail: self.field("grace@academy.example.org").with(Problem::Other(
                self.words("Somebody signs in with this address already."),
            )),
            role: Field::default().with(Problem::NotOffered),
            ..owner.clone()
        };
        self.add("administrators-wrong", &wrong);
        let viewer = AdministratorsPage {
            frame: self.viewer(Section::Settings),
            may_govern: false,
            ..owner
        };
        self.add("administrators-viewer", &viewer);
    }

    fn account(&mut self) {
        let session = SessionRow {
            id: self.words(ID),
            is_this: true,
            browser: Some(self.words("Firefox 145 on Linux")),
            address: Some(client_address("192.0.2.17")),
            began: self.since("2026-11-21T07:00:00.000Z"),
            active: self.since(NOW),
        };
        let other = SessionRow {
            is_this: false,
            browser: Some(self.words(LONG)),
            address: Some(client_address("2001:db8:85a3:8d3:1319:8a2e:370:7348")),
            ..session.clone()
        };
        let unknown = SessionRow {
            browser: None,
            address: None,
            ..other.clone()
        };
        let plain = AccountPage {
            frame: self.frame(Section::Settings),
            name: self.field("Grace Hopper"),
            mail: self.words("grace@academy.example.org"),
            has_password: true,
            current: Field::default(),
            password: Field::default(),
            second_factor: SecondFactor::Off,
            connected: None,
            providers: self.providers(),
            sessions: vec![session.clone(), other, unknown],
        };
        self.add("account", &plain);
        let on = |codes_left| SecondFactor::On {
            since: self.since("2026-10-21T07:00:00.000Z"),
            codes_left,
        };
        let safe = AccountPage {
            second_factor: on(10),
            connected: Some(self.profile()),
            sessions: vec![session],
            ..plain.clone()
        };
        let wrong = AccountPage {
            name: Field::default().with(Problem::Missing),
            current: Field::default().with(Problem::WrongPassword),
            password: Field::default().with(Problem::TooShort { least: 12 }),
            second_factor: on(1),
            providers: Vec::new(),
            ..plain.clone()
        };
        let no_password = AccountPage {
            has_password: false,
            connected: Some(self.profile()),
            ..plain
        };
        self.add("account-safe", &safe);
        self.add("account-wrong", &wrong);
        self.add("account-no-password", &no_password);
    }

    fn second_factor_setup(&mut self) {
        let fresh = SecondFactorSetupPage {
            frame: self.frame(Section::Settings),
            secret: self.words("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
            qr: QrCode {
                size: 29,
                path: self.words("M4 4h7v7h-7zM18 4h7v7h-7zM4 18h7v7h-7zM13 13h3v3h-3z"),
            },
            note: self.words("sealed"),
            code: Field::default(),
        };
        self.add("second-factor-setup", &fresh);
        let wrong = SecondFactorSetupPage {
            code: Field::default().with(Problem::WrongCode),
            ..fresh
        };
        self.add("second-factor-setup-wrong", &wrong);
        let first = RecoveryCodesPage {
            frame: self.frame(Section::Settings),
            codes: (0..10).map(|_| self.words("7KQM-3TXA-9WZD")).collect(),
            is_first: true,
        };
        self.add("recovery-codes", &first);
        let renewed = RecoveryCodesPage {
            is_first: false,
            ..first
        };
        self.add("recovery-codes-new", &renewed);
    }

    fn settings_questions(&mut self) {
        let frame = || self.frame(Section::Settings);
        let you = AdministratorRow {
            is_last_owner: false,
            ..self.administrator()
        };
        let questions = [
            (
                "reveal-once",
                QuestionPage::reveal_policy(frame(), RevealPolicy::Once),
            ),
            (
                "reveal-always",
                QuestionPage::reveal_policy(frame(), RevealPolicy::Always),
            ),
            (
                "administrator-remove",
                QuestionPage::remove_administrator(frame(), &self.colleague()),
            ),
            (
                "administrator-remove-invited",
                QuestionPage::remove_administrator(frame(), &self.invited()),
            ),
            (
                "administrator-remove-you",
                QuestionPage::remove_administrator(frame(), &you),
            ),
            (
                "second-factor-remove",
                QuestionPage::remove_second_factor(frame()),
            ),
            (
                "recovery-codes-question",
                QuestionPage::new_recovery_codes(frame()),
            ),
            ("disconnect", QuestionPage::disconnect(frame(), &self.profile())),
        ];
        for (name, page) in questions {
            self.add(name, &page);
        }
    }
}
