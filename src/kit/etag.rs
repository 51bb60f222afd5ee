//! Versions of rows as strong ETags.

use actix_web::dev::Payload;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest};
use serde::Serialize;

use super::crypto::sha256;
use super::problem::{HEADER_INVALID, IF_MATCH_MISSING, Problem, Result, VERSION_STALE};

/// The ETag of a row's version.
pub fn etag(version: i64) -> String {
    format!("\"v{version}\"")
}

/// The ETag of a text that has no version: a hash of its bytes.
pub fn etag_of_bytes(bytes: &[u8]) -> String {
    let hash: String = sha256(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}

/// The ETag of what moves without a version, as a job does: a hash of what is shown.
pub fn etag_of_shown(view: &impl Serialize) -> Option<String> {
    serde_json::to_vec(view).ok().map(|shown| etag_of_bytes(&shown))
}

/// The ETag of a row that is shown with what does not move its version. It changes with either; [`IfMatch`] asks for the
/// version only.
pub fn etag_beside(version: i64, view: &impl Serialize) -> Option<String> {
    etag_of_shown(view).map(|hash| format!("\"v{version}.{}", hash.trim_start_matches('"')))
}

/// What the caller has seen before changing it. Missing is 428.
#[derive(Clone, Debug)]
pub enum IfMatch {
    /// `*`: any version will do.
    Any,
    /// The versions named.
    Versions(Vec<i64>),
}

impl IfMatch {
    /// Refuses (412) when the row has moved on.
    pub fn check(&self, version: i64) -> Result<()> {
        match self {
            IfMatch::Any => Ok(()),
            IfMatch::Versions(seen) if seen.contains(&version) => Ok(()),
            IfMatch::Versions(_) => VERSION_STALE.refuse(),
        }
    }

    fn read(text: &str) -> Result<Self> {
        if text.trim() == "*" {
            return Ok(IfMatch::Any);
        }
        let version =
            |tag: &str| tag.trim().strip_prefix("\"v")?.strip_suffix('"')?.split('.').next()?.parse().ok();
        // A tag of another form is a version that was never there: stale, not malformed.
        let seen: Vec<i64> = text.split(',').filter_map(version).collect();
        Ok(IfMatch::Versions(seen))
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(IF_MATCH) else {
            return std::future::ready(IF_MATCH_MISSING.refuse());
        };
        std::future::ready(value.to_str().map_err(|_| (&HEADER_INVALID).into()).and_then(IfMatch::read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_version_seen_passes() {
        assert!(IfMatch::read("\"v3\"").unwrap().check(3).is_ok());
        assert!(IfMatch::read("\"v2\", \"v3\"").unwrap().check(3).is_ok());
        assert!(IfMatch::read("*").unwrap().check(3).is_ok());
        assert!(IfMatch::read("\"v2\"").unwrap().check(3).is_err());
        assert!(IfMatch::read("\"v-3\"").unwrap().check(3).is_err());
        assert!(IfMatch::read("nonsense").unwrap().check(3).is_err());
    }

    #[test]
    fn what_is_shown_beside_a_version_moves_the_tag_and_not_the_version() {
        let (one, two) = (etag_beside(3, &"one").unwrap(), etag_beside(3, &"two").unwrap());
        assert_ne!(one, two);
        assert!(one.starts_with("\"v3.") && one.ends_with('"'));
        assert!(IfMatch::read(&one).unwrap().check(3).is_ok());
        assert!(IfMatch::read(&one).unwrap().check(4).is_err());
    }
}
