//! The command line, declared once: options, their environment variables and their help.

mod administrators;
mod recipients;
mod templates;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};

use clap::{ArgMatches, Args, Parser, Subcommand, builder::BoolishValueParser, parser::ValueSource};
use symbolon_domain::{
    id::OrganizationId,
    permissions::{Permission, Permissions},
    text::{Description, MailAddress, OrganizationName, WebAddress},
};

pub(crate) use self::{
    administrators::Administrators,
    recipients::{Export, Import, Recipients},
    templates::Templates,
};
use crate::{output::Output, telemetry::LogFormat};

const EXAMPLES: &str = "\
Examples:
  symbolon demo                                    look around, without leaving a trace
  symbolon serve                                   the service, on SQLite in ./data
  symbolon serve --database postgres://u:p@db/tokens --migrate --public-url https://tokens.example.org
  symbolon organizations create \"Analytical Engines\" --contact ada@example.org
  symbolon tokens list --organization ID

Every option is also an environment variable, as shown, and a key of the file that --config names: a flag beats the \
environment, which beats the file. Exit codes: 0 done, 1 failed, 2 wrong use.";

/// A token service for digital credentials.
#[derive(Debug, Parser)]
#[command(name = "symbolon", version, about, after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) options: Options,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[expect(
    clippy::doc_markdown,
    reason = "the comments are the help, which is no Markdown"
)]
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Options {
    /// Where the SQLite file and the key ring are kept; made on first use.
    #[arg(
        long,
        global = true,
        env = "SYMBOLON_DATA_DIR",
        value_name = "DIR",
        default_value = "./data"
    )]
    pub(crate) data_dir: PathBuf,
    /// The database: sqlite:PATH, or postgres://user:password@host/name; DATABASE_URL is read too.
    /// [default: sqlite:DATA_DIR/symbolon.db]
    #[arg(
        long,
        global = true,
        env = "SYMBOLON_DATABASE",
        value_name = "URL",
        hide_env_values = true
    )]
    pub(crate) database: Option<String>,
    /// A file that holds the database URL, as secret stores provide it.
    #[arg(long, global = true, env = "SYMBOLON_DATABASE_FILE", value_name = "FILE")]
    pub(crate) database_file: Option<PathBuf>,
    /// The most connections to PostgreSQL. [default: 10]
    #[arg(long, global = true, env = "SYMBOLON_DATABASE_CONNECTIONS", value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(crate) database_connections: Option<u32>,
    /// The key ring; SYMBOLON_KEYRING may hold it instead. Instances on one database share it.
    /// [default: DATA_DIR/keyring.json]
    #[arg(long, global = true, env = "SYMBOLON_KEYRING_FILE", value_name = "FILE")]
    pub(crate) keyring_file: Option<PathBuf>,
    /// Whether the key ring's file was named by a flag, which beats the ring in the environment.
    #[arg(skip)]
    pub(crate) keyring_is_a_flag: bool,
    /// Where clients find the service; links in answers start with it. [default: http://LISTEN]
    #[arg(long, global = true, env = "SYMBOLON_PUBLIC_URL", value_name = "URL")]
    pub(crate) public_url: Option<String>,
    /// The mail server: smtp://user@host:587, or smtps://host. While none is given, mail waits.
    #[arg(
        long,
        global = true,
        env = "SYMBOLON_SMTP",
        value_name = "URL",
        hide_env_values = true
    )]
    pub(crate) smtp: Option<String>,
    /// A file that holds the password for the mail server.
    #[arg(long, global = true, env = "SYMBOLON_SMTP_PASSWORD_FILE", value_name = "FILE")]
    pub(crate) smtp_password_file: Option<PathBuf>,
    /// The address that mail comes from.
    #[arg(
        long,
        global = true,
        env = "SYMBOLON_MAIL_FROM",
        value_name = "MAIL",
        value_parser = MailAddress::parse,
        help = "The address that mail comes from. Answers go to the issuer. [default: symbolon@ the public URL's host]"
    )]
    pub(crate) mail_from: Option<MailAddress>,
    /// A TOML file with these options, and the sign-in providers.
    #[arg(
        long,
        global = true,
        env = "SYMBOLON_CONFIG",
        value_name = "FILE",
        help = "A TOML file with these options under their names, and a [[sign_in]] for each sign-in provider: of \
                recipients, and with administrators = true of administrators"
    )]
    pub(crate) config: Option<PathBuf>,
    /// What is logged, such as info, or warn,symbolon::access=info. [default: info for serve, else warn]
    #[arg(long, global = true, env = "SYMBOLON_LOG", value_name = "LEVELS")]
    pub(crate) log: Option<String>,
    /// How the log looks.
    #[arg(
        long,
        global = true,
        env = "SYMBOLON_LOG_FORMAT",
        value_name = "FORMAT",
        value_enum,
        default_value = "text"
    )]
    pub(crate) log_format: LogFormat,
    /// Print results as JSON, each object as the API has it.
    #[arg(long, global = true, env = "SYMBOLON_JSON", value_parser = BoolishValueParser::new())]
    pub(crate) json: bool,
}

