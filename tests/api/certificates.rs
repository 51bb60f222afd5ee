//! Certificates: issued at once by what one organiser recorded, verified by anybody, showing what the holder allows, and true ever after.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};

use crate::support::archive::{CARD, with};
use crate::support::petitions::{named, neighbour};
use crate::support::volunteering::{Organiser, ahead, organiser, record, sign_up};
use crate::support::{OWN, Person, Reply, SIBLING, Town};

/// Somebody served two hours for a committee; answers the stay.
pub fn served(town: &Town, us: &Organiser, by: &Person, title: &str) -> String {
    // Read once: a second may pass.
    let (from, until) = (ahead(town, 10), ahead(town, 130));
    let call = us.published(town, json!({ "title": title }));
    let shift = us.shift(town, &call, json!({ "starts_at": from, "ends_at": until }));
    let signup = sign_up(town, by, &shift).is(201).body["id"].clone();
    town.clock.advance(TimeDelta::minutes(140));
    let note = |event: &str, at: &str| {
        let body = json!({ "signup": signup, "event": event, "at": at, "reason": "现场登记" });
        let path = format!("/v1/shifts/{shift}/attendances");
        town.post(&path, body).by(&town.later(&us.worker)).send().is(201).body["id"].clone()
    };
    note("arrival", &from);
    note("departure", &until).as_str().unwrap().to_owned()
}

pub fn ask(town: &Town, by: &Person, body: Value) -> Reply {
    town.post("/v1/me/certificates", body).by(&town.later(by)).send()
}

/// As anybody sees it, without signing in.
fn verify(town: &Town, number: &Value) -> Reply {
    town.get(&format!("/v1/certificate-verifications/{}", number.as_str().unwrap())).send()
}

/// The page that whoever scans its QR code with a camera reads.
fn read(town: &Town, number: &Value) -> String {
    let path = format!("/v1/certificate-verifications/{}", number.as_str().unwrap());
    let page = town.get(&path).header("Accept", "text/html,application/xhtml+xml").send();
    assert_eq!(page.is(200).header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    page.text
}

#[test]
fn one_is_issued_free_and_shows_what_its_holder_allows() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (us, one, other) = (organiser(&town), neighbour(&town, OWN), neighbour(&town, OWN));
    let them = organiser(&town);
    served(&town, &us, &one, "楼道清洁");
    served(&town, &us, &one, "搬运");
    served(&town, &them, &one, "助餐");
    let body = |more: Value| with(json!({ "organisation": us.organisation }), more);
    let made = ask(&town, &one, body(json!({})));
    let own = made.is(201).body.clone();
    assert_eq!(
        (&own["minutes"], &own["content"], &own["status"]),
        (&json!(240), &json!("楼道清洁；搬运"), &json!("valid"))
    );
    assert_eq!(
        (&own["name"], &own["served_from"], &own["shows"]),
        (&json!("陈桂芳"), &json!("2026-03-02"), &json!([]))
    );
    let number = own["number"].clone();
    let url = format!("https://lilong.invalid/v1/certificate-verifications/{}", number.as_str().unwrap());
    assert_eq!(own["verification_url"], url);
    let shown = verify(&town, &number);
    assert_eq!((&shown.is(200).body["status"], &shown.body["minutes"]), (&json!("valid"), &json!(240)));
    assert!(
        shown.text.contains(own["issuer"].as_str().unwrap()) && shown.header("cache-control") == "no-store"
    );
    for hidden in ["陈桂芳", "楼道清洁", &record(&town, &one), own["id"].as_str().unwrap()] {
        assert!(!shown.text.contains(hidden), "{hidden}: {}", shown.text);
    }
    // The holder opens and shuts it.
    let path = format!("/v1/me/certificates/{}", own["id"].as_str().unwrap());
    let show = |by: &Person, version: &str, shows: Value| {
        town.patch(&path, version, json!({ "shows": shows })).by(&town.later(by)).send()
    };
    show(&other, "*", json!(["name"])).is_problem(404, "not-found");
    show(&one, "\"v1\"", json!(["name", "content", "document"])).is(200);
    show(&one, "\"v1\"", json!([])).is_problem(412, "version-stale");
    let open = verify(&town, &number).body;
    assert_eq!(
        (&open["name"], &open["content"], &open["document"]),
        (&json!("陈桂芳"), &json!("楼道清洁；搬运"), &Value::Null)
    );
    let told = ["有效 · valid", "4小时0分", "陈桂芳", "楼道清洁；搬运", number.as_str().unwrap()];
    let page = read(&town, &number);
    for told in told {
        assert!(page.contains(told), "{told}: {page}");
    }
    show(&one, "\"v2\"", json!([])).is(200);
    assert!(!read(&town, &number).contains("陈桂芳"));
}

