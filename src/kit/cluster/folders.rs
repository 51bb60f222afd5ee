//! The folders and files of a cluster, who owns them, and the lock that keeps a second process out.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::{env, process};

use rustix::fs::OFlags;
use rustix::process::geteuid;

use super::account::{Account, finish};
use super::error::{ClusterError, During};

/// The name of the server's socket, which holds its port.
pub(super) const SOCKET: &str = ".s.PGSQL.5432";

/// The longest path of a Unix socket, in bytes.
const LONGEST_SOCKET: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// Where a process keeps its data unless told: `/var/lib/lilong` for root, whose home the server's user could
/// not enter, else `lilong` in `$XDG_DATA_HOME` or `~/.local/share`.
///
/// # Errors
/// [`ClusterError::NoHome`] if there is neither.
pub fn default_data_dir() -> Result<PathBuf, ClusterError> {
    if geteuid().is_root() {
        return Ok("/var/lib/lilong".into());
    }
    let told = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let share =
        told.or_else(|| Some(env::home_dir().filter(|home| home.is_absolute())?.join(".local/share")));
    Ok(share.ok_or(ClusterError::NoHome)?.join("lilong"))
}

/// Where everything of a cluster is.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    /// The data folder, without symbolic links.
    pub data: PathBuf,
    /// PostgreSQL's own folder, named as root may have linked it elsewhere.
    pub cluster: PathBuf,
    /// The folder of the socket; always plain UTF-8.
    pub run: PathBuf,
    /// What the server says.
    pub log: PathBuf,
    /// Our settings, which PostgreSQL's own file includes. Outside its folder, so that root need not write
    /// there.
    pub settings: PathBuf,
}

impl Folders {
    /// Creates the data folder if need be, and lays out what goes where.
    pub fn lay(data: &Path, account: &Account) -> Result<Self, ClusterError> {
        if !data.is_dir() {
            data.parent().map_or(Ok(()), fs::create_dir_all).during("create the folder of", data)?;
            create_data(data, account).during("create", data)?;
        }
        let data = fs::canonicalize(data).during("find", data)?;
        if data.as_os_str().as_bytes().contains(&b'\n') {
            let error = io::Error::new(ErrorKind::InvalidInput, "a line break confuses PostgreSQL");
            return Err(error).during("keep data in", &data);
        }
        let [cluster, log, settings] =
            ["postgres", "postgres.log", "postgres.conf"].map(|name| data.join(name));
        Ok(Self { run: run_folder(&data, account), cluster, log, settings, data })
    }

    /// Takes the data folder for this process for as long as the file returned is open.
    pub fn lock(&self) -> Result<File, ClusterError> {
        let path = self.data.join("lock");
        let mut file = private_file(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(error).during("lock", &path),
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                file.read_to_string(&mut pid).during("read", &path)?;
                return Err(ClusterError::InUse { data: self.data.clone(), pid: pid.trim().parse().ok() });
            }
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", process::id())).during("write", &path)?;
        Ok(file)
    }

    /// Sees to it that the server's user can get at everything it needs, and nobody else at the socket.
    pub fn prepare(&self, account: &Account) -> Result<(), ClusterError> {
        let parents = [self.cluster.parent(), self.run.parent()];
        parents.into_iter().flatten().try_for_each(|folder| enterable(folder, account))?;
        private_folder(&self.run, account)?;
        private_file(&self.log)?;
        account.own(&self.log)
    }

    /// Removes the folder of the socket if it is among the temporary ones.
    pub fn clear_run(&self) {
        if !self.run.starts_with(&self.data) {
            // Not if there is anything in it, and it does no harm where it is.
            let _it_may_be_in_use = fs::remove_dir(&self.run);
        }
    }

    /// The server's socket.
    pub fn socket(&self) -> PathBuf {
        self.run.join(SOCKET)
    }
}

/// Creates a data folder, whatever our umask.
pub(super) fn create_data(data: &Path, account: &Account) -> io::Result<()> {
    // The server's user passes through root's folder, and needs to see nothing in it.
    let mode = if account.is_borrowed() { 0o711 } else { 0o700 };
    fs::create_dir(data)?;
    fs::set_permissions(data, Permissions::from_mode(mode))
}

