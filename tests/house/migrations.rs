//! The schema's history: every constraint has a name that the code may speak of, and every foreign key an index.

use std::collections::BTreeSet;
use std::fs;

use crate::none;

mod sql;

use sql::{Index, Statement};

/// PostgreSQL cuts longer names short without a word.
const NAME: usize = 63;

struct Migration {
    folder: String,
    up: String,
    down: String,
}

fn migrations() -> Vec<Migration> {
    let folders =
        fs::read_dir("migrations").expect("migrations").map(|entry| entry.expect("an entry").path());
    let read = |path: std::path::PathBuf| fs::read_to_string(path).unwrap_or_default();
    let mut all: Vec<Migration> = folders
        .filter(|path| path.is_dir())
        .map(|path| Migration {
            folder: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            up: read(path.join("up.sql")),
            down: read(path.join("down.sql")),
        })
        .collect();
    all.sort_by(|one, other| one.folder.cmp(&other.folder));
    all
}

/// All statements of all migrations, with the folder they stand in.
fn statements() -> Vec<(String, Statement)> {
    let all = migrations().into_iter();
    all.flat_map(|one| {
        sql::statements(&one.up).into_iter().map(move |statement| (one.folder.clone(), statement))
    })
    .collect()
}

#[test]
fn a_migration_is_dated_and_has_a_way_back() {
    let mut breaches = Vec::new();
    for one in migrations() {
        let (date, name) = one.folder.split_once('_').unwrap_or_default();
        let is_digit = |byte: u8| byte.is_ascii_digit() || byte == b'-';
        let is_dated = date.starts_with("20") && date.len() >= 14 && date.bytes().all(is_digit);
        if !is_dated || name.is_empty() {
            breaches.push(format!("{}: the folder's name is no date and word", one.folder));
        }
        let back = sql::words(&one.down);
        let made: Vec<Statement> = sql::statements(&one.up);
        let left =
            made.iter().filter_map(Statement::creates).filter(|table| !back.contains(&(*table).to_owned()));
        breaches.extend(left.map(|table| format!("{}: down.sql leaves {table}", one.folder)));
    }
    none("every migration can be undone", &breaches);
}

#[test]
fn every_constraint_has_a_name() {
    let mut breaches = Vec::new();
    for (folder, statement) in statements() {
        let unnamed = statement.constraints().into_iter().filter(|one| one.name.is_none());
        breaches.extend(
            unnamed.map(|one| {
                format!("{folder}: {} {} of {}", one.kind, one.columns.join(", "), statement.table)
            }),
        );
    }
    none("CONSTRAINT <table>_<columns>_<kind> is missing", &breaches);
}

#[test]
fn names_begin_with_their_table_and_are_kept_whole() {
    let mut breaches = Vec::new();
    let mut seen = BTreeSet::new();
    for (folder, statement) in statements() {
        let constraints = statement.constraints().into_iter().filter_map(|one| one.name);
        for name in constraints.chain(statement.index().map(|index| index.name)) {
            let is_long = name.len() > NAME;
            let is_foreign = !name.starts_with(&format!("{}_", statement.table));
            if is_long || is_foreign || !seen.insert(name.clone()) {
                breaches.push(format!("{folder}: {name} on {}", statement.table));
            }
        }
    }
    none("begins with the table's name, has at most 63 bytes, and is used once", &breaches);
}

#[test]
fn every_foreign_key_has_an_index() {
    let statements: Vec<Statement> = statements().into_iter().map(|(_, statement)| statement).collect();
    let made = statements.iter().filter_map(Statement::index);
    let implied = statements.iter().flat_map(|one| {
        let kept = one
            .constraints()
            .into_iter()
            .filter(|constraint| ["PRIMARY", "UNIQUE"].contains(&constraint.kind.as_str()));
        kept.map(|constraint| Index {
            name: String::new(),
            table: one.table.clone(),
            columns: constraint.columns,
        })
    });
    let indexes: Vec<Index> = made.chain(implied).collect();
    let mut breaches = Vec::new();
    for statement in &statements {
        for key in statement.constraints().into_iter().filter(|one| one.kind == "REFERENCES") {
            let wanted: BTreeSet<&String> = key.columns.iter().collect();
            let serves = |index: &Index| {
                index.table == statement.table
                    && index.columns.iter().take(wanted.len()).collect::<BTreeSet<_>>() == wanted
            };
            if !indexes.iter().any(serves) {
                breaches.push(format!("{} ({})", statement.table, key.columns.join(", ")));
            }
        }
    }
    none("a foreign key without an index: every delete over there reads all of this table", &breaches);
}

#[test]
fn the_reader_of_migrations_finds_what_has_no_name() {
    let text = "CREATE TABLE a (-- UNIQUE\n id UUID PRIMARY KEY, b TEXT CONSTRAINT a_b_check CHECK (b IN ('x, UNIQUE', 'y')),\n\
                c BIGINT REFERENCES b (id), CONSTRAINT a_key UNIQUE (b, c), FOREIGN KEY (b, c) REFERENCES d (e, f));\n\
                ALTER TABLE ONLY a ADD CHECK (b > 0); CREATE UNIQUE INDEX a_c_idx ON a USING btree (c, lower(b));";
    let statements = sql::statements(text);
    let found = statements.iter().flat_map(Statement::constraints);
    let said: Vec<String> = found
        .map(|one| format!("{} {} {}", one.name.unwrap_or_default(), one.kind, one.columns.join("+")))
        .collect();
    let expected = [
        " PRIMARY id",
        "a_b_check CHECK b",
        " REFERENCES c",
        "a_key UNIQUE b+c",
        " REFERENCES b+c",
        " CHECK ",
    ];
    assert_eq!(said, expected);
    assert_eq!(statements[2].index().map(|index| index.columns.join("+")).as_deref(), Some("c+lower"));
}
