//! From settings to a gate: the cluster, the seats.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diesel::Connection as _;
use diesel::pg::PgConnection;
use serde::{Deserialize, Serialize};

use super::config::Settings;
use super::doors::doors;
use super::spare;
use crate::access::codes::city::CityCodes;
use crate::access::codes::{self, Codes};
use crate::access::files::{Doors, Files};
use crate::access::gate::{Gate, Parts};
use crate::access::passwords::Passwords;
use crate::access::sms::Sms;
use crate::access::tokens::{self, Tokens};
use crate::access::wechat::Wechat;
use crate::kit::clock::Clock;
use crate::kit::cluster::{self, Cluster, ClusterError, Options};
use crate::kit::crypto::Keyring;
use crate::kit::db::{self, Limits, Seats};
use crate::kit::files::{Home, Inspector, Store};

/// What keeps the command line from going on: a sentence for the operator.
pub type Outcome<T> = Result<T, String>;

/// Where the database is reached, and the cluster that is ours to stop, if it is.
pub struct Database {
    /// As the role of the API.
    pub api_url: String,
    /// As the role that owns the schema.
    pub owner_url: String,
    /// The embedded cluster.
    pub cluster: Option<Cluster>,
}

/// Written by the process that holds the cluster, for commands run beside it.
#[derive(Serialize, Deserialize)]
struct Held {
    api_url: String,
    owner_url: String,
}

/// The data folder.
pub fn data_dir(settings: &Settings) -> Outcome<PathBuf> {
    match &settings.data {
        Some(data) => Ok(data.clone()),
        None => cluster::default_data_dir().map_err(|error| error.to_string()),
    }
}

/// Opens the database: the server named by the settings, or the embedded cluster. A command run beside a serving
/// process (`beside`) uses that one's cluster.
pub fn open_database(settings: &Settings, beside: bool) -> Outcome<Database> {
    if let Some(api_url) = settings.database_url.clone() {
        let owner_url = settings.owner_database_url.clone().unwrap_or_else(|| api_url.clone());
        return Ok(Database { api_url, owner_url, cluster: None });
    }
    if settings.production {
        return Err("production mode needs DATABASE_URL: the embedded cluster is for one machine".into());
    }
    let data = data_dir(settings)?;
    match Cluster::open(&data, Options { durable: true }) {
        Ok(mut cluster) => {
            cluster.watch().map_err(|error| error.to_string())?;
            if spare::bring_back(&cluster)? {
                tracing::warn!("what was broken off has not happened: the database is as it was before");
            }
            let held = Held { api_url: cluster.api_url(), owner_url: cluster.owner_url() };
            write_private(
                &data.join("database.json"),
                &serde_json::to_string(&held).map_err(|e| e.to_string())?,
            )?;
            Ok(Database { api_url: held.api_url, owner_url: held.owner_url, cluster: Some(cluster) })
        }
        Err(ClusterError::InUse { .. }) if beside => {
            let text = fs::read_to_string(data.join("database.json")).map_err(|error| error.to_string())?;
            let held: Held = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            Ok(Database { api_url: held.api_url, owner_url: held.owner_url, cluster: None })
        }
        Err(error) => Err(error.to_string()),
    }
}

/// A single connection, outside of any seat.
pub fn connect(url: &str) -> Outcome<PgConnection> {
    PgConnection::establish(url).map_err(|error| format!("cannot connect to PostgreSQL: {error}"))
}

