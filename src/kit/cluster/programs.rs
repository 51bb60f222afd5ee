//! Where the server programs are.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::account::{Account, finish};
use super::error::ClusterError;

/// The oldest major version that will do.
pub(super) const OLDEST: u32 = 15;

/// Folders kept one per version: what holds them, how their names begin, and where the programs are inside.
const VERSIONED: [(&str, &str, &str); 4] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
];

/// A folder that holds a working `initdb`, `postgres` and `pg_ctl`.
#[derive(Clone, Debug)]
pub struct Programs {
    bin: PathBuf,
    major: u32,
}

impl Programs {
    /// Finds the server programs: in `LILONG_PG_BIN` alone if that is set, else on PATH, where `pg_config`
    /// says, and where Debian, Red Hat and Homebrew put them, the newest version first.
    ///
    /// # Errors
    /// [`ClusterError::NoPrograms`] if none will do, [`ClusterError::NoAccount`] if root has nobody to run
    /// them as.
    pub fn find() -> Result<Self, ClusterError> {
        let account = Account::choose(None)?;
        Self::search(&account, None).map_err(|rejected| ClusterError::NoPrograms { rejected })
    }

    /// Finds programs that can open this cluster, or any if it does not exist yet.
    pub(super) fn fit(cluster: &Path, account: &Account) -> Result<Self, ClusterError> {
        let made_by =
            fs::read_to_string(cluster.join("PG_VERSION")).ok().and_then(|text| text.trim().parse().ok());
        Self::search(account, made_by).map_err(|rejected| match made_by {
            Some(made_by) => ClusterError::OtherVersion { cluster: cluster.to_owned(), made_by, rejected },
            None => ClusterError::NoPrograms { rejected },
        })
    }

    /// The folder the programs are in.
    #[must_use]
    pub fn bin(&self) -> &Path {
        &self.bin
    }

    /// The major version of PostgreSQL, 15 or more.
    #[must_use]
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The path of one of the programs.
    pub(super) fn path(&self, program: &str) -> PathBuf {
        self.bin.join(program)
    }

    /// The first candidate that will do, else what was wrong with each.
    fn search(account: &Account, wanted: Option<u32>) -> Result<Self, String> {
        let mut rejected = Vec::new();
        for bin in candidates() {
            let reason = match inspect(&bin, account) {
                Ok(major) if wanted.is_none_or(|wanted| wanted == major) => return Ok(Self { bin, major }),
                Ok(major) => format!("is version {major}"),
                Err(reason) => reason,
            };
            rejected.push(format!("{} {reason}", bin.display()));
        }
        Err(if rejected.is_empty() { String::new() } else { format!(" ({})", rejected.join("; ")) })
    }
}

/// The folders worth a look, in the order in which they are preferred.
fn candidates() -> Vec<PathBuf> {
    // A folder named by hand is taken or refused, never passed over in silence.
    if let Some(named) = env::var_os("LILONG_PG_BIN").filter(|named| !named.is_empty()) {
        return vec![named.into()];
    }
    let mut folders: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    if let Ok(answer) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(String::from_utf8_lossy(&answer.stdout).trim().into());
    }
    for (parent, prefix, inner) in VERSIONED {
        folders.extend(newest_first(Path::new(parent), prefix).into_iter().map(|folder| folder.join(inner)));
    }
    let mut seen = std::collections::HashSet::new();
    folders.retain(|folder| {
        folder.is_absolute() && folder.join("initdb").exists() && seen.insert(folder.clone())
    });
    folders
}

/// The folders in `parent` named `prefix` and a number, the highest number first.
fn newest_first(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let version = |path: &Path| path.file_name()?.to_str()?.strip_prefix(prefix)?.parse::<u32>().ok();
    let entries = fs::read_dir(parent).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<_> = entries.filter_map(|path| Some((version(&path)?, path))).collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, path)| path).collect()
}

/// The major version of the programs in a folder, or what is wrong with them.
fn inspect(bin: &Path, account: &Account) -> Result<u32, String> {
    if let Some(missing) = ["initdb", "postgres", "pg_ctl"].iter().find(|name| !bin.join(name).is_file()) {
        return Err(format!("has no {missing}"));
    }
    let ask = |program, flags: &[&str]| {
        finish(account.command(bin.join(program)).args(flags), "")
            .map_err(|_| format!("has a {program} that does not run"))
    };
    let version = ask("postgres", &["--version"])?;
    let major = major_version(&version).ok_or_else(|| format!("calls itself {:?}", version.trim()))?;
    if major < OLDEST {
        return Err(format!("is version {major}"));
    }
    // `--version` answers even where initdb's input files are not installed; `--show` tells where it expects
    // them.
    let shown = ask("initdb", &["--show", "--pgdata=/nonexistent"])?;
    let input = shown.lines().find_map(|line| line.strip_prefix("POSTGRES_BKI=")).unwrap_or_default();
    if !Path::new(input).is_file() {
        return Err(format!("has an initdb whose input {input:?} is missing"));
    }
    Ok(major)
}

/// The major version in an answer such as `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn major_version(answer: &str) -> Option<u32> {
    let (_, version) = answer.split_once("(PostgreSQL) ")?;
    let end = version.find(|character: char| !character.is_ascii_digit()).unwrap_or(version.len());
    version.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn the_major_version_is_read_from_every_kind_of_release() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 19devel"), Some(19));
        assert_eq!(major_version("postgres (PostgreSQL) 9.6.24"), Some(9));
        assert_eq!(major_version("postgres (EnterpriseDB) 15.2"), None);
        assert_eq!(major_version("postgres (PostgreSQL) next"), None);
    }
}
