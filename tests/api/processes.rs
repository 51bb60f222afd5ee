//! The program as a process: killed, started again, started twice, told to stop in the middle of something.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use diesel::{QueryableByName, RunQueryDsl};
use rustix::process::{Pid, Signal, kill_process};

/// `lilong serve` on a data folder of its own.
struct Process {
    child: Child,
    address: String,
}

fn command(data: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lilong"));
    command
        .arg("serve")
        .args(options)
        .env("LILONG_STAFF_SECOND_FACTOR", "false")
        .env("LILONG_DATA", data)
        .env("LILONG_BIND", "127.0.0.1:0")
        .env_remove("DATABASE_URL");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts it, and reads where it listens.
fn start(data: &Path) -> Process {
    start_with(data, &[])
}

fn start_with(data: &Path, options: &[&str]) -> Process {
    let mut child = command(data, options).stderr(Stdio::null()).spawn().expect("the program starts");
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
    let second = command(&data, &[]).output().expect("it ends");
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(!second.status.success() && said.contains("lilong:") && said.contains("data"), "{said}");
    first.kill(Signal::KILL);
    first.child.wait().expect("it is dead");
    let began = Instant::now();
    let again = start(&data);
    assert_eq!(again.name_of_the_city().as_deref(), Some("上海市"));
    // A tenth of it, on a quiet machine.
    assert!(began.elapsed() < Duration::from_secs(10), "at once, not after {:?}", began.elapsed());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may wait")]
fn a_demo_that_was_killed_in_the_middle_is_told_anew() {
    let folder = folder();
    let data = folder.path().join("data");
    let mut first = command(&data, &["--demo"]).spawn().expect("the program starts");
    let began = Instant::now();
    // The accounts are there, and the story is not.
    while count(&data, "lilong_api@/lilong?", "SELECT count(*) AS many FROM accounts").unwrap_or(0) == 0 {
        assert!(began.elapsed() < Duration::from_secs(60), "nothing was begun");
        std::thread::sleep(Duration::from_millis(10));
    }
    kill_process(Pid::from_child(&first), Signal::KILL).expect("it is killed");
    first.wait().expect("it is dead");
    let copies = "SELECT count(*) AS many FROM pg_database WHERE datname = 'lilong_spare'";
    assert_eq!(count(&data, "postgres@/postgres?", copies), Some(1), "killed too late");
    let again = start_with(&data, &["--demo"]);
    let finder =
        format!("{}/v1/committee-finder?q=%E5%AE%9D%E9%92%A2%E4%BA%94%E6%9D%91247%E5%8F%B7", again.address);
    let found = ureq::get(finder).call().expect("an answer").body_mut().read_to_string().expect("a text");
    assert!(found.contains("宝钢五村"), "{found}");
    let titles = "SELECT count(*) AS many FROM building_group_titles";
    assert_eq!(count(&data, "lilong_api@/lilong?", titles), Some(1));
    let accounts = "SELECT count(*) AS many FROM accounts";
    assert_eq!(count(&data, "lilong_api@/lilong?", accounts), Some(18));
    assert_eq!(count(&data, "postgres@/postgres?", copies), Some(0));
    let guests = "SELECT count(*) AS many FROM pg_database WHERE datname = 'lilong' AND (datacl IS NULL OR datacl::text ~ '[{,]=')";
    assert_eq!(count(&data, "postgres@/postgres?", guests), Some(0), "anybody may enter the copy");
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    many: i64,
}

/// What the cluster of a data folder counts, by that role in that database; none while it can't be asked.
fn count(data: &Path, whom: &str, sql: &str) -> Option<i64> {
    let held = std::fs::read_to_string(data.join("database.json")).ok()?;
    let held: serde_json::Value = serde_json::from_str(&held).ok()?;
    let url = held["api_url"].as_str()?.replace("lilong_api@/lilong?", whom);
    let mut conn = lilong::app::start::connect(&url).ok()?;
    diesel::sql_query(sql).get_result::<Count>(&mut conn).ok().map(|count| count.many)
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
