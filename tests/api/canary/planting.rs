//! Canaries sent wherever a number is taken: each of these operations answers success, and neither that answer nor what it leads to
//! tells one.

use std::cell::RefCell;
use std::collections::BTreeSet;

use lilong::access::actor::{AccountId, SessionId};
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::takers::{Taker, places};
use super::{CARD, OTHER_CARD, OTHER_PHONE, PHONE, is_silent_reply, matters, text_of};
use crate::codes::city;
use crate::data_exports;
use crate::lists;
use crate::sign_in::{PASSWORD, code_of, totp};
use crate::support::archive::{draft, with};
use crate::support::petitions::key;
use crate::support::rights::{Home, bind, settle};
use crate::support::scans::walker;
use crate::support::{CITY, OWN, Person, Reply, Town, operation};

/// Sends canaries, and remembers where.
pub struct Planter<'a> {
    pub town: &'a Town,
    sent: RefCell<BTreeSet<Taker>>,
}

fn name_of(method: &str, path: &str) -> &'static str {
    let (_, operation) = operation(method, path).expect("an operation");
    operation["operationId"].as_str().expect("a name")
}

impl Planter<'_> {
    /// Sends something as somebody, or as nobody.
    #[track_caller]
    fn ask(&self, by: Option<&Person>, method: &'static str, path: &str, body: &Value) -> Reply {
        let mut call = self.town.call(method, path);
        if !body.is_null() {
            call = call.json(body);
        }
        call = match method {
            "POST" => call.header("Idempotency-Key", &key()),
            "PATCH" | "PUT" => call.header("If-Match", "*"),
            _ => call,
        };
        let reply = match by {
            Some(person) => call.by(person).send(),
            None => call.send(),
        };
        is_silent_reply(name_of(method, path), &reply);
        reply
    }

    /// The same where success is the answer, and then reads what that leads to.
    #[track_caller]
    pub fn send(&self, by: Option<&Person>, method: &'static str, path: &str, body: &Value) -> Reply {
        let reply = self.ask(by, method, path, body);
        let is_success = (200..300).contains(&reply.status);
        assert!(is_success, "{method} {path} refused {body}: {} {}", reply.status, reply.text);
        let location = reply.header("location");
        if by.is_some() && !location.is_empty() {
            self.ask(by, "GET", location, &Value::Null);
        }
        reply
    }

    /// The same with a canary in the body.
    #[track_caller]
    pub fn plant(&self, by: Option<&Person>, method: &'static str, path: &str, body: &Value) -> Reply {
        let reply = self.send(by, method, path, body);
        let (name, mut found) = (name_of(method, path), BTreeSet::new());
        assert!(places(body, "", &mut found), "{name} was sent no canary: {body}");
        self.sent.borrow_mut().extend(found.into_iter().map(|place| (name.to_owned(), place)));
        reply
    }

    /// What is refused tells nothing either.
    #[track_caller]
    fn refuse(&self, by: Option<&Person>, path: &str, body: &Value, status: u16) {
        self.ask(by, "POST", path, body).is(status);
    }
}

/// Sends canaries to every operation that takes them; answers where they were sent.
pub fn plant(town: &Town, resident: Uuid) -> BTreeSet<Taker> {
    let planter = Planter { town, sent: RefCell::default() };
    let worker = town.staff(Role::CommitteeHead, OWN);
    let record = archive(&planter, &worker, resident);
    refused_at_the_door(&planter);
    let (holder, deputy) = (open(&planter, OTHER_PHONE), open(&planter, PHONE));
    posts(&planter, &worker);
    reset(&planter, &deputy);
    residencies(&planter, &worker, &holder, (resident, &record));
    corrections(&planter, &worker, &holder);
    matters::plant(&planter, &worker);
    codes(&planter, &worker);
    share(&planter);
    exchange(&planter, &worker);
    planter.sent.into_inner()
}

fn document(number: &str) -> Value {
    json!({ "kind": "resident_id_card", "number": number })
}

