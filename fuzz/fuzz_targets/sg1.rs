//! What a camera may hand to the verifier of codes: anything. It never panics, reads each code in one spelling only, and lets no code
//! pass out of its time or without its key.

#![no_main]

#[path = "../../src/access/codes/base45.rs"]
mod base45;
#[allow(dead_code, reason = "signing is no matter of a gate")]
#[path = "../../src/access/codes/sg1.rs"]
mod sg1;

use libfuzzer_sys::fuzz_target;
use sg1::{Verifier, Refusal, SKEW};

/// A key that says so of every signature.
struct Key(bool);

impl Verifier for Key {
    fn signed(&self, _message: &[u8], _signature: &[u8]) -> bool {
        self.0
    }
}

fuzz_target!(|input: (&[u8], i64)| {
    let (data, at) = input;
    if let Some(code) = sg1::of_bytes(data) {
        assert_eq!(sg1::parse(&code.text()), Some(code));
        check(&code.text(), at);
        check(&code.text(), code.body.issued_at().saturating_add(at % 1000));
    }
    if let Ok(text) = std::str::from_utf8(data) {
        check(text, at);
    }
});

fn check(text: &str, at: i64) {
    let read = sg1::parse(text);
    assert!(read.is_none_or(|code| code.text() == text));
    let none: Result<_, Refusal> = sg1::verify(text, at, |_| None::<&Key>);
    assert!(none.is_err());
    assert!(sg1::verify(text, at, |_| Some(&Key(false))).is_err());
    if let Ok(code) = sg1::verify(text, at, |_| Some(&Key(true))) {
        assert_eq!(Some(code), read);
        assert!(at >= code.body.issued_at() - SKEW && at < code.body.expires_at() + SKEW);
    }
}
