//! A server on a database of its own.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use lilong::access::files::Doors;
use lilong::access::gate::Gate;
use lilong::app::config::Settings;
use lilong::app::doors::doors;
use lilong::app::{server, start, worker};
use lilong::kit::clock::Clock;
use lilong::kit::crypto::{Keyring, KeyringFile};

use super::database::Database;

/// A server with its own database, clock and secrets, stopped when dropped.
pub struct Town {
    pub address: String,
    /// Where its metrics are, if they have an address of their own.
    pub metrics: Option<std::net::SocketAddr>,
    pub gate: Gate,
    pub clock: Clock,
    pub api_url: String,
    pub keyring: String,
    pub owner_url: String,
    /// The data folder; goes with the town.
    pub data: tempfile::TempDir,
    behind: Mutex<Option<PgConnection>>,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    _database: Database,
}

impl Drop for Town {
    fn drop(&mut self) {
        // The command is sent by the call; the thread tells when it was carried out.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _a_panic_was_shown = thread.join();
        }
    }
}

impl Town {
    /// With the settings of production, but for the rate limit.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// With other settings.
    pub fn with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::with_doors(change, doors())
    }

    /// In another time.
    pub fn at(moment: &str) -> Self {
        let moment: DateTime<Utc> = moment.parse().expect("a moment");
        let clock = Clock::default();
        clock.advance(moment - clock.now());
        Self::build(|_| {}, doors(), clock)
    }

    /// With other settings, and with doors to files.
    pub fn with_doors(change: impl FnOnce(&mut Settings), doors: Doors) -> Self {
        Self::build(change, doors, Clock::default())
    }

    fn build(change: impl FnOnce(&mut Settings), doors: Doors, clock: Clock) -> Self {
        let database = Database::new();
        let (owner_url, api_url) = (database.owner_url(), database.api_url());
        let data = tempfile::tempdir().expect("a folder");
        let mut settings = Settings {
            data: Some(data.path().to_owned()),
            bind: "127.0.0.1:0".parse().expect("an address"),
            rate_per_minute: 1_000_000,
            seats: 3,
            job_seats: 1,
            workers: 1,
            ..Settings::default()
        };
        change(&mut settings);
        let secrets = KeyringFile::generate().expect("secrets");
        let keyring = Keyring::open(&secrets).expect("a keyring");
        let gate = start::open_gate_with(&settings, &api_url, keyring, clock.clone(), doors).expect("a gate");
        let (tell, told) = std::sync::mpsc::channel();
        let served = gate.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let running = server::run(&settings, served).expect("a server");
                let addresses = (running.address, running.metrics_address());
                tell.send((addresses, running.server.handle())).expect("the test waits");
                running.until_stopped().await.expect("a clean end");
            });
        });
        let ((address, metrics), server) = told.recv().expect("an address");
        let keyring = serde_json::to_string(&secrets).expect("secrets");
        let (address, thread) = (format!("http://{address}"), Some(thread));
        let behind = Mutex::default();
        Town {
            address,
            metrics,
            gate,
            clock,
            api_url,
            keyring,
            owner_url,
            data,
            behind,
            server,
            thread,
            _database: database,
        }
    }

    /// A connection that may do anything, for looking behind the scenes.
    pub fn owner(&self) -> PgConnection {
        start::connect(&self.owner_url).expect("the owner connects")
    }

    /// Does something behind the scenes, on a connection that is kept for that; on another where that is in use.
    pub(super) fn behind<T>(&self, work: impl FnOnce(&mut PgConnection) -> T) -> T {
        match self.behind.try_lock() {
            Ok(mut kept) => work(kept.get_or_insert_with(|| self.owner())),
            Err(_) => work(&mut self.owner()),
        }
    }

    /// Runs lilong's command line on this town's database, and gives it a text to read.
    pub fn lilong(&self, arguments: &[&str], input: &str) -> std::process::Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lilong"))
            .args(arguments)
            .env("DATABASE_URL", &self.api_url)
            .env("LILONG_OWNER_DATABASE_URL", &self.owner_url)
            .env("LILONG_KEYRING", &self.keyring)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("lilong runs");
        child.stdin.take().expect("it reads").write_all(input.as_bytes()).expect("it reads");
        child.wait_with_output().expect("it ends")
    }

    /// The files in the data folder: what the store keeps.
    pub fn kept(&self) -> Vec<std::path::PathBuf> {
        let all = walkdir::WalkDir::new(self.data.path().join("files")).into_iter().filter_map(Result::ok);
        all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
    }

    /// The moment of this town.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Seals the audit trail, as the worker does, which may be at it just now.
    pub fn seal(&self) {
        while self.count("SELECT count(*) FROM audit_events WHERE seal IS NULL") > 0 {
            worker::seal(&self.gate).expect("sealing");
        }
    }

    /// One number from the database.
    pub fn count(&self, sql: &str) -> i64 {
        use diesel::RunQueryDsl;
        #[derive(diesel::QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            n: i64,
        }
        let query = format!("SELECT ({sql})::bigint AS n");
        self.behind(|conn| diesel::sql_query(query).get_result::<Count>(conn)).expect("a number").n
    }

    /// One text from the database.
    pub fn text(&self, sql: &str) -> String {
        use diesel::RunQueryDsl;
        #[derive(diesel::QueryableByName)]
        struct Text {
            #[diesel(sql_type = diesel::sql_types::Text)]
            t: String,
        }
        let query = format!("SELECT ({sql})::text AS t");
        self.behind(|conn| diesel::sql_query(query).get_result::<Text>(conn)).expect("a text").t
    }

    /// Changes something behind the scenes.
    pub fn execute(&self, sql: &str) {
        self.behind(|conn| conn.batch_execute(sql)).expect("the statement runs");
    }
}
