//! The addresses there are and the methods each answers, for 405 and `Allow`.

use utoipa::openapi::{OpenApi, PathItem};

/// Each address by its parts, with its methods.
pub struct Addresses(Vec<(Vec<String>, String)>);

impl Addresses {
    /// Those that were registered.
    pub fn of(collected: &OpenApi) -> Self {
        let known = collected.paths.paths.iter();
        Self(
            known.map(|(path, item)| (path.split('/').map(str::to_owned).collect(), methods(item))).collect(),
        )
    }

    /// What an address answers, if there is one.
    pub fn allowed(&self, path: &str) -> Option<&str> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |known: &[String]| {
            known.len() == parts.len()
                && known
                    .iter()
                    .zip(&parts)
                    .all(|(known, part)| known == part || known.starts_with('{') && !part.is_empty())
        };
        self.0.iter().find(|(known, _)| fits(known)).map(|(_, methods)| methods.as_str())
    }
}

/// As `Allow` lists them. What answers GET answers HEAD.
fn methods(item: &PathItem) -> String {
    let known = [
        ("GET, HEAD", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    let answered: Vec<&str> = known.iter().filter(|(_, one)| one.is_some()).map(|(name, _)| *name).collect();
    answered.join(", ")
}
