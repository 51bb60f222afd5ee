//! What can go wrong with the embedded server, each as a sentence a person can act on.

use std::io;
use std::path::{Path, PathBuf};

use super::programs::OLDEST;

/// Why the embedded cluster could not be found, made, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No usable server programs; `rejected` tells what was looked at and why it would not do.
    #[error(
        "the PostgreSQL server programs (initdb, postgres, pg_ctl; version {OLDEST} or newer) are not \
         installed{rejected}: install them with `sudo apt install postgresql`, \
         `brew install postgresql@17` or `sudo dnf install postgresql-server`, or run a server with \
         `docker compose up -d` and set DATABASE_URL"
    )]
    NoPrograms {
        /// Empty, or in brackets the folders looked at and what was wrong with each.
        rejected: String,
    },

    /// The data was made by another major version than the programs that are installed.
    #[error(
        "{} was made by PostgreSQL {made_by}, whose server programs are not installed{rejected}: install \
         them beside the others (`sudo apt install postgresql-{made_by}`, \
         `brew install postgresql@{made_by}`), or carry the data over with pg_upgrade",
        cluster.display()
    )]
    OtherVersion {
        /// The cluster's own folder.
        cluster: PathBuf,
        /// The major version that made it.
        made_by: u32,
        /// Empty, or in brackets the folders looked at and what was wrong with each.
        rejected: String,
    },

    /// Another process has this data folder open.
    #[error(
        "{} is in use by {}: stop that one, or choose another folder with LILONG_DATA",
        data.display(),
        holder(*pid)
    )]
    InUse {
        /// The data folder.
        data: PathBuf,
        /// The process that holds it, if it has written itself down.
        pid: Option<u32>,
    },

    /// Run as root on a machine without an ordinary user for the server.
    #[error(
        "PostgreSQL refuses to run as root, and there is no user `lilong`, `postgres` or `nobody` to run it \
         as: create one with `useradd --system lilong`, or start lilong as an ordinary user"
    )]
    NoAccount,

    /// A folder on the way to the data can't be entered by the server's user.
    #[error(
        "{account}, as whom PostgreSQL has to run, can't enter {}: let it in with `chmod o+x`, or choose \
         another folder with LILONG_DATA",
        folder.display()
    )]
    ShutFolder {
        /// The outermost folder that is shut.
        folder: PathBuf,
        /// The server's user.
        account: String,
    },

    /// The folder for the socket exists and could be used by others.
    #[error(
        "{} is not a private folder of {account}, so a socket in it can't be trusted: remove it",
        folder.display()
    )]
    StrangeFolder {
        /// The folder for the socket.
        folder: PathBuf,
        /// The server's user.
        account: String,
    },

    /// No home folder to keep data in.
    #[error("there is no home folder to keep data in: choose a folder with LILONG_DATA")]
    NoHome,

    /// A server program failed.
    #[error("{program} failed: {output}")]
    Program {
        /// Which program, with what it was asked to do.
        program: String,
        /// The end of what it said.
        output: String,
    },

    /// A file or a process could not be worked with.
    #[error("can't {task} {}: {source}", path.display())]
    Io {
        /// What was being done, as a verb.
        task: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn holder(pid: Option<u32>) -> String {
    pid.map_or_else(|| "another process".into(), |pid| format!("process {pid}"))
}

/// Says of an I/O error what was being done, and to what.
pub(super) trait During<T> {
    /// Turns the error into [`ClusterError::Io`].
    fn during(self, task: &'static str, path: &Path) -> Result<T, ClusterError>;
}

impl<T> During<T> for io::Result<T> {
    fn during(self, task: &'static str, path: &Path) -> Result<T, ClusterError> {
        self.map_err(|source| ClusterError::Io { task, path: path.to_owned(), source })
    }
}
