//! The program as a process: killed, started again, started twice, told to stop in the middle of something.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// `lilong serve` on a data folder of its own.
struct Process {
    child: Child,
    address: String,
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lilong"));
    command
        .arg("serve")
        .env("LILONG_DATA", data)
        .env("LILONG_BIND", "127.0.0.1:0")
        .env_remove("DATABASE_URL");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts it, and reads where it listens.
fn start(data: &Path) -> Process {
    let mut child = command(data).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let address = lines.find_map(|line| {
        let line = line.expect("a line");
        let (_, rest) = line.split_once("serves at ")?;
        Some(rest.split_whitespace().next()?.to_owned())
    });
    Process { child, address: address.expect("an address") }
}

impl Process {
    fn kill(&mut self, signal: Signal) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, signal).expect("it takes the signal");
    }

    fn name_of_the_city(&self) -> Option<String> {
        let answer = ureq::get(format!("{}/v1/divisions/310000000000", self.address)).call();
        let text = answer.ok()?.body_mut().read_to_string().ok()?;
        serde_json::from_str::<serde_json::Value>(&text).ok()?["name"].as_str().map(str::to_owned)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.kill(Signal::TERM);
            let _it_ended = self.child.wait();
        }
    }
}

/// A folder that the cluster's own user may pass through, should this be root.
fn folder() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).expect("it is open");
    folder
}

#[test]
fn killed_and_started_again_it_serves_at_once_and_a_second_one_says_so_and_leaves() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut first = start(&data);
    assert_eq!(first.name_of_the_city().as_deref(), Some("上海市"));
    let second = command(&data).output().expect("it ends");
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(!second.status.success() && said.contains("lilong:") && said.contains("data"), "{said}");
    first.kill(Signal::KILL);
    first.child.wait().expect("it is dead");
    let again = start(&data);
    assert_eq!(again.name_of_the_city().as_deref(), Some("上海市"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn a_killed_cluster_is_recovered_under_the_running_server() {
    let folder = folder();
    let data = folder.path().join("data");
    let server = start(&data);
    let file = std::fs::read_to_string(data.join("postgres/postmaster.pid")).expect("the cluster's pid");
    let pid = file.lines().next().and_then(|line| line.parse().ok()).and_then(Pid::from_raw).expect("a pid");
    kill_process(pid, Signal::KILL).expect("the cluster is killed");
    let began = Instant::now();
    let mut refusals = 0;
    while server.name_of_the_city().is_none() {
        refusals += 1;
        assert!(began.elapsed() < Duration::from_secs(30), "not recovered after {refusals} tries");
        std::thread::sleep(Duration::from_millis(100));
    }
    // Connections of before are gone; every seat must have found a new one.
    for _ in 0..20 {
        assert_eq!(server.name_of_the_city().as_deref(), Some("上海市"));
    }
}

#[test]
fn told_to_stop_it_finishes_and_stops_its_cluster() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut server = start(&data);
    assert!(server.name_of_the_city().is_some());
    server.kill(Signal::TERM);
    assert!(server.child.wait().expect("it ends").success());
    assert!(!data.join("postgres/postmaster.pid").exists(), "its cluster still runs");
}
