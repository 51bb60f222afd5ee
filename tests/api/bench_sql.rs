//! What `bin/bench` asks of pgbench for lists and rows by id is what the program asks of the database for them.

use std::process::Command;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};
use lilong::access::role::Role;
use lilong::app::start;
use serde_json::Value;

use crate::support::archive::{homes, person};
use crate::support::{OWN, Person, Town};

#[derive(QueryableByName)]
struct Activity {
    #[diesel(sql_type = Text)]
    query: String,
}

/// The statement over a table with which the program answers this.
fn ran(town: &Town, by: &Person, path: &str, table: &str) -> String {
    town.get(path).by(by).send().is(200);
    // Its own role sees what each of its connections did last: the first 1,023 bytes of that.
    let mut conn = start::connect(&town.api_url).expect("the API's role connects");
    let last = diesel::sql_query(
        "SELECT query FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE $1
         ORDER BY query_start DESC LIMIT 1",
    );
    let begins = format!(r#"SELECT "{table}".%"#);
    last.bind::<Text, _>(begins).get_result::<Activity>(&mut conn).expect("a statement").query
}

/// The words of a statement over one table, without parentheses; all values are alike.
fn words(statement: &str, table: &str) -> Vec<String> {
    let plain = statement.replace('"', "").replace(&format!("{table}."), "").replace(['(', ')'], " ");
    let word = |word: &str| match word.starts_with(['$', ':', '\'']) || word.parse::<i64>().is_ok() {
        true => "?".to_owned(),
        false => word.to_owned(),
    };
    let words = plain.split_whitespace().map(|word| word.trim_end_matches([',', ';']));
    words.filter(|word| !word.is_empty()).map(word).collect()
}

#[test]
fn the_bench_asks_what_the_program_asks() {
    let town = Town::new();
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let [dwelling] = homes(&town, OWN);
    let resident = person(&town, &worker, "陈桂芳");
    let output = Command::new("bin/bench").arg("--sql").output().expect("Python, which bin/setup installs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bench: Value = serde_json::from_slice(&output.stdout).expect("statements by name");
    let paths = [
        ("list of 20", "dwellings", format!("/v1/dwellings?division={OWN}")),
        ("one by id", "dwellings", format!("/v1/dwellings/{dwelling}")),
        ("people, 20", "residents", format!("/v1/residents?division={OWN}")),
        ("person by id", "residents", format!("/v1/residents/{resident}")),
    ];
    assert_eq!(bench.as_object().unwrap().len(), paths.len());
    for (name, table, path) in paths {
        let asked = words(bench[name].as_str().unwrap(), table);
        assert_eq!(asked, words(&ran(&town, &worker, &path, table), table), "{name}");
    }
}
