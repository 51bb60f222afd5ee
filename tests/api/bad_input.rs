//! Bad input: a clear problem, never a 5xx, nothing written.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use lilong::access::role::Role;
use serde_json::json;

use crate::support::{OWN, Person, Reply, Town};

const PATIENCE: Duration = Duration::from_secs(30);

fn send(town: &Town, person: &Person, body: &[u8]) -> Reply {
    let call = town.call("PATCH", &format!("/v1/divisions/{OWN}")).header("If-Match", "*");
    call.bytes("application/json", body.to_vec()).by(person).send()
}

#[test]
fn bodies_that_cannot_be_taken_change_nothing() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let deep = "[".repeat(10_000);
    let deep_field = format!("{{\"phones\":{}{}}}", "[".repeat(5_000), "]".repeat(5_000));
    let long = format!("{{\"address\":\"{}\"}}", "长".repeat(201));
    for (body, status, code) in [
        (&b"{"[..], 400, "body-malformed"),
        (b"", 400, "body-malformed"),
        (b"{} x", 400, "body-malformed"),
        (b"{\"address\":\"\xff\xfe\"}", 400, "body-malformed"),
        (deep.as_bytes(), 422, "field-invalid"),
        (deep_field.as_bytes(), 422, "field-invalid"),
        (b"[]", 422, "field-invalid"),
        (b"null", 422, "field-invalid"),
        (b"{\"address\":5}", 422, "field-invalid"),
        (b"{\"adress\":\"x\"}", 422, "field-invalid"),
        (b"{\"address\":\"a\\u0000b\"}", 422, "field-invalid"),
        (b"{\"phones\":[\"a\\nb\"]}", 422, "field-invalid"),
        (
            b"{\"location\":{\"longitude\":1e999,\"latitude\":1,\"coord_system\":\"wgs84\"}}",
            400,
            "body-malformed",
        ),
        (
            b"{\"location\":{\"longitude\":500,\"latitude\":1,\"coord_system\":\"wgs84\"}}",
            422,
            "field-invalid",
        ),
        (long.as_bytes(), 422, "field-invalid"),
    ] {
        let reply = send(&town, &head, body);
        assert_eq!(
            (reply.status, reply.code()),
            (status, code),
            "{}: {}",
            String::from_utf8_lossy(&body[..body.len().min(60)]),
            reply.text
        );
    }
    assert_eq!(town.count("SELECT max(version) FROM divisions"), 1);
    assert_eq!(town.count("SELECT count(*) FROM audit_events"), 0);
}

#[test]
fn a_fault_says_where_it_lies() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let reply = send(&town, &head, b"{\"opening_hours\":{\"weekly\":[{\"days\":[9],\"opens\":\"08:30\",\"closes\":\"09:00\"}],\"exceptions\":[]}}");
    assert_eq!(
        reply.is_problem(422, "field-invalid").body["errors"][0]["pointer"],
        "/opening_hours/weekly/0/days/0"
    );
}

#[test]
fn a_list_of_its_fields_is_no_object_however_deep() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    for (body, pointer) in [
        (&b"[\"established\"]"[..], ""),
        (b"{\"location\":[121.489,31.405,\"wgs84\"]}", "/location"),
        (b"{\"opening_hours\":[[],[]]}", "/opening_hours"),
        (
            b"{\"opening_hours\":{\"weekly\":[[[1],\"08:30\",\"17:00\"]],\"exceptions\":[]}}",
            "/opening_hours/weekly/0",
        ),
    ] {
        let reply = send(&town, &head, body);
        let fault = &reply.is_problem(422, "field-invalid").body["errors"][0];
        assert_eq!((&fault["pointer"], &fault["detail"]), (&json!(pointer), &json!("expected an object")));
    }
    assert_eq!(town.count("SELECT max(version) FROM divisions"), 1);
}

#[test]
fn sizes_and_media_types_are_checked() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    send(&town, &head, &vec![b' '; 70_000]).is_problem(413, "body-too-large");
    let path = format!("/v1/divisions/{OWN}");
    for media in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
        let call = town.call("PATCH", &path).header("If-Match", "*").bytes(media, b"{}".to_vec()).by(&head);
        call.send().is_problem(415, "media-type-unsupported");
    }
    let call = town
        .call("PATCH", &path)
        .header("If-Match", "*")
        .bytes("application/json; charset=utf-8", b"{}".to_vec());
    call.by(&head).send().is(200);
}

#[test]
fn queries_and_paths_that_cannot_be_read_are_problems() {
    let town = Town::new();
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "parent=1",
        "level=planet",
        "limt=1",
        "name=%00",
        "name=%ff",
        "limit=1&limit=2",
    ] {
        town.get(&format!("/v1/divisions?{query}")).send().is_problem(400, "query-invalid");
    }
    for path in ["/v1/divisions/x", "/v1/divisions/%ff%fe", "/v1/divisions/%00"] {
        town.get(path).send().is_problem(400, "path-invalid");
    }
    for path in ["/", "/v1", "/v1/nothing", "/v1/divisions/", "/v1/divisions//"] {
        town.get(path).send_unchecked().is_problem(404, "not-found");
    }
    for (method, path) in
        [("POST", "/v1/divisions"), ("PUT", "/v1/me"), ("DELETE", "/healthz"), ("TRACE", "/v1/me")]
    {
        let reply = town.call(method, path).send_unchecked();
        assert!(
            reply.is_problem(405, "method-not-allowed").header("allow").contains("GET"),
            "{method} {path}"
        );
    }
}

