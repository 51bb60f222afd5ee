//! Rules: stable codes, two languages, and each in the catalogue.

use std::collections::BTreeSet;

use lilong::app::catalogue;
use proc_macro2::{TokenStream, TokenTree};

use crate::none;
use crate::source::sources;

fn is_kebab(code: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    code.starts_with(|first: char| first.is_ascii_lowercase()) && code.split('-').all(is_word)
}

fn has_han(text: &str) -> bool {
    text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

#[test]
fn a_code_is_kebab_case_and_the_only_one_of_its_name() {
    let rules = catalogue::rules();
    let mut seen = BTreeSet::new();
    let wrong = rules.iter().map(|rule| rule.code).filter(|code| !is_kebab(code) || !seen.insert(*code));
    none("not kebab-case, or used twice", &Vec::from_iter(wrong.map(ToOwned::to_owned)));
}

#[test]
fn a_rule_speaks_both_languages() {
    let rules = catalogue::rules();
    let is_wrong = |en: &str, zh: &str| has_han(en) || !has_han(zh) || !en.contains(char::is_alphabetic);
    let wrong = rules.iter().filter(|rule| is_wrong(rule.en, rule.zh));
    none(
        "en is English and zh is Chinese",
        &Vec::from_iter(wrong.map(|rule| format!("{}: {} / {}", rule.code, rule.en, rule.zh))),
    );
}

#[test]
fn every_rule_written_is_in_the_catalogue() {
    let known: BTreeSet<&str> = catalogue::rules().iter().map(|rule| rule.code).collect();
    let mut written = Vec::new();
    for source in sources() {
        let mut codes = Vec::new();
        literals(&source.in_service(), &mut codes);
        written.extend(codes.into_iter().map(|code| (source.path.clone(), code)));
    }
    let lost = written.iter().filter(|(_, code)| !known.contains(code.as_str()));
    none("not in the catalogue", &Vec::from_iter(lost.map(|(path, code)| format!("{path}: {code}"))));
    let mut seen = BTreeSet::new();
    let twice = written.iter().filter(|(_, code)| !seen.insert(code));
    none("written twice", &Vec::from_iter(twice.map(|(path, code)| format!("{path}: {code}"))));
}

#[test]
fn every_code_that_an_operation_names_is_in_the_catalogue() {
    let known: BTreeSet<&str> = catalogue::rules().iter().map(|rule| rule.code).collect();
    let mut named = Vec::new();
    for source in sources() {
        let mut codes = Vec::new();
        of_operations(&source.in_service(), &mut codes);
        named.extend(codes.into_iter().map(|code| (source.path.clone(), code)));
    }
    assert!(named.len() > 300, "the reader of sources finds no codes");
    let lost = named.iter().filter(|(_, code)| !known.contains(code.as_str()));
    none("not in the catalogue", &Vec::from_iter(lost.map(|(path, code)| format!("{path}: {code}"))));
}

/// The codes in `"x-problem-codes" = json!(["…", …])`.
fn of_operations(stream: &TokenStream, codes: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            of_operations(&group.stream(), codes);
        }
        if let (r#""x-problem-codes""#, Some(TokenTree::Group(list))) =
            (&*token.to_string(), tokens.get(at + 4))
        {
            let text = list.stream().to_string();
            codes.extend(text.split('"').skip(1).step_by(2).map(ToOwned::to_owned));
        }
    }
}

/// The codes in `Rule::refused("…", …)`, `Rule::invalid("…", …)` and `Rule { code: "…", … }`.
fn literals(stream: &TokenStream, codes: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before: Vec<String> = tokens[..at].iter().rev().take(4).map(ToString::to_string).collect();
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        // `Rule::refused(…)` or `Rule { … }`; what stands after a `use … Rule;` is neither.
        let is_called = before.get(1).is_some_and(|word| word == ":");
        let is_made = is_called && before.get(3).is_some_and(|word| word == "Rule")
            || before.first().is_some_and(|word| word == "Rule");
        let code = match inside.as_slice() {
            [TokenTree::Literal(code), ..] if is_made => Some(code),
            [TokenTree::Ident(field), _, TokenTree::Literal(code), ..] if is_made && field == "code" => {
                Some(code)
            }
            _ => None,
        };
        codes.extend(code.map(|code| code.to_string().trim_matches('"').to_owned()));
        literals(&group.stream(), codes);
    }
}