impl Options {
    /// Of two ways to say one thing keeps the one that was said nearer: a flag beats the environment, which beats the
    /// file of options.
    pub(crate) fn settle(&mut self, matches: &ArgMatches) -> Result<(), &'static str> {
        let nearness = |option| match matches.value_source(option) {
            Some(ValueSource::CommandLine) => 3,
            Some(ValueSource::EnvVariable) => 2,
            Some(_) => 1,
            None => 0,
        };
        self.keyring_is_a_flag = nearness("keyring_file") == 3;
        match (nearness("database"), nearness("database_file")) {
            (0, _) | (_, 0) => {}
            (url, file) if url > file => self.database_file = None,
            (url, file) if url < file => self.database = None,
            _ => return Err("say either --database or --database-file, not both"),
        }
        Ok(())
    }

    /// How results are printed.
    pub(crate) fn output(&self) -> Output {
        if self.json { Output::Json } else { Output::Text }
    }
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the service.
    Serve(Serve),
    /// Run the service on throw-away data, with samples, a mail catcher, a sign-in for show, and a tour.
    Demo(Demo),
    /// Organizations: create, list, cancel, reactivate, reveal-policy.
    #[command(subcommand)]
    Organizations(Organizations),
    /// Authorization tokens: create, list, rotate, revoke.
    #[command(subcommand)]
    Tokens(Tokens),
    /// Templates, on which badges and certificates are issued: create, list, pause, resume.
    #[command(subcommand, after_help = templates::EXAMPLES)]
    Templates(Templates),
    /// Recipients and their credentials: list, import, export, reset, revoke, delete.
    #[command(subcommand, after_help = recipients::EXAMPLES)]
    Recipients(Recipients),
    /// Administrators, who sign in to the dashboard: invite, list, remove, unlock.
    #[command(subcommand, after_help = administrators::EXAMPLES)]
    Administrators(Administrators),
    /// Bring the database to the shape that this version needs.
    Migrate(Migrate),
    /// Check configuration, key ring, database, clock, sign-in providers and mail server, and say what to do.
    Doctor,
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

/// Options of `serve`.
#[derive(Debug, Clone, Args)]
pub(crate) struct Serve {
    /// Where the API is served.
    #[arg(
        long,
        env = "SYMBOLON_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:8080"
    )]
    pub(crate) listen: SocketAddr,
    /// Where health and metrics are served, for the operator only; `off` for nowhere.
    #[arg(
        long,
        env = "SYMBOLON_OPERATIONS_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:9090"
    )]
    pub(crate) operations_listen: OperationsListen,
    /// Bring a PostgreSQL database to the needed shape first. (SQLite always is.)
    #[arg(long, env = "SYMBOLON_MIGRATE", value_parser = BoolishValueParser::new())]
    pub(crate) migrate: bool,
    /// The addresses of proxies in front, separated by commas: theirs is the X-Forwarded-For that counts.
    #[arg(
        long,
        env = "SYMBOLON_TRUSTED_PROXIES",
        value_name = "ADDRESSES",
        value_delimiter = ',',
        value_parser = |text: &str| text.trim().parse::<IpAddr>()
    )]
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// Allow a public URL without TLS, though tokens can then be read on the way.
    #[arg(long, env = "SYMBOLON_INSECURE_HTTP", value_parser = BoolishValueParser::new())]
    pub(crate) insecure_http: bool,
}

/// Where health and metrics are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OperationsListen {
    /// Here.
    At(SocketAddr),
    /// Nowhere.
    Off,
}

impl FromStr for OperationsListen {
    type Err = std::net::AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "off" {
            Ok(Self::Off)
        } else {
            text.parse().map(Self::At)
        }
    }
}

/// Options of `demo`.
#[derive(Debug, Clone, Args)]
pub(crate) struct Demo {
    /// Where the demonstration is served; loopback only. [default: 127.0.0.1:8080, or a free port]
    #[arg(long, env = "SYMBOLON_LISTEN", value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// Where the mail catcher is served; loopback only. [default: 127.0.0.1:8025, or a free port]
    #[arg(long, env = "SYMBOLON_MAIL_LISTEN", value_name = "ADDRESS:PORT")]
    pub(crate) mail_listen: Option<SocketAddr>,
    /// Where the demonstration sign-in is served; loopback only. [default: 127.0.0.1:8090, or a free port]
    #[arg(long, env = "SYMBOLON_SIGN_IN_LISTEN", value_name = "ADDRESS:PORT")]
    pub(crate) sign_in_listen: Option<SocketAddr>,
}

