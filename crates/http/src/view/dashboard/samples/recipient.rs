//! One recipient, the preview of their credential, and the questions before each act.

use super::*;
use crate::view::{Issuer, Kind, Language, Standing};

impl Samples {
    pub(super) fn recipient(&mut self) {
        self.recipient_pages();
        self.previews();
        self.recipient_questions();
    }

    fn person(&self, claim: ClaimState) -> Recipient {
        Recipient {
            id: self.words(ID),
            name: self.words("Ada Lovelace"),
            mail: self.words("ada@example.org"),
            language: Language::English,
            external_id: Some(self.words("A-1815")),
            is_test: false,
            template: self.named(ID, "Occupational Safety, Advanced Course"),
            kind: Kind::Certificate,
            is_paused: false,
            added: self.since("2026-11-18T10:00:00.000Z"),
            issued_at: self.moment("2026-11-18T00:00:00.000Z"),
            expires_at: Some(self.moment("2028-11-18T00:00:00.000Z")),
            standing: Standing::Valid,
            mail_state: MailState::Sent {
                at: self.since("2026-11-18T10:00:04.000Z"),
            },
            resend_from: None,
            claim,
        }
    }

    fn nth_claim(&self, index: usize) -> ClaimState {
        self.claims().swap_remove(index)
    }

    fn revoked(&self) -> Standing {
        Standing::Revoked {
            since: self.moment("2026-11-20T10:00:00.000Z"),
            reason: Some(self.words("The examination was repeated.")),
        }
    }

    fn timeline(&self) -> Vec<Event> {
        let grace = || {
            Some(Actor::Administrator {
                name: Some(self.words("Grace Hopper")),
            })
        };
        let program = |description: Option<String>| Some(Actor::Token { description });
        let reason = Some(self.words("The examination was repeated."));
        let why = self.words("The mail server at example.org knows no such mailbox.");
        let by = Some(self.profile());
        [
            (Happening::CredentialRevoked { reason }, grace()),
            (Happening::AccessRevoked, Some(Actor::Operator)),
            (Happening::Reset, Some(Actor::Administrator { name: None })),
            (
                Happening::ResetRequested { by: by.clone() },
                Some(Actor::Recipient),
            ),
            (Happening::ResetRequested { by: None }, Some(Actor::Recipient)),
            (Happening::Claimed { by }, None),
            (Happening::Claimed { by: None }, Some(Actor::Recipient)),
            (Happening::Opened { times: 3 }, None),
            (Happening::Opened { times: 1 }, None),
            (Happening::Shown, grace()),
            (
                Happening::MailedAgain,
                program(Some(self.words("Learning platform"))),
            ),
            (Happening::Mailed, None),
            (Happening::MailDropped, None),
            (Happening::Replaced, program(None)),
            (Happening::AddressCorrected, grace()),
            (Happening::MailFailed { why }, None),
            (Happening::Issued, grace()),
        ]
        .into_iter()
        .map(|(what, by)| Event {
            what,
            at: self.since("2026-11-18T10:00:00.000Z"),
            by,
        })
        .collect()
    }

