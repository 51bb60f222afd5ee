//! The city's codes, against a stand-in of the service that issues them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use chrono::TimeDelta;
use lilong::access::role::Role;
use lilong::app::config::Settings;
use serde_json::{Value, json};

use super::verify;
use crate::support::archive::CARD;
use crate::support::{OWN, Town};

/// How its codes begin.
pub const PREFIX: &str = "https://s.sh.gov.cn/";
const TOKEN: &str = "city-token-9";

/// Answers as the city might: a code that ends in a number is that status, `gone` is unknown, `old` is over, any other is a person. Keeps
/// what was asked. The person has that card and telephone number.
pub fn stand_in(card: &'static str, phone: &'static str) -> (String, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/codes", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = asked.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a caller");
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let (mut length, mut is_known, mut line) = (0, false, String::new());
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                let lower = line.to_lowercase();
                length =
                    lower.strip_prefix("content-length: ").map_or(length, |n| n.trim().parse().unwrap_or(0));
                is_known |= line.trim().ends_with(&format!("Bearer {TOKEN}"));
                line.clear();
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).expect("a body");
            let question: Value = serde_json::from_slice(&body).expect("JSON");
            let code = question["code"].as_str().unwrap_or_default().replace(PREFIX, "");
            let expires_at = if code == "old" { "2020-01-01T00:00:00Z" } else { "2036-01-01T00:00:00Z" };
            let person = json!({
                "subject": format!("city-{code}"), "expires_at": expires_at, "id_number": card, "name": "王秀英",
                "phone": phone, "address": "友谊路1588弄"
            });
            let (status, text) = match (is_known, code.as_str(), code.parse::<u16>()) {
                (false, ..) => (401, String::new()),
                (_, "gone", _) => (404, String::new()),
                (_, "garbage", _) => (200, "<html>".to_owned()),
                (_, _, Ok(status)) => (status, String::new()),
                _ => (200, person.to_string()),
            };
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(question);
            let head =
                format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", text.len());
            let _the_caller_may_have_gone = stream.write_all(format!("{head}{text}").as_bytes());
        }
    });
    (address, asked)
}

/// Settings that take the codes of the city's service at that address.
pub fn take_codes(settings: &mut Settings, url: &str) {
    settings.city_codes =
        vec![format!("suishenma {PREFIX} {url}"), "other OTHER: http://127.0.0.1:9/".into()];
    settings.city_codes_token = Some(TOKEN.into());
}

/// A town that takes the city's codes.
pub fn town() -> (Town, Arc<Mutex<Vec<Value>>>) {
    let (url, asked) = stand_in(CARD, "13800005678");
    let town = Town::with(|settings| {
        settings.seats = 4;
        take_codes(settings, &url);
    });
    (town, asked)
}

#[test]
fn a_code_of_the_citys_is_shown_to_the_city_and_nothing_of_it_is_kept() {
    let (town, asked) = town();
    let guard = town.staff(Role::PropertyStaff, OWN);
    let scan = |code: &str| verify(&town, &guard, &format!("{PREFIX}{code}"));
    let good = scan("chen");
    assert_eq!((&good.is(200).body["issuer"], &good.body["type"]), (&json!("suishenma"), &Value::Null));
    for personal in ["city-chen", CARD, "王秀英", "5678", "友谊路"] {
        assert!(!good.text.contains(personal), "{personal}");
    }
    let question = json!({ "code": format!("{PREFIX}chen"), "purpose": "verification" });
    assert_eq!(asked.lock().unwrap().first(), Some(&question));
    assert_eq!(scan("chen").body["subject"], good.body["subject"]);
    assert_ne!(scan("wang").body["subject"], good.body["subject"]);
    town.clock.advance(TimeDelta::days(1));
    assert_ne!(scan("chen").body["subject"], good.body["subject"], "tomorrow it is another one");
    scan("gone").is_problem(422, "code-city-unknown");
    scan("422").is_problem(422, "code-city-unknown");
    scan("old").is_problem(409, "code-expired");
    for down in ["500", "302", "401", "garbage"] {
        let reply = scan(down);
        assert!(!reply.is_problem(503, "busy").header("retry-after").is_empty());
    }
    verify(&town, &guard, "OTHER:1").is_problem(503, "busy");
    verify(&town, &guard, "THIRD:1").is_problem(422, "code-malformed");
    for table in ["audit_events", "outbox", "idempotency_keys"] {
        let hit =
            format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%chen%' OR t::text LIKE '%sh.gov%'");
        assert_eq!(town.count(&hit), 0, "{table}");
    }
}

#[test]
fn without_a_setting_no_code_of_others_is_known() {
    let town = Town::new();
    let guard = town.staff(Role::PropertyStaff, OWN);
    verify(&town, &guard, &format!("{PREFIX}chen")).is_problem(422, "code-malformed");
}
