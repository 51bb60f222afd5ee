//! The server's settings.

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;

use super::error::{ClusterError, During};
use super::folders::{Folders, clear_file};

/// How a cluster is to be run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether what was committed has to outlive a power cut. `false` is several times faster, and for tests.
    pub durable: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { durable: true }
    }
}

/// Settings that hold for every cluster.
const ALWAYS: &str = "\
# Written by lilong at every start: changes made here are lost.
cluster_name = 'lilong'
listen_addresses = ''
port = 5432
max_connections = 64
update_process_title = off
shared_buffers = 256MB
wal_compression = on
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_checkpoints = off
log_min_duration_statement = 1s
# Neither values nor rows in the log: they are people's.
log_parameter_max_length = 0
log_error_verbosity = terse
";

/// What makes a cluster fast and forgetful.
const FORGETFUL: &str = "\
fsync = off
synchronous_commit = off
full_page_writes = off
wal_compression = off
wal_level = minimal
max_wal_senders = 0
";

/// The text of the settings file.
pub(super) fn text(folders: &Folders, options: Options) -> String {
    let run = folders.run.display();
    let rest = if options.durable { "" } else { FORGETFUL };
    format!("{ALWAYS}unix_socket_directories = '{run}'\n{rest}")
}

/// Whether the settings file says this already.
pub(super) fn are(folders: &Folders, text: &str) -> bool {
    fs::read_to_string(&folders.settings).is_ok_and(|found| found == text)
}

/// Replaces the settings file, whole or not at all.
pub(super) fn write(folders: &Folders, text: &str) -> Result<(), ClusterError> {
    let fresh = folders.settings.with_extension("conf.new");
    clear_file(&fresh)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(&fresh).during("create", &fresh)?;
    file.write_all(text.as_bytes()).during("write", &fresh)?;
    // The server's user reads it, whatever our umask; there is nothing secret in it.
    file.set_permissions(Permissions::from_mode(0o644)).during("set the permissions of", &fresh)?;
    fs::rename(&fresh, &folders.settings).during("replace", &folders.settings)
}