    fn recipient_pages(&mut self) {
        let claimed = RecipientPage {
            frame: self.frame(Section::Recipients),
            recipient: self.person(self.nth_claim(3)),
            request: None,
            key: Key::Hidden,
            timeline: self.timeline(),
            may_act: true,
        };
        self.add("recipient", &claimed);
        let asked = RecipientPage {
            recipient: self.person(self.nth_claim(4)),
            request: Some(ResetRequest {
                at: self.since("2026-11-21T07:00:00.000Z"),
                at_millis: 1_795_244_400_000,
                by: Some(Profile {
                    provider: self.words("Microsoft"),
                    hint: self.words("l…@company.example"),
                }),
            }),
            timeline: self.timeline().into_iter().skip(7).collect(),
            ..claimed.clone()
        };
        self.add("recipient-asked", &asked);
        let shown = RecipientPage {
            frame: DashboardFrame {
                outcome: Some(Outcome::SentAgain),
                ..self.frame(Section::Recipients)
            },
            recipient: Recipient {
                is_test: true,
                kind: Kind::Badge,
                external_id: None,
                expires_at: None,
                resend_from: Some(self.since("2026-11-21T10:04:00.000Z")),
                language: Language::German,
                ..self.person(self.nth_claim(2))
            },
            key: Key::Shown {
                token: self.words("symacc_3v9cZ8Xq2mKfT7LwYb1RnPdJh5Gs0A6eUiQo"),
                link: self
                    .words("https://credentials.example.org/r/symacc_3v9cZ8Xq2mKfT7LwYb1RnPdJh5Gs0A6eUiQo"),
            },
            timeline: self.timeline().into_iter().skip(16).collect(),
            ..claimed.clone()
        };
        self.add("recipient-shown", &shown);
        let revoked = RecipientPage {
            recipient: Recipient {
                name: self.words(LONG),
                mail: self.words(LONG_MAIL),
                is_paused: true,
                mail_state: MailState::Held,
                ..self.person(self.nth_claim(6))
            },
            ..claimed.clone()
        };
        self.add("recipient-access-revoked", &revoked);
        let gone = RecipientPage {
            recipient: Recipient {
                standing: self.revoked(),
                ..self.person(self.nth_claim(7))
            },
            ..claimed.clone()
        };
        self.add("recipient-credential-revoked", &gone);
        let viewer = RecipientPage {
            frame: self.viewer(Section::Recipients),
            recipient: Recipient {
                standing: Standing::Expired {
                    since: self.moment("2026-11-20T00:00:00.000Z"),
                },
                ..self.person(self.nth_claim(4))
            },
            request: Some(ResetRequest {
                at: self.since("2026-11-21T07:00:00.000Z"),
                at_millis: 1_795_244_400_000,
                by: None,
            }),
            key: Key::NotForYou,
            may_act: false,
            ..claimed
        };
        self.add("recipient-viewer", &viewer);
    }

    fn previews(&mut self) {
        let issuer = Issuer {
            name: self.words("Example Academy"),
            site: Some(self.words("https://academy.example.org/")),
            contact: None,
        };
        let free = RecipientPreviewPage {
            frame: self.frame(Section::Recipients),
            recipient: self.person(self.nth_claim(0)),
            description: Some(self.words("Two days, with a practical test.")),
            issuer: issuer.clone(),
        };
        self.add("recipient-preview", &free);
        let german = RecipientPreviewPage {
            recipient: Recipient {
                language: Language::German,
                kind: Kind::Badge,
                standing: self.revoked(),
                ..self.person(self.nth_claim(3))
            },
            description: None,
            issuer: Issuer { site: None, ..issuer },
            ..free
        };
        self.add("recipient-preview-german", &german);
    }

    fn recipient_questions(&mut self) {
        use RecipientAct::{
            CorrectAddress, Delete, Replace, Reset, RevokeAccess, RevokeCredential, SendAgain,
        };
        let questions = [
            ("send-again", SendAgain, 0),
            ("send-again-claimed", SendAgain, 3),
            ("reset", Reset, 3),
            ("replace", Replace, 0),
            ("replace-claimed", Replace, 3),
            ("replace-revoked", Replace, 6),
            ("revoke-access", RevokeAccess, 1),
            ("revoke-access-claimed", RevokeAccess, 3),
            ("revoke-access-reset", RevokeAccess, 5),
            ("revoke-credential", RevokeCredential, 0),
            ("revoke-credential-claimed", RevokeCredential, 3),
            ("delete", Delete, 0),
            ("delete-claimed", Delete, 3),
            ("correct-address", CorrectAddress, 2),
        ];
        for (name, act, claim) in questions {
            let person = Recipient {
                is_paused: name == "reset",
                ..self.person(self.nth_claim(claim))
            };
            let page = QuestionPage::about_recipient(self.frame(Section::Recipients), act, &person, None);
            self.add(&format!("recipient-{name}"), &page);
        }
        let taken = self
            .field("ada@example.org")
            .with(Problem::address_taken(&self.words("Ada King")));
        let page = QuestionPage::about_recipient(
            self.frame(Section::Recipients),
            CorrectAddress,
            &self.person(self.nth_claim(0)),
            Some(taken),
        );
        self.add("recipient-correct-address-taken", &page);
    }
}
