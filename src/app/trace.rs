//! Where a request stands in its caller's trace (W3C Trace Context): `traceparent` is taken up, logged and handed on. One
//! that is malformed is no trace.

use actix_web::http::header::{HeaderMap, HeaderName};

use crate::kit::id;

/// The header's name.
pub const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The trace that a request belongs to.
pub struct Trace {
    id: String,
    flags: String,
}

impl Trace {
    /// The trace that the caller names.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        Self::parse(headers.get(TRACEPARENT)?.to_str().ok()?)
    }

    /// `version-trace-parent-flags` in lower-case hexadecimal. Later versions may say more behind it.
    fn parse(text: &str) -> Option<Self> {
        let is_hex = |text: &str, length| {
            text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        let is_set = |text: &str| text.bytes().any(|b| b != b'0');
        let mut parts = text.splitn(5, '-');
        let (version, id, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_known = is_hex(version, 2) && version != "ff" && (version != "00" || parts.next().is_none());
        let is_whole = is_hex(id, 32) && is_set(id) && is_hex(parent, 16) && is_set(parent);
        (is_known && is_whole && is_hex(flags, 2))
            .then(|| Self { id: id.to_owned(), flags: flags.to_owned() })
    }

    /// The trace's id, for the log.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The header that names this request as a step of the trace.
    pub fn step(&self) -> String {
        // The half of a UUIDv7 that is random.
        let (_, step) = id::next().as_u64_pair();
        format!("00-{}-{step:016x}-{}", self.id, self.flags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_step_stays_in_the_trace_and_has_an_id_of_its_own() {
        let trace = Trace::parse(GIVEN).unwrap();
        assert_eq!(trace.id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        let (one, two) = (trace.step(), trace.step());
        assert_ne!(one, two);
        assert_eq!(Trace::parse(&one).unwrap().id(), trace.id());
        assert!(one.ends_with("-01") && one != GIVEN);
    }

    #[test]
    fn what_is_malformed_is_no_trace() {
        assert!(Trace::parse(&GIVEN.replacen("00", "cc", 1)).is_some(), "a later version");
        assert!(Trace::parse(&format!("{}-more", GIVEN.replacen("00", "cc", 1))).is_some(), "a longer one");
        let malformed = [
            String::new(),
            GIVEN.replacen("00", "ff", 1),
            GIVEN.to_uppercase(),
            format!("{GIVEN}-more"),
            format!("{GIVEN}0"),
            GIVEN.replace("4bf92f3577b34da6a3ce929d0e0e4736", &"0".repeat(32)),
            GIVEN.replace("00f067aa0ba902b7", &"0".repeat(16)),
            GIVEN.replace("a3ce", "a3cg"),
            GIVEN.replace("-01", ""),
        ];
        for text in malformed {
            assert!(Trace::parse(&text).is_none(), "{text}");
        }
    }
}
