//! `openapi/vectors/sg1.json`: what a verifier of others accepts and refuses. `LILONG_WRITE=1` writes it anew.

use std::fs;

use aws_lc_rs::signature::KeyPair;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lilong::access::codes::sg1::{self, Bearer, Body, Code, Refusal};
use num_bigint::BigUint;
use serde_json::{Value, json};

use super::{NOW, bent, body, key, pair, signed};

const FILE: &str = "openapi/vectors/sg1.json";
/// Seconds after [`NOW`] at which key 2 retires.
const RETIRES: i64 = 10;

/// The signature with the order of the group added to its number: the same point, and no signature (RFC 8032, 5.1.7).
fn malleable(code: &Code) -> String {
    let order: BigUint =
        (BigUint::from(1_u8) << 252) + "27742317777372353535851937790883648493".parse::<BigUint>().unwrap();
    bent(code, |bytes| {
        let number = BigUint::from_bytes_le(bytes.get(65..).unwrap());
        let number: BigUint = number + order;
        let number = number.to_bytes_le();
        bytes[65..65 + number.len()].copy_from_slice(&number);
    })
}

/// Signed without what tells a code from anything else that is signed.
fn bare(code: &Code) -> String {
    bent(code, |bytes| {
        let signature = pair(1).sign(&bytes[..33]);
        bytes[33..].copy_from_slice(signature.as_ref());
    })
}

/// Each with its name and the seconds after [`NOW`] at which it is scanned.
fn cases() -> Vec<(&'static str, String, i64)> {
    let code = signed(body(Bearer::Resident), 1);
    let text = code.text();
    let with = |change: fn(&mut Body), seed: u8| {
        let mut body = body(Bearer::Resident);
        change(&mut body);
        signed(body, seed).text()
    };
    let bend = |at: usize, to: u8| {
        let Ok(code) = sg1::sign::<std::convert::Infallible>(code.body, |_| Ok([0; 64]));
        bent(&code, |bytes| {
            bytes[at] = to;
            let message = [b"SG1\0".as_slice(), &bytes[..33]].concat();
            bytes[33..].copy_from_slice(pair(1).sign(&message).as_ref());
        })
    };
    vec![
        ("a resident's code", text.clone(), 5),
        ("a staff code", signed(body(Bearer::Staff), 1).text(), 5),
        ("a visitor's code", signed(body(Bearer::Visitor), 1).text(), 5),
        ("by a clock 30 seconds behind", text.clone(), -30),
        ("by a clock 31 seconds behind", text.clone(), -31),
        ("in its last second", text.clone(), 59),
        ("when it is over", text.clone(), 60),
        ("the longest lifetime, in its last second", with(|body| body.lifetime = 255, 1), 1_304),
        ("the longest lifetime, over", with(|body| body.lifetime = 255, 1), 1_305),
        ("a key that nobody knows", with(|body| body.key = 3, 1), 5),
        ("a key before it retires", with(|body| body.key = 2, 2), RETIRES - 1),
        ("a key that has retired", with(|body| body.key = 2, 2), RETIRES),
        ("signed with another key than it names", with(|body| body.key = 1, 2), 5),
        ("signed without the context", bare(&code), 5),
        ("another subject under the same signature", bent(&code, |bytes| bytes[4] ^= 1), 5),
        ("another nonce under the same signature", bent(&code, |bytes| bytes[32] ^= 1), 5),
        ("a bit of the signature", bent(&code, |bytes| bytes[96] ^= 0x10), 5),
        ("a signature of zeros", bent(&code, |bytes| bytes[33..].fill(0)), 5),
        ("the signature's number plus the order of the group", malleable(&code), 5),
        ("version 2, signed", bend(0, 2), 5),
        ("type 0, signed", bend(1, 0), 5),
        ("type 4, signed", bend(1, 4), 5),
        ("lower case", text.to_lowercase(), 5),
        ("another prefix", text.replacen("SG1:", "SG2:", 1), 5),
        ("no prefix", text.replacen("SG1:", "", 1), 5),
        ("a character too few", text.get(..149).unwrap().to_owned(), 5),
        ("a character too many", format!("{text}0"), 5),
        ("a triple above 65535", format!("SG1:{}{}", text.get(4..147).unwrap(), ":::"), 5),
        ("an empty text", String::new(), 5),
    ]
}

fn verdict(code: &str, at: i64) -> Value {
    let keys = [key(1), key(2)];
    let holds = |id: u16| match id {
        1 => Some(&keys[0]),
        2 if at < i64::from(NOW) + RETIRES => Some(&keys[1]),
        _ => None,
    };
    match sg1::verify(code, at, holds) {
        Ok(_) => "accepted".into(),
        Err(refusal) => match refusal {
            Refusal::Malformed => "malformed",
            Refusal::KeyUnknown => "key_unknown",
            Refusal::NotYetValid => "not_yet_valid",
            Refusal::Expired => "expired",
            Refusal::SignatureWrong => "signature_wrong",
        }
        .into(),
    }
}

fn case((name, code, after): (&str, String, i64)) -> Value {
    let at = i64::from(NOW) + after;
    let says = sg1::parse(&code).map(|code| {
        json!({
            "type": code.body.bearer.number(), "key": code.body.key, "subject": URL_SAFE_NO_PAD.encode(code.body.subject),
            "issued_at": code.body.issued_at, "expires_at": code.body.expires_at(),
            "nonce": URL_SAFE_NO_PAD.encode(code.body.nonce)
        })
    });
    json!({ "name": name, "code": code, "at": at, "verdict": verdict(&code, at), "says": says })
}

#[test]
fn the_vectors_are_what_the_verifier_says() {
    let key = |id: u8, retires_at: Value| {
        let x = URL_SAFE_NO_PAD.encode(pair(id).public_key().as_ref());
        json!({ "id": id, "x": x, "seed": URL_SAFE_NO_PAD.encode([id; 32]), "retires_at": retires_at })
    };
    let vectors = json!({
        "about": "SG1 codes and what a verifier says of them at a second of Unix time. Bytes are in base64url. The private seeds are \
                  for whoever builds a signer; no service uses them.",
        "format": "SG1",
        "skew_seconds": sg1::SKEW,
        "keys": [key(1, Value::Null), key(2, json!(i64::from(NOW) + RETIRES))],
        "cases": cases().into_iter().map(case).collect::<Vec<_>>()
    });
    let text = format!("{vectors:#}\n");
    if std::env::var_os("LILONG_WRITE").is_some() {
        fs::write(FILE, &text).unwrap();
    }
    assert!(
        fs::read_to_string(FILE).unwrap() == text,
        "{FILE} is not true: LILONG_WRITE=1 cargo test vectors"
    );
    let verdicts = |wanted: &str| {
        vectors["cases"].as_array().unwrap().iter().filter(|one| one["verdict"] == wanted).count()
    };
    let all =
        ["accepted", "malformed", "key_unknown", "not_yet_valid", "expired", "signature_wrong"].map(verdicts);
    assert_eq!(all, [7, 10, 2, 1, 2, 7]);
}
