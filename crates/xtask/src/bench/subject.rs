//! A server that is measured: its address, and what it has cost so far.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::leash::Leash;

/// How long a server may take to answer at first.
const PATIENCE: Duration = Duration::from_mins(1);

/// Linux counts processor time in hundredths of a second, wherever a program can read it.
const TICKS: f64 = 100.0;

/// A running server. Dropping it ends it.
pub(crate) struct Subject {
    pub(crate) address: SocketAddr,
    /// How long it took from its start to its first answer.
    pub(crate) started: Duration,
    leash: Leash,
    /// Another process that works for it, with its children.
    beside: Option<u32>,
}

impl Subject {
    /// Starts a program that serves at the address that its arguments name.
    pub(crate) fn start(
        mut command: Command,
        arguments: impl FnOnce(SocketAddr) -> Vec<String>,
    ) -> Result<Self, Failure> {
        let address = free().map_err(Failure::because("no free port"))?;
        command
            .args(arguments(address))
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let what = format!("{}", command.get_program().display());
        let mut leash = Leash::spawn(&mut command).map_err(Failure::because(format!("cannot run {what}")))?;
        let begun = Instant::now();
        while !answers(address) {
            let is_over = leash.child().try_wait().is_ok_and(|ended| ended.is_some());
            if is_over || begun.elapsed() > PATIENCE {
                return Err(Failure::new(format!(
                    "{what} does not serve; its words are above"
                )));
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(Self {
            address,
            started: begun.elapsed(),
            leash,
            beside: None,
        })
    }

    /// What this process and its children do is done for the server.
    pub(crate) const fn beside(&mut self, process: u32) {
        self.beside = Some(process);
    }

    /// Seconds of processor time that it has taken since its start.
    pub(crate) fn processor_seconds(&mut self) -> f64 {
        let own = self.leash.child().id();
        let beside = self.beside.map(family).unwrap_or_default();
        let ticks: u64 = beside.into_iter().chain(family(own)).map(ticks).sum();
        #[expect(
            clippy::cast_precision_loss,
            clippy::as_conversions,
            reason = "hundredths of seconds"
        )]
        let ticks = ticks as f64;
        ticks / TICKS
    }

    /// Memory that it holds at this moment, in MiB.
    pub(crate) fn mebibytes(&mut self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.leash.child().id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        kibibytes.unwrap_or(0) / 1024
    }
}

fn free() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Whether something speaks HTTP there.
fn answers(address: SocketAddr) -> bool {
    let asked = || -> io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 5];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"HTTP/")
    };
    asked().unwrap_or(false)
}

/// A process, and those that it has started.
fn family(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers
        .filter(|number| *number == parent || field(*number, 1) == Some(u64::from(parent)))
        .collect()
}

fn ticks(process: u32) -> u64 {
    field(process, 11).unwrap_or(0) + field(process, 12).unwrap_or(0)
}

/// A field of what Linux says of a process, counted from after its name: 0 its state, 1 its parent, 11 and 12 its time.
fn field(process: u32, number: usize) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    fields.split(' ').nth(number)?.parse().ok()
}
