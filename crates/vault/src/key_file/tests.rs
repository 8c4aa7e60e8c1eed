//! Who may read the file, that it is never overwritten, and that rivals agree.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
    sync::Barrier,
};

use symbolon_domain::time::Timestamp;
use tempfile::TempDir;

use super::{KeyFile, KeyFileError, KeyFileOrigin, NewKeyFile};
use crate::{
    KeyRing, SystemEntropy,
    sample::{self, Dry, KEYS},
};

/// An empty directory, and where the ring goes in it.
fn place() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("keyring.json");
    (directory, path)
}

fn fresh() -> KeyRing {
    KeyRing::generate(&SystemEntropy::new(), now()).unwrap()
}

fn now() -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000)
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn names(directory: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(directory.path()).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn what_is_written_is_read_and_only_its_owner_can() {
    let (directory, path) = place();
    let ring = fresh();
    assert_eq!(KeyFile::create(&path, &ring).unwrap(), NewKeyFile::Made);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(KeyFile::load(&path).unwrap(), ring);
    assert_eq!(names(&directory), ["keyring.json"], "no draft is left");
}

#[test]
fn a_file_that_is_there_is_never_touched() {
    let (directory, path) = place();
    fs::write(&path, "something of value").unwrap();
    assert_eq!(
        KeyFile::create(&path, &fresh()).unwrap(),
        NewKeyFile::AlreadyThere
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "something of value");
    assert_eq!(names(&directory), ["keyring.json"], "no draft is left");

    set_mode(&path, 0o600);
    let outcome = KeyFile::load_or_create(&path, &SystemEntropy::new(), now());
    assert!(matches!(outcome, Err(KeyFileError::Ring { .. })), "{outcome:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "something of value");
}

#[test]
fn a_file_open_to_others_is_refused_with_the_command_that_closes_it() {
    let (_directory, path) = place();
    let _ = KeyFile::create(&path, &fresh()).unwrap();
    for bit in (0..6).map(|place| 1 << place) {
        set_mode(&path, 0o600 | bit);
        let refused = KeyFile::load(&path);
        assert!(
            matches!(refused, Err(KeyFileError::Exposed { .. })),
            "{bit:o}: {refused:?}"
        );
    }
    set_mode(&path, 0o644);
    let refused = KeyFile::load(&path).unwrap_err().to_string();
    assert!(refused.contains("(mode 0644)"), "{refused}");
    let (_, command) = refused.split_once("run: ").unwrap();
    assert!(
        Command::new("sh")
            .args(["-c", command])
            .status()
            .unwrap()
            .success(),
        "{command}"
    );
    assert!(KeyFile::load(&path).is_ok());
    for mode in [0o600, 0o400, 0o700] {
        set_mode(&path, mode);
        assert!(KeyFile::load(&path).is_ok(), "{mode:o}");
    }
}

#[test]
fn the_command_survives_any_path() {
    let directory = tempfile::tempdir().unwrap();
    for name in ["with space", "it's; touch pwned", "$(touch pwned)", "-R", "ключ"] {
        let path = directory.path().join(name);
        let _ = KeyFile::create(&path, &fresh()).unwrap();
        set_mode(&path, 0o640);
        // From within the directory, so that a name that starts with a dash stays one.
        let exposed = KeyFileError::Exposed {
            path: name.into(),
            mode: 0o640,
        }
        .to_string();
        let (_, command) = exposed.split_once("run: ").unwrap();
        let mut shell = Command::new("sh");
        let status = shell
            .args(["-c", command])
            .current_dir(&directory)
            .status()
            .unwrap();
        assert!(status.success() && KeyFile::load(&path).is_ok(), "{command}");
    }
    assert!(!directory.path().join("pwned").exists());
}

#[test]
fn links_are_followed_and_judged_by_what_they_lead_to() {
    let (directory, path) = place();
    let link = directory.path().join("link");
    symlink(&path, &link).unwrap();
    for outcome in [
        KeyFile::load(&link).map(|_| ()),
        KeyFile::load_or_create(&link, &SystemEntropy::new(), now()).map(|_| ()),
    ] {
        assert!(
            matches!(outcome, Err(KeyFileError::DanglingLink { .. })),
            "{outcome:?}"
        );
    }
    assert!(!path.exists(), "nothing is made through a link");

    let ring = fresh();
    let _ = KeyFile::create(&path, &ring).unwrap();
    assert_eq!(KeyFile::load(&link).unwrap(), ring);
    set_mode(&path, 0o640);
    assert!(matches!(KeyFile::load(&link), Err(KeyFileError::Exposed { .. })));
}

#[test]
fn what_is_no_file_is_refused() {
    let (directory, path) = place();
    assert!(matches!(KeyFile::load(&path), Err(KeyFileError::Absent { .. })));
    assert!(matches!(
        KeyFile::load(directory.path()),
        Err(KeyFileError::NotAFile { .. })
    ));
    assert!(matches!(
        KeyFile::load(Path::new("/dev/zero")),
        Err(KeyFileError::NotAFile { .. })
    ));
    let pipe = directory.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(
        matches!(KeyFile::load(&pipe), Err(KeyFileError::NotAFile { .. })),
        "without waiting for a writer"
    );
}

#[test]
fn a_file_that_is_too_long_is_not_read_to_its_end() {
    let (_directory, path) = place();
    let ring = sample::document().to_string();
    for (length, long) in [(64 * 1024, false), (64 * 1024 + 1, true), (1 << 40, true)] {
        fs::write(&path, &ring).unwrap();
        set_mode(&path, 0o600);
        fs::OpenOptions::new()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(length)
            .unwrap();
        let refused = KeyFile::load(&path).unwrap_err();
        assert_eq!(
            matches!(refused, KeyFileError::TooLong { .. }),
            long,
            "{length}: {refused}"
        );
    }
}

#[test]
fn refusals_name_the_file_and_show_no_key() {
    let (_directory, path) = place();
    fs::write(&path, sample::document().to_string().replace("active", KEYS[0])).unwrap();
    set_mode(&path, 0o600);
    let refused = KeyFile::load(&path).unwrap_err();
    let text = format!("{refused} {refused:?}");
    assert!(
        text.contains("keyring.json") && text.contains("correct it"),
        "{text}"
    );
    assert!(KEYS.iter().all(|key| !text.contains(&key[..8])), "{text}");
}

#[test]
fn a_missing_directory_is_an_error_that_says_so() {
    let (directory, _) = place();
    let refused = KeyFile::create(&directory.path().join("missing/keyring.json"), &fresh()).unwrap_err();
    assert!(
        refused.to_string().contains("check that its directory exists"),
        "{refused}"
    );
}

#[test]
fn without_random_bytes_no_file_is_made() {
    let (directory, path) = place();
    let outcome = KeyFile::load_or_create(&path, &Dry, now());
    assert!(matches!(outcome, Err(KeyFileError::Entropy(_))));
    assert_eq!(names(&directory), [""; 0]);
}

#[test]
fn of_64_rivals_one_makes_the_ring_and_all_get_it() {
    for round in 0..10 {
        let (directory, path) = place();
        let gate = Barrier::new(64);
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let rivals = [(); 64].map(|()| {
                scope.spawn(|| {
                    gate.wait();
                    KeyFile::load_or_create(&path, &SystemEntropy::new(), now()).unwrap()
                })
            });
            rivals.into_iter().map(|rival| rival.join().unwrap()).collect()
        });
        let kept = KeyFile::load(&path).unwrap();
        assert!(outcomes.iter().all(|(ring, _)| *ring == kept), "round {round}");
        let makers = outcomes
            .iter()
            .filter(|(_, origin)| *origin == KeyFileOrigin::Made);
        assert_eq!(makers.count(), 1, "round {round}");
        assert_eq!(names(&directory), ["keyring.json"], "round {round}");
    }
}

#[test]
fn of_64_rivals_with_rings_of_their_own_exactly_one_makes_the_file() {
    let (_directory, path) = place();
    let gate = Barrier::new(64);
    let makers: Vec<KeyRing> = std::thread::scope(|scope| {
        let rivals = [(); 64].map(|()| {
            scope.spawn(|| {
                let ring = fresh();
                gate.wait();
                let made = KeyFile::create(&path, &ring).unwrap() == NewKeyFile::Made;
                made.then_some(ring)
            })
        });
        rivals
            .into_iter()
            .filter_map(|rival| rival.join().unwrap())
            .collect()
    });
    assert_eq!(makers, [KeyFile::load(&path).unwrap()]);
}
