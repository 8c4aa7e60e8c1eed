//! A process and all that it has started, to be ended together.

use std::{fs, path::Path, thread, time::Instant};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::wait::{AGAIN, DEADLINE};

/// What the system says of a process.
struct Relative {
    id: Pid,
    parent: Pid,
    /// Whether it names our directory on its command line. So do those of the family who have left their parents.
    is_at_home: bool,
}

/// Kills a process, its descendants, and whoever has `home` on the command line; returns when they do nothing any more.
///
/// Where there is no `/proc`, only the process itself is killed; chromium follows by itself.
pub(super) fn end(eldest: Pid, home: &Path) {
    let family = members(eldest, home);
    for member in &family {
        // It may be gone already.
        let _ = kill(*member, Signal::SIGKILL);
    }
    let start = Instant::now();
    while family.iter().any(|member| state(*member).is_some()) && start.elapsed() < DEADLINE {
        thread::sleep(AGAIN);
    }
}

fn members(eldest: Pid, home: &Path) -> Vec<Pid> {
    let everybody: Vec<Relative> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| look_at(Pid::from_raw(id), home))
        .collect();
    let mut family = vec![eldest];
    family.extend(everybody.iter().filter(|one| one.is_at_home).map(|one| one.id));
    loop {
        let is_new = |one: &&Relative| family.contains(&one.parent) && !family.contains(&one.id);
        let born: Vec<Pid> = everybody.iter().filter(is_new).map(|one| one.id).collect();
        if born.is_empty() {
            return family;
        }
        family.extend(born);
    }
}

fn look_at(id: Pid, home: &Path) -> Option<Relative> {
    let line = fs::read(format!("/proc/{id}/cmdline")).ok()?;
    let state = state(id)?;
    Some(Relative {
        id,
        parent: Pid::from_raw(state.split(' ').nth(1)?.parse().ok()?),
        is_at_home: String::from_utf8_lossy(&line).contains(home.to_str()?),
    })
}

/// A process's state, its parent, and more; nothing where it is dead, even if nobody has waited for it yet.
fn state(process: Pid) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // All this comes after the name, which is in parentheses and may have any character.
    let (_, state) = stat.rsplit_once(") ")?;
    (!state.starts_with(['Z', 'X'])).then(|| state.to_owned())
}

#[cfg(test)]
pub(super) fn has_members(home: &Path) -> bool {
    // The first is there in any case.
    members(Pid::from_raw(i32::MAX), home).len() > 1
}
