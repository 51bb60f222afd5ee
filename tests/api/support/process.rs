//! A process of its own beside a town: what can be killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::Town;

/// `lilong serve` on the database of a town.
pub struct Process {
    child: Child,
    /// Where it answers.
    pub address: String,
}

impl Process {
    /// Starts it, and waits until it answers.
    pub fn start(town: &Town) -> Self {
        Self::start_with(town, &[])
    }

    /// The same with more of its environment.
    pub fn start_with(town: &Town, more: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lilong"))
            .arg("serve")
            .env("DATABASE_URL", &town.api_url)
            .env("LILONG_KEYRING", &town.keyring)
            .env("LILONG_DATA", town.data.path())
            .env("LILONG_BIND", "127.0.0.1:0")
            .env("LILONG_SEATS", "3")
            .env("LILONG_RATE_PER_MINUTE", "100000000")
            .envs(more.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = lines.find_map(|line| {
            let line = line.expect("a line");
            let (_, rest) = line.split_once("serves at ")?;
            Some(rest.split_whitespace().next()?.to_owned())
        });
        Process { child, address: address.expect("an address") }
    }

    /// By SIGTERM, which it obeys in its own time.
    pub fn tell_to_stop(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).expect("it takes the signal");
    }

    /// How it ended, once it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("it was started here")
    }

    /// By SIGKILL, which nobody can prepare for.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is dead");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _it_may_be_dead = self.child.kill();
        let _it_was_waited_for = self.child.wait();
    }
}
