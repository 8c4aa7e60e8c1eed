//! `symbolon.toml`: every option of every command and of `serve`, under its own name.
//!
//! The file's values become the defaults of the command line's options, so that flag beats environment beats file beats
//! built-in default, and each option is declared once.

use std::{fs, path::PathBuf};

use clap::Command;
use toml::{Table, Value};

use crate::failure::Failure;

/// The key under which sign-in providers stand.
pub(crate) const SIGN_IN: &str = "sign_in";

/// The command line, with the values of the file that `--config` or `SYMBOLON_CONFIG` names as defaults.
pub(crate) fn with_defaults(command: Command) -> Result<Command, Failure> {
    let Some(path) = path(&command) else {
        return Ok(command);
    };
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::usage(format!("{} cannot be read: {error}", path.display())))?;
    let table: Table = text
        .parse()
        // Without the line that is wrong: a secret may stand there.
        .map_err(|error: toml::de::Error| {
            let line = error.span().map_or(0, |span| {
                text.get(..span.start).unwrap_or_default().lines().count()
            });
            Failure::usage(format!(
                "{} is not TOML (line {line}): {}",
                path.display(),
                error.message()
            ))
        })?;
    apply(command, &table).map_err(|reason| Failure::usage(format!("{}: {reason}", path.display())))
}

/// Which file is named, before anything else is known about the command line.
fn path(command: &Command) -> Option<PathBuf> {
    let matches = command.clone().ignore_errors(true).try_get_matches().ok()?;
    matches.try_get_one::<PathBuf>("config").ok().flatten().cloned()
}

fn apply(mut command: Command, table: &Table) -> Result<Command, String> {
    for (key, value) in table {
        // Not an option but a list of tables; `providers` reads it.
        if key == SIGN_IN {
            continue;
        }
        let id = key.replace('-', "_");
        let default = match value {
            Value::String(text) => text.clone(),
            Value::Integer(_) | Value::Boolean(_) => value.to_string(),
            _ => return Err(format!("{key} must be a text, a number, true or false")),
        };
        let has = |command: &Command| {
            id != "config"
                && command
                    .get_arguments()
                    .any(|option| option.get_id() == id.as_str())
        };
        let set = |command: Command| command.mut_arg(&id, |option| option.default_value(default.clone()));
        let in_serve = command.find_subcommand("serve").is_some_and(has);
        command = if has(&command) {
            set(command)
        } else if in_serve {
            command.mut_subcommand("serve", set)
        } else {
            return Err(format!(
                "there is no option {key}; symbolon serve --help names them all"
            ));
        };
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::options::Cli;

    fn serve(file: &str, arguments: &[&str]) -> Result<clap::ArgMatches, String> {
        let command = apply(Cli::command(), &file.parse().unwrap())?;
        let line = ["symbolon", "serve"].iter().chain(arguments);
        let matches = command
            .try_get_matches_from(line)
            .map_err(|error| error.to_string())?;
        Ok(matches.subcommand().unwrap().1.clone())
    }

    #[test]
    fn the_file_gives_defaults_and_the_flag_wins() {
        let file = "public-url = \"https://a.example\"\nlisten = \"127.0.0.1:1\"\nmigrate = true";
        let matches = serve(file, &["--listen", "127.0.0.1:2"]).unwrap();
        assert_eq!(
            matches.get_one::<String>("public_url").unwrap(),
            "https://a.example"
        );
        assert_eq!(
            matches.get_one::<std::net::SocketAddr>("listen").unwrap().port(),
            2
        );
        assert!(matches.get_flag("migrate"));
    }

    #[test]
    fn what_is_no_option_is_refused() {
        assert!(
            serve("databse = \"x\"", &[])
                .unwrap_err()
                .contains("no option databse")
        );
        assert!(serve("config = \"x\"", &[]).is_err());
        assert!(serve("listen = [1]", &[]).is_err());
        assert!(serve("listen = \"nowhere\"", &[]).is_err());
    }
}
