//! Signing in with WeChat, against a stand-in of its server.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::sign_in::{PASSWORD, totp};
use crate::support::{Person, Reply, Town};

const SECRET: &str = "wechat-secret-7";

/// Answers as WeChat does: a code that is a number is the errcode, any other is a user. Keeps what was asked.
fn stand_in() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = asked.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a caller");
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            let first = lines.next().expect("a request").expect("a line");
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let code =
                first.split("js_code=").nth(1).and_then(|rest| rest.split(['&', ' ']).next()).unwrap_or("");
            let is_used = kept.lock().unwrap_or_else(PoisonError::into_inner).contains(&first);
            let (status, body) = match (code, code.parse::<i64>()) {
                ("once", _) if is_used => {
                    ("200 OK", json!({ "errcode": 40163, "errmsg": "used" }).to_string())
                }
                ("down", _) => ("502 Bad Gateway", "<html>".to_owned()),
                ("garbage", _) => ("200 OK", "<html>".to_owned()),
                (_, Ok(errcode)) => ("200 OK", json!({ "errcode": errcode, "errmsg": "no" }).to_string()),
                (user, _) => {
                    let body = json!({ "openid": format!("open-{user}"), "unionid": format!("union-{user}"),
                        "session_key": "c2Vzc2lvbi1rZXk" });
                    ("200 OK", body.to_string())
                }
            };
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(first);
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _the_caller_may_have_gone = stream.write_all(format!("{head}{body}").as_bytes());
        }
    });
    (address, asked)
}

fn town() -> (Town, Arc<Mutex<Vec<String>>>) {
    let (host, asked) = stand_in();
    let town = Town::with(|settings| {
        settings.wechat_appid = Some("wx0123".into());
        settings.wechat_secret = Some(SECRET.into());
        settings.wechat_host = host;
    });
    (town, asked)
}

fn sign_in(town: &Town, code: &str) -> Reply {
    town.post("/v1/auth/sessions", json!({ "js_code": code })).send()
}

fn link(town: &Town, person: &Person, code: &str) -> Reply {
    town.post("/v1/me/identities", json!({ "js_code": code })).by(person).send()
}

#[test]
fn a_linked_user_signs_in_and_nothing_of_wechat_is_kept() {
    let (town, asked) = town();
    let person = town.with_password();
    sign_in(&town, "chen").is_problem(401, "identity-not-linked");
    assert_eq!(link(&town, &person, "chen").is(201).body["provider"], "wechat");
    let session = sign_in(&town, "chen");
    assert_eq!(session.is(201).body["account"]["id"], json!(person.account));
    town.get("/v1/me").token(session.body["access_token"].as_str().unwrap()).send().is(200);
    let first = asked.lock().unwrap().first().cloned().unwrap();
    let exact = format!(
        "GET /sns/jscode2session?appid=wx0123&secret={SECRET}&js_code=chen&grant_type=authorization_code HTTP/1.1"
    );
    assert_eq!(first, exact);
    for table in ["accounts", "account_identities", "sessions", "audit_events", "outbox", "idempotency_keys"]
    {
        for secret in ["open-chen", "union-chen", "c2Vzc2lvbi1rZXk", SECRET] {
            let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            let sql = format!(
                "SELECT count(*) FROM {table} t WHERE t::text LIKE '%{secret}%' OR t::text LIKE '%{hex}%'"
            );
            assert_eq!(town.count(&sql), 0, "{table} holds {secret}");
        }
    }
}

#[test]
fn what_wechat_says_becomes_a_problem_of_ours() {
    let (town, _) = town();
    let person = town.resident();
    for (code, status, problem) in [
        ("-1", 503, "busy"),
        ("down", 503, "busy"),
        ("garbage", 503, "busy"),
        ("40226", 403, "wechat-refused"),
        ("45011", 429, "wechat-too-often"),
        ("40013", 500, "internal-fault"),
    ] {
        let reply = sign_in(&town, code);
        assert!(!reply.is_problem(status, problem).text.contains(SECRET));
        assert_eq!(reply.header("retry-after").is_empty(), !matches!(status, 429 | 503), "{code}");
        link(&town, &person, code).is_problem(status, problem);
    }
    for code in ["40029", "40163"] {
        sign_in(&town, code).is_problem(401, "credentials-wrong");
        link(&town, &person, code).is_problem(422, "wechat-code-wrong");
    }
    assert_eq!(town.count("SELECT count(*) FROM account_identities"), 0);
}

