//! Making a cluster. All of it happens in a folder aside, which gets its name last: so there is a whole
//! cluster or none.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process;
use std::thread::sleep;
use std::time::Duration;

use super::account::{Account, finish};
use super::error::{ClusterError, During};
use super::folders::{Folders, private_folder};
use super::server::Server;
use super::settings::Options;

/// How the folders of unfinished clusters begin.
const UNFINISHED: &str = "postgres.new-";

/// Roles and database, one statement a line, as the single-user server reads them. The owner makes and
/// changes tables; the API works with what is in them. Neither has a password: only their user can enter the
/// folder of the socket.
const ROLES: &str = "\
CREATE ROLE lilong_owner LOGIN;
CREATE ROLE lilong_api LOGIN;
CREATE DATABASE lilong OWNER lilong_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE lilong FROM PUBLIC;
GRANT CONNECT ON DATABASE lilong TO lilong_api;
";

/// What the API may do with anything the owner will make, in whichever schema.
const PRIVILEGES: &str = "\
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE lilong_owner GRANT USAGE ON SCHEMAS TO lilong_api;
ALTER DEFAULT PRIVILEGES FOR ROLE lilong_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lilong_api;
ALTER DEFAULT PRIVILEGES FOR ROLE lilong_owner GRANT USAGE, SELECT ON SEQUENCES TO lilong_api;
ALTER DEFAULT PRIVILEGES FOR ROLE lilong_owner GRANT EXECUTE ON FUNCTIONS TO lilong_api;
";

/// Whether the cluster is there.
pub(super) fn is_born(folders: &Folders) -> bool {
    folders.cluster.join("PG_VERSION").exists()
}

/// Makes the cluster of a server. The settings file has to be in its place.
pub(super) fn give_birth(server: &Server, options: Options) -> Result<(), ClusterError> {
    let folders = &server.folders;
    let fresh = folders.data.join(format!("{UNFINISHED}{}", process::id()));
    private_folder(&fresh, &server.account)?;
    init(&fresh, server, options)?;
    include_settings(&fresh, &server.account)?;
    // Without a client: psql need not be installed, and nothing has to listen yet.
    speak(&fresh, server, "postgres", ROLES)?;
    speak(&fresh, server, "lilong", PRIVILEGES)?;
    fs::rename(&fresh, &folders.cluster).during("name", &folders.cluster)?;
    if options.durable {
        File::open(&folders.data).and_then(|data| data.sync_all()).during("sync", &folders.data)?;
    }
    Ok(())
}

/// Removes what interrupted births left.
pub(super) fn clear_unfinished(folders: &Folders) {
    let entries = fs::read_dir(&folders.data).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED)) {
        if let Err(error) = remove(&entry.path()) {
            tracing::warn!(folder = %entry.path().display(), %error, "can't remove an unfinished cluster");
        }
    }
}

/// Removes a folder in which an orphaned initdb may be writing yet, which ends once it misses its files.
#[expect(clippy::disallowed_methods, reason = "before anything is served, a thread may wait")]
fn remove(folder: &Path) -> io::Result<()> {
    const PAUSE: Duration = Duration::from_millis(20);
    const RETRIES: usize = 10;
    let mut outcome = fs::remove_dir_all(folder);
    for _ in 0..RETRIES {
        match outcome {
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => sleep(PAUSE),
            _ => break,
        }
        outcome = fs::remove_dir_all(folder);
    }
    outcome
}

fn init(fresh: &Path, server: &Server, options: Options) -> Result<(), ClusterError> {
    let mut command = server.account.command(server.programs.path("initdb"));
    command.args(["--encoding=UTF8", "--locale=C", "--data-checksums", "--username=postgres"]);
    // Whoever can enter the folder of the socket is trusted: peer would not let root in as anyone else.
    command.args(["--auth-local=trust", "--auth-host=reject", "--no-instructions", "--pgdata"]).arg(fresh);
    if !options.durable {
        command.arg("--no-sync");
    }
    finish(&mut command, "").map(drop)
}

fn include_settings(fresh: &Path, account: &Account) -> Result<(), ClusterError> {
    // Written as the user whose file it is, so that root follows no link of theirs.
    const SCRIPT: &str = r#"echo "include = '../postgres.conf'" >>"$1""#;
    let file = fresh.join("postgresql.conf");
    finish(account.command("/bin/sh").args(["-c", SCRIPT, "sh"]).arg(file), "").map(drop)
}

/// Runs statements in the single-user server, up to the first that fails.
fn speak(fresh: &Path, server: &Server, database: &str, statements: &str) -> Result<(), ClusterError> {
    let mut command = server.account.command(server.programs.path("postgres"));
    command.args(["--single", "-c", "exit_on_error=on", "-D"]).arg(fresh).arg(database);
    finish(&mut command, statements).map(drop)
}
