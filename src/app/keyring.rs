//! Where the secrets are: in the environment, or in a file that can change under running processes: one that the settings name, or
//! one of the data folder.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use super::config::{Settings, variable};
use super::start::{Outcome, data_dir, write_private};
use crate::kit::clock::Clock;
use crate::kit::crypto::{Keyring, KeyringFile};

const VARIABLE: &str = "LILONG_KEYRING";

/// The secrets as they are written down, and where.
pub enum Written {
    /// In the environment: only who starts the processes can change it.
    Environment(KeyringFile),
    /// In a file, which is locked as long as this lives.
    File(KeyringFile, Locked),
}

/// The file of the secrets, which no other command changes meanwhile.
pub struct Locked {
    path: PathBuf,
    _lock: File,
}

/// The secrets: of the environment, of the file that the settings name, or of one in the data folder. Only the last is made when it is
/// missing: of several processes that each made one of their own, none could open what another sealed.
pub fn open(settings: &Settings) -> Outcome<Keyring> {
    let now = Clock::default().now();
    match variable(VARIABLE) {
        Some(text) => {
            let file = KeyringFile::parse(&text)?;
            let ring = Keyring::open(&file)?;
            ring.adopt(&file, now)?;
            Ok(ring)
        }
        None => {
            let path = path(settings)?;
            match &settings.keyring_file {
                Some(named) => must_be_closed(named)?,
                None if path.exists() => {}
                None => make(&path)?,
            }
            Keyring::read(&path, now)
        }
    }
}

/// The secrets as they are written down, for a command that changes them.
pub fn written(settings: &Settings) -> Outcome<Written> {
    if let Some(text) = variable(VARIABLE) {
        return KeyringFile::parse(&text).map(Written::Environment);
    }
    let path = path(settings)?;
    let locked = Locked { _lock: lock(&path)?, path };
    let text = fs::read_to_string(&locked.path)
        .map_err(|error| format!("cannot read {}: {error}", locked.path.display()))?;
    Ok(Written::File(KeyringFile::parse(&text)?, locked))
}

impl Written {
    /// What is written.
    pub fn file(&self) -> &KeyringFile {
        let (Written::Environment(file) | Written::File(file, _)) = self;
        file
    }
}

impl Locked {
    /// Writes other secrets in its place, whole or not at all.
    pub fn replace(&self, file: &KeyringFile) -> Outcome<()> {
        let text = serde_json::to_string_pretty(file).map_err(|error| error.to_string())?;
        write_private(&self.path, &text)
    }
}

fn path(settings: &Settings) -> Outcome<PathBuf> {
    match &settings.keyring_file {
        Some(named) => Ok(named.clone()),
        None => Ok(data_dir(settings)?.join("keyring.json")),
    }
}

/// A file that somebody else put there: its owner and one group may read it.
fn must_be_closed(path: &Path) -> Outcome<()> {
    let file = fs::metadata(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    match file.permissions().mode() & 0o027 {
        0 => Ok(()),
        _ => Err(format!("{} is open to others: chmod u=rw,g=r,o= closes it", path.display())),
    }
}

/// Two processes that start at once must not each believe in secrets of their own.
fn make(path: &Path) -> Outcome<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    }
    let locked = Locked { _lock: lock(path)?, path: path.to_owned() };
    if path.exists() {
        return Ok(());
    }
    locked.replace(&KeyringFile::generate().map_err(|problem| problem.to_string())?)
}

fn lock(path: &Path) -> Outcome<File> {
    let lock = path.with_extension("lock");
    let take = || {
        let file = File::options().create(true).append(true).open(&lock)?;
        file.lock()?;
        Ok(file)
    };
    take().map_err(|error: std::io::Error| format!("cannot lock {}: {error}", lock.display()))
}
