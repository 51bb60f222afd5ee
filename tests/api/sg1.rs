//! SG1 without a server: vectors that other verifiers are tried with, a million forgeries, and the QR code itself, read by a reader of
//! others.

mod pictures;
mod vectors;

use std::convert::Infallible;

use aws_lc_rs::signature::Ed25519KeyPair;
use lilong::access::codes::Pair;
use lilong::access::codes::sg1::{self, Bearer, Body, Code, Refusal};
use proptest::prelude::*;

/// 2026-11-26 16:00:00 in Shanghai.
pub const NOW: u32 = 1_795_680_000;

/// A key of a fixed seed.
pub fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

/// The key as the server has it.
pub fn key(seed: u8) -> Pair {
    pair(seed).into()
}

pub fn body(bearer: Bearer) -> Body {
    let subject = std::array::from_fn(|n| 0xA0 + n as u8);
    Body { bearer, key: 1, subject, issued_at: NOW, lifetime: 6, nonce: *b"nonce-01" }
}

pub fn signed(body: Body, seed: u8) -> Code {
    let sign = |message: &[u8]| Ok::<_, Infallible>(pair(seed).sign(message).as_ref().try_into().unwrap());
    let Ok(code) = sg1::sign(body, sign);
    code
}

/// The code with its bytes changed.
pub fn bent(code: &Code, bend: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = code.bytes().to_vec();
    bend(&mut bytes);
    sg1::PREFIX.to_owned() + &lilong::access::codes::base45::encode(&bytes)
}

/// The same numbers at each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }
}

const CHARACTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Something that is nearly a code.
fn forged(dice: &mut Dice, codes: &[Code]) -> String {
    let (one, other) = (&codes[dice.roll(codes.len())], &codes[dice.roll(codes.len())]);
    let mut text = one.text().into_bytes();
    let (here, there) = (dice.roll(text.len()), dice.roll(text.len()));
    match dice.roll(10) {
        0 => text[here] = CHARACTERS[dice.roll(CHARACTERS.len())],
        1 => text[here] = b' ' + dice.roll(95) as u8,
        2 => text.swap(here, there),
        3 => text.truncate(here),
        4..7 => {
            let moved = text.remove(here);
            text.insert(there.min(text.len()), moved);
        }
        7 => return bent(one, |bytes| bytes[here % 97] ^= 1 << (there % 8)),
        8 => return bent(one, |bytes| bytes[33..].iter_mut().for_each(|byte| *byte = dice.roll(256) as u8)),
        _ => return bent(one, |bytes| bytes[33..].copy_from_slice(&other.bytes()[33..])),
    }
    String::from_utf8(text).unwrap()
}

#[test]
fn of_a_million_forgeries_none_is_accepted() {
    let genuine: Vec<Code> =
        (0..8_u64).map(|n| signed(Body { nonce: n.to_be_bytes(), ..body(Bearer::Resident) }, 1)).collect();
    let known: Vec<String> = genuine.iter().map(Code::text).collect();
    let key = key(1);
    let at = i64::from(NOW) + 5;
    assert!(known.iter().all(|code| sg1::verify(code, at, |_| Some(&key)).is_ok()));
    let work = |seed: u64| {
        let (mut dice, mut by_signature) = (Dice(seed * 0x9E37_79B9 + 7), 0_usize);
        for _ in 0..500_000 {
            let code = forged(&mut dice, &genuine);
            match sg1::verify(&code, at, |id| (id == 1).then_some(&key)) {
                Ok(_) => assert!(known.contains(&code), "{code} is accepted"),
                Err(Refusal::SignatureWrong) => by_signature += 1,
                Err(_) => {}
            }
        }
        by_signature
    };
    let by_signature: usize = std::thread::scope(|scope| {
        [1, 2].map(|seed| scope.spawn(move || work(seed))).into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert!(by_signature > 300_000, "most are refused by nothing but their signature: {by_signature}");
}

#[test]
fn a_code_is_150_characters_that_qr_codes_write_densely() {
    for bearer in [Bearer::Resident, Bearer::Staff, Bearer::Visitor] {
        let code = signed(body(bearer), 1);
        let text = code.text();
        assert_eq!((text.len(), sg1::parse(&text)), (150, Some(code)));
        assert!(text.bytes().all(|byte| CHARACTERS.contains(&byte)));
    }
}

proptest! {
    #[test]
    fn whatever_is_scanned_is_read_or_refused(text in ".{0,300}", bytes in proptest::collection::vec(any::<u8>(), 97)) {
        let at = i64::from(NOW);
        let key = key(1);
        prop_assert_eq!(sg1::verify(&text, at, |_| Some(&key)).unwrap_err(), Refusal::Malformed);
        let text = sg1::PREFIX.to_owned() + &lilong::access::codes::base45::encode(&bytes);
        if let Some(code) = sg1::parse(&text) {
            prop_assert_eq!(code.text(), text.clone());
            prop_assert_eq!((bytes[0], bytes[1]), (1, code.body.bearer.number()));
        }
        prop_assert!(sg1::verify(&text, at, |_| Some(&key)).is_err());
    }

    #[test]
    fn no_moment_overflows(at: i64, issued_at: u32, lifetime: u8) {
        let code = signed(Body { issued_at, lifetime, ..body(Bearer::Staff) }, 1);
        let key = key(1);
        let is_good = sg1::verify(&code.text(), at, |_| Some(&key)).is_ok();
        let (from, to) = (i64::from(issued_at) - 30, i64::from(issued_at) + 5 * i64::from(lifetime) + 30);
        prop_assert_eq!(is_good, (from..to).contains(&at));
    }
}
