//! How long a thing may be before it is two things, and which names say nothing.

use std::fs;
use std::path::PathBuf;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::none;
use crate::source::{files, parse};

const FILE: usize = 300;
const FUNCTION: usize = 50;
const NAMELESS: [&str; 6] = ["utils", "util", "helpers", "helper", "common", "misc"];

fn written_by_hand() -> impl Iterator<Item = PathBuf> {
    let all = files("src", ".rs").into_iter().chain(files("tests", ".rs"));
    all.filter(|path| path != &PathBuf::from("src/schema.rs"))
}

#[test]
fn no_file_is_longer_than_300_lines() {
    let counted =
        written_by_hand().map(|path| (fs::read_to_string(&path).expect("a file").lines().count(), path));
    let long = counted.filter(|(lines, _)| *lines > FILE);
    none(
        "a file has at most 300 lines",
        &Vec::from_iter(long.map(|(lines, path)| format!("{}: {lines}", path.display()))),
    );
}

#[test]
fn no_function_is_longer_than_50_lines() {
    let mut long = Vec::new();
    for path in written_by_hand() {
        let mut functions = Functions(Vec::new());
        functions.visit_file(&parse(&path));
        let over = functions.0.into_iter().filter(|function| function.lines > FUNCTION);
        long.extend(over.map(|one| format!("{}:{} {}: {}", path.display(), one.line, one.name, one.lines)));
    }
    none("a function has at most 50 lines", &long);
}

#[test]
fn a_file_is_named_after_what_is_in_it() {
    let stem = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let nameless = written_by_hand().filter(|path| NAMELESS.contains(&stem(path).as_str()));
    none("this name says nothing", &Vec::from_iter(nameless.map(|path| path.display().to_string())));
}

struct Function {
    name: String,
    line: usize,
    lines: usize,
}

struct Functions(Vec<Function>);

impl Functions {
    fn note(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let line = signature.span().start().line;
        let lines = block.span().end().line - line + 1;
        self.0.push(Function { name: signature.ident.to_string(), line, lines });
    }
}

impl Visit<'_> for Functions {
    fn visit_item_fn(&mut self, function: &syn::ItemFn) {
        self.note(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &syn::ImplItemFn) {
        self.note(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.note(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}