/// What the workers of a committee send every day; answers the record of 李秀英.
fn archive(planter: &Planter<'_>, worker: &Person, resident: Uuid) -> Value {
    let by = Some(worker);
    let numbers = |card: &str, phone: &str| json!({ "document": document(card), "phone": phone, "no_identifier": null });
    let at = format!("/v1/residents/{resident}");
    planter.plant(by, "PATCH", &at, &numbers(CARD, PHONE));
    let new = with(draft("李秀英"), numbers(OTHER_CARD, OTHER_PHONE));
    let record = planter.plant(by, "POST", "/v1/residents", &new).body.clone();
    let by_phone = with(draft("李秀英"), json!({ "phone": OTHER_PHONE, "no_identifier": null }));
    planter.plant(by, "POST", "/v1/residents", &by_phone);
    // A second time, and with a checksum that is wrong.
    planter.refuse(by, "/v1/residents", &new, 409);
    let wrong = with(draft("李秀英"), json!({ "document": document(&CARD.replace("7734", "7737")) }));
    planter.refuse(by, "/v1/residents", &wrong, 422);
    for wanted in [json!({ "document": document(CARD) }), json!({ "phone": PHONE })] {
        planter.plant(by, "POST", "/v1/resident-lookups", &wanted);
    }
    let whole = planter.send(by, "GET", &format!("{at}/identity?purpose=service"), &Value::Null);
    assert!(whole.text.contains(CARD) && whole.text.contains(PHONE));
    record
}

/// What somebody sends who has no account yet.
fn refused_at_the_door(planter: &Planter<'_>) {
    for password in [PASSWORD, CARD] {
        let session = json!({ "phone": PHONE, "password": password });
        planter.refuse(None, "/v1/auth/sessions", &session, 401);
    }
    let account = json!({ "phone": PHONE, "otp": "000000", "display_name": "x" });
    planter.refuse(None, "/v1/accounts", &account, 422);
    let security = planter.town.staff(Role::SecurityAdmin, CITY);
    let reset = json!({ "phone": PHONE, "reason": "device_lost" });
    planter.refuse(Some(&security), "/v1/totp-resets", &reset, 404);
}

/// Somebody opens an account of that number, and signs in.
fn open(planter: &Planter<'_>, phone: &str) -> Person {
    let town = planter.town;
    let send = |path: &str, body: &Value| planter.plant(None, "POST", path, body);
    send("/v1/auth/otps", &json!({ "phone": phone }));
    let full = format!("+86{phone}");
    let otp = code_of(town, &full);
    let account = json!({ "phone": phone, "otp": otp, "display_name": "李秀英", "password": PASSWORD });
    send("/v1/accounts", &account);
    let signed_in = send("/v1/auth/sessions", &json!({ "phone": phone, "password": PASSWORD }));
    let account: Uuid = signed_in.body["account"]["id"].as_str().expect("an id").parse().expect("an id");
    let session = town.text(&format!("SELECT id FROM sessions WHERE account_id = '{account}'"));
    Person {
        account: AccountId(account),
        session: SessionId(session.parse().expect("an id")),
        phone: full,
        token: signed_in.body["access_token"].as_str().expect("a token").to_owned(),
    }
}

/// Both get an office by their numbers.
fn posts(planter: &Planter<'_>, worker: &Person) {
    let post = json!({ "phone": OTHER_PHONE, "role": "group_leader", "division": OWN });
    planter.plant(Some(worker), "POST", "/v1/posts", &post);
    let group = planter.town.text("SELECT id FROM building_groups WHERE name = '247号楼'");
    let leaders = json!({ "leader_phone": OTHER_PHONE, "deputy_phone": PHONE });
    planter.plant(Some(worker), "PUT", &format!("/v1/building-groups/{group}/leader"), &leaders);
}

/// Somebody loses their second factor, and has it taken away by their number.
fn reset(planter: &Planter<'_>, deputy: &Person) {
    let town = planter.town;
    let begun = planter.send(Some(deputy), "POST", "/v1/me/totp", &json!({}));
    let code = totp(begun.body["url"].as_str().expect("an address"), town.now().timestamp());
    planter.send(Some(deputy), "POST", "/v1/me/totp/confirmation", &json!({ "code": code }));
    let security = town.staff(Role::SecurityAdmin, CITY);
    let reset = json!({ "phone": PHONE, "reason": "device_lost" });
    planter.plant(Some(&security), "POST", "/v1/totp-resets", &reset);
}

