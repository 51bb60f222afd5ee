//! A keyring in a file that the settings name: it must be there, closed to others, and stays whose it was.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use chrono::TimeDelta;
use lilong::kit::crypto::Keyring;

use crate::support::Town;

fn lilong(town: &Town, file: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lilong"));
    command.args(arguments).env_clear().env("DATABASE_URL", &town.api_url).env("LILONG_KEYRING_FILE", file);
    command.output().expect("it ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_named_file_is_not_made_must_be_closed_and_is_read_again_when_it_changes() {
    let town = Town::new();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("secrets.json");
    let verify = || lilong(&town, &file, &["audit", "verify"]);
    let missing = verify();
    assert!(!missing.status.success() && said(&missing).contains("cannot read"), "{}", said(&missing));
    assert!(!file.exists(), "each of several processes would have made its own");
    fs::write(&file, &town.keyring).expect("it is written");
    let allow = |mode| fs::set_permissions(&file, Permissions::from_mode(mode)).expect("it is ours");
    for (mode, is_closed) in [(0o644, false), (0o660, false), (0o640, true), (0o600, true), (0o440, true)] {
        allow(mode);
        let output = verify();
        assert_eq!(output.status.success(), is_closed, "{mode:o}: {}", said(&output));
        assert_eq!(said(&output).contains("open to others"), !is_closed, "{mode:o}: {}", said(&output));
    }
    // Rotated, it can still be read by the group that could, and by who has it open already.
    allow(0o640);
    let serving = Keyring::read(&file, town.now()).expect("a keyring");
    let rotated = lilong(&town, &file, &["keys", "rotate", "--seal"]);
    assert!(rotated.status.success(), "{}", said(&rotated));
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640);
    assert_eq!(serving.renew(town.now()), Ok(None), "published, but it seals later");
    assert_eq!(serving.renew(town.now() + TimeDelta::minutes(2)), Ok(Some(2)));
}