#[test]
fn a_number_is_read_as_people_write_it_and_nothing_is_certified_that_was_not_recorded() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (us, one, other) = (organiser(&town), neighbour(&town, OWN), neighbour(&town, OWN));
    served(&town, &us, &one, "搬运");
    let body = |more: Value| with(json!({ "organisation": us.organisation }), more);
    let number = ask(&town, &one, body(json!({}))).is(201).body["number"].clone();
    // With spaces it is the same, with another digit it is none.
    let digits = number.as_str().unwrap();
    let (head, tail) = digits.split_at(4);
    let spaced = json!(format!("{head}-{tail}"));
    verify(&town, &spaced).is(200);
    let (first, rest) = digits.split_at(1);
    let wrong = (first.parse::<u8>().unwrap() + 1) % 10;
    verify(&town, &json!(format!("{wrong}{rest}"))).is_problem(404, "not-found");
    verify(&town, &json!("1")).is_problem(404, "not-found");
    // Nothing for what was not recorded, by nobody in particular, or of a time that is none.
    ask(&town, &other, body(json!({}))).is_problem(409, "certificate-nothing-recorded");
    ask(&town, &one, body(json!({ "until": "2026-03-01" }))).is_problem(409, "certificate-nothing-recorded");
    ask(&town, &one, json!({})).is_problem(422, "certificate-issuer-unfit");
    ask(&town, &one, body(json!({ "from": "2026-03-03", "until": "2026-03-02" })))
        .is_problem(422, "certificate-days-reversed");
    ask(&town, &town.resident(), body(json!({}))).is_problem(404, "not-found");
    let list = town.get("/v1/me/certificates").by(&town.later(&one)).send();
    assert_eq!(list.is(200).body["items"].as_array().unwrap().len(), 1);
    let theirs = town.get(&format!("/v1/me/certificates?for={}", record(&town, &one)));
    theirs.by(&town.later(&other)).send().is_problem(404, "not-found");
}

#[test]
fn a_corrected_one_says_so_and_so_does_a_revoked_one() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
    let stay = served(&town, &us, &one, "搬运");
    let number = ask(&town, &one, json!({ "organisation": us.organisation })).is(201).body.clone();
    // What is recorded afterwards is no correction.
    served(&town, &us, &one, "助餐");
    assert_eq!(verify(&town, &number["number"]).body["status"], "valid");
    let left = town.text(&format!("SELECT to_char(left_at - interval '30 minutes', 'YYYY-MM-DD\"T\"HH24:MI:SS+00:00') FROM attendances WHERE id = '{stay}'"));
    let arrived = town.text(&format!(
        "SELECT to_char(arrived_at, 'YYYY-MM-DD\"T\"HH24:MI:SS+00:00') FROM attendances WHERE id = '{stay}'"
    ));
    let body = json!({ "kind": "present", "arrived_at": arrived, "left_at": left, "reason": "提前离岗" });
    let path = format!("/v1/attendances/{stay}/corrections");
    town.post(&path, body).by(&town.later(&us.worker)).send().is(201);
    let told = verify(&town, &number["number"]).body;
    assert_eq!(
        (&told["status"], &told["minutes"], &told["current_minutes"]),
        (&json!("corrected"), &json!(120), &json!(90))
    );
    // Another one tells what is recorded now.
    let fresh = ask(&town, &one, json!({ "organisation": us.organisation })).is(201).body.clone();
    assert_eq!((&fresh["minutes"], &fresh["status"]), (&json!(210), &json!("valid")));
    let revoke = |by: &Person| {
        let path = format!("/v1/certificates/{}/revocation", number["id"].as_str().unwrap());
        town.post(&path, json!({ "reason": "经核实未参加服务" })).by(&town.later(by)).send()
    };
    revoke(&one).is_problem(403, "forbidden");
    revoke(&us.worker).is_problem(403, "forbidden");
    revoke(&town.staff(Role::CommitteeHead, SIBLING)).is_problem(404, "not-found");
    let head = town.staff(Role::CommitteeHead, OWN);
    revoke(&head).is(201);
    revoke(&head).is_problem(409, "certificate-revoked");
    let told = verify(&town, &number["number"]);
    assert_eq!((&told.body["status"], &told.body["current_minutes"]), (&json!("revoked"), &Value::Null));
    assert!(!told.text.contains("经核实未参加服务"));
}

#[test]
fn it_stays_when_its_holder_s_record_goes_and_shows_no_whole_number() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
    let document = json!({ "document": { "kind": "resident_id_card", "number": CARD }, "no_identifier": null, "born_on": "1949-12-31" });
    let path = format!("/v1/residents/{}", record(&town, &one));
    town.patch(&path, "*", document).by(&us.worker).send().is(200);
    served(&town, &us, &one, "搬运");
    let body = json!({ "organisation": us.organisation, "shows": ["name", "document"] });
    let number = ask(&town, &one, body).is(201).body["number"].clone();
    let told = verify(&town, &number);
    assert_eq!(told.body["document"], json!({ "kind": "resident_id_card", "number": "110*************2X" }));
    assert!(!told.text.contains(CARD));
    town.execute(&format!("UPDATE residents SET status = 'erased' WHERE account_id = '{}'", one.account));
    let gone = verify(&town, &number);
    assert_eq!(
        (&gone.is(200).body["status"], &gone.body["name"], &gone.body["document"]),
        (&json!("valid"), &Value::Null, &Value::Null)
    );
    // Nothing that is swept takes it away.
    town.clock.advance(TimeDelta::days(4000));
    lilong::app::worker::sweep(&town.gate, &lilong::kit::stop::Stop::default()).expect("a sweep");
    verify(&town, &number).is(200);
}

