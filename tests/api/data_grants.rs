//! Data grants: only the fields granted, only to the grantee, only while they count, and each page on record.

use chrono::TimeDelta;
use lilong::access::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::archive::{CARD, draft, enter, with, with_card};
use crate::support::{CITY, ELSEWHERE, OWN, PARENT, Person, Reply, SIBLING, Town};

mod bases;
mod recipients;

const BUREAU: Uuid = Uuid::from_u128(21);
const STATION: Uuid = Uuid::from_u128(22);

/// Two organisations far from the people.
fn organisations(town: &Town) {
    town.execute(&format!(
        "INSERT INTO organisations (id, name, kind, division, created_at, updated_at)
             VALUES ('{BUREAU}', '民政局', 'department', {CITY}, now(), now()),
                    ('{STATION}', '派出所', 'police_station', {ELSEWHERE}, now(), now())"
    ));
}

/// Somebody with a post in an organisation.
fn staff_of(town: &Town, role: Role, division: &str, organisation: Uuid) -> Person {
    let person = town.staff(role, division);
    town.execute(&format!(
        "UPDATE posts SET organisation_id = '{organisation}' WHERE account_id = '{}'",
        person.account
    ));
    person
}

fn grant(town: &Town, by: &Person, more: Value) -> Reply {
    let draft = json!({
        "dataset": "residents", "fields": ["name", "born_on"], "purpose": "service", "basis": "statutory_duty",
        "reason": "高龄津贴核对", "grantee": BUREAU, "division": PARENT, "expires_at": town.now() + TimeDelta::days(30)
    });
    town.post("/v1/data-grants", with(draft, more)).by(by).send()
}

fn path(granted: &Reply, part: &str) -> String {
    format!("/v1/data-grants/{}{part}", granted.is(201).body["id"].as_str().unwrap())
}

#[test]
fn the_grantee_reads_what_was_granted_and_nothing_else() {
    let town = Town::new();
    organisations(&town);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    enter(&town, &worker, with(with_card("陈桂芳"), json!({ "phone": "13800001234" })));
    let stranger = town.staff(Role::CommitteeWorker, ELSEWHERE);
    enter(&town, &stranger, with(draft("王小明"), json!({ "division": ELSEWHERE })));
    let granted = grant(&town, &street, json!({}));
    let clerk = staff_of(&town, Role::DepartmentOfficer, ELSEWHERE, BUREAU);
    let read = town.get(&path(&granted, "/residents")).by(&clerk).send();
    let items = read.is(200).body["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 1);
    let mut names: Vec<&String> = items[0].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["born_on", "division", "id", "name"]);
    assert!(!read.text.contains("110") || !read.text.contains(CARD));
    assert_eq!(
        (read.header("cache-control"), town.count("SELECT count(*) FROM disclosures")),
        ("no-store", 0)
    );
    // Those in whose range it lies see the grant and read through their own lists; others see nothing of it.
    town.get(&path(&granted, "/residents")).by(&street).send().is_problem(403, "forbidden");
    for other in [
        staff_of(&town, Role::DepartmentOfficer, PARENT, STATION),
        town.staff(Role::DepartmentOfficer, PARENT),
        town.staff(Role::StreetOfficer, "310101002000"),
        worker,
        town.resident(),
    ] {
        town.get(&path(&granted, "/residents")).by(&other).send().is_problem(404, "not-found");
        town.get(&path(&granted, "/reads")).by(&other).send().is_problem(404, "not-found");
        assert_eq!(town.get("/v1/data-grants").by(&other).send().is(200).body["items"], json!([]));
    }
    for side in [&clerk, &street, &town.staff(Role::CityOfficer, CITY)] {
        assert_eq!(town.get("/v1/data-grants").by(side).send().is(200).body["items"], json!([granted.body]));
        let reads = town.get(&path(&granted, "/reads")).by(side).send();
        assert_eq!(
            (&reads.is(200).body["items"][0]["rows"], reads.body["items"].as_array().unwrap().len()),
            (&json!(1), 1)
        );
        assert_eq!(reads.body["items"][0]["account"], json!(clerk.account.0));
    }
    town.call("DELETE", &path(&granted, "")).by(&clerk).send().is_problem(403, "forbidden");
}