#[test]
fn wechat_does_not_stand_for_the_second_factor() {
    let (town, _) = town();
    let person = town.with_password();
    link(&town, &person, "chen").is(201);
    let url = town.post("/v1/me/totp", json!({})).by(&person).send().is(201).body["url"].clone();
    let code = totp(url.as_str().unwrap(), town.now().timestamp());
    town.post("/v1/me/totp/confirmation", json!({ "code": code })).by(&person).send().is(201);
    sign_in(&town, "chen").is_problem(401, "second-factor-needed");
    let with = |code: &str| town.post("/v1/auth/sessions", json!({ "js_code": "chen", "totp": code })).send();
    for _ in 0..5 {
        with("000000").is_problem(401, "credentials-wrong");
    }
    town.clock.advance(TimeDelta::seconds(30));
    let right = totp(url.as_str().unwrap(), town.now().timestamp());
    with(&right).is_problem(429, "sign-in-locked");
    town.clock.advance(TimeDelta::seconds(60));
    with(&totp(url.as_str().unwrap(), town.now().timestamp())).is(201);
}

#[test]
fn a_wechat_user_belongs_to_one_account_and_an_account_has_one() {
    let (town, _) = town();
    let (one, other) = (town.with_password(), town.with_password());
    link(&town, &one, "chen").is(201);
    link(&town, &other, "chen").is_problem(409, "identity-taken");
    link(&town, &one, "wang").is(201);
    sign_in(&town, "chen").is_problem(401, "identity-not-linked");
    link(&town, &other, "chen").is(201);
    assert_eq!(sign_in(&town, "wang").is(201).body["account"]["id"], json!(one.account));
    // A closed account lets its user go.
    let body = json!({ "current_password": PASSWORD });
    town.call("DELETE", "/v1/me").json(&body).by(&one).send().is(204);
    sign_in(&town, "wang").is_problem(401, "identity-not-linked");
    link(&town, &other, "wang").is(201);
    town.clock.advance(TimeDelta::minutes(16));
    let token = town.gate.tokens().sign(other.account, other.session, town.now()).unwrap();
    let late = town.post("/v1/me/identities", json!({ "js_code": "li" })).token(&token).send();
    late.is_problem(403, "sign-in-not-recent");
}

#[test]
fn a_user_that_was_unlinked_signs_in_no_more() {
    let (town, _) = town();
    let person = town.resident();
    let unlink =
        |provider: &str| town.call("DELETE", &format!("/v1/me/identities/{provider}")).by(&person).send();
    unlink("wechat").is_problem(404, "not-found");
    link(&town, &person, "chen").is(201);
    unlink("alipay").is_problem(400, "path-invalid");
    unlink("wechat").is(204);
    sign_in(&town, "chen").is_problem(401, "identity-not-linked");
}

#[test]
fn a_repeated_request_gets_its_answer_though_the_code_is_used() {
    let (town, _) = town();
    let person = town.resident();
    let once = |body: &Value| {
        town.post("/v1/me/identities", body.clone()).header("Idempotency-Key", "link-1").by(&person).send()
    };
    let first = once(&json!({ "js_code": "once" }));
    let again = once(&json!({ "js_code": "once" }));
    assert_eq!(
        (first.is(201).text.clone(), again.header("idempotency-replayed")),
        (again.text.clone(), "true")
    );
}

#[test]
fn guesses_lock_the_address_before_wechat_is_asked() {
    let (town, asked) = town();
    for _ in 0..50 {
        sign_in(&town, "40029");
    }
    let before = asked.lock().unwrap().len();
    sign_in(&town, "40029").is_problem(429, "sign-in-locked");
    assert_eq!(asked.lock().unwrap().len(), before);
}

#[test]
fn without_a_program_nothing_is_offered_and_a_code_stands_alone() {
    let town = Town::new();
    let person = town.resident();
    sign_in(&town, "chen").is_problem(409, "wechat-not-offered");
    link(&town, &person, "chen").is_problem(409, "wechat-not-offered");
    for body in [
        json!({}),
        json!({ "js_code": "x", "phone": person.phone }),
        json!({ "password": PASSWORD }),
        json!({ "js_code": "" }),
    ] {
        town.post("/v1/auth/sessions", body).send().is_problem(422, "field-invalid");
    }
}
