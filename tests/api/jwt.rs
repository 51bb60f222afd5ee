//! Attacks on access tokens: all of them are 401.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use lilong::access::actor::SessionId;
use serde_json::{Value, json};

use crate::support::{Person, Town};

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn parts(token: &str) -> (Value, Value, &str) {
    let mut parts = token.split('.');
    let mut read =
        || serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next().unwrap()).unwrap()).unwrap();
    let (header, claims) = (read(), read());
    (header, claims, token.rsplit('.').next().unwrap())
}

#[track_caller]
fn is_refused(town: &Town, token: &str) {
    town.get("/v1/me").token(token).send().is_problem(401, "unauthenticated");
}

fn with(value: &Value, key: &str, new: Value) -> Value {
    let mut value = value.clone();
    value[key] = new;
    value
}

#[test]
fn forged_headers_and_stripped_signatures_are_refused() {
    let town = Town::new();
    let person = town.resident();
    let (header, claims, signature) = parts(&person.token);
    is_refused(&town, &format!("{}.{}.", part(&with(&header, "alg", json!("none"))), part(&claims)));
    is_refused(
        &town,
        &format!("{}.{}.{signature}", part(&with(&header, "alg", json!("none"))), part(&claims)),
    );
    is_refused(&town, &format!("{}.{}.", part(&header), part(&claims)));
    is_refused(&town, &format!("{}.{}", part(&header), part(&claims)));
    is_refused(
        &town,
        &format!("{}.{}.{signature}", part(&with(&header, "kid", json!("other"))), part(&claims)),
    );
    is_refused(
        &town,
        &format!("{}.{}.{signature}", part(&header), part(&with(&claims, "sub", json!(SessionId::new())))),
    );
    for bad in ["", "x", "..", "a.b.c", &"x".repeat(8_000)] {
        is_refused(&town, bad);
    }
    town.get("/v1/me").header("Authorization", "Basic eDp5").send().is_problem(401, "unauthenticated");
    town.get("/v1/me").by(&person).send().is(200);
}

#[test]
fn a_token_as_large_as_a_head_can_hold_is_refused() {
    let town = Town::new();
    let person = town.resident();
    let (header, _, signature) = parts(&person.token);
    let header = part(&header);
    // A head of 128 KiB ends before the token is read, and is answered 431.
    for size in [16 << 10, 64 << 10, 120 << 10] {
        let filled = |taken: usize| "A".repeat(size - taken);
        is_refused(&town, &filled(0));
        is_refused(&town, &format!("{}{}", person.token, filled(person.token.len())));
        let claims = filled(header.len() + signature.len() + 2);
        is_refused(&town, &format!("{header}.{claims}.{signature}"));
    }
    town.get("/v1/me").by(&person).send().is(200);
}

#[test]
fn the_public_key_is_no_secret_for_hs256() {
    let town = Town::new();
    let person = town.resident();
    let (header, claims, _) = parts(&person.token);
    let jwks = town.get("/.well-known/jwks.json").send();
    let x = jwks.body["keys"][0]["x"].as_str().unwrap().to_owned();
    let raw = URL_SAFE_NO_PAD.decode(&x).unwrap();
    for secret in [x.as_bytes(), raw.as_slice()] {
        let head = Header {
            typ: Some("at+jwt".into()),
            kid: header["kid"].as_str().map(Into::into),
            ..Header::new(Algorithm::HS256)
        };
        let token = jsonwebtoken::encode(&head, &claims, &EncodingKey::from_secret(secret)).unwrap();
        is_refused(&town, &token);
    }
}

/// A key of our own making, put among the town's, so that everything but one claim is right.
struct Forge {
    kid: String,
    key: EncodingKey,
}

