//! A real SMTP server, which keeps all mail and misbehaves on demand.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{mail::Mail, part::Part, tls::Certificate};

/// What the server does with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Keeps it, and says 250.
    Accept,
    /// Says this code after the mail, and does not keep it. After 421 the connection ends.
    Refuse(u16),
    /// Says this code to each recipient.
    RefuseRecipient(u16),
    /// Cuts the connection after the mail, without a reply and without keeping it.
    Drop,
    /// Keeps it, and cuts the connection without a reply.
    KeepAndDrop,
    /// Keeps it, says 250, and closes the connection.
    AcceptAndClose,
    /// Keeps it, and says 250 only after [`SmtpServer::release`].
    Hold,
}

impl Behaviour {
    fn told(self) -> Value {
        match self {
            Self::Accept => json!({ "do": "accept" }),
            Self::Refuse(code) => json!({ "do": "refuse", "code": code }),
            Self::RefuseRecipient(code) => json!({ "do": "refuse_recipient", "code": code }),
            Self::Drop => json!({ "do": "drop" }),
            Self::KeepAndDrop => json!({ "do": "keep_and_drop" }),
            Self::AcceptAndClose => json!({ "do": "accept_and_close" }),
            Self::Hold => json!({ "do": "hold" }),
        }
    }
}

/// What the server wants of its clients. By default nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct SmtpDemands<'a> {
    /// STARTTLS before anything else, with this certificate.
    pub starttls: Option<&'a Certificate>,
    /// TLS from the first byte, with this certificate.
    pub tls: Option<&'a Certificate>,
    /// A user name and a password, by AUTH PLAIN or LOGIN.
    pub login: Option<(&'a str, &'a str)>,
}

/// The server, on a free port of 127.0.0.1. Dropping it ends it.
#[derive(Debug)]
pub struct SmtpServer {
    part: Part,
    port: u16,
}

impl SmtpServer {
    /// Starts one that takes mail from everybody.
    pub async fn start() -> Self {
        Self::start_with(SmtpDemands::default()).await
    }

    /// Starts one that wants something of its clients.
    pub async fn start_with(demands: SmtpDemands<'_>) -> Self {
        let mut settings = json!({});
        if let Some(certificate) = demands.starttls.or(demands.tls) {
            settings["tls"] = json!({
                "certificate": certificate.path(),
                "key": certificate.key(),
                "from_the_start": demands.starttls.is_none(),
            });
        }
        if let Some((user, password)) = demands.login {
            settings["auth"] = json!({ "user": user, "password": password });
        }
        let part = Part::python("smtp/server.py", &settings);
        let said = part.says(r#"{"port":"#).await;
        let number = said["port"].as_u64().and_then(|number| number.try_into().ok());
        Self {
            part,
            port: number.expect("a port is a number of 16 bits"),
        }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Does this with the next mails, after what it was told before. Afterwards it accepts again.
    pub async fn next(&self, behaviour: Behaviour, times: usize) {
        let question = json!({ "do": "next", "behaviour": behaviour.told(), "times": times });
        let _ = self.part.ask(question).await;
    }

    /// Says the 250 that it held back, and whatever is still to be held.
    pub async fn release(&self) {
        let _ = self.part.ask(json!({ "do": "release" })).await;
    }

    /// Its URL, as the service is told it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Returns as soon as it has kept so many mails.
    pub async fn has_kept(&self, count: usize) {
        assert_ne!(count, 0, "no mail is there already");
        let event = format!(r#"{{"event":"kept","count":{count}}}"#);
        let _ = self.part.says(event).await;
    }

    /// To whom it kept mails, and under which `Message-ID`: light, where there are many.
    pub async fn slips(&self) -> Vec<Slip> {
        let slips = self.part.ask(json!({ "do": "slips" })).await;
        let slip = |slip: &Value| Slip {
            to: list_of(&slip["to"]),
            message_id: text_of(&slip["id"]),
        };
        slips.as_array().expect("a list").iter().map(slip).collect()
    }

    /// The mails that it read to their end and did not keep.
    pub async fn not_kept(&self) -> Vec<Mail> {
        let mails = self.part.ask(json!({ "do": "not_kept" })).await;
        mails.as_array().expect("a list").iter().map(mail_of).collect()
    }

    /// All mails that it kept, in their order.
    pub async fn mails(&self) -> Vec<Mail> {
        let mails = self.part.ask(json!({ "do": "mails", "after": 0 })).await;
        mails.as_array().expect("a list").iter().map(mail_of).collect()
    }

    /// All mails that it kept, as soon as there are so many.
    pub async fn wait_for_mails(&self, count: usize) -> Vec<Mail> {
        self.has_kept(count).await;
        self.mails().await
    }
}

/// What stands on the outside of a mail that the server kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slip {
    /// Whom the envelope is for.
    pub to: Vec<String>,
    /// Its `Message-ID`.
    pub message_id: String,
}

fn mail_of(value: &Value) -> Mail {
    Mail {
        from: text_of(&value["from"]),
        to: list_of(&value["to"]),
        raw: STANDARD.decode(text_of(&value["raw"])).expect("base64"),
        over_tls: value["tls"] == true,
        user: value["user"].as_str().map(ToOwned::to_owned),
    }
}

fn list_of(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(text_of).collect()
}

fn text_of(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}
