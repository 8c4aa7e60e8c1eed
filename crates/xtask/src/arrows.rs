//! `cargo xtask arrows`: the crates depend on each other only as the architecture says.
//!
//! A crate is a ban: it exists to forbid a dependency. This is where the ban is kept.

use serde_json::Value;

use crate::failure::Failure;
use crate::{cargo, say};

/// What one crate of the workspace may depend on within the workspace.
struct Rule {
    package: &'static str,
    /// Normal and build dependencies.
    normal: &'static [&'static str],
    /// Dependencies of its tests and examples, besides the normal ones.
    dev: &'static [&'static str],
}

/// Every crate of the workspace, and every arrow that may leave it.
///
/// - The domain is the middle and points at nobody: rules that know no adapter outlive every adapter. Its example of
///   embedding wires the two adapters that an embedder would.
/// - The contract speaks of the ports, so of the domain; knowing an adapter would make it that adapter's test.
/// - Adapters know the domain only, never each other, so that any of them can be exchanged. Their tests run the
///   contract, and those of memory and HTTP use a real vault, as does what fills a database for the benchmarks; HTTP's also
///   hash real passwords.
/// - The spreadsheet crate reads and writes CSV, and knows of the domain what a row of it wishes for. The command line and
///   the dashboard share it.
/// - HTTP never sees a database: its tests run on memory. It draws credentials with the certificate crate, which is as
///   pure as the domain and points at nobody.
/// - The application alone knows everybody, for it does the wiring.
/// - The journeys know only the built binary, and the chores nothing at all: what is tested is what is shipped.
const RULES: &[Rule] = &[
    Rule {
        package: "symbolon-domain",
        normal: &[],
        dev: &["symbolon-storage-memory", "symbolon-vault"],
    },
    Rule {
        package: "symbolon-contract",
        normal: &["symbolon-domain"],
        dev: &[],
    },
    Rule {
        package: "symbolon-storage-memory",
        normal: &["symbolon-domain"],
        dev: &["symbolon-contract", "symbolon-vault"],
    },
    Rule {
        package: "symbolon-storage-diesel",
        normal: &["symbolon-domain"],
        dev: &["symbolon-contract", "symbolon-vault"],
    },
    Rule {
        package: "symbolon-vault",
        normal: &["symbolon-domain"],
        dev: &["symbolon-contract"],
    },
    Rule {
        package: "symbolon-mail",
        normal: &["symbolon-domain"],
        dev: &[],
    },
    Rule {
        package: "symbolon-identity",
        normal: &["symbolon-domain"],
        dev: &[],
    },
    Rule {
        package: "symbolon-certificate",
        normal: &[],
        dev: &[],
    },
    Rule {
        package: "symbolon-spreadsheet",
        normal: &["symbolon-domain"],
        dev: &[],
    },
    Rule {
        package: "symbolon-jobs",
        normal: &["symbolon-domain", "symbolon-spreadsheet"],
        dev: &["symbolon-contract", "symbolon-storage-memory", "symbolon-vault"],
    },
    Rule {
        package: "symbolon-http",
        normal: &[
            "symbolon-certificate",
            "symbolon-domain",
            "symbolon-jobs",
            "symbolon-spreadsheet",
        ],
        dev: &["symbolon-identity", "symbolon-storage-memory", "symbolon-vault"],
    },
    Rule {
        package: "symbolon",
        normal: &[
            "symbolon-domain",
            "symbolon-http",
            "symbolon-identity",
            "symbolon-jobs",
            "symbolon-mail",
            "symbolon-spreadsheet",
            "symbolon-storage-diesel",
            "symbolon-storage-memory",
            "symbolon-vault",
        ],
        dev: &["symbolon-contract"],
    },
    Rule {
        package: "symbolon-tests",
        normal: &[],
        dev: &[],
    },
    Rule {
        package: "xtask",
        normal: &[],
        dev: &[],
    },
];