#[test]
fn each_page_leads_to_the_next_and_is_one_read() {
    let town = Town::new();
    organisations(&town);
    let (street, worker) = (town.staff(Role::StreetOfficer, PARENT), town.staff(Role::CommitteeWorker, OWN));
    enter(&town, &worker, with_card("陈桂芳"));
    enter(&town, &worker, draft("王小明"));
    let granted = grant(&town, &street, json!({}));
    let clerk = staff_of(&town, Role::DepartmentOfficer, ELSEWHERE, BUREAU);
    let rest = town.follow_link(&path(&granted, "/residents?limit=1"), &clerk);
    assert_eq!((&rest.body["has_more"], rest.header("link")), (&json!(false), ""));
    assert_eq!(town.count("SELECT count(*) FROM data_grant_reads"), 2);
}

#[test]
fn an_ended_grant_is_refused_at_once() {
    let town = Town::new();
    organisations(&town);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let clerk = staff_of(&town, Role::DepartmentOfficer, ELSEWHERE, BUREAU);
    let granted = grant(&town, &street, json!({ "expires_at": town.now() + TimeDelta::minutes(10) }));
    let other = grant(&town, &street, json!({ "expires_at": town.now() + TimeDelta::days(364) }));
    let read = |granted: &Reply| town.get(&path(granted, "/residents")).by(&clerk).send();
    read(&granted).is(200);
    read(&other).is(200);
    town.call("DELETE", &path(&other, "")).by(&street).send().is(204);
    town.call("DELETE", &path(&other, "")).by(&street).send().is(204);
    read(&other).is_problem(403, "data-grant-ended");
    town.clock.advance(TimeDelta::minutes(10));
    read(&granted).is_problem(403, "data-grant-ended");
    assert_eq!(town.count("SELECT count(*) FROM data_grant_reads"), 2, "refused reads are none");
    assert_eq!(town.count("SELECT count(*) FROM audit_events WHERE action = 'delete_data_grant'"), 1);
    // So does an organisation that is closed.
    let closing = grant(&town, &street, json!({}));
    read(&closing).is(200);
    town.execute(&format!("UPDATE organisations SET closed_on = '2026-01-01' WHERE id = '{BUREAU}'"));
    read(&closing).is_problem(403, "data-grant-ended");
    town.execute("UPDATE organisations SET closed_on = NULL");
    // A post that ends ends the reading, whatever the grant says.
    let third = grant(&town, &street, json!({}));
    read(&third).is(200);
    town.execute(&format!("UPDATE posts SET ended_at = now() WHERE account_id = '{}'", clerk.account));
    read(&third).is_problem(404, "not-found");
}

