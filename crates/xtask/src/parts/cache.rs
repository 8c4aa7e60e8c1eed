//! Packages in cargo's target directory: installed once for each state of the files that name them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::failure::Failure;
use crate::say;

/// The directory `<kind>-<hash of what>` below `cache`, filled by `fill` if it is not there yet.
///
/// `fill` is given another directory, empty and beside it, which gets the name only when it is complete: what is there
/// can be used, whatever happened to whoever installed it. Of two at once, one wins and both use its work.
///
/// # Errors
/// When `fill` fails, or the file system does.
pub(super) fn get(
    cache: &Path,
    kind: &str,
    what: impl Hash,
    fill: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<PathBuf, Failure> {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    let name = format!("{kind}-{:016x}", hasher.finish());
    let directory = cache.join(&name);
    if directory.is_dir() {
        return Ok(directory);
    }
    let start = Instant::now();
    say::line(&format!("installing the tests' packages of {kind} …"));
    let unfinished = cache.join(format!("unfinished-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&unfinished)
        .map_err(Failure::because(format!("cannot make {}", unfinished.display())))?;
    let filled = fill(&unfinished).and_then(|()| finish(&unfinished, &directory));
    if filled.is_err() {
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    filled?;
    say::timed(&format!("packages of {kind} installed"), start);
    Ok(directory)
}

fn finish(unfinished: &Path, directory: &Path) -> Result<(), Failure> {
    match std::fs::rename(unfinished, directory) {
        Err(_) if directory.is_dir() => {
            let _ = std::fs::remove_dir_all(unfinished);
            Ok(())
        }
        renamed => renamed.map_err(Failure::because(format!("cannot make {}", directory.display()))),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::get;
    use crate::cargo;
    use crate::failure::Failure;

    fn fill(directory: &Path) -> Result<(), Failure> {
        std::fs::write(directory.join("package"), "").map_err(Failure::because("cannot write"))
    }

    /// An empty cache, removed with this.
    struct Cache(std::path::PathBuf);

    impl Cache {
        fn new(name: &str) -> Self {
            let name = format!("test-parts-{name}-{}", std::process::id());
            Self(cargo::target_directory().unwrap().join(name))
        }
    }

    impl Drop for Cache {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn packages_are_installed_once_for_each_state() {
        let cache = Cache::new("once");
        let first = get(&cache.0, "kind", "one state", fill).unwrap();
        assert!(first.join("package").is_file());
        let again = get(&cache.0, "kind", "one state", |_| panic!("it is there")).unwrap();
        assert_eq!(again, first);
        assert_ne!(get(&cache.0, "kind", "another state", fill).unwrap(), first);
        assert_ne!(get(&cache.0, "another-kind", "one state", fill).unwrap(), first);
    }

    #[test]
    fn what_was_not_finished_is_not_used() {
        let cache = Cache::new("unfinished");
        let failed = get(&cache.0, "kind", "state", |directory| {
            fill(directory)?;
            Err(Failure::new("no network"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read_dir(&cache.0).unwrap().count(), 0);
        assert!(
            get(&cache.0, "kind", "state", fill)
                .unwrap()
                .join("package")
                .is_file()
        );
    }

    #[test]
    fn of_two_at_once_one_wins() {
        let cache = Cache::new("two");
        let directory = get(&cache.0, "kind", "state", |directory| {
            fill(directory)?;
            let winner = cache.0.join(directory.file_name().unwrap().to_str().unwrap());
            let winner = winner.to_str().unwrap().replace("unfinished-", "");
            let (winner, _) = winner.rsplit_once('-').unwrap();
            std::fs::create_dir(winner).unwrap();
            std::fs::write(Path::new(winner).join("package"), "of the winner").unwrap();
            Ok(())
        });
        let package = directory.unwrap().join("package");
        assert_eq!(std::fs::read_to_string(package).unwrap(), "of the winner");
        assert_eq!(std::fs::read_dir(&cache.0).unwrap().count(), 1);
    }
}
