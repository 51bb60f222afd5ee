//! Moments in answers: written by `kit::moment`, so that a reader who is told one format meets no other.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Field, ItemStruct};

use crate::none;
use crate::source::sources;

/// What nobody answers: the keyring's file.
const NO_ANSWERS: &[&str] = &["src/kit/crypto/file.rs"];

#[test]
fn moments_are_written_one_way() {
    let mut views = Views::default();
    for source in sources().iter().filter(|source| !NO_ANSWERS.contains(&source.path.as_str())) {
        views.path = source.path.clone();
        views.visit_file(&source.file);
    }
    assert!(views.moments > 200, "the reader of sources finds no moments");
    none(
        "#[serde(serialize_with = \"moment::write\")], or write_some where there may be none",
        &views.breaches,
    );
}

/// The types that are written as JSON, and what of them is a moment.
#[derive(Default)]
struct Views {
    path: String,
    moments: usize,
    breaches: Vec<String>,
}

impl<'ast> Visit<'ast> for Views {
    fn visit_item_struct(&mut self, view: &'ast ItemStruct) {
        if has(&view.attrs, "Serialize") {
            for field in view.fields.iter().filter(|field| is_moment(field)) {
                self.moments += 1;
                if !has(&field.attrs, "moment::write") {
                    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    self.breaches.push(format!("{}: {}.{name}", self.path, view.ident));
                }
            }
        }
        visit::visit_item_struct(self, view);
    }
}

/// Of what is meant in local time, as when an office opens next, the offset tells.
fn is_moment(field: &Field) -> bool {
    field.ty.to_token_stream().to_string().replace(' ', "").contains("DateTime<Utc>")
}

fn has(attributes: &[Attribute], what: &str) -> bool {
    attributes.iter().any(|attribute| attribute.to_token_stream().to_string().replace(' ', "").contains(what))
}