#[test]
fn problems_speak_the_language_asked_for_and_carry_the_request_id() {
    let town = Town::new();
    let chinese = town.get("/v1/me").header("X-Request-Id", "phone-7").send();
    assert_eq!(
        (chinese.header("content-language"), chinese.body["title"].as_str().unwrap()),
        ("zh-CN", "请先登录。")
    );
    assert_eq!(
        (chinese.header("x-request-id"), chinese.body["request_id"].as_str().unwrap()),
        ("phone-7", "phone-7")
    );
    let english = town.get("/v1/me").header("Accept-Language", "en").send();
    assert_eq!(
        (english.header("content-language"), english.body["title"].as_str().unwrap()),
        ("en", "Sign in first.")
    );
    let unsafe_id = town.get("/v1/me").header("X-Request-Id", "<script>").send();
    assert_ne!(unsafe_id.header("x-request-id"), "<script>");
    let page = town.get(chinese.body["type"].as_str().unwrap()).send();
    assert!(page.is(200).text.contains("请先登录"));
}

/// Sends raw bytes, which the server need not take to the end, and reads what comes until it hangs up.
fn raw(town: &Town, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(town.address.trim_start_matches("http://")).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    let _the_server_may_hang_up_first = stream.write_all(bytes);
    let (mut text, mut part) = (Vec::new(), [0; 4096]);
    loop {
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(n) => text.extend_from_slice(&part[..n]),
            // So ends a connection whose bytes were not all read; what was answered before came.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("it does not hang up: {error}"),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Whether that is the one answer that came.
fn is_one_answer(text: &str, status: u16) -> bool {
    text.starts_with(&format!("HTTP/1.1 {status} ")) && text.matches("HTTP/1.1 ").count() == 1
}

/// Whether no request was let in: each that is, is counted, whatever is answered.
fn is_untouched(town: &Town) -> bool {
    !town.get("/metrics").send_unchecked().is(200).text.contains("http_requests_total{")
}

/// A change with fifteen bytes of body, whatever it says of their number.
fn change(person: &Person, length: &str) -> Vec<u8> {
    let head = format!(
        "PATCH /v1/divisions/{OWN} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nIf-Match: *\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{{\"address\":\"x\"}}",
        person.token
    );
    head.into_bytes()
}

#[test]
fn a_lying_content_length_and_a_body_that_never_comes_end_without_effect() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    // Longer than what comes: the server waits ten seconds, then says so.
    let late = raw(&town, &change(&head, "500"));
    assert!(is_one_answer(&late, 408) && late.contains("body-too-slow"), "{late}");
    // Shorter: the JSON is cut off, and what follows it is no request.
    let cut = raw(&town, &change(&head, "5"));
    assert!(cut.starts_with("HTTP/1.1 400 ") && cut.contains("body-malformed"), "{cut}");
    assert_eq!(town.count("SELECT max(version) FROM divisions"), 1);
}

#[test]
fn a_content_length_that_is_no_number_or_not_the_only_one_is_not_let_in() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let twofold = ["15\r\nContent-Length: 15", "15\r\nTransfer-Encoding: chunked"];
    let malformed = ["", "-1", "+15", "x", "0xf", "15, 15", "99999999999999999999"];
    for length in malformed.into_iter().chain(twofold) {
        let reply = raw(&town, &change(&head, length));
        assert!(is_one_answer(&reply, 400), "{length:?}: {reply}");
    }
    assert!(is_untouched(&town));
    assert_eq!(town.count("SELECT max(version) FROM divisions"), 1);
    // The same change that says how long it is.
    let closing = raw(&town, &change(&head, "15\r\nConnection: close"));
    assert!(is_one_answer(&closing, 200), "{closing}");
    assert_eq!(town.count("SELECT max(version) FROM divisions"), 2);
}

#[test]
fn a_head_of_more_than_128_kib_is_not_let_in_and_the_next_caller_is_served() {
    let town = Town::new();
    let start = "GET /v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ";
    let endless = format!("{start}{}", "x".repeat((128 << 10) - start.len()));
    let megabyte = format!("{start}{}\r\n\r\n", "x".repeat(1 << 20));
    for head in [endless, megabyte] {
        let reply = raw(&town, head.as_bytes());
        assert!(is_one_answer(&reply, 431), "{} bytes: {reply}", head.len());
    }
    assert!(is_untouched(&town));
    town.get("/v1/me").send().is_problem(401, "unauthenticated");
}

#[test]
fn too_many_requests_are_told_when_to_come_back() {
    let town = Town::with(|settings| settings.rate_per_minute = 3);
    let ask = || town.get("/healthz").send();
    assert_eq!(ask().is(200).header("ratelimit-policy"), "\"burst\";q=3;w=60");
    assert!(ask().is(200).header("ratelimit").starts_with("\"burst\";r=1;t="));
    ask().is(200);
    let refused = ask();
    assert!(refused.is_problem(429, "quota-exceeded").header("retry-after").parse::<u64>().unwrap() <= 21);
    // A made-up token buys no allowance of its own; a real one has one.
    town.get("/healthz").token("made-up").send().is_problem(429, "quota-exceeded");
}

#[test]
fn a_unit_is_one_line() {
    let town = Town::new();
    let head = town.staff(Role::CommitteeHead, OWN);
    let draft = json!({ "building": uuid::Uuid::nil(), "unit": "1\n2", "number": "502" });
    let reply = town.post("/v1/dwellings", draft).by(&head).send();
    assert_eq!(
        reply.is_problem(422, "field-invalid").body["errors"][0]["pointer"],
        "/unit",
        "{}",
        reply.text
    );
}
