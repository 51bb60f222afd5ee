//! A process of its own beside a town: what can be killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

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
        let mut child = Command::new(env!("CARGO_BIN_EXE_lilong"))
            .arg("serve")
            .env("DATABASE_URL", &town.api_url)
            .env("LILONG_KEYRING", &town.keyring)
            .env("LILONG_DATA", town.data.path())
            .env("LILONG_BIND", "127.0.0.1:0")
            .env("LILONG_SEATS", "3")
            .env("LILONG_RATE_PER_MINUTE", "100000000")
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
