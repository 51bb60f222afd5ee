//! A worker killed in the middle, as a process.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use lilong::access::role::Role;
use lilong::app::config::Settings;
use lilong::app::start;
use lilong::app::worker::Worker;
use lilong::kit::clock::Clock;
use lilong::kit::crypto::{Keyring, KeyringFile};

use super::runners::{COUNT, Wish, ask};
use super::{said, state};
use crate::support::{OWN, Town, wait_until};

const URL: &str = "LILONG_TEST_WORKER_URL";
const KEYRING: &str = "LILONG_TEST_WORKER_KEYRING";

/// What `lilong worker` does, with the tests' runner.
#[test]
#[ignore = "it is what the tests below start as a process"]
fn works_until_it_is_killed() {
    let url = std::env::var(URL).expect("a town");
    let keyring = KeyringFile::parse(&std::env::var(KEYRING).expect("its secrets")).expect("a keyring");
    let settings = Settings { seats: 1, ..Settings::default() };
    let ring = Keyring::open(&keyring).expect("a keyring");
    let gate = start::open_gate(&settings, &url, ring, Clock::default()).expect("a gate");
    let _worker = Worker::start(gate, &[COUNT], || {}).expect("a worker");
    loop {
        std::thread::park();
    }
}

struct Process(Child);

impl Process {
    fn start(town: &Town) -> Self {
        let itself = std::env::current_exe().expect("this program");
        let child = Command::new(itself)
            .args(["--exact", "jobs::killed::works_until_it_is_killed", "--ignored"])
            .env(URL, &town.api_url)
            .env(KEYRING, &town.keyring)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.expect("it starts"))
    }

    /// By SIGKILL, which nobody can prepare for.
    fn kill(&mut self) {
        self.0.kill().expect("it can be killed");
        self.0.wait().expect("it is dead");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _it_may_be_dead = self.0.kill();
        let _it_was_waited_for = self.0.wait();
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn killed_in_the_middle_and_taken_over_it_is_done_exactly_once() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let id = ask(&town, &head, &Wish { total: 300, millis: 30, ..Wish::default() });
    let done = || town.count("SELECT max(done) FROM jobs");
    for until in [40, 150] {
        let mut worker = Process::start(&town);
        wait_until("it is at work", || done() >= until);
        worker.kill();
        let left = done();
        assert!(state(&town, id).starts_with("running"), "{}", state(&town, id));
        assert_eq!(said(&town), format!("{left}/{left}"), "progress and effect are one");
        assert!(left < 300, "it was not killed in the middle");
        // Another one waits until the dead is silent for long enough.
        let mut heir = Process::start(&town);
        std::thread::sleep(Duration::from_millis(1_500));
        assert_eq!(done(), left, "taken over from one that may live");
        heir.kill();
        town.execute("UPDATE jobs SET heartbeat_at = heartbeat_at - interval '1 minute'");
    }
    let _last = Process::start(&town);
    wait_until("it is done", || state(&town, id).starts_with("done"));
    assert_eq!((state(&town, id).as_str(), said(&town).as_str()), ("done 300 - 0", "300/300"));
    let batches = town.count(&format!("SELECT count(*) FROM audit_events WHERE request_id = 'job-{id}'"));
    assert_eq!(batches, 60);
}
