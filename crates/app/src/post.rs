//! Sending mail while the service serves: a few workers, each of which takes one mail at a time.

use std::{fs, sync::Arc, time::Duration};

use symbolon_domain::{
    port::{Ports, clock::Clock, mailer::Mailer, sign_in::SignIn as _},
    service::{
        Fault,
        administration::deliver_notice::DeliverNotice,
        deliver_mail::{DeliverMail, Delivery},
    },
    text::MailAddress,
};
use symbolon_http::PublicUrl;
use symbolon_identity::Providers;
use symbolon_mail::{Letterhead, SmtpMailer, SmtpSettings};

use crate::{
    assembly::Assembly,
    failure::Failure,
    options::Options,
    workers::{Stopped, Workers},
};

/// How many mails are sent at once. A mail takes some 50 ms, most of it waiting for the mail server.
const WORKERS: usize = 4;
/// How long a worker that found nothing to do waits before it looks again.
const IDLE: Duration = Duration::from_millis(500);
/// How long it waits after a store that could not answer.
const TROUBLE: Duration = Duration::from_secs(2);

/// Starts what sends mail, with whatever is due.
pub(crate) fn start(workers: &mut Workers, ports: &Ports, mailer: &Arc<dyn Mailer>) {
    for _ in 0..WORKERS {
        workers.start(|stopped| work(ports.clone(), Arc::clone(mailer), stopped, Queue::Mails));
    }
    workers.start(|stopped| work(ports.clone(), Arc::clone(mailer), stopped, Queue::Notices));
}

/// What a worker sends.
#[derive(Debug, Clone, Copy)]
enum Queue {
    /// Mail to recipients.
    Mails,
    /// Mail to administrators, which waits for none of the others.
    Notices,
}

impl Queue {
    async fn deliver_one(self, ports: &Ports, mailer: &dyn Mailer) -> Result<Delivery, Fault> {
        match self {
            Self::Mails => DeliverMail { mailer }.run(ports).await,
            Self::Notices => DeliverNotice { mailer }.run(ports).await,
        }
    }
}

async fn work(ports: Ports, mailer: Arc<dyn Mailer>, mut stopped: Stopped, queue: Queue) {
    while !*stopped.borrow() {
        // A task of its own: a mail that makes it panic is one attempt that came to nothing, not the end of the worker.
        let (ports, mailer) = (ports.clone(), Arc::clone(&mailer));
        let attempt = tokio::spawn(async move { queue.deliver_one(&ports, mailer.as_ref()).await });
        let pause = match attempt.await {
            Ok(Ok(Delivery::Sent | Delivery::Withdrawn)) => Duration::ZERO,
            Ok(Ok(Delivery::Idle)) => IDLE,
            Ok(Ok(Delivery::Again(reason))) => {
                tracing::warn!(reason, "a mail was not sent, and will be tried again");
                Duration::ZERO
            }
            Ok(Ok(Delivery::Failed(reason))) => {
                tracing::error!(reason, "a mail was not sent, and is given up");
                Duration::ZERO
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "mail waits, for the store cannot answer");
                TROUBLE
            }
            Err(_panic) => {
                tracing::error!("an attempt to send a mail broke off, and is made again later");
                TROUBLE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            // The sender lives as long as the workers are waited for.
            _ = stopped.changed() => {}
        }
    }
}

/// What is the same in all mails of this service.
pub(crate) fn letterhead(
    options: &Options,
    public_url: &PublicUrl,
    providers: &Providers,
) -> Result<Letterhead, Failure> {
    let url = public_url.at("");
    let sender = match &options.mail_from {
        Some(sender) => sender.clone(),
        None => default_sender(url.host_str().unwrap_or_default())?,
    };
    let head = Letterhead::new(sender, &url);
    Ok(providers
        .redirect_uris()
        .fold(head, |head, (id, _)| match providers.label(id) {
            Some(label) => head.with_provider(id.clone(), &label),
            None => head,
        }))
}

fn default_sender(host: &str) -> Result<MailAddress, Failure> {
    // Numbers and bare names, as on a developer's machine, take no mail; what is sent from there is caught or local.
    let named = MailAddress::parse(&format!("symbolon@{host}")).ok();
    let is_number = host.parse::<std::net::IpAddr>().is_ok();
    named
        .filter(|_| !is_number)
        .map_or_else(|| MailAddress::parse("symbolon@localhost.localdomain"), Ok)
        .map_err(|error| Failure::new(format!("the address that mail comes from: {error}")))
}

/// What hands mail to the configured mail server, if one is.
pub(crate) fn mailer(options: &Options, assembly: &Assembly) -> Result<Option<Arc<dyn Mailer>>, Failure> {
    let clock = Arc::clone(&assembly.ports.clock);
    let smtp = smtp_mailer(options, &assembly.public_url, &assembly.sign_in, clock)?;
    Ok(smtp.map(|mailer| -> Arc<dyn Mailer> { Arc::new(mailer) }))
}

/// The same, for whoever wants to check it.
pub(crate) fn smtp_mailer(
    options: &Options,
    public_url: &PublicUrl,
    providers: &Providers,
    clock: Arc<dyn Clock>,
) -> Result<Option<SmtpMailer>, Failure> {
    let Some(url) = &options.smtp else { return Ok(None) };
    let password =
        match &options.smtp_password_file {
            None => None,
            Some(path) => Some(fs::read_to_string(path).map_err(|error| {
                Failure::usage(format!("--smtp-password-file {}: {error}", path.display()))
            })?),
        };
    let settings = SmtpSettings::parse(url, password.as_deref())
        .map_err(|error| Failure::usage(format!("--smtp {error}")))?;
    if settings.exposes_password() {
        tracing::warn!("the password for the mail server can be read on the way; use TLS");
    }
    SmtpMailer::new(&settings, letterhead(options, public_url, providers)?, clock)
        .map(Some)
        .map_err(|error| Failure::usage(format!("--smtp: {error}")))
}
