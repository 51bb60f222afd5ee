//! A dead man's pipe: however the process ends that made a throwaway cluster, its server and files go with
//! it.

use std::env;
use std::io::ErrorKind;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::account::Account;
use super::error::{ClusterError, During};
use super::folders::{Folders, create_data};

/// Waits for the end of its input, which is our end, then stops the server at once and removes the folders
/// named. It keeps trying for ten seconds, since a server may be about to start and an initdb about to write.
const LAST_WILL: &str = r#"
trap '' HUP INT QUIT TERM
read -r _
attempt=0
while [ $((attempt += 1)) -le 200 ]; do
    if server=$(head -n 1 "$1/postgres/postmaster.pid") && kill -QUIT "$server"; then
        sleep 0.05
    else
        rm -rf "$@" && exit
        sleep 0.05
    fi
done
rm -rf "$@"
"#;

/// The child at the other end of the pipe.
#[derive(Debug)]
pub(super) struct Guard {
    child: Child,
}

impl Guard {
    /// Posts a guard over these folders.
    pub fn post(folders: &Folders) -> Result<Self, ClusterError> {
        let shell = Path::new("/bin/sh");
        let mut command = Command::new(shell);
        command.args(["-c", LAST_WILL, "sh"]).args([&folders.data, &folders.run]).current_dir("/");
        // In a group of its own, out of reach of Ctrl-C and of a test runner that ends a whole group; and
        // holding none of our pipes, for whose end that runner may wait.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self { child: command.spawn().during("run", shell)? })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // `wait` closes the pipe first.
        let _it_may_be_gone = self.child.wait();
    }
}

/// Creates a data folder of a name not in use among the temporary files.
pub(super) fn throwaway_folder() -> Result<PathBuf, ClusterError> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let account = Account::choose(None)?;
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let data = env::temp_dir().join(format!("lilong-{}-{number}", process::id()));
        match create_data(&data, &account) {
            // A former process had our number, and its folder was not removed.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            outcome => return outcome.during("create", &data).map(|()| data),
        }
    }
}
