//! The pages before signing in.

use super::*;

impl Samples {
    pub(super) fn outside(&mut self) {
        self.sign_in();
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
