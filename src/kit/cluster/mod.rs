//! A PostgreSQL of our own: the installed server programs, run on a private cluster in the data folder,
//! reached through a Unix socket only.
//!
//! One process at a time has a data folder. The server is detached from it, so that if the process is killed
//! its server goes on, and is taken over by the next; an orderly end stops it.

mod account;
mod birth;
mod error;
mod folders;
mod guard;
mod programs;
mod server;
mod settings;
mod watch;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use account::Account;
use error::During;
use folders::Folders;
use guard::Guard;
use server::Server;
use watch::Watch;

pub use error::ClusterError;
pub use folders::default_data_dir;
pub use programs::Programs;
pub use settings::Options;

/// A running cluster, with a database `lilong` that belongs to the role `lilong_owner` and is worked in by
/// `lilong_api`. Dropping it stops it.
#[derive(Debug)]
pub struct Cluster {
    server: Arc<Server>,
    watch: Option<Watch>,
    guard: Option<Guard>,
    is_stopped: bool,
    /// The lock on the data folder, let go last.
    _lock: File,
}

impl Cluster {
    /// Opens the cluster in a data folder, created if need be, and waits until it accepts connections. A
    /// server left running by a process that was killed is taken over, unless its settings have changed.
    /// Takes about a second and a half the first time, then about a tenth of one.
    ///
    /// Run as root, the server runs as the owner of the existing cluster, else as `lilong`, `postgres` or
    /// `nobody`.
    ///
    /// # Errors
    /// Whatever [`ClusterError`] tells; among them [`ClusterError::InUse`] if another process has the folder,
    /// whose server is left alone.
    pub fn open(data: &Path, options: Options) -> Result<Self, ClusterError> {
        Self::raise(data, options, false)
    }

    /// A new cluster in a temporary folder, which forgets at a power cut and is gone, files and all, at the
    /// end of this process: even one by `kill -9`. For tests.
    ///
    /// # Errors
    /// Whatever [`ClusterError`] tells.
    pub fn throwaway() -> Result<Self, ClusterError> {
        Self::raise(&guard::throwaway_folder()?, Options { durable: false }, true)
    }

    fn raise(data: &Path, options: Options, is_guarded: bool) -> Result<Self, ClusterError> {
        let account = Account::choose(Some(&data.join("postgres")))?;
        let folders = Folders::lay(data, &account)?;
        let guard = is_guarded.then(|| Guard::post(&folders)).transpose()?;
        let lock = folders.lock()?;
        let programs = Programs::fit(&folders.cluster, &account)?;
        folders.prepare(&account)?;
        birth::clear_unfinished(&folders);

        let server = Arc::new(Server { folders, programs, account });
        let cluster =
            Self { server: Arc::clone(&server), watch: None, guard, is_stopped: false, _lock: lock };
        let settings = settings::text(&server.folders, options);
        if !settings::are(&server.folders, &settings) {
            // A server that runs by other settings must not be mistaken for one that runs by these.
            server.halt()?;
            settings::write(&server.folders, &settings)?;
        }
        if !birth::is_born(&server.folders) {
            tracing::info!(data = %server.folders.data.display(), "making a PostgreSQL cluster");
            birth::give_birth(&server, options)?;
        }
        server.raise()?;
        Ok(cluster)
    }

    /// The URL by which libpq reaches the database as `lilong_owner`, who may change the schema.
    #[must_use]
    pub fn owner_url(&self) -> String {
        self.url("lilong_owner", "lilong")
    }

    /// The URL by which libpq reaches the database as `lilong_api`, who may read and write rows, but make,
    /// change and drop nothing.
    #[must_use]
    pub fn api_url(&self) -> String {
        self.url("lilong_api", "lilong")
    }

    /// The URL by which libpq reaches the database `postgres` as the superuser, who makes, copies and drops databases.
    #[must_use]
    pub fn superuser_url(&self) -> String {
        self.url("postgres", "postgres")
    }

    fn url(&self, role: &str, database: &str) -> String {
        // The port is spelt out, or PGPORT would change it.
        let run = folders::url_encoded(self.server.folders.run.as_os_str());
        format!("postgresql://{role}@/{database}?host={run}&port=5432")
    }

    /// The data folder, absolute and without symbolic links.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.server.folders.data
    }

    /// The file with what the server says.
    #[must_use]
    pub fn log(&self) -> &Path {
        &self.server.folders.log
    }

    /// Has a thread look at the server twice a second, and start it again if it died. It ends when the
    /// cluster is stopped.
    ///
    /// # Errors
    /// [`ClusterError::Io`] if no thread can be had.
    pub fn watch(&mut self) -> Result<(), ClusterError> {
        if self.watch.is_none() {
            let watch = Watch::begin(Arc::clone(&self.server)).during("watch over", self.data())?;
            self.watch = Some(watch);
        }
        Ok(())
    }

    /// Stops the server: its sessions are cut off, what was committed is kept. Then lets the data folder go.
    ///
    /// # Errors
    /// [`ClusterError::Program`] if it is still running after five minutes.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.close()
    }

    fn close(&mut self) -> Result<(), ClusterError> {
        if std::mem::replace(&mut self.is_stopped, true) {
            return Ok(());
        }
        if let Some(watch) = self.watch.take() {
            watch.end(&self.server);
        }
        if let Some(guard) = self.guard.take() {
            // It stops the server, too, and removes the files.
            drop(guard);
            return Ok(());
        }
        self.server.halt()?;
        self.server.folders.clear_run();
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::error!(%error, "the embedded PostgreSQL was not stopped");
        }
    }
}
