//! Who may use whom.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;
use syn::{Item, UseTree, Visibility};

use crate::none;
use crate::source::{Source, exported_macros, files, rooms, sources, uses};

/// Where tables are named: rows, queries, and the few files of `access` that are a query and little else.
const QUERIES: [&str; 8] =
    ["store.rs", "model.rs", "import.rs", "actor.rs", "idempotency.rs", "keys.rs", "outbox.rs", "seal.rs"];

/// The files of a resource's folder: each uses only those before it. Others may stand anywhere, but in no circle.
const ORDER: [&str; 7] = ["mod", "model", "rules", "store", "wire", "actions", "http"];

#[test]
fn every_file_is_part_of_the_house() {
    let reached: BTreeSet<String> = sources().into_iter().map(|source| source.path).collect();
    let is_reached = |path: &String| reached.contains(path) || path == "src/schema.rs";
    let all = files("src", ".rs").into_iter().map(|path| path.display().to_string());
    let lost: Vec<String> = all.filter(|path| !is_reached(path)).collect();
    none("no module leads to", &lost);
}

#[test]
fn a_room_uses_only_rooms_before_it() {
    let (rooms, sources) = (rooms(), sources());
    let macros = exported_macros(&sources);
    let floor = |room: &str| rooms.iter().position(|one| one == room);
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| !source.room().is_empty()) {
        for used in uses(source) {
            let first = used.path.first().map(String::as_str).unwrap_or_default();
            let room = macros.get(first).and_then(|module| module.first()).map_or(first, String::as_str);
            if floor(room) > floor(source.room()) || floor(room).is_none() && room != "schema" {
                breaches.push(format!("{}:{} uses {}", source.path, used.line, used.path.join("::")));
            }
        }
    }
    none("a room uses only rooms above it in lib.rs", &breaches);
}

#[test]
fn tables_are_named_only_where_queries_are() {
    let sources = sources();
    let others = sources.iter().filter(|source| !QUERIES.contains(&source.name()));
    let named = others.flat_map(|source| uses(source).into_iter().map(move |used| (source, used)));
    let breaches = named.filter(|(_, used)| used.path.first().is_some_and(|first| first == "schema"));
    let said = breaches.map(|(source, used)| format!("{}:{}", source.path, used.line));
    none("only the files of queries name crate::schema", &said.collect::<Vec<_>>());
}

#[test]
fn a_resource_is_built_from_the_ground_up() {
    let sources = sources();
    let mut breaches = Vec::new();
    for (folder, inside) in folders(&sources) {
        let exports = exports(&inside);
        let mut edges: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for source in inside.iter().filter(|source| source.name() != "mod.rs") {
            let from = source.module[2].as_str();
            for used in uses(source)
                .into_iter()
                .filter(|used| used.path.len() > 2 && used.path[..2] == source.module[..2])
            {
                let to = exports.get(&used.path[2]).unwrap_or(&used.path[2]).clone();
                let (low, high) = (rank(from), rank(&to));
                if low.is_some() && high > low {
                    breaches.push(format!("{}:{} uses {to}", source.path, used.line));
                }
                edges.entry(from).or_default().insert(to);
            }
        }
        breaches.extend(circle(&edges).map(|file| format!("{folder}: {file} uses itself in a circle")));
    }
    none("in a resource's folder each file uses only files before it", &breaches);
}

fn rank(file: &str) -> Option<usize> {
    ORDER.iter().position(|one| *one == file)
}

/// The resources of the rooms that have any, by folder.
fn folders(sources: &[Source]) -> BTreeMap<String, Vec<&Source>> {
    let mut folders: BTreeMap<String, Vec<&Source>> = BTreeMap::new();
    let outside = ["", "kit", "app"];
    for source in sources.iter().filter(|source| !outside.contains(&source.room())) {
        let folder = source.path.trim_end_matches(source.name());
        if folder.matches('/').count() == 3 {
            folders.entry(folder.to_owned()).or_default().push(source);
        }
    }
    folders
}

/// What `mod.rs` shows of its files, by the name it shows it under.
fn exports(inside: &[&Source]) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    for source in inside.iter().filter(|source| source.name() == "mod.rs") {
        for item in &source.file.items {
            if let Item::Use(one) = item
                && !matches!(one.vis, Visibility::Inherited)
                && let UseTree::Path(path) = &one.tree
            {
                let mut names = Names(Vec::new());
                names.visit_use_tree(&path.tree);
                shown.extend(names.0.into_iter().map(|name| (name, path.ident.to_string())));
            }
        }
    }
    shown
}

struct Names(Vec<String>);

impl Visit<'_> for Names {
    fn visit_use_name(&mut self, name: &syn::UseName) {
        self.0.push(name.ident.to_string());
    }

    fn visit_use_rename(&mut self, name: &syn::UseRename) {
        self.0.push(name.rename.to_string());
    }
}

/// The files that can be reached from themselves.
fn circle<'a>(edges: &'a BTreeMap<&'a str, BTreeSet<String>>) -> impl Iterator<Item = &'a str> {
    edges.keys().copied().filter(|start| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![*start]);
        while let Some(file) = open.pop() {
            for next in edges.get(file).into_iter().flatten().filter(|next| next.as_str() != file) {
                if next == start {
                    return true;
                }
                if seen.insert(next.as_str()) {
                    open.push(next);
                }
            }
        }
        false
    })
}

#[test]
fn a_row_is_never_an_answer() {
    let is_row = |derives: &str| {
        ["Queryable", "Selectable", "Insertable", "AsChangeset"].iter().any(|one| derives.contains(one))
    };
    let mut breaches = Vec::new();
    for source in sources() {
        for item in &source.file.items {
            let Item::Struct(one) = item else { continue };
            let derives = one.attrs.iter().filter(|attribute| attribute.path().is_ident("derive"));
            let derives: String =
                derives.map(|one| quote::ToTokens::to_token_stream(one).to_string()).collect();
            if is_row(&derives) && derives.contains("Serialize") {
                breaches.push(format!("{}: {}", source.path, one.ident));
            }
        }
    }
    none("a row derives no Serialize: an answer is a View", &breaches);
}
