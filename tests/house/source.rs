//! The sources as the compiler reaches them, and the paths that they name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item};

/// A file of the house.
pub struct Source {
    /// From the root of the repository, such as `src/access/gate.rs`.
    pub path: String,
    /// As Rust sees it, such as `["access", "gate"]`.
    pub module: Vec<String>,
    /// What is in it.
    pub file: syn::File,
}

impl Source {
    /// The room it stands in; `lib.rs` and `main.rs` stand in none.
    pub fn room(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// What is compiled into the program, without its tests.
    pub fn in_service(&self) -> TokenStream {
        let items = without_tests(self.file.items.clone());
        self.file
            .attrs
            .iter()
            .map(ToTokens::to_token_stream)
            .chain(items.iter().map(Item::to_token_stream))
            .collect()
    }
}

/// Every file that `lib.rs` and `main.rs` lead to, but for the generated schema.
pub fn sources() -> Vec<Source> {
    let mut all = Vec::new();
    gather(Path::new("src/main.rs"), Path::new("src"), Vec::new(), &mut all);
    gather(Path::new("src/lib.rs"), Path::new("src"), Vec::new(), &mut all);
    all
}

fn gather(path: &Path, children: &Path, module: Vec<String>, all: &mut Vec<Source>) {
    let file = parse(path);
    for item in &file.items {
        let Item::Mod(child) = item else { continue };
        let name = child.ident.to_string();
        if child.content.is_some() || name == "schema" {
            continue;
        }
        let folder = children.join(&name);
        let flat = folder.with_extension("rs");
        let next = [module.clone(), vec![name]].concat();
        gather(&if flat.exists() { flat } else { folder.join("mod.rs") }, &folder, next, all);
    }
    all.push(Source { path: path.display().to_string(), module, file });
}

/// The rooms of `lib.rs`, ground floor first.
pub fn rooms() -> Vec<String> {
    let rooms = parse(Path::new("src/lib.rs")).items.into_iter().filter_map(|item| match item {
        Item::Mod(room) if room.ident != "schema" => Some(room.ident.to_string()),
        _ => None,
    });
    rooms.collect()
}

/// A file as syntax.
pub fn parse(path: &Path) -> syn::File {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder, as a path from the root of the repository, in order.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries =
        walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.display().to_string().ends_with(ending)).collect()
}

/// The exported macros, each with the module that defines it.
pub fn exported_macros(sources: &[Source]) -> BTreeMap<String, Vec<String>> {
    let is_exported =
        |attributes: &[Attribute]| attributes.iter().any(|one| one.path().is_ident("macro_export"));
    let all = sources.iter().flat_map(|source| source.file.items.iter().map(move |item| (source, item)));
    let macros = all.filter_map(|(source, item)| match item {
        Item::Macro(one) if is_exported(&one.attrs) => {
            Some((one.ident.as_ref()?.to_string(), source.module.clone()))
        }
        _ => None,
    });
    macros.collect()
}

fn without_tests(items: Vec<Item>) -> Vec<Item> {
    let is_test = |attributes: &[Attribute]| {
        attributes
            .iter()
            .any(|one| one.path().is_ident("cfg") && one.to_token_stream().to_string().contains("test"))
    };
    let kept = items.into_iter().filter_map(|item| match item {
        Item::Mod(one) if is_test(&one.attrs) => None,
        Item::Fn(one) if is_test(&one.attrs) => None,
        Item::Impl(one) if is_test(&one.attrs) => None,
        Item::Use(one) if is_test(&one.attrs) => None,
        other => Some(other),
    });
    kept.collect()
}

/// A path that a file names, made absolute, and the line.
pub struct Use {
    pub path: Vec<String>,
    pub line: usize,
}

/// Every path of a file that begins with `crate`, `super` or `self`: in `use`, in code and in macros.
pub fn uses(source: &Source) -> Vec<Use> {
    let mut found = Vec::new();
    look(&source.file.to_token_stream(), &source.module, &mut found);
    found
}

fn look(tokens: &TokenStream, module: &[String], found: &mut Vec<Use>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if ["crate", "super", "self"].iter().any(|start| word == start) => {
                let is_start =
                    at == 0 || !is_colon(tokens.get(at - 1)) || at > 1 && !is_colon(tokens.get(at - 2));
                if is_start && is_colon(tokens.get(at + 1)) {
                    let line = word.span().start().line;
                    let mut paths = Vec::new();
                    follow(Vec::new(), &tokens[at..], &mut paths);
                    found.extend(paths.into_iter().map(|path| Use { path: absolute(module, path), line }));
                }
            }
            TokenTree::Group(group) => {
                let inner = inline_module(&tokens[..at], group.delimiter());
                let module = [module, &Vec::from_iter(inner)].concat();
                look(&group.stream(), &module, found);
            }
            _ => {}
        }
    }
}

/// `mod tests { … }` puts what is inside one module deeper.
fn inline_module(before: &[TokenTree], delimiter: Delimiter) -> Option<String> {
    let [.., TokenTree::Ident(keyword), TokenTree::Ident(name)] = before else { return None };
    (keyword == "mod" && delimiter == Delimiter::Brace).then(|| name.to_string())
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

/// Follows `a::b::{c, d::e}` to its ends.
fn follow(prefix: Vec<String>, rest: &[TokenTree], paths: &mut Vec<Vec<String>>) {
    match rest.first() {
        Some(TokenTree::Ident(word)) => {
            let path = [prefix, vec![word.to_string()]].concat();
            if is_colon(rest.get(1)) && is_colon(rest.get(2)) {
                follow(path, rest.get(3..).unwrap_or_default(), paths);
            } else {
                paths.push(path);
            }
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            let is_comma =
                |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
            for part in inside.split(is_comma).filter(|part| !part.is_empty()) {
                follow(prefix.clone(), part, paths);
            }
        }
        _ => paths.push(prefix),
    }
}

fn absolute(module: &[String], path: Vec<String>) -> Vec<String> {
    let mut base = module.to_vec();
    let mut rest = Vec::new();
    for word in path {
        match word.as_str() {
            "crate" => base.clear(),
            "super" => drop(base.pop()),
            "self" => {}
            _ => rest.push(word),
        }
    }
    [base, rest].concat()
}
