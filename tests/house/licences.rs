//! What the program is built from may be passed on under MIT and Apache-2.0: nothing that asks for more.

use std::env;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::none;

/// Permissive licences. No GPL, LGPL, AGPL or MPL; where a package offers one beside a permissive one, that one is taken.
const PERMISSIVE: [&str; 16] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "OpenSSL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

fn cargo(arguments: &[&str]) -> Vec<u8> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).stderr(Stdio::inherit()).output().expect("cargo runs");
    assert!(output.status.success(), "cargo {}: {}", arguments.join(" "), output.status);
    output.stdout
}

#[test]
fn every_licence_is_permissive() {
    // Only what is built here has been downloaded: packages for other systems stand in the lock file but nowhere else.
    let version = String::from_utf8(cargo(&["-vV"])).expect("text");
    let host =
        version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo -vV names its host");
    let metadata =
        cargo(&["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", host]);
    let metadata: Value = serde_json::from_slice(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "{} packages are too few to be all", packages.len());
    let licence = |package: &Value| package["license"].as_str().unwrap_or("(none)").to_owned();
    let refused = packages.iter().filter(|package| !is_permissive(&licence(package)));
    let said =
        refused.map(|package| format!("{} {}: {}", package["name"], package["version"], licence(package)));
    none("a licence that is not permissive, or not known", &said.collect::<Vec<_>>());
}

#[test]
fn an_expression_is_permissive_when_one_may_choose_so() {
    for yes in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "(MIT OR GPL-2.0-only) AND ISC",
        "Apache-2.0 WITH LLVM-exception OR X",
    ] {
        assert!(is_permissive(yes), "{yes}");
    }
    for no in [
        "",
        "(none)",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "LGPL-2.1-or-later",
        "(MIT OR ISC) AND MPL-2.0",
        "MIT WITH X",
        "MIT ISC",
    ] {
        assert!(!is_permissive(no), "{no}");
    }
}

/// Whether an SPDX expression can be met by permissive licences alone. `A/B` is the old way to write `A OR B`.
fn is_permissive(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words };
    reader.either() && reader.words.is_empty()
}

struct Reader<'a> {
    words: &'a [&'a str],
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let is_next = self.words.first() == Some(&word);
        if is_next {
            self.words = &self.words[1..];
        }
        is_next
    }

    fn either(&mut self) -> bool {
        let mut answer = self.both();
        while self.take("OR") {
            answer |= self.both();
        }
        answer
    }

    fn both(&mut self) -> bool {
        let mut answer = self.one();
        while self.take("AND") {
            answer &= self.one();
        }
        answer
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let answer = self.either();
            return self.take(")") && answer;
        }
        let Some((name, rest)) = self.words.split_first() else { return false };
        self.words = rest;
        let name = if self.take("WITH") {
            let exception = self.words.first().copied().unwrap_or_default();
            self.words = self.words.get(1..).unwrap_or_default();
            format!("{name} WITH {exception}")
        } else {
            (*name).to_owned()
        };
        PERMISSIVE.contains(&name.as_str())
    }
}
