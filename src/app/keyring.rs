//! Where the secrets are: in the environment, or in a file of the data folder, which can change under running processes.

use std::fs::{self, File};
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

/// The secrets: of the environment, or of a file in the data folder, made when it is missing.
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
            if !path.exists() {
                make(&path)?;
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
    Ok(data_dir(settings)?.join("keyring.json"))
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