/// Writes a file that only its owner may read; whole or not at all. One that is there already stays whose it was, and a group that could
/// read it still can: a file that root rewrote would be closed to the service.
pub(super) fn write_private(path: &Path, text: &str) -> Outcome<()> {
    let fresh = path.with_extension("new");
    let write = || {
        let _leftover = fs::remove_file(&fresh);
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
        if let Ok(old) = fs::metadata(path) {
            fchown(&file, Some(old.uid()), Some(old.gid()))?;
            file.set_permissions(fs::Permissions::from_mode(0o600 | (old.mode() & 0o040)))?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    write().map_err(|error: std::io::Error| format!("cannot write {}: {error}", path.display()))
}

/// Puts the gate together. The schema must be current.
pub fn open_gate(settings: &Settings, api_url: &str, keyring: Keyring, clock: Clock) -> Outcome<Gate> {
    open_gate_with(settings, api_url, keyring, clock, doors())
}

/// The same with other doors to files.
pub fn open_gate_with(
    settings: &Settings,
    api_url: &str,
    keyring: Keyring,
    clock: Clock,
    doors: Doors,
) -> Outcome<Gate> {
    let text = |problem: crate::kit::problem::Problem| problem.to_string();
    let seats = Seats::open(api_url, settings.seats, settings.queue, Limits::REQUESTS).map_err(text)?;
    let jobs = Seats::open(api_url, settings.job_seats, 64, Limits::JOBS).map_err(text)?;
    if !jobs.run_here(db::is_current).map_err(text)? {
        return Err("the database lacks migrations: run `lilong migrate` first".into());
    }
    if settings.production {
        jobs.run_here(check_role).map_err(|problem| problem.cause().unwrap_or("").to_owned())?;
    }
    let ring = Arc::new(keyring);
    let (loading, now) = (ring.clone(), clock.now());
    let load = move |conn: &mut PgConnection| {
        Ok((tokens::load(conn, &loading, now)?, codes::load(conn, &loading, now)?))
    };
    let (keys, code_keys) = jobs.run_here(load).map_err(text)?;
    let slots = settings.workers.div_ceil(2);
    Ok(Gate::new(Parts {
        seats,
        jobs,
        ring,
        clock,
        tokens: Tokens::new(&settings.issuer, keys),
        codes: Codes::new(code_keys),
        city_codes: CityCodes::start(settings.known_city_codes()?, settings.city_codes_token.clone())
            .map_err(text)?,
        passwords: Passwords::new(settings.password_profile, slots, 64).map_err(text)?,
        sms: Sms::start(settings.gateway()).map_err(text)?,
        wechat: Wechat::start(settings.program()).map_err(text)?,
        files: open_files(settings, doors)?,
        posts_without_second_factor: !settings.staff_second_factor,
    }))
}

/// The files of the settings' bucket, or of the data folder. Two large pictures at once are 600 MB.
fn open_files(settings: &Settings, doors: Doors) -> Outcome<Files> {
    const THREADS: usize = 2;
    const WAITING: usize = 16;
    let text = |problem: crate::kit::problem::Problem| problem.to_string();
    let home = match settings.bucket() {
        Some(bucket) => Home::Bucket(bucket),
        None => Home::Folder(data_dir(settings)?.join("files")),
    };
    let threads = settings.workers.clamp(1, THREADS);
    let inspector = Inspector::start(threads, WAITING).map_err(text)?;
    Ok(Files { inspector, store: Store::open(home).map_err(text)?, doors })
}

/// What production refuses of a database and of its own role there: a condition, and what it says.
const REFUSED: [(&str, &str); 4] = [
    ("current_setting('is_superuser') = 'on'", "a database role that is a superuser"),
    ("has_schema_privilege(current_schema(), 'CREATE')", "a database role that could change the schema"),
    (
        "EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
         AND pg_has_role(relowner, 'MEMBER'))",
        "a database role that owns tables",
    ),
    ("current_setting('fsync') = 'off'", "a server with fsync=off"),
];

/// Production refuses a server that may lose what it acknowledged, and a role that could change the schema.
fn check_role(conn: &mut PgConnection) -> crate::kit::problem::Result<()> {
    use crate::kit::problem::Problem;
    use diesel::RunQueryDsl;
    use diesel::dsl::sql;
    use diesel::sql_types::Bool;
    for (condition, what) in REFUSED {
        if diesel::select(sql::<Bool>(condition)).get_result(conn)? {
            return Err(Problem::fault(format!("production refuses {what}")));
        }
    }
    Ok(())
}