/// The holder has a title of this committee, and a star of an hour here.
fn honour(town: &Town, us: &Organiser, by: &Person) {
    town.execute(&format!(
        "INSERT INTO recognitions (id, division, kind, resident_id, title, story, skills, state, nominated_by, shows, is_findable, agreed_by, agreed_at,
                                   publicised_at, publicised_until, granted_by, decided_by, decided_at, reason, created_at, updated_at)
             VALUES (gen_random_uuid(), {OWN}, 'community_star', '{}', '社区达人', 'x', '{{}}', 'confirmed', '{worker}', '{{}}', false, '{holder}', now(),
                     now(), now(), '{}', '{holder}', '2026-02-10T02:00:00Z', '', now(), now());
         INSERT INTO volunteer_rules (id, division, rule, stars, minutes, effective_from, legal_basis, created_at)
             VALUES (gen_random_uuid(), {OWN}, 'star', 1, 60, '2026-01-01', 'x', now());
         UPDATE organisations SET name = '宝钢五村居委会', phones = '{{021-56100000}}' WHERE id = '{}'",
        record(town, by), us.organisation, us.organisation,
        worker = us.worker.account, holder = by.account
    ));
}

#[test]
fn it_tells_who_made_it_out_and_what_its_holder_had_then_and_stays_so() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
    named(&town, &us.worker, "社工小王");
    honour(&town, &us, &one);
    served(&town, &us, &one, "搬运");
    let own = ask(&town, &one, json!({ "organisation": us.organisation })).is(201).body.clone();
    let told = ["handler", "contact", "recognitions", "stars"];
    let then = [
        json!("社工小王"),
        json!("居委会值班室，021-56100000"),
        json!("社区达人（宝钢五村居委会，2026-02-10）"),
        json!(1),
    ];
    assert_eq!(told.map(|field| own[field].clone()), then);
    // Nobody else reads any of it until the holder says so, each part by itself.
    let shown = || {
        let body = verify(&town, &own["number"]).is(200).body.clone();
        told.map(|field| body[field].clone())
    };
    let show = |shows: Value| {
        let path = format!("/v1/me/certificates/{}", own["id"].as_str().unwrap());
        town.patch(&path, "*", json!({ "shows": shows })).by(&town.later(&one)).send().is(200).body.clone()
    };
    let [handler, contact, honours, stars] = then.clone();
    assert_eq!(shown(), [Value::Null, Value::Null, Value::Null, Value::Null]);
    assert_eq!(show(json!(["handler"]))["shows"], json!(["handler"]));
    assert_eq!(shown(), [handler, contact, Value::Null, Value::Null]);
    show(json!(["recognitions"]));
    assert_eq!(shown(), [Value::Null, Value::Null, honours, stars]);
    assert!(read(&town, &own["number"]).contains("社区达人（宝钢五村居委会，2026-02-10）"));
    // Whatever changes afterwards, it says what it said; another one says what is so now.
    named(&town, &us.worker, "社工小李");
    town.execute("UPDATE recognitions SET state = 'withdrawn', reason = 'x'; DELETE FROM volunteer_rules; UPDATE organisations SET phones = '{}'");
    show(json!(["handler", "recognitions"]));
    assert_eq!(shown(), then);
    let fresh = ask(&town, &one, json!({ "organisation": us.organisation })).is(201).body.clone();
    let now = [json!("社工小李"), json!("居委会值班室"), json!(""), json!(0)];
    assert_eq!(told.map(|field| fresh[field].clone()), now);
}

#[test]
fn who_noted_the_going_made_it_out_and_never_who_asks_for_it() {
    let town = Town::at("2026-03-02T02:00:00Z");
    let (us, one) = (organiser(&town), neighbour(&town, OWN));
    let colleague = town.staff(Role::CommitteeWorker, OWN);
    named(&town, &us.worker, "社工小王");
    named(&town, &colleague, "社工小李");
    served(&town, &us, &one, "搬运");
    let made_out = |left_noted_by: &Person| {
        town.execute(&format!("UPDATE attendances SET left_noted_by = '{}'", left_noted_by.account));
        let made = ask(&town, &one, json!({ "organisation": us.organisation }));
        made.is(201).body["handler"].clone()
    };
    assert_eq!(made_out(&colleague), "社工小李");
    assert_eq!(made_out(&one), "社工小王");
}