#[test]
fn whole_numbers_are_granted_by_name_and_each_person_reads_who_looked() {
    let town = Town::new();
    organisations(&town);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    let chen = enter(&town, &worker, with(with_card("陈桂芳"), json!({ "phone": "13800001234" })));
    enter(&town, &worker, draft("王小明"));
    let clerk = staff_of(&town, Role::DepartmentOfficer, ELSEWHERE, BUREAU);
    let granted =
        grant(&town, &street, json!({ "fields": ["document", "name"], "purpose": "public_health" }));
    assert_eq!(granted.body["fields"], json!(["name", "document"]));
    let read = || town.get(&path(&granted, "/residents")).by(&clerk).send();
    assert_eq!(read().is(200).body["items"][0]["document"]["number"], CARD);
    assert!(read().body["items"][0]["phone"].is_null());
    let owner = town.resident();
    town.execute(&format!(
        "UPDATE residents SET account_id = '{}' WHERE id = {}",
        owner.account,
        chen["id"].to_string().replace('"', "'")
    ));
    let told = town.get("/v1/me/disclosures").by(&owner).send();
    let item = told.is(200).body["items"][0].clone();
    assert_eq!(told.body["items"].as_array().unwrap().len(), 1, "the same look within ten minutes");
    assert_eq!(
        (&item["organisation"], &item["purpose"], &item["fields"]),
        (&json!("民政局"), &json!("public_health"), &json!(["document"]))
    );
    assert_eq!(town.count("SELECT count(*) FROM disclosures"), 1);
    assert_eq!(town.count("SELECT count(*) FROM data_grant_reads"), 2);
    for table in ["audit_events", "outbox", "data_grant_reads", "data_grants"] {
        assert_eq!(
            town.count(&format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{CARD}%'")),
            0,
            "{table}"
        );
    }
}

#[test]
fn a_grant_stays_in_reach_ends_within_a_year_and_is_not_ones_own() {
    let town = Town::new();
    organisations(&town);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let days = |n| json!({ "expires_at": town.now() + TimeDelta::days(n) });
    grant(&town, &street, days(366)).is_problem(422, "data-grant-term-unfit");
    grant(&town, &street, days(-1)).is_problem(422, "data-grant-term-unfit");
    grant(&town, &street, days(365)).is(201);
    for division in [CITY, ELSEWHERE, "310113000000"] {
        grant(&town, &street, json!({ "division": division })).is_problem(403, "forbidden");
    }
    grant(&town, &street, json!({ "division": "310113003999" }))
        .is_problem(422, "data-grant-division-unknown");
    grant(&town, &street, json!({ "division": SIBLING })).is(201);
    grant(&town, &street, json!({ "grantee": Uuid::nil() })).is_problem(422, "data-grant-grantee-unknown");
    grant(&town, &street, json!({ "fields": [] })).is_problem(422, "field-invalid");
    grant(&town, &street, json!({ "fields": ["health"] })).is_problem(422, "field-invalid");
    grant(&town, &town.staff(Role::CommitteeHead, OWN), json!({ "division": OWN }))
        .is_problem(403, "forbidden");
    let own = staff_of(&town, Role::StreetOfficer, PARENT, BUREAU);
    grant(&town, &own, json!({})).is_problem(409, "data-grant-self-granted");
    town.execute(&format!("UPDATE organisations SET closed_on = '2026-01-01' WHERE id = '{BUREAU}'"));
    grant(&town, &street, json!({})).is_problem(422, "data-grant-grantee-unknown");
}

#[test]
fn pages_have_no_gaps_and_a_cursor_belongs_to_its_grant() {
    let town = Town::new();
    organisations(&town);
    let street = town.staff(Role::StreetOfficer, PARENT);
    let worker = town.staff(Role::CommitteeWorker, OWN);
    for _ in 0..5 {
        enter(&town, &worker, draft("陈桂芳"));
    }
    let clerk = staff_of(&town, Role::DepartmentOfficer, ELSEWHERE, BUREAU);
    let [granted, other] = [(); 2].map(|()| grant(&town, &street, json!({})));
    let (mut seen, mut query) = (Vec::new(), "?limit=2".to_owned());
    loop {
        let page = town.get(&path(&granted, &format!("/residents{query}"))).by(&clerk).send();
        seen.extend(page.is(200).body["items"].as_array().unwrap().iter().map(|item| item["id"].to_string()));
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        query = format!("?limit=2&cursor={cursor}");
        town.get(&path(&other, &format!("/residents{query}")))
            .by(&clerk)
            .send()
            .is_problem(400, "cursor-invalid");
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5);
    assert_eq!(town.text("SELECT string_agg(rows::text, ' ' ORDER BY id) FROM data_grant_reads"), "2 2 1");
    let reads = town.get(&path(&granted, "/reads?limit=2")).by(&street).send();
    assert!(reads.is(200).body["has_more"].as_bool().unwrap());
}
