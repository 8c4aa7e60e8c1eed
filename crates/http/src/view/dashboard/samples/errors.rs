//! Errors inside the dashboard.

use super::*;

impl Samples {
    pub(super) fn errors(&mut self) {
        for (name, error) in [
            ("not-found", DashboardError::NotFound),
            ("method", DashboardError::MethodNotAllowed),
            (
                "no-right",
                DashboardError::NoRight {
                    needed: Role::Administrator,
                },
            ),
            ("no-right-owner", DashboardError::NoRight { needed: Role::Owner }),
            ("form-expired", DashboardError::FormExpired),
            ("bad-form", DashboardError::BadForm),
            ("too-slow", DashboardError::TooSlow),
            ("too-large", DashboardError::TooLarge { most: 10 }),
            ("too-often", DashboardError::TooOften { retry_after: 42 }),
            ("too-often-long", DashboardError::TooOften { retry_after: 601 }),
            ("conflict", DashboardError::Conflict),
            ("busy", DashboardError::Busy),
            ("internal", DashboardError::Internal),
            ("unavailable", DashboardError::Unavailable),
        ] {
            let page = DashboardErrorPage {
                frame: DashboardFrame {
                    role: Role::Viewer,
                    ..self.frame(Section::Recipients)
                },
                error,
                reference: (name == "internal").then(|| self.words("0193-42a1")),
                back: (name == "conflict").then(|| "/symbolon/dashboard/developers".to_owned()),
            };
            self.add(&format!("error-{name}"), &page);
        }
        for (name, error) in [
            ("not-found", DashboardError::NotFound),
            ("form-expired", DashboardError::FormExpired),
            ("busy", DashboardError::Busy),
            ("internal", DashboardError::Internal),
        ] {
            let page = OutsideErrorPage {
                frame: self.outside_frame(),
                error,
                reference: (name == "internal").then(|| self.words("0193-42a1")),
            };
            self.add(&format!("outside-error-{name}"), &page);
        }
    }
}
