//! The repository speaks of the house, not of the workshop it was made in.

use std::fs;

use walkdir::{DirEntry, WalkDir};

use crate::none;

/// Words of a workshop, in two halves so that this file may stand here too. They name what no reader can go to.
const WORKSHOP: [(&str, &str); 4] = [("/wor", "k/"), ("sand", "box"), ("sub", "agent"), ("L", "LM")];
/// What is not committed, and what machines write.
const ELSEWHERE: [&str; 5] = ["target", ".git", ".tools", "Cargo.lock", "package-lock.json"];

#[test]
fn no_file_speaks_of_the_workshop() {
    let is_ours = |entry: &DirEntry| !ELSEWHERE.iter().any(|name| entry.file_name() == *name);
    let mut breaches = Vec::new();
    for entry in WalkDir::new(".").into_iter().filter_entry(is_ours) {
        let entry = entry.expect("an entry");
        // What is no text is a picture or the like.
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        for word in WORKSHOP.map(|(first, second)| format!("{first}{second}")) {
            let lines = text.lines().enumerate().filter(|(_, line)| line.contains(&word));
            breaches.extend(lines.map(|(at, _)| format!("{}:{} {word}", entry.path().display(), at + 1)));
        }
    }
    none("a word of the workshop", &breaches);
}
