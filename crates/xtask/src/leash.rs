//! A child process that ends with this program, however this program ends.
//!
//! The child gets a process group of its own, and beside it waits a small shell whose standard input is a pipe from
//! here. When the pipe closes, because the leash is dropped or because this program was killed, the shell ends the
//! whole group. The operating system closes the pipe in every case, so no signal has to be handled.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};

/// Waits for the pipe to close, then ends the process group `$1`: politely at first, after two seconds with force.
const WATCH: &str = r#"
    read -r _
    kill -s TERM -- "-$1" || exit 0
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        sleep 0.1
        kill -s 0 -- "-$1" || exit 0
    done
    kill -s KILL -- "-$1"
"#;

/// Holds a child; dropping it ends the child and everything the child started that is still there.
pub(crate) struct Leash {
    child: Child,
    watcher: Child,
    pipe: Option<ChildStdin>,
}

impl Leash {
    /// Starts `command`, and its watcher beside it.
    pub(crate) fn spawn(command: &mut Command) -> io::Result<Self> {
        let mut child = command.process_group(0).spawn()?;
        let watcher = Command::new("sh")
            .args(["-c", WATCH, "leash", &child.id().to_string()])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match watcher {
            Ok(mut watcher) => Ok(Self {
                child,
                pipe: watcher.stdin.take(),
                watcher,
            }),
            Err(error) => {
                child.kill()?;
                child.wait()?;
                Err(error)
            }
        }
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // Reaped before the watcher is waited for: a group of the dead still counts as a group.
        let _ = self.child.wait();
        let _ = self.watcher.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::Leash;

    fn is_alive(process: &str) -> bool {
        let state = Command::new("ps")
            .args(["-o", "stat=", "-p", process])
            .output()
            .unwrap();
        let state = String::from_utf8(state.stdout).unwrap();
        !state.trim().is_empty() && !state.starts_with('Z')
    }

    #[test]
    fn dropping_ends_the_child_and_its_children() {
        let script = "sleep 600 & echo $!; wait";
        let mut leash = Leash::spawn(Command::new("sh").args(["-c", script]).stdout(Stdio::piped())).unwrap();
        let mut grandchild = String::new();
        BufReader::new(leash.child().stdout.take().unwrap())
            .read_line(&mut grandchild)
            .unwrap();
        let grandchild = grandchild.trim();
        assert!(is_alive(grandchild));

        let start = Instant::now();
        drop(leash);

        assert!(start.elapsed() < Duration::from_secs(10));
        assert!(!is_alive(grandchild), "process {grandchild} outlived its leash");
    }

    #[test]
    fn a_child_that_ended_is_no_trouble() {
        let mut leash = Leash::spawn(&mut Command::new("true")).unwrap();
        assert!(leash.child().wait().unwrap().success());
        drop(leash);
    }
}