impl Forge {
    fn new(town: &Town) -> Self {
        use aws_lc_rs::encoding::AsDer;
        use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
        let pair = Ed25519KeyPair::generate().unwrap();
        let private: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let sealed = town.gate.ring().seal("signing_keys.private", private.as_ref()).unwrap();
        let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        town.execute(&format!(
            "INSERT INTO signing_keys (kid, public_key, private_sealed, created_at, signs_from)
             VALUES ('forge', '\\x{}', '\\x{}', now(), now() + interval '1 year')",
            hex(pair.public_key().as_ref()),
            hex(&sealed)
        ));
        let (doors, now) = (town.gate.clone(), town.now());
        let load =
            move |conn: &mut diesel::PgConnection| lilong::access::tokens::load(conn, doors.ring(), now);
        town.gate.tokens().replace_keys(town.gate.jobs().run_here(load).unwrap());
        Forge { kid: "forge".into(), key: EncodingKey::from_ed_der(private.as_ref()) }
    }

    fn sign(&self, typ: &str, claims: &Value) -> String {
        let header =
            Header { typ: Some(typ.into()), kid: Some(self.kid.clone()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, claims, &self.key).unwrap()
    }
}

#[test]
fn every_claim_counts_even_under_a_good_signature() {
    let town = Town::new();
    let person: Person = town.resident();
    let (_, claims, _) = parts(&person.token);
    let forge = Forge::new(&town);
    town.get("/v1/me").token(&forge.sign("at+jwt", &claims)).send().is(200);
    is_refused(&town, &forge.sign("JWT", &claims));
    let now = town.now().timestamp();
    let changes = [
        ("iss", json!("https://elsewhere.invalid")),
        ("aud", json!("elsewhere")),
        ("exp", json!(now - 1)),
        ("exp", json!("tomorrow")),
        ("nbf", json!(now + 60)),
        ("sub", json!("nobody")),
        ("sid", json!(SessionId::new())),
    ];
    for (claim, value) in changes {
        is_refused(&town, &forge.sign("at+jwt", &with(&claims, claim, value)));
        let mut without = claims.clone();
        without.as_object_mut().unwrap().remove(claim);
        is_refused(&town, &forge.sign("at+jwt", &without));
    }
}

#[test]
fn a_token_expires_on_our_clock_though_it_was_believed() {
    let town = Town::new();
    let person = town.resident();
    town.get("/v1/me").by(&person).send().is(200);
    town.clock.advance(chrono::TimeDelta::minutes(14));
    town.get("/v1/me").by(&person).send().is(200);
    town.clock.advance(chrono::TimeDelta::minutes(1));
    is_refused(&town, &person.token);
}

#[test]
fn keys_rotate_without_downtime_and_a_leaked_one_stops_at_once() {
    let town = Town::new();
    let person = town.resident();
    let rotate = |at_once: bool| {
        let (doors, now) = (town.gate.clone(), town.now());
        let kid = town
            .gate
            .jobs()
            .run_here(move |conn| lilong::access::tokens::rotate(conn, doors.ring(), now, at_once));
        let doors = town.gate.clone();
        let keys =
            town.gate.jobs().run_here(move |conn| lilong::access::tokens::load(conn, doors.ring(), now));
        town.gate.tokens().replace_keys(keys.unwrap());
        kid.unwrap()
    };
    let sign = || town.gate.tokens().sign(person.account, person.session, town.now()).unwrap();
    let next = rotate(false);
    assert_ne!(parts(&sign()).0["kid"], json!(next), "published, but does not sign yet");
    assert_eq!(town.get("/.well-known/jwks.json").send().body["keys"].as_array().unwrap().len(), 2);
    town.clock.advance(chrono::TimeDelta::hours(24));
    let token = sign();
    assert_eq!(parts(&token).0["kid"], json!(next));
    town.get("/v1/me").token(&token).send().is(200);
    let leaked = rotate(true);
    is_refused(&town, &token);
    let fresh = sign();
    assert_eq!(parts(&fresh).0["kid"], json!(leaked));
    town.get("/v1/me").token(&fresh).send().is(200);
}