/// `run` in the data folder or, where a socket's path would be too long or of characters that settings and
/// URLs give a meaning, a folder with a short name among the temporary ones.
fn run_folder(data: &Path, account: &Account) -> PathBuf {
    let name = format!("lilong-{:016x}-{}", hash(data.as_os_str().as_bytes()), account.uid());
    let last = Path::new("/tmp").join(&name);
    [data.join("run"), env::temp_dir().join(name)].into_iter().find(|run| suits_socket(run)).unwrap_or(last)
}

fn suits_socket(run: &Path) -> bool {
    let plain = |text: &str| !text.chars().any(|it| it.is_control() || matches!(it, ',' | '\'' | '"' | '\\'));
    run.is_absolute()
        && run.to_str().is_some_and(plain)
        && run.join(SOCKET).as_os_str().len() <= LONGEST_SOCKET
}

/// FNV-1a: the same for the same path in every build, which std's hashers don't promise.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Checks that the server's user, if it is not ourselves, can enter a folder and all those around it.
fn enterable(folder: &Path, account: &Account) -> Result<(), ClusterError> {
    // Asked as that user, since modes alone don't tell of access lists. The outermost shut folder is named.
    const SCRIPT: &str = r#"for folder; do [ -x "$folder" ] || { printf %s "$folder"; exit; }; done"#;
    if !account.is_borrowed() {
        return Ok(());
    }
    let mut chain: Vec<&Path> = folder.ancestors().collect();
    chain.reverse();
    let shut = finish(account.command("/bin/sh").args(["-c", SCRIPT, "sh"]).args(chain), "")?;
    if shut.is_empty() {
        return Ok(());
    }
    Err(ClusterError::ShutFolder { folder: shut.into(), account: account.name().into() })
}

/// Creates a folder that is the server's user's alone, or checks that it is.
pub(super) fn private_folder(folder: &Path, account: &Account) -> Result<(), ClusterError> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error).during("create", folder),
        _ => {}
    }
    let found = fs::symlink_metadata(folder).during("look at", folder)?;
    // Ours rather than its: we were interrupted before we could hand it over.
    let is_trusted = found.uid() == account.uid() || found.uid() == geteuid().as_raw();
    if !found.is_dir() || !is_trusted || found.mode() & 0o077 != 0 {
        return Err(ClusterError::StrangeFolder { folder: folder.into(), account: account.name().into() });
    }
    account.own(folder)
}

/// Opens a file for reading and writing, created if need be for its owner alone.
fn private_file(path: &Path) -> Result<File, ClusterError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    // Root must not be led elsewhere by a link that the owner of the folder put there.
    options.custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
    options.open(path).during("open", path)
}

/// Removes a file if it is there.
pub(super) fn clear_file(path: &Path) -> Result<(), ClusterError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).during("remove", path),
        _ => Ok(()),
    }
}

/// A path as one value in a URL's query.
pub(super) fn url_encoded(path: &OsStr) -> String {
    let encoded = path.as_bytes().iter().map(|byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(*byte).to_string(),
        other => format!("%{other:02X}"),
    });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_for_a_url() {
        assert_eq!(url_encoded(OsStr::new("/var/lib/li-long_1.~")), "%2Fvar%2Flib%2Fli-long_1.~");
        assert_eq!(url_encoded(OsStr::new("/里 &%")), "%2F%E9%87%8C%20%26%25");
    }

    #[test]
    fn a_socket_is_kept_from_paths_too_long_or_too_strange() {
        let padded = |length: usize| PathBuf::from(format!("/{}", "a".repeat(length - SOCKET.len() - 2)));
        assert!(suits_socket(Path::new("/srv/里弄/run")));
        assert!(suits_socket(&padded(LONGEST_SOCKET)));
        assert!(!suits_socket(&padded(LONGEST_SOCKET + 1)));
        assert!(["/a,b", "/a'b", "/a\nb", "a"].iter().all(|path| !suits_socket(Path::new(path))));
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
