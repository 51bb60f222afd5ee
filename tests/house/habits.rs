//! What nobody writes in the program itself; its tests may.

use proc_macro2::{TokenStream, TokenTree};

use crate::none;
use crate::source::sources;

/// A turn of phrase, by its tokens (a bracket stands for the whole group), where it is in place, and why not elsewhere.
struct Habit {
    tokens: &'static [&'static str],
    except: &'static [&'static str],
    instead: &'static str,
}

/// The command line and what prints for it.
const TALKS: &[&str] = &["src/main.rs", "src/app/cli", "src/app/start", "src/app/demo"];

const HABITS: &[Habit] = &[
    Habit { tokens: &[".", "route", "("], except: &[], instead: ".service puts it into the document" },
    Habit { tokens: &[".", "unwrap", "("], except: &[], instead: "what can go wrong is a Problem" },
    Habit { tokens: &[".", "expect", "("], except: &[], instead: "what can go wrong is a Problem" },
    Habit { tokens: &["panic", "!"], except: &[], instead: "what can go wrong is a Problem" },
    Habit { tokens: &["todo", "!"], except: &[], instead: "build it, or leave it out" },
    Habit { tokens: &["unimplemented", "!"], except: &[], instead: "build it, or leave it out" },
    Habit { tokens: &["dbg", "!"], except: &[], instead: "log it" },
    Habit { tokens: &["println", "!"], except: TALKS, instead: "log it" },
    Habit { tokens: &["print", "!"], except: TALKS, instead: "log it" },
    Habit { tokens: &["eprintln", "!"], except: TALKS, instead: "log it" },
    Habit { tokens: &["eprint", "!"], except: TALKS, instead: "log it" },
];

#[test]
fn nobody_writes_what_the_house_does_not_do() {
    let mut breaches = Vec::new();
    for source in sources() {
        let may = |habit: &&Habit| !habit.except.iter().any(|start| source.path.starts_with(start));
        let program = source.in_service();
        for habit in HABITS.iter().filter(may) {
            let lines = lines_with(&program, &|tokens| is_said(tokens, habit.tokens));
            breaches.extend(
                lines.iter().map(|line| {
                    format!("{}:{line} {} ({})", source.path, habit.tokens.concat(), habit.instead)
                }),
            );
        }
    }
    none("the house does not do this", &breaches);
}

#[test]
fn what_is_silenced_says_why() {
    let mut breaches = Vec::new();
    for source in sources() {
        let lines = lines_with(&source.in_service(), &is_silence);
        breaches.extend(lines.iter().map(|line| format!("{}:{line}", source.path)));
    }
    none("not #[allow(…)] but #[expect(…, reason = \"…\")]", &breaches);
}

/// `#[allow …]` or `#![allow …]`.
fn is_silence(tokens: &[TokenTree]) -> bool {
    let rest = match tokens {
        [TokenTree::Punct(hash), TokenTree::Punct(bang), rest @ ..]
            if hash.as_char() == '#' && bang.as_char() == '!' =>
        {
            rest
        }
        [TokenTree::Punct(hash), rest @ ..] if hash.as_char() == '#' => rest,
        _ => return false,
    };
    let Some(TokenTree::Group(attribute)) = rest.first() else { return false };
    attribute.stream().to_string().starts_with("allow")
}

fn is_said(tokens: &[TokenTree], wanted: &[&str]) -> bool {
    let is = |token: &TokenTree, word: &&str| match token {
        TokenTree::Group(group) => *word == "(" && group.delimiter() == proc_macro2::Delimiter::Parenthesis,
        TokenTree::Punct(punct) => word.len() == 1 && word.starts_with(punct.as_char()),
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Literal(_) => false,
    };
    tokens.len() >= wanted.len() && tokens.iter().zip(wanted).all(|(token, word)| is(token, word))
}

/// The lines where tokens of that kind begin, at any depth.
fn lines_with(stream: &TokenStream, is_it: &dyn Fn(&[TokenTree]) -> bool) -> Vec<usize> {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    let mut lines = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if is_it(&tokens[at..]) {
            lines.push(token.span().start().line);
        }
        if let TokenTree::Group(group) = token {
            lines.extend(lines_with(&group.stream(), is_it));
        }
    }
    lines
}
