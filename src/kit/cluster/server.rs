//! Starting, finding and stopping the server of a cluster.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitOptions, test_kill_process, waitpid};

use super::account::{Account, finish, tail};
use super::error::ClusterError;
use super::folders::{Folders, SOCKET, clear_file};
use super::programs::Programs;

/// How long a server may take to start or stop, in seconds: recovery after a crash can be long.
const PATIENCE_S: u64 = 300;

/// How often a server that is starting is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// What the server's own pid file tells.
enum Trace {
    /// No server runs, and none will mind the file.
    None,
    /// The pid in the file is now of a process that is not our server, or of one that nobody has buried.
    Stale,
    /// The server runs.
    Alive { is_ready: bool },
}

/// The server of a cluster, running or not.
#[derive(Debug)]
pub(super) struct Server {
    pub folders: Folders,
    pub programs: Programs,
    pub account: Account,
}

impl Server {
    pub fn is_running(&self) -> bool {
        matches!(self.trace(), Trace::Alive { .. })
    }

    /// Has the server running and reachable: the one that a former process left behind, or else a new one.
    pub fn raise(&self) -> Result<(), ClusterError> {
        if self.adopt() {
            tracing::info!(data = %self.folders.data.display(), "took over the PostgreSQL left running");
            return Ok(());
        }
        self.halt()?;
        match self.start() {
            // A pg_ctl left behind was faster.
            Err(_) if self.adopt() => Ok(()),
            outcome => outcome,
        }
    }

    /// Starts the server, detached from us, and waits until it accepts connections.
    pub fn start(&self) -> Result<(), ClusterError> {
        self.clear_traces()?;
        // Relative names, because pg_ctl puts them before a shell.
        let mut command = self.pg_ctl("start");
        command.args(["-l", "postgres.log"]);
        finish(&mut command, "").map(drop).map_err(|error| self.with_log(error))
    }

    /// Whether a server that a former process left behind is running and can be reached where it should be.
    #[expect(clippy::disallowed_methods, reason = "before anything is served, a thread may wait")]
    fn adopt(&self) -> bool {
        let deadline = Instant::now() + Duration::from_secs(PATIENCE_S);
        while let Trace::Alive { is_ready } = self.trace() {
            if is_ready {
                return UnixStream::connect(self.folders.socket()).is_ok();
            }
            if Instant::now() > deadline {
                break;
            }
            sleep(GLANCE);
        }
        false
    }

    /// Stops the server if it runs: sessions are cut off, what was committed is kept.
    pub fn halt(&self) -> Result<(), ClusterError> {
        if !self.is_running() {
            return Ok(());
        }
        match finish(self.pg_ctl("stop").args(["-m", "fast"]), "") {
            Err(error) if self.is_running() => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes what a dead server left and a new one would mistake for another that runs: files with a pid
    /// that is now of another process, or of the dead one as long as nobody has buried it. Should servants of
    /// a dead server still live, PostgreSQL knows by its shared memory.
    fn clear_traces(&self) -> Result<(), ClusterError> {
        match self.trace() {
            Trace::Alive { .. } => return Ok(()),
            Trace::Stale => clear_file(&self.pid_file())?,
            Trace::None => {}
        }
        // The folder of the socket is this server's alone, so nobody else's lock can be there.
        clear_file(&self.folders.run.join(format!("{SOCKET}.lock")))
    }

    fn pg_ctl(&self, action: &str) -> Command {
        let mut command = self.account.command(self.programs.path("pg_ctl"));
        command.current_dir(&self.folders.data).args([action, "-w", "-t"]).arg(PATIENCE_S.to_string());
        command.args(["-D", "postgres"]);
        command
    }

    fn pid_file(&self) -> PathBuf {
        self.folders.cluster.join("postmaster.pid")
    }

    fn trace(&self) -> Trace {
        const STATUS_LINE: usize = 7;
        let text = fs::read_to_string(self.pid_file()).unwrap_or_default();
        let number = text.lines().next().and_then(|line| line.trim().parse().ok());
        let Some(pid) = number.filter(|number| *number > 0).and_then(Pid::from_raw) else {
            return Trace::None;
        };
        if self.is_server(pid) {
            let status = text.lines().nth(STATUS_LINE);
            Trace::Alive { is_ready: status.is_some_and(|status| status.trim() == "ready") }
        } else if test_kill_process(pid).is_ok() {
            Trace::Stale
        } else {
            Trace::None
        }
    }

    /// Whether a process is our server: pids are given out anew, so it also has to be of the server's user
    /// and, where we may know, work in the cluster's folder.
    fn is_server(&self, pid: Pid) -> bool {
        let process = PathBuf::from(format!("/proc/{}", pid.as_raw_pid()));
        let Ok(owner) = fs::metadata(&process) else {
            let has_proc = Path::new("/proc/self").exists();
            return !has_proc && test_kill_process(pid).is_ok();
        };
        let stat = fs::read_to_string(process.join("stat")).unwrap_or_default();
        if stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('Z')) {
            // Dead but not buried. Where we are a container's first process, that falls to us.
            let _it_may_be_gone = waitpid(Some(pid), WaitOptions::NOHANG);
            return false;
        }
        let works_here = match (fs::read_link(process.join("cwd")), fs::canonicalize(&self.folders.cluster)) {
            (Ok(folder), Ok(cluster)) => folder == cluster,
            _ => true,
        };
        owner.uid() == self.account.uid() && works_here
    }

    fn with_log(&self, error: ClusterError) -> ClusterError {
        const LOG_LINES: usize = 5;
        let ClusterError::Program { program, output } = error else { return error };
        let bytes = fs::read(&self.folders.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&bytes);
        let output = format!("{output}\n{}:\n{}", self.folders.log.display(), tail(&log, LOG_LINES));
        ClusterError::Program { program, output }
    }
}