/// One claim waits, one is confirmed by the committee, and one is right at once.
fn residencies(planter: &Planter<'_>, worker: &Person, holder: &Person, of: (Uuid, &Value)) {
    let (town, (resident, record)) = (planter.town, of);
    let building = town.text("SELECT id FROM buildings WHERE number = '247号'");
    let claim = |person: &Person, name: &str, card: &str, number: &str| {
        let home = json!({ "building": building, "number": number });
        let body = json!({ "name": name, "document": document(card), "home": home });
        planter.plant(Some(person), "POST", "/v1/me/residency", &body).body.clone()
    };
    claim(&town.resident(), "李秀英", OTHER_CARD, "998");
    let waits = claim(&town.resident(), "陈桂芳", CARD, "999");
    let path = format!("/v1/residencies/{}/decision", waits["id"].as_str().expect("an id"));
    let confirmed = json!({ "decision": "confirmed", "resident": resident });
    planter.send(Some(worker), "POST", &path, &confirmed);
    let dwelling = town.text("SELECT id FROM dwellings WHERE number = '502'");
    let [building, dwelling]: [Uuid; 2] = [&building, &dwelling].map(|id| id.parse().expect("an id"));
    settle(town, record, &Home { building, dwelling });
    assert_eq!(claim(holder, "李秀英", OTHER_CARD, "502")["status"], "verified");
}

/// One correction is accepted, two wait; and one's own copy has it all.
fn corrections(planter: &Planter<'_>, worker: &Person, holder: &Person) {
    let ask = |field: &str, value: Value| {
        let body = json!({ "field": field, "value": value });
        planter.plant(Some(holder), "POST", "/v1/me/corrections", &body)
    };
    let asked = ask("phone", json!(PHONE));
    let path = format!("/v1/corrections/{}/decision", asked.body["id"].as_str().expect("an id"));
    planter.send(Some(worker), "POST", &path, &json!({ "decision": "accepted" }));
    ask("phone", json!(OTHER_PHONE));
    ask("document", document(CARD));
    let copy = planter.send(Some(holder), "POST", "/v1/me/data-exports", &Value::Null);
    let done = data_exports::wait(planter.town, holder, copy.header("location"));
    let url = done["content_url"].as_str().expect("an address");
    let copy = planter.send(Some(holder), "GET", url, &Value::Null);
    assert!(copy.text.contains(OTHER_CARD) && copy.text.contains(PHONE), "one's own copy is whole");
}

/// Codes of the city's, behind which its service tells a card and a telephone number.
fn codes(planter: &Planter<'_>, worker: &Person) {
    let (town, by) = (planter.town, Some(worker));
    let shown = |name: &str| format!("{}{name}", city::PREFIX);
    planter.send(by, "POST", "/v1/code-verifications", &json!({ "code": shown("canary") }));
    let enrolment = json!({
        "code": shown("canary"), "division": OWN, "residence": "from_other_province", "notice_version": 1
    });
    let enrolled = planter.send(by, "POST", "/v1/enrolments", &enrolment);
    bind(town, &walker(town), &json!({ "id": enrolled.body["resident"] }));
    let event = Uuid::from_u128(1);
    let visit = json!({ "code": shown("canary2"), "purpose": "training", "event": event, "division": OWN });
    planter.send(by, "POST", "/v1/check-ins", &visit);
}

/// Another organisation reads whole numbers by a grant.
fn share(planter: &Planter<'_>) {
    let (street, clerk, grant) = matters::grant(planter.town);
    let granted = planter.send(Some(&street), "POST", "/v1/data-grants", &grant);
    let path = format!("/v1/data-grants/{}/residents", granted.body["id"].as_str().expect("an id"));
    let read = planter.send(Some(&clerk), "GET", &path, &Value::Null);
    assert!(read.text.contains(CARD) && read.text.contains(PHONE), "{}", read.text);
}

/// Lists in and out: what is bad of one comes back to who sent it.
fn exchange(planter: &Planter<'_>, worker: &Person) {
    let (town, by) = (planter.town, Some(worker));
    for form in ["csv", "xlsx"] {
        let body = json!({ "division": OWN, "form": form, "purpose": "service" });
        let asked = planter.send(by, "POST", "/v1/exports", &body);
        let done = lists::over(town, worker, asked.header("location"));
        let list = planter.send(by, "GET", done["content_url"].as_str().expect("an address"), &Value::Null);
        assert!(text_of(&list.bytes).contains("陈桂芳"), "the list is read: {done}");
    }
    let list = format!(
        "姓名,证件号码,电话\n王小明,{CARD},{PHONE}\n李四,{CARD}1,{PHONE}1\n陈阿姨,{OTHER_CARD},{OTHER_PHONE}\n"
    );
    let file = lists::send(town, worker, &list);
    let body = json!({ "file": file, "division": OWN, "mode": "each" });
    let asked = planter.send(by, "POST", "/v1/imports", &body);
    let done = lists::over(town, worker, asked.header("location"));
    let url = done["report_url"].as_str().expect("an address");
    let report = planter.send(by, "GET", url, &Value::Null);
    assert!(text_of(&report.bytes).contains(CARD), "its bad rows come back whole");
}