/// Libraries that would make the domain impure, by the start of their names: runtimes, I/O, SQL, random sources.
/// They may appear in its tests.
const IMPURE: &[&str] = &[
    "actix",
    "diesel",
    "getrandom",
    "hyper",
    "libsqlite3-sys",
    "pq-sys",
    "rand",
    "reqwest",
    "ring",
    "rustls",
    "tokio",
];
/// Libraries that the domain may only have behind a feature.
const OPTIONAL_ONLY: &[&str] = &["serde"];
const DOMAIN: &str = "symbolon-domain";

/// Judges the real workspace.
///
/// # Errors
/// When an arrow is not allowed; each was printed.
pub(crate) fn run() -> Result<(), Failure> {
    let packages = read(&cargo::metadata()?)?;
    let complaints = judge(&packages);
    for complaint in &complaints {
        say::line(complaint);
    }
    if complaints.is_empty() {
        say::line(&format!(
            "arrows of {} crates: as the architecture says",
            packages.len()
        ));
        Ok(())
    } else {
        Err(Failure::new(format!(
            "{} arrows are not allowed, see crates/xtask/src/arrows.rs",
            complaints.len()
        )))
    }
}

struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    name: String,
    dev: bool,
    optional: bool,
    /// Whether it is a crate of this repository.
    ours: bool,
}

/// One sentence per arrow that is not allowed.
fn judge(packages: &[Package]) -> Vec<String> {
    packages.iter().flat_map(judge_one).collect()
}

fn judge_one(package: &Package) -> Vec<String> {
    let name = &package.name;
    let Some(rule) = RULES.iter().find(|rule| rule.package == name) else {
        return vec![format!("{name} has no rule: decide what it may depend on")];
    };
    let forbidden = package
        .dependencies
        .iter()
        .filter(|dependency| !allows(rule, dependency));
    let mut complaints: Vec<String> = forbidden
        .map(|dependency| {
            let kind = if dependency.dev { "for its tests" } else { "at all" };
            format!("{name} -> {}: not allowed {kind}", dependency.name)
        })
        .collect();
    if name == DOMAIN {
        let impure = package
            .dependencies
            .iter()
            .filter(|dependency| is_impure(dependency));
        complaints
            .extend(impure.map(|dependency| format!("{name} -> {}: the domain is pure", dependency.name)));
    }
    complaints
}

fn allows(rule: &Rule, dependency: &Dependency) -> bool {
    let name = dependency.name.as_str();
    !dependency.ours || rule.normal.contains(&name) || (dependency.dev && rule.dev.contains(&name))
}

fn is_impure(dependency: &Dependency) -> bool {
    let name = dependency.name.as_str();
    let is_banned = IMPURE.iter().any(|start| name.starts_with(start));
    let is_forced = OPTIONAL_ONLY.contains(&name) && !dependency.optional;
    !dependency.dev && (is_banned || is_forced)
}

/// Takes from `cargo metadata` what is judged here.
fn read(metadata: &Value) -> Result<Vec<Package>, Failure> {
    list(metadata, "packages")?
        .iter()
        .map(|package| {
            let dependencies = list(package, "dependencies")?
                .iter()
                .map(read_dependency)
                .collect::<Result<_, _>>()?;
            Ok(Package {
                name: text(package, "name")?,
                dependencies,
            })
        })
        .collect()
}

fn read_dependency(value: &Value) -> Result<Dependency, Failure> {
    let kind = value.get("kind").and_then(Value::as_str);
    Ok(Dependency {
        name: text(value, "name")?,
        dev: kind == Some("dev"),
        optional: value.get("optional").and_then(Value::as_bool).unwrap_or(false),
        ours: value.get("path").is_some_and(Value::is_string),
    })
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>, Failure> {
    value
        .get(key)
        .and_then(Value::as_array)
        .ok_or_else(|| Failure::new(format!("cargo metadata has no `{key}`")))
}

fn text(value: &Value, key: &str) -> Result<String, Failure> {
    value
        .get(key)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("cargo metadata has no `{key}`")))
}

#[cfg(test)]
mod tests;
