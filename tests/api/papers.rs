//! What README, API.md and the privacy notice say in tables is what the program says. `LILONG_WRITE=1 cargo test papers` writes them anew.

use lilong::app::config::TABLE;
use lilong::app::{catalogue, notice};

/// Holds, or writes, the part of a file between two markers.
fn hold(file: &str, name: &str, wanted: &str) {
    let text = std::fs::read_to_string(file).expect(file);
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let (before, rest) = text.split_once(&begin).expect("the marker");
    let (found, after) = rest.split_once(&end).expect("the marker");
    if std::env::var_os("LILONG_WRITE").is_some() {
        let fresh = format!("{before}{begin}{wanted}{end}{after}");
        std::fs::write(file, fresh).expect("the file is written");
    } else {
        assert!(found == wanted, "{file} is not true: LILONG_WRITE=1 cargo test papers");
    }
}

#[test]
fn api_md_lists_every_problem_code() {
    let rows: String = catalogue::rules()
        .iter()
        .map(|rule| format!("| {} | `{}` | {} | {} |\n", rule.status().as_u16(), rule.code, rule.en, rule.zh))
        .collect();
    hold(
        "API.md",
        "codes",
        &format!("| status | code | English | 中文 |\n| --- | --- | --- | --- |\n{rows}"),
    );
}

#[test]
fn readme_lists_every_setting() {
    let cell = |text: &str| if text.is_empty() { String::new() } else { format!("`{text}`") };
    let rows: String = TABLE
        .iter()
        .map(|(name, variable, default, what)| {
            format!("| `{variable}` | {} | {default} | {what} |\n", cell(name))
        })
        .collect();
    let head = "| variable | in TOML | default | what it is |\n| --- | --- | --- | --- |\n";
    hold("README.md", "settings", &format!("{head}{rows}"));
}

/// The rows of the tables of a paper whose first cell begins so.
fn rows(file: &str, first: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(file).expect(file);
    let begin = format!("| `{first}");
    let of = |line: &str| line.split('|').skip(1).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    text.lines().filter(|line| line.starts_with(&begin)).map(of).collect()
}

/// A command without what stands for values, which each language has its own words for.
fn command(cell: &str) -> String {
    let is_own = |word: &&str| {
        word.starts_with("--") || word.chars().all(|one| one.is_ascii_lowercase() || one == '-')
    };
    let words = cell.trim_matches('`').split([' ', '[', ']']).filter(|word| !word.is_empty());
    words.filter(is_own).collect::<Vec<_>>().join(" ")
}

#[test]
fn both_readmes_name_the_same_commands_and_settings() {
    let commands = |file| rows(file, "lilong ").iter().map(|row| command(&row[0])).collect::<Vec<_>>();
    let settings = |file| rows(file, "LILONG_").iter().map(|row| row[..2].join(" ")).collect::<Vec<_>>();
    let (english, chinese) = ("README.md", "README.zh-CN.md");
    assert!(commands(english).contains(&"lilong keys rotate --codes --now".to_owned()));
    assert_eq!(commands(english), commands(chinese));
    assert_eq!(
        settings(english).len(),
        TABLE.iter().filter(|(_, name, ..)| name.starts_with("LILONG_")).count()
    );
    assert_eq!(settings(english), settings(chinese));
}

#[test]
fn security_md_says_how_long_everything_is_kept() {
    hold("SECURITY.md", "retention", &lilong::app::retention::table());
}

#[test]
fn the_privacy_notice_says_how_long_each_kind_of_data_is_kept() {
    hold("data/privacy/notice.zh.md", "retention", &notice::chinese());
    hold("data/privacy/notice.en.md", "retention", &notice::english());
}
