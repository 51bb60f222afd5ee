//! Names of schemas: the document knows a type by its bare name, and takes one for the other where two have the same.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};

use crate::none;
use crate::source::sources;

#[test]
fn no_two_types_of_the_document_have_one_name() {
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        for name in named(source.in_service()) {
            known.entry(name).or_default().push(source.path.clone());
        }
    }
    assert!(known.len() > 50, "the reader of sources finds no schemas");
    let twice = known.into_iter().filter(|(_, paths)| paths.len() > 1);
    none(
        "one name, several types",
        &twice.map(|(name, paths)| format!("{name}: {}", paths.join(", "))).collect::<Vec<_>>(),
    );
}

/// The types that derive `ToSchema`, implement it, or come of `text_enum!`.
fn named(stream: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let word = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => String::new(),
    };
    let (mut names, mut derives) = (Vec::new(), false);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) if word(at.wrapping_sub(2)) == "text_enum" => {
                let inside: Vec<String> = group.stream().into_iter().map(|token| token.to_string()).collect();
                names.extend(
                    inside.iter().position(|one| one == "enum").and_then(|at| inside.get(at + 1).cloned()),
                );
            }
            TokenTree::Group(group) => derives |= is_derive(&group.stream().to_string()),
            TokenTree::Ident(ident) if (ident == "struct" || ident == "enum") && derives => {
                names.push(word(at + 1));
                derives = false;
            }
            TokenTree::Ident(ident) if ident == "ToSchema" && word(at + 1) == "for" => {
                names.push(word(at + 2));
            }
            _ => {}
        }
    }
    names
}

fn is_derive(attribute: &str) -> bool {
    attribute.starts_with("derive") && attribute.contains("ToSchema")
}

#[test]
fn the_reader_finds_what_is_named() {
    let text =
        "#[derive(Clone, ToSchema)] pub struct A { x: i32 } text_enum! { /// x\n pub enum B { C = \"c\", } }
                #[derive(Clone)] struct D; impl<const N: i32> ToSchema for E<N> {}";
    assert_eq!(named(text.parse().unwrap()), ["A", "B", "E"]);
}
