//! The user that the server programs run as: ourselves or, since PostgreSQL refuses root, an ordinary user.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use rustix::process::{getegid, geteuid};

use super::error::{ClusterError, During};

/// Who may run the server for root, the first that exists.
const STAND_INS: [&str; 3] = ["lilong", "postgres", "nobody"];

/// The user that runs the server and owns its files.
#[derive(Clone, Debug)]
pub(super) struct Account {
    name: String,
    uid: u32,
    gid: u32,
    /// Whether we are root and have to become this user.
    borrowed: bool,
}

impl Account {
    /// Ourselves or, for root, the owner of the cluster if there is one already, else the first stand-in.
    pub fn choose(cluster: Option<&Path>) -> Result<Self, ClusterError> {
        let (uid, gid) = (geteuid().as_raw(), getegid().as_raw());
        if uid != 0 {
            return Ok(Self { name: format!("user {uid}"), uid, gid, borrowed: false });
        }
        let owner = cluster.and_then(|folder| fs::metadata(folder).ok()).filter(|found| found.uid() != 0);
        if let Some(owner) = owner {
            let (uid, gid) = (owner.uid(), owner.gid());
            return Ok(Self { name: format!("user {uid}"), uid, gid, borrowed: true });
        }
        STAND_INS.iter().find_map(|name| Self::named(name)).ok_or(ClusterError::NoAccount)
    }

    fn named(name: &str) -> Option<Self> {
        // `id` knows users that are in no passwd file: directory services, macOS.
        let number = |flag| {
            let answer = Command::new("id").args([flag, name]).stderr(Stdio::null()).output().ok()?;
            String::from_utf8(answer.stdout).ok()?.trim().parse().ok()
        };
        let (uid, gid) = (number("-u")?, number("-g")?);
        (uid != 0).then(|| Self { name: format!("user `{name}`"), uid, gid, borrowed: true })
    }

    /// How to call this user in a sentence.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn uid(&self) -> u32 {
        self.uid
    }

    pub fn is_borrowed(&self) -> bool {
        self.borrowed
    }

    /// Hands a file or folder over to this user; a symbolic link is not followed.
    pub fn own(&self, path: &Path) -> Result<(), ClusterError> {
        if !self.borrowed {
            return Ok(());
        }
        lchown(path, Some(self.uid), Some(self.gid)).during("hand over", path)
    }

    /// A command that runs as this user, with nothing in its environment that could bend what PostgreSQL
    /// does.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        let path = env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into());
        command.env_clear().env("PATH", path).env("LC_ALL", "C").current_dir("/");
        if self.borrowed {
            // Becoming another user by `uid` also drops root's supplementary groups.
            command.gid(self.gid).uid(self.uid);
        }
        command
    }
}

/// Runs a command to its end, feeding it `input`, and returns what it printed.
pub(super) fn finish(command: &mut Command, input: &str) -> Result<String, ClusterError> {
    const TAIL_LINES: usize = 8;
    let program = Path::new(command.get_program()).to_owned();
    let failed = |output: String| ClusterError::Program { program: program.display().to_string(), output };
    let answer = feed(command, input).map_err(|error| failed(error.to_string()))?;
    let said =
        [answer.stdout, answer.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    if answer.status.success() {
        Ok(said)
    } else {
        Err(failed(format!("{}\n{}", answer.status, tail(&said, TAIL_LINES))))
    }
}

fn feed(command: &mut Command, input: &str) -> io::Result<std::process::Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ended early says why by its status and its words, not by a broken pipe.
        let _its_status_tells = stdin.write_all(input.as_bytes());
    }
    child.wait_with_output()
}

/// The last lines of a text.
pub(super) fn tail(text: &str, lines: usize) -> &str {
    let start = text.trim_end().rmatch_indices('\n').nth(lines.saturating_sub(1)).map_or(0, |(at, _)| at + 1);
    text.get(start..).unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::tail;

    #[test]
    fn the_tail_is_the_last_lines() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a\nb\n", 5), "a\nb");
        assert_eq!(tail("", 5), "");
    }
}