/// What can be done with organizations.
#[derive(Debug, Subcommand)]
pub(crate) enum Organizations {
    /// Make an organization, and a first authorization token with all permissions.
    Create {
        /// What it calls itself.
        #[arg(value_parser = OrganizationName::parse)]
        name: OrganizationName,
        /// A mail address where people reach it.
        #[arg(long, value_name = "MAIL", value_parser = MailAddress::parse)]
        contact: MailAddress,
        /// Its own web site.
        #[arg(long, value_parser = WebAddress::parse)]
        url: Option<WebAddress>,
        /// Whether lists show token values again: always, or once (no sealed copies are then kept for lists).
        #[arg(long, value_name = "POLICY", default_value = "always", value_parser = ["always", "once"])]
        reveal_policy: String,
    },
    /// List all organizations.
    List,
    /// Close an organization: its tokens stop working at once.
    Cancel {
        /// Which one.
        #[arg(value_parser = organization_id)]
        id: OrganizationId,
    },
    /// Open a cancelled organization again; its tokens are as they were.
    Reactivate {
        /// Which one.
        #[arg(value_parser = organization_id)]
        id: OrganizationId,
    },
    /// Set whether lists show token values again. `once` erases the sealed copies that lists use, for good.
    RevealPolicy {
        /// Which one.
        #[arg(value_parser = organization_id)]
        id: OrganizationId,
        /// always, or once.
        #[arg(value_parser = ["always", "once"])]
        policy: String,
    },
}

/// What can be done with authorization tokens.
#[derive(Debug, Subcommand)]
pub(crate) enum Tokens {
    /// Make an authorization token, and print its value.
    Create {
        /// Whose it is.
        #[arg(long, value_name = "ID", value_parser = organization_id)]
        organization: OrganizationId,
        /// What it is for.
        #[arg(long, value_parser = Description::parse)]
        description: Option<Description>,
        /// What it may do: a list of read, write, delete.
        #[arg(long, value_name = "LIST", default_value = "read,write,delete", value_parser = permissions)]
        permissions: Permissions,
        /// How long it lives, 1 to 366.
        #[arg(long, value_name = "DAYS", allow_negative_numbers = true, default_value_t = symbolon_domain::time::Lifetime::DEFAULT_DAYS)]
        expires_in_days: i64,
    },
    /// List an organization's authorization tokens, newest first, without their values.
    List {
        /// Whose.
        #[arg(long, value_name = "ID", value_parser = organization_id)]
        organization: OrganizationId,
        /// Expired, rotated and revoked ones too.
        #[arg(long)]
        all: bool,
    },
    /// Put a successor in a live token's place, and print its value: the way back in after a lost rotation.
    Rotate {
        /// Which one: its id, not its value.
        #[arg(value_name = "TOKEN_ID")]
        id: String,
        /// What the successor is for; by default what its predecessor was for.
        #[arg(long, value_parser = Description::parse)]
        description: Option<Description>,
        /// How long the old token is served on, at most a week.
        #[arg(
            long,
            value_name = "SECONDS",
            allow_negative_numbers = true,
            default_value_t = 0
        )]
        grace_seconds: i64,
    },
    /// End a token at once.
    Revoke {
        /// Which one: its id, not its value.
        #[arg(value_name = "TOKEN_ID")]
        id: String,
    },
}

/// Options of `migrate`.
#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// Undo this many migrations instead.
    #[arg(long, value_name = "N", conflicts_with = "dry_run")]
    pub(crate) down: Option<usize>,
    /// Only print what would be done.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask before undoing migrations.
    #[arg(long)]
    pub(crate) yes: bool,
}

fn organization_id(text: &str) -> Result<OrganizationId, &'static str> {
    OrganizationId::parse(text).ok_or("not an organization's id; see: symbolon organizations list")
}

fn permissions(text: &str) -> Result<Permissions, String> {
    text.split(',')
        .map(|name| {
            Permission::ALL
                .into_iter()
                .find(|permission| permission.name() == name.trim())
                .ok_or_else(|| "must be a list of read, write and delete, such as read,write".to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, FromArgMatches as _};

    use super::*;

    #[test]
    fn the_declaration_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_database_that_was_said_nearer_is_taken() {
        let settled = |default: &[(&'static str, &'static str)], arguments: &[&str]| {
            let command = default.iter().fold(Cli::command(), |command, (option, value)| {
                command.mut_arg(option, |option| option.default_value(*value))
            });
            let matches = command
                .try_get_matches_from([&["symbolon", "doctor"], arguments].concat())
                .unwrap();
            let mut options = Cli::from_arg_matches(&matches).unwrap().options;
            options
                .settle(&matches)
                .map(|()| (options.database, options.database_file))
        };
        let url = || Some("sqlite:a".to_owned());
        let file = || Some(PathBuf::from("f"));
        assert_eq!(
            settled(&[("database", "sqlite:a")], &["--database-file", "f"]),
            Ok((None, file()))
        );
        assert_eq!(
            settled(&[("database_file", "f")], &["--database", "sqlite:a"]),
            Ok((url(), None))
        );
        assert_eq!(settled(&[], &["--database", "sqlite:a"]), Ok((url(), None)));
        assert!(settled(&[], &["--database", "sqlite:a", "--database-file", "f"]).is_err());
    }

    #[test]
    fn permissions_are_a_list() {
        assert_eq!(
            permissions("read, delete").unwrap(),
            Permissions::from_bits(5).unwrap()
        );
        assert!(permissions("").is_err());
        assert!(permissions("read,admin").is_err());
    }
}
