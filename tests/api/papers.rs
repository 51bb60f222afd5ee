//! What README and API.md say in tables is what the program says. `LILONG_WRITE=1 cargo test papers` writes them anew.

use lilong::app::catalogue;
use lilong::app::config::TABLE;

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

#[test]
fn security_md_says_how_long_everything_is_kept() {
    hold("SECURITY.md", "retention", &lilong::app::retention::table());
}
